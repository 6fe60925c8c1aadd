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


class House:
    """A database served as docs/deploy says: pages by two workers of four threads; streams by one with a thread for each, begun
    anew for each load, so that no stream of the last one is still being missed."""

    def __init__(self, visitor: Visitor, environment: Environment) -> None:
        self._visitor, self._environment = visitor, environment
        self.pages = Server("wsgi:app", environment, kind="gthread", threads=4, preload=True)

    def __enter__(self) -> "House":
        self.pages.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self.pages.__exit__(None, None, None)

    def under_load(self, kind: str, players: int, every: float, seconds: float = 8, gather: bool = False) -> Found:
        """A hall with all its pages open; see live_load."""
        with self._live() as live:
            return Hall(self._visitor, f"{kind}-{players}", self.pages, live).under_load(every, seconds, gather)

    def without_streams(self, players: int) -> Found:
        """The process that holds streams ends while everybody votes, and comes back; pages ask every five seconds meanwhile."""
        with self._live() as live:

            async def down(pages: list[Player]) -> None:
                await asyncio.sleep(DOWN_AFTER)
                await asyncio.to_thread(live.__exit__, None, None, None)
                await asyncio.sleep(DOWN_FOR)
                await asyncio.to_thread(live.__enter__)
                while not all(page.listens for page in pages):
                    await asyncio.sleep(0.1)

            hall = Hall(self._visitor, f"{live_world.TABLE}-{players}", self.pages, live)
            return hall.under_load(10, DOWN_AFTER + DOWN_FOR + 7, during=down)

    def _live(self) -> Server:
        return Server("wsgi:app", self._environment, workers=1, kind="gthread", threads=LIVE_THREADS)


def main(folder: Path, python: Python) -> None:
    """Everything, as tables."""
    young, old = world.environment(folder / "live"), world.environment(folder / "live-history")
    visitor = json.loads(python("tests.bench.live_world", young))
    print(f"The load, the servers and whatever else runs share {os.cpu_count()} cores.\n\n{COLUMNS}")
    with House(visitor, young) as house:
        _halls(house)
        print(f"\nGroups of four, a vote of each every 2 s for 6 s:\n\n{COLUMNS}")
        for players in (8, 100, 200, 400, 800):
            _line(f"{players}", house.under_load(live_world.FOURS, players, 2, 6))
        print(f"\nNo streams for {DOWN_FOR:.0f} s, then again:\n\n{COLUMNS}")
        _line("100", house.without_streams(100))
    _laptop(visitor, young)
    old_visitor = json.loads(python("tests.bench.live_world", old, "history"))
    with House(visitor, young) as house, House(old_visitor, old) as old_house:
        _growth(house, old_house)
    print(f"\nReplay: {python('tests.bench.replaying', young).strip()}")


def _halls(house: House) -> None:
    for players, limit in bars.ON_THE_SCREEN.items():
        _line(f"{players}", house.under_load(live_world.TABLE, players, 30 if players == 1000 else 10), limit)
    found = house.under_load(live_world.TABLE, 425, 10, gather=True)
    _line("425, pages resting between two screens", found)


def _laptop(visitor: Visitor, environment: Environment) -> None:
    print(f"\nOne process with threads for pages and streams, as on a laptop:\n\n{COLUMNS}")
    with Server("wsgi:app", environment, workers=1, kind="gthread", threads=LAPTOP_THREADS) as one:
        _line("40", Hall(visitor, f"{live_world.TABLE}-40", one, one).under_load(10))


def _growth(house: House, old_house: House) -> None:
    """The same hall on a young database and on one with years in it, in turn."""
    pairs = [[one.under_load(live_world.TABLE, 100, 4, 4) for one in (house, old_house)] for _ in range(2)]
    waits = [min(pair[place].shown.p50 for pair in pairs) for place in (0, 1)]
    cost = median(old.busy[0] / young.busy[0] for young, old in pairs)
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
