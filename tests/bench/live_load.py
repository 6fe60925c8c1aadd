"""A hall under load: all pages of an exercise open at once, everybody votes, and what each vote took to stand on the others' screens."""

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.players import Player, Servers, Table, waits_of
from tests.bench.servers import Server
from tests.bench.wires import Pool

BETWEEN_PAGES = 0.003  # seconds between two pages that open
OPEN_WITHIN, SHOWN_WITHIN = 60.0, 12.0  # seconds: all pages; the last vote on the last screen
During = Callable[[list[Player]], Awaitable[None]]


@dataclass(frozen=True)
class Waits:
    """Milliseconds from sending a vote; `lost` counts those who never heard."""

    p50: float
    p99: float
    longest: float
    count: int
    lost: int

    def __str__(self) -> str:
        return f"{self.p50:.1f}, {self.p99:.1f}, {self.longest:.0f}"


@dataclass(frozen=True)
class Found:
    """What one load gave. `told`: until the other players' streams said it, `shown`: until their screens held it.

    `busy`: shares of one core of the processes that serve pages, of those that hold streams (0 where they are the same), and of this one.
    `memory`: MiB (PSS) of the first two.
    """

    votes: int
    told: Waits
    shown: Waits
    errors: int
    busy: tuple[float, float, float]
    memory: tuple[float, float]


@dataclass(frozen=True)
class Hall:
    """The players of `name` (in `visitor`), served by `pages` and `live`, which may be the same."""

    visitor: dict[str, Any]
    name: str
    pages: Server
    live: Server

    def under_load(
        self, every: float, seconds: float = 10, gather: bool = False, during: During | None = None
    ) -> Found:
        """A vote of everybody in each `every` seconds, for `seconds`; `during` is done meanwhile."""
        return asyncio.run(_measured(self, every, seconds, gather, during))


async def _measured(hall: Hall, every: float, seconds: float, gather: bool, during: During | None) -> Found:
    pages, live = hall.pages, hall.live
    servers = Servers(Pool(pages.port), live.port, gather)
    tables = [_table(servers, hall.visitor, group) for group in hall.visitor["halls"][hall.name]]
    players = [player for table in tables for player in table.players]
    ticking = asyncio.create_task(_tick(players))
    try:
        await _open(players)
        begin, before = time.monotonic(), _processor_times(pages, live)
        doing = [player.play(every, seconds) for player in players] + ([during(players)] if during else [])
        await asyncio.gather(*doing)
        lasted, after = time.monotonic() - begin, _processor_times(pages, live)
        memory = pages.memory(), live.memory() if live is not pages else 0.0
        await _all_shown(tables)
    finally:
        ticking.cancel()
        for player in players:
            await player.leave()
        servers.pages.close()
    busy = [(now - then) / lasted for now, then in zip(after, before, strict=True)]
    votes = sum(len(table.votes) for table in tables)
    told, shown = _waits(tables, "told"), _waits(tables, "shown")
    return Found(votes, told, shown, servers.errors, (busy[0], busy[1], busy[2]), memory)


def _table(servers: Servers, visitor: dict[str, Any], group: dict[str, Any]) -> Table:
    table = Table()
    for seat in group["seats"]:
        Player(servers, table, visitor, group, seat)
    return table


async def _open(players: list[Player]) -> None:
    """All pages, one after the other; then a quiet second."""
    for player in players:
        player.tick()
        await asyncio.sleep(BETWEEN_PAGES)
    give_up = time.monotonic() + OPEN_WITHIN
    while not all(player.told and player.shown for player in players):
        if time.monotonic() > give_up:
            raise RuntimeError("Not every page and stream opened.")
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)


async def _tick(players: list[Player]) -> None:
    while True:
        await asyncio.sleep(0.5)
        for player in players:
            player.tick()


async def _all_shown(tables: list[Table]) -> None:
    """Wait until the newest vote stands everywhere."""
    give_up = time.monotonic() + SHOWN_WITHIN
    while time.monotonic() < give_up:
        if all(player.version >= table.newest for table in tables for player in table.players):
            return
        await asyncio.sleep(0.05)


def _processor_times(pages: Server, live: Server) -> tuple[float, float, float]:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return pages.processor_time(), live.processor_time() if live is not pages else 0.0, mine.ru_utime + mine.ru_stime


def _waits(tables: list[Table], kind: str) -> Waits:
    found = [wait for table in tables for wait in waits_of(table, kind)]
    known = sorted(wait * 1000 for wait in found if wait is not None) or [0.0]
    at = [known[min(len(known) - 1, int(len(known) * share))] for share in (0.5, 0.99)]
    return Waits(at[0], at[1], known[-1], len(found), len(found) - len(known))
