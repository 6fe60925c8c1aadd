"""Measure everything, or with the word `live` the exercise alone, and print it against the bars.

Takes about ten minutes, the exercise four of them; only 127.0.0.1; ends what it starts.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from tests.bench import bars, jobs, live, load, world
from tests.bench.load import Load
from tests.bench.servers import ROOT, Server
from tests.bench.visits import NAMES, Visit, visits

CONNECTIONS = (1, 16, 64)
ROUNDS = 2
LIMIT_PAGE, LIMIT_ANSWER = "limit page", "limit POST"
GROWING = ("start", "home", "module", "question", "check")


class Run:
    """One measuring: the limit and the house on the same machine, in turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = world.environment(folder)
        self.visitor = json.loads(_python("tests.bench.world", self.environment))
        self.visits = visits(self.visitor)
        self.limit_cookie = _python("tests.bench.limit", self.environment).strip()
        self.answered = 0

    def page(self, server: Server, visit: Visit, connections: int, seconds: float = load.SECONDS) -> Load:
        """A page under load."""
        return load.run(server.url + visit.path, load.page(visit.cookie), connections, seconds)

    def answer(self, server: Server, connections: int) -> Load:
        """Answers under load, each a new row."""
        script = load.answers(self.visitor, self.answered)
        found = load.run(server.url, script, connections)
        self.answered += found.requests + connections
        return found

    def any(self, server: Server, name: str, connections: int, seconds: float = load.SECONDS) -> Load:
        """What `name` stands for, under load."""
        if name == "answers":
            return self.answer(server, connections)
        if name in (LIMIT_PAGE, LIMIT_ANSWER):
            script = (load.LIMIT_ANSWER if name == LIMIT_ANSWER else "") + load.page(self.limit_cookie)
            address = f"{server.url}/{'page' if name == LIMIT_PAGE else 'answer'}"
            return load.run(address, script, connections, seconds)
        return self.page(server, self.visits[name], connections)


