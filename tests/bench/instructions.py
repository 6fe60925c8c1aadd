"""What a request costs in instructions, which neighbours on the machine do not change: `python -m tests.bench.instructions`.

Needs valgrind (Debian: `apt-get install valgrind`); about five minutes. What the system does for a process is not in it.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.bench import limit, live_world, world
from tests.bench.servers import ROOT
from tests.bench.visits import Visit, visits

TIMES = 10
TOTAL = re.compile(r"^totals: (\d+)", re.M)
MARK = re.compile(r'data-(?:piece|same)="([^"]+)"')
Request = tuple[str, Callable[[], object]]


def measured(what: str, folder: Path) -> dict[str, float]:
    """Million instructions of each request of `what` (a module of tests.bench that builds a world)."""
    environment, dumps = world.environment(folder), folder / "counts"
    build = [sys.executable, "-m", f"tests.bench.{what}"]
    visitor = subprocess.run(build, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    command = [
        "valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={dumps}",
        sys.executable, "-m", "tests.bench.instructions", what,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=environment, input=visitor, capture_output=True, text=True, check=True)
    counts = [
        float(TOTAL.search((folder / f"counts.{n}").read_text())[1])
        for n in range(1, 1 + len(done.stdout.split("\n")[:-1]))
    ]  # type: ignore[index]
    return dict(zip(done.stdout.split("\n"), (count / TIMES / 1e6 for count in counts), strict=False))


def _count(name: str, ask: Callable[[], object]) -> None:
    """Ask a few times uncounted, then counted."""
    for _ in range(3):
        ask()
    _control("--instr=on")
    for _ in range(TIMES):
        ask()
    _control("--instr=off")
    _control("--dump")
    print(name, flush=True)


def _control(what: str) -> None:
    subprocess.run(["callgrind_control", what, str(os.getpid())], stdout=subprocess.DEVNULL, check=True)


def _asking(app: Any, visit: Visit) -> Callable[[], str]:
    """The request, straight to the application."""
    body = visit.body.encode()
    kind = {"content_type": "application/x-www-form-urlencoded"} if body else {}
    environ = EnvironBuilder(visit.path, method=visit.method, headers=visit.headers, **kind).get_environ()

    def ask() -> str:
        sent = environ | {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        answer, status, _headers = run_wsgi_app(app, sent)
        if status[:3] not in ("200", "204"):
            raise RuntimeError(f"{visit.path} answered {status}")
        return b"".join(answer).decode(errors="replace")

    return ask


def _one_after_another(asks: list[Callable[[], str]]) -> Callable[[], str]:
    turn = cycle(asks)

    def ask() -> str:
        return next(turn)()

    return ask


def _pages(app: Any, visitor: dict[str, Any]) -> Iterator[Request]:
    yield "limit", _asking(limit.app, Visit("/page", "", {"Cookie": limit.prepare()}))
    for name, visit in visits(visitor).items():
        if name in ("start", "home", "module"):
            yield name, _asking(app, visit)
    yield "answer", _one_after_another([_asking(app, visit) for visit in _answers(visitor)])


def _answers(visitor: dict[str, Any]) -> Iterator[Visit]:
    """Each another question of the last respondent's, so that each is a new row."""
    one = visits(visitor)["answers"]
    for place, (item, choice) in enumerate(zip(visitor["items"], visitor["choices"], strict=True), 1):
        body = {"mark": visitor["marks"][-1], "place": place, f"version.{item}": 0, item: choice}
        yield Visit(one.path, one.cookie, one.headers, urlencode(body))


def _exercise(app: Any, visitor: dict[str, Any]) -> Iterator[Request]:
    """A vote, and what it costs to show it to somebody else at the table."""
    group = visitor["halls"][f"{live_world.TABLE}-100"][0]
    address = f"/t/{group['training']}/exercises/{group['run']}"
    voter, other = group["seats"][0], group["seats"][3]

    def asking(path: str, seat: dict[str, Any], body: str = "", **more: str) -> Callable[[], str]:
        cookie = visitor["cookie"] + visitor["device"] % seat["person"]
        headers = {"Cookie": cookie, "HX-Request": "true", "X-CSRFToken": visitor["token"]} | more
        return _asking(app, Visit(address + path, cookie, headers, body))

    def screen(query: str) -> Callable[[], str]:
        return asking(f"/screen?{query}", other, **{"Accept-Encoding": "gzip"})

    choice = {"decision": voter["decision"], "phase": voter["phase"]}
    vote = _one_after_another(
        [asking("/votes", voter, urlencode(choice | {"option": option})) for option in voter["options"]]
    )
    page = asking("/screen", other)()
    version, marks = re.search(r'data-version="(\d+)"', page)[1], ".".join(MARK.findall(page))  # type: ignore[index]
    whole, gaps = screen("seen=0"), screen(f"seen=0&has={marks}")
    yield "nothing new", screen(f"seen={version}")
    yield "vote", vote
    yield "vote, and the whole screen of another seat", lambda: (vote(), whole())
    yield "vote, and it with gaps", lambda: (vote(), gaps())


def main() -> None:
    """Measure all, or (under valgrind) do the requests of one world."""
    if len(sys.argv) == 2:
        from lms.app import create_app

        app = create_app()
        app.extensions["live"].resting = True  # its thread is not part of a request
        for name, ask in {"world": _pages, "live_world": _exercise}[sys.argv[1]](app, json.load(sys.stdin)):
            _count(name, ask)
        return
    print("| million instructions | |\n|---|---|")
    with tempfile.TemporaryDirectory(prefix="measuring-") as place:
        for what in ("world", "live_world"):
            for name, count in measured(what, Path(place) / what).items():
                print(f"| {name} | {count:.2f} |", flush=True)


if __name__ == "__main__":
    main()
