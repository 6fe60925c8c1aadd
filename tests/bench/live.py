"""The exercise, live: how long a vote takes to stand on the screens of the others at the table, and what it costs.

`python -m tests.bench live` measures only this, in less than four minutes.
"""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import bars, live_world, world
from tests.bench.live_load import Found, Hall
from tests.bench.players import Player
from tests.bench.servers import Server

Python = Callable[..., str]
Visitor, Environment = dict[str, Any], dict[str, str]
LAPTOP_THREADS, LIVE_THREADS = 128, 1032  # as the Makefile and docs/deploy have them
DOWN_AFTER, DOWN_FOR = 3.0, 20.0  # seconds
COLUMNS = """\
| players | votes | on the stream: p50, p99, longest ms | on the screen | lost | errors | cores: pages, streams, load | MiB | bar |
|---|---|---|---|---|---|---|---|---|"""


class Deployed:
    """The two services of docs/deploy: `pages` (two workers of eight threads) and `live` (one with a thread for each stream)."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.pages = Server("wsgi:app", environment, kind="gthread", preload=True)
        self.live = Server("wsgi:app", environment, workers=1, kind="gthread", threads=LIVE_THREADS)

    def __enter__(self) -> "Deployed":
        self.pages.__enter__()
        self.live.__enter__()
        return self

    def hall(self, visitor: Visitor, name: str) -> Hall:
        """A hall that is served here."""
        return Hall(visitor, name, self.pages, self.live)

    def __exit__(self, *_error: object) -> None:
        self.live.__exit__(None, None, None)
        self.pages.__exit__(None, None, None)


def main(folder: Path, python: Python) -> None:
    """Everything, as tables."""
    young, old = world.environment(folder / "live"), world.environment(folder / "live-history")
    visitor = json.loads(python("tests.bench.live_world", young))
    print(f"The load, the servers and whatever else runs share {os.cpu_count()} cores.\n\n{COLUMNS}")
    with Deployed(young) as served:
        _halls(visitor, served)
        _fours(visitor, served)
        _streams_down(visitor, served)
    _laptop(visitor, young)
    _history((visitor, young), (json.loads(python("tests.bench.live_world", old, "history")), old))
    print(f"\nReplay: {python('tests.bench.replaying', young).strip()}")


def _halls(visitor: Visitor, served: Deployed) -> None:
    for players, limit in bars.ON_THE_SCREEN.items():
        every = 30 if players == 1000 else 10
        _line(f"{players}", served.hall(visitor, f"{live_world.TABLE}-{players}").under_load(every), limit)
    for players in (100, 425):
        found = served.hall(visitor, f"{live_world.TABLE}-{players}").under_load(10, gather=True)
        _line(f"{players}, pages gathering what comes within 0.3 s", found)


def _fours(visitor: Visitor, served: Deployed) -> None:
    print(f"\nGroups of four, a vote of each every 2 s for 10 s:\n\n{COLUMNS}")
    for players in (8, 100, 200, 400, 800):
        _line(f"{players}", served.hall(visitor, f"{live_world.FOURS}-{players}").under_load(2))


def _streams_down(visitor: Visitor, served: Deployed) -> None:
    """The process that holds streams is ended while everybody votes, and comes back; pages ask every five seconds meanwhile."""

    async def down(players: list[Player]) -> None:
        await asyncio.sleep(DOWN_AFTER)
        served.live.__exit__(None, None, None)
        await asyncio.sleep(DOWN_FOR)
        served.live.__enter__()
        while not all(player.listens for player in players):
            await asyncio.sleep(0.1)

    print(f"\nNo streams for {DOWN_FOR:.0f} s, then again:\n\n{COLUMNS}")
    _line("100", served.hall(visitor, f"{live_world.TABLE}-100").under_load(10, DOWN_AFTER + DOWN_FOR + 7, during=down))


def _laptop(visitor: Visitor, environment: Environment) -> None:
    print(f"\nOne process with threads for pages and streams, as on a laptop:\n\n{COLUMNS}")
    with Server("wsgi:app", environment, workers=1, kind="gthread", threads=LAPTOP_THREADS) as one:
        _line("40", Hall(visitor, f"{live_world.TABLE}-40", one, one).under_load(10))


def _history(young: tuple[Visitor, Environment], old: tuple[Visitor, Environment]) -> None:
    """The same hall on a young database and on one with years in it, in turn."""
    name = f"{live_world.TABLE}-100"
    with Deployed(young[1]) as young_house, Deployed(old[1]) as old_house:
        pairs = [
            (young_house.hall(young[0], name).under_load(5, 5), old_house.hall(old[0], name).under_load(5, 5))
            for _ in range(2)
        ]
    waits = [min(pair[place].shown.p50 for pair in pairs) for place in (0, 1)]
    cost = median(pair[1].busy[0] / pair[0].busy[0] for pair in pairs)
    print(
        f"\n100 players, with 20,000 people and 1,000 exercises of the past and without: on the screen, p50, {waits[1]:.1f} and "
        f"{waits[0]:.1f} ms; processor time of pages {cost:.2f} times (bar {bars.GROWTH}: {bars.verdict(cost <= bars.GROWTH)})."
    )


def _line(name: str, found: Found, limit: float | None = None) -> None:
    memory = " + ".join(f"{one:.0f}" for one in found.memory if one)
    busy = ", ".join(f"{share:.2f}" for share in found.busy)
    good = limit is None or (found.shown.p99 <= limit and not found.shown.lost and not found.errors)
    print(
        f"| {name} | {found.votes} | {found.told} | {found.shown} | {found.shown.lost} of {found.shown.count} | {found.errors} "
        f"| {busy} | {memory} | {f'p99 {limit:.0f} ms: {bars.verdict(good)}' if limit else ''} |",
        flush=True,
    )