def _python(module: str, environment: dict[str, str], *arguments: str, given: str = "") -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, timeout=180)
    if done.returncode:
        sys.exit(f"{module} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def heading(text: str) -> None:
    """A part of the output."""
    print(f"\n## {text}\n", flush=True)


def pages(run: Run) -> None:
    """Every page and the limit, at each number of connections, in turn; then the table."""
    names = [LIMIT_PAGE, LIMIT_ANSWER, *run.visits]
    found: dict[str, dict[int, list[Load]]] = {name: {c: [] for c in CONNECTIONS} for name in names}
    seconds = dict.fromkeys(names, 0.0)  # of processor time
    shares: dict[str, list[float]] = {name: [] for name in names}  # of the limit, measured right before
    sizes: dict[str, tuple[int, int]] = {}
    statements = json.loads(_python("tests.bench.statements", run.environment, given=json.dumps(run.visitor)))
    with Server("tests.bench.limit:app", run.environment) as limit, Server("wsgi:app", run.environment) as house:
        started, idle = house.started_in, house.memory()
        for name, visit in run.visits.items():
            if visit.method == "GET":
                sizes[name] = (len(_body(house, visit)), len(_body(house, visit, gzip=True)))
        for _ in range(ROUNDS):
            for connections in CONNECTIONS:
                for name in names:
                    server = limit if name in (LIMIT_PAGE, LIMIT_ANSWER) else house
                    beside = run.any(limit, limit_of(name), 16, 1).rate if connections == 16 else 0
                    before = server.processor_time()
                    found[name][connections].append(run.any(server, name, connections))
                    server.settle()
                    shares[name] += [found[name][16][-1].rate / beside] if beside else []
                    seconds[name] += server.processor_time() - before
        loaded = house.memory()
    middles = {name: {c: load.middle(loads) for c, loads in by.items()} for name, by in found.items()}
    cost = {name: seconds[name] * 1000 / sum(one.requests for one in by.values()) for name, by in middles.items()}
    _print_pages(middles, cost, {name: median(found) for name, found in shares.items()}, sizes, statements)
    print(f"\nAnswers: {run.answered} asked for at most, {_rows_stored(run)} rows stored.")
    print(f"Memory (PSS) of two workers: {idle:.0f} MiB idle, {loaded:.0f} MiB after the load.")
    _start_and_memory(run, started)


def _start_and_memory(run: Run, first: float) -> None:
    starts, idle = [first], []
    for _ in range(2):
        with Server("wsgi:app", run.environment, preload=True) as server:
            starts.append(server.started_in)
            idle.append(server.memory())
    good = bars.verdict(min(idle) <= bars.IDLE_MEMORY)
    print(f"The same with --preload: {min(idle):.0f} MiB idle (bar {bars.IDLE_MEMORY:.0f}: {good}).")
    good = bars.verdict(median(starts) <= bars.COLD_START)
    print(f"Cold start, command to first answer: {median(starts):.2f} s (bar {bars.COLD_START}: {good}).")


def limit_of(name: str) -> str:
    """The part of the limit that a page or an answer is held against."""
    return LIMIT_ANSWER if name in ("answers", LIMIT_ANSWER) else LIMIT_PAGE


def _body(house: Server, visit: Visit, gzip: bool = False) -> bytes:
    status, body = house.fetch(visit.path, visit.cookie, gzip)
    if status != 200:
        sys.exit(f"{visit.path} answered {status}; nothing can be measured.")
    return body


def _rows_stored(run: Run) -> int:
    import sqlite3

    with sqlite3.connect(run.folder / "lokalni-timovi.db") as database:
        mine = "SELECT id FROM responses WHERE opening_id = ?"
        count = f"SELECT count(*) FROM answers WHERE response_id IN ({mine})"
        return int(database.execute(count, (world.ANSWERING,)).fetchone()[0])


def _print_pages(
    found: dict[str, dict[int, Load]],
    cost: dict[str, float],
    shares: dict[str, float],
    sizes: dict[str, tuple[int, int]],
    statements: dict[str, int],
) -> None:
    print(
        "| | SQL | KB, gzip | req/s, p50, p99 ms at 1 | at 16 | at 64 | CPU ms | of the limit at 16 (by CPU) | bars |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, loads in found.items():
        limit = found[limit_of(name)]
        figures = " | ".join(f"{loads[c].rate:.0f}, {loads[c].p50:.1f}, {loads[c].p99:.0f}" for c in CONNECTIONS)
        size = " / ".join(f"{bytes_ / 1024:.1f}" for bytes_ in sizes.get(name, ()))
        share = f"{shares[name]:.2f} ({cost[limit_of(name)] / cost[name]:.2f})"
        sql = statements.get(name, 1)
        missed = bars.shortfalls(name, loads, limit, shares[name], sql)
        judged = (f"NOT MET: {', '.join(missed)}" if missed else "met") if name in bars.BARS else ""
        bad = sum(one.bad for one in loads.values())
        judged += f" ({bad} BAD ANSWERS)" if bad else ""
        print(f"| {NAMES.get(name, name)} | {sql} | {size} | {figures} | {cost[name]:.2f} | {share} | {judged} |")


def growth(run: Run, folder: Path) -> None:
    """The same pages on an empty house and on one with a long history, in turn, one connection."""
    environment = world.environment(folder)
    visitor = json.loads(_python("tests.bench.world", environment, "history"))
    old = visits(visitor)
    print("| p50 ms | empty | with 20,000 people and 100,000 answers | ratio | bar 1.1 |\n|---|---|---|---|---|")
    with Server("wsgi:app", run.environment) as young_house, Server("wsgi:app", environment) as old_house:
        for name in GROWING:
            pairs = [
                (run.page(young_house, run.visits[name], 1, 1).p50, run.page(old_house, old[name], 1, 1).p50)
                for _ in range(3)
            ]
            young, grown = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
            good = bars.verdict(grown / young <= bars.GROWTH)
            print(f"| {NAMES[name]} | {young:.2f} | {grown:.2f} | {grown / young:.2f} | {good} |")


def workers(run: Run) -> None:
    """Sync workers beside threaded ones."""
    print("| | workers | at 16: req/s, p50, p99 ms | at 64 |\n|---|---|---|---|")
    for kind in ("sync", "gthread"):
        with Server("tests.bench.limit:app", run.environment, kind=kind) as limit:
            _print_workers(run, limit, kind, (LIMIT_PAGE,))
        with Server("wsgi:app", run.environment, kind=kind) as house:
            _print_workers(run, house, kind, ("home", "module", "answers"))


def _print_workers(run: Run, server: Server, kind: str, names: tuple[str, ...]) -> None:
    for name in names:
        loads = [run.any(server, name, connections) for connections in (16, 64)]
        figures = " | ".join(f"{one.rate:.0f}, {one.p50:.0f}, {one.p99:.0f}" for one in loads)
        print(f"| {NAMES.get(name, name)} | 2 {kind} | {figures} |")


def long_work(run: Run) -> None:
    """Certificates and exports, each in a process of its own."""
    print("| | seconds | peak, MiB beyond idle | bars |\n|---|---|---|---|")
    for (name, count), (seconds, peak) in bars.JOBS.items():
        found = jobs.measured(name, count, run.environment)
        good = found["seconds"] <= seconds and found["peak"] <= peak
        wanted = f"{seconds:g} s, {peak:.0f} MiB: {bars.verdict(good)}"
        print(f"| {count:,} {name} | {found['seconds']:.2f} | {found['peak']:.0f} | {wanted} |")


def house(place: Path) -> None:
    """Pages, answers and long work."""
    run = Run(place / "empty")
    heading("Pages and answers, two sync workers")
    pages(run)
    heading("Growth")
    growth(run, place / "history")
    heading("Kinds of workers")
    workers(run)
    heading("Long work")
    long_work(run)
    heading("The editor")
    print(_python("tests.bench.editor", run.environment).strip())


def main() -> None:
    """All of it, or the exercise."""
    only_live = sys.argv[1:] == ["live"]
    if not only_live and not load.installed():
        sys.exit(load.MISSING)
    print(f"# Measured on {date.today()}: {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"{platform.system()}, load before {os.getloadavg()[0]:.1f}")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="measuring-") as place:
        if not only_live:
            house(Path(place))
        heading("The exercise, live")
        live.main(Path(place), _python)


if __name__ == "__main__":
    main()
