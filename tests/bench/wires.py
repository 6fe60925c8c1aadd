"""HTTP/1.1 over raw sockets for many pages in one process: a pool of kept connections, as a proxy has, and open streams."""

import asyncio
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

PATIENCE = 30.0  # seconds for one answer
KEPT_FOR = 1.5  # seconds: shorter than gunicorn's own two, so that no request meets a connection that is being closed
LENGTH = re.compile(rb"content-length: (\d+)", re.I)
MESSAGE = re.compile(rb"data: (\d+) \d+\n")


@dataclass(frozen=True)
class Answer:
    """What came back; a `status` of 0: nothing did."""

    status: int
    body: bytes = b""

    def page(self) -> bytes:
        """The page, unpacked."""
        return zlib.decompress(self.body, 31) if self.body[:2] == b"\x1f\x8b" else self.body


class Wire(asyncio.Protocol):
    """One connection for one request after the other."""

    def __init__(self) -> None:
        self.open = True
        self.free_since = 0.0
        self._got = bytearray()
        self._needed = 0
        self._answer: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport

    async def ask(self, request: bytes) -> Answer:
        """The answer to one request."""
        self._got.clear()
        self._needed = 0
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await asyncio.wait_for(self._answer, PATIENCE)

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._needed:
            head = self._got.find(b"\r\n\r\n")
            if head < 0:
                return
            length = LENGTH.search(self._got, 0, head)
            self._head, self._needed = head + 4, head + 4 + (int(length[1]) if length else 0)
        if len(self._got) >= self._needed and self._answer and not self._answer.done():
            if b"onnection: close" in self._got[: self._head]:
                self.close()
            self._answer.set_result(Answer(int(self._got[9:12]), bytes(self._got[self._head : self._needed])))

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        if self._answer and not self._answer.done():
            self._answer.set_result(Answer(0))

    def close(self) -> None:
        """Hang up."""
        self.open = False
        self._transport.close()


class Pool:
    """Kept connections to one server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[Wire] = []

    async def ask(self, request: bytes) -> Answer:
        """The answer to one request, on a free connection or a new one."""
        try:
            wire = self._kept() or await self._new()
            answer = await wire.ask(request)
        except (OSError, TimeoutError):
            return Answer(0)
        if wire.open:
            wire.free_since = time.monotonic()
            self._free.append(wire)
        return answer

    def _kept(self) -> Wire | None:
        while self._free:
            wire = self._free.pop()
            if wire.open and time.monotonic() - wire.free_since < KEPT_FOR:
                return wire
            wire.close()
        return None

    async def _new(self) -> Wire:
        return (await asyncio.get_running_loop().create_connection(Wire, "127.0.0.1", self._port))[1]

    def close(self) -> None:
        """Hang up everywhere."""
        for wire in self._free:
            wire.close()


class Ear(asyncio.Protocol):
    """An open stream: says each version that it hears, and when it is over (with the status of the answer, 0: cut off)."""

    def __init__(self, request: bytes, heard: Callable[[int], None], over: Callable[[int], None]) -> None:
        self._request, self._heard, self._over = request, heard, over
        self._rest = b""
        self._status = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        self._status = self._status or int(data[9:12])
        found = None
        for found in MESSAGE.finditer(data):
            self._heard(int(found[1]))
        self._rest = data[found.end() :] if found else data[-200:]

    def connection_lost(self, error: Exception | None) -> None:
        self._over(self._status)

    def close(self) -> None:
        """Hang up."""
        self._over = lambda _status: None
        self._transport.close()
