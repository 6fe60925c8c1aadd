"""Players of an exercise: pages that listen, fetch their own screen and vote, by the rules of static/js/live.js.

Here a page is only its version and the marks of its pieces. What a browser does with a screen (parsing, morphing, painting) is not in these figures.
"""

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import uniform
from typing import Any
from urllib.parse import urlencode

from tests.bench.wires import Answer, Ear, Pool

VERSION = re.compile(rb'data-version="(\d+)"')
MARK = re.compile(rb'data-(?:piece|same)="([^"]+)"')
LONGEST_REST = 0.6  # seconds


@dataclass(frozen=True)
class Vote:
    """A vote that was stored: sent at `sent` (seconds), it made `version` of its run."""

    sent: float
    version: int


@dataclass(eq=False)
class Table:
    """One run and its players; `votes` that were stored, with who cast them."""

    players: list["Player"] = field(default_factory=list)
    votes: list[tuple["Player", Vote]] = field(default_factory=list)

    @property
    def newest(self) -> int:
        """The version that the last vote made."""
        return max((vote.version for _, vote in self.votes), default=-1)


@dataclass
class Servers:
    """Where pages and streams are served, and whether a page rests between two screens (`gather`, as live.js does)."""

    pages: Pool
    live_port: int
    gather: bool
    errors: int = 0


class Player:
    """One page. `shown`: (seconds, version) of every screen it got; `told`: the same of its stream."""

    def __init__(self, servers: Servers, table: Table, visitor: Mapping, group: Mapping, seat: Mapping) -> None:
        self.shown: list[tuple[float, int]] = []
        self.told: list[tuple[float, int]] = []
        self._servers, self.table, self._seat = servers, table, seat
        self._address = f"/t/{group['training']}/exercises/{group['run']}"
        self._cookie = visitor["cookie"] + visitor["device"] % seat["person"]
        self._token = visitor["token"]
        self._ear: Ear | None = None
        self.listens = self._busy = self._again = False
        self._rests: asyncio.TimerHandle | None = None
        self._deaf_until = self._asked = self._took = 0.0
        self._marks = ""
        self._patience = 1.0
        self._tasks: set[asyncio.Task[None]] = set()
        table.players.append(self)

    @property
    def version(self) -> int:
        """Of the screen it shows."""
        return self.shown[-1][1] if self.shown else -1

    # ---- what live.js does ----

    def tick(self) -> None:
        """Twice a second: connect anew if need be, and ask when nothing was asked for long."""
        now = time.monotonic()
        if self._ear is None and now >= self._deaf_until:
            self._deaf_until = now + 5
            self._do(self._connect())
        if not self._busy and now - self._asked > (15 if self.listens else 5) * self._patience:
            self._do(self._refresh())

    async def _connect(self) -> None:
        request = self._request("GET", f"/live{self._address}", "Accept: text/event-stream\r\n")
        ear, port = Ear(request, self._heard, self._over), self._servers.live_port
        try:
            await asyncio.get_running_loop().create_connection(lambda: ear, "127.0.0.1", port)
            self._ear = ear
        except OSError:
            self._deaf_until = time.monotonic() + uniform(1, 3)

    def _over(self, status: int) -> None:
        self._ear, self.listens = None, False
        self._deaf_until = time.monotonic() + (uniform(1, 3) if status in (0, 200) else uniform(10, 20))

    def _heard(self, version: int) -> None:
        self.listens = True
        self.told.append((time.monotonic(), version))
        if version > self.version:
            self._soon()

    def _soon(self) -> None:
        rest = self._asked + self._took * uniform(2, 3) - time.monotonic()
        if not self._servers.gather or rest <= 0:
            self._do(self._refresh())
        elif not self._rests:
            self._rests = asyncio.get_running_loop().call_later(rest, lambda: self._do(self._refresh()))

    async def _refresh(self) -> None:
        self._rests = None
        if self._busy:
            self._again = True
            return
        self._busy, self._again, self._asked, self._patience = True, False, time.monotonic(), uniform(0.8, 1.2)
        seen = f"seen={self.version}&has={self._marks}"
        answer = await self._servers.pages.ask(self._request("GET", f"{self._address}/screen?{seen}"))
        self._take(answer)
        self._took = min(time.monotonic() - self._asked, LONGEST_REST)
        self._busy = False
        if self._again:
            self._soon()

    # ---- what a person does ----

    async def play(self, every: float, seconds: float) -> None:
        """One vote in each `every` seconds, each at a random moment of its own."""
        begin = time.monotonic()
        for number in range(round(seconds / every) or 1):
            moment = begin + (number + uniform(0, 1)) * every
            if moment - begin <= seconds:
                await asyncio.sleep(moment - time.monotonic())
                await self._vote()

    async def _vote(self) -> None:
        seat = self._seat
        seat["options"].reverse()  # always another choice than the last, also of an earlier load
        body = urlencode({"decision": seat["decision"], "phase": seat["phase"], "option": seat["options"][0]})
        more = (
            f"X-CSRFToken: {self._token}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        )
        sent = time.monotonic()
        answer = await self._servers.pages.ask(self._request("POST", f"{self._address}/votes", more) + body.encode())
        if (version := self._take(answer)) is not None:
            self.table.votes.append((self, Vote(sent, version)))

    def _request(self, method: str, path: str, more: str = "") -> bytes:
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._cookie}\r\nHX-Request: true\r\n"
            f"Accept-Encoding: gzip\r\n{more}\r\n"
        ).encode()

    def _take(self, answer: Answer) -> int | None:
        """Show the screen that came; its version."""
        page = answer.page() if answer.status == 200 else b""
        found = VERSION.search(page)
        if found is None:
            self._servers.errors += answer.status != 204
            return None
        version = int(found[1])
        if version > self.version:
            self.shown.append((time.monotonic(), version))
            self._marks = b".".join(MARK.findall(page)).decode()
        return version

    def _do(self, what: Any) -> None:
        task = asyncio.get_running_loop().create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def leave(self) -> None:
        """Close the page."""
        self._deaf_until = float("inf")
        if self._ear:
            self._ear.close()
        if self._rests:
            self._rests.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def waits_of(table: Table, kind: str) -> Iterator[float | None]:
    """For each vote and each other player of the table: seconds until they were told or shown; None: never."""
    for voter, vote in table.votes:
        for player in table.players:
            if player is not voter:
                known = player.shown if kind == "shown" else player.told
                yield next((max(0.0, at - vote.sent) for at, version in known if version >= vote.version), None)
