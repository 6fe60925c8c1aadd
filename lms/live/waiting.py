"""Who waits: one `Stream` for each connected page, all of them in `Waiting`."""

import threading
import time
from collections.abc import Collection, Hashable
from queue import Empty, SimpleQueue
from random import uniform
from typing import Any

PING = 15.0  # seconds after which a silent stream says its version again: a page takes 20 s of silence for a fault
LIFE = 600.0  # seconds, about: then a stream ends by itself and the page comes again, its right looked at anew


class Full(Exception):
    """This process holds as many streams as it has threads for."""


def most_streams(threads: int) -> int:
    """How many of a server's threads may be held by streams: a quarter, or 32, are left for pages; a single one does no streams."""
    return threads - max(1, min(32, threads // 4))


class Stream:
    """One page that waits. Its own thread stands in `wait`; everybody else calls `tell` and `end`."""

    def __init__(self, topic: int, watcher: Hashable, version: int) -> None:
        self.topic, self.watcher, self.version = topic, watcher, version
        self.surplus = False  # it ends because its watcher has opened too many
        self._calls: SimpleQueue[int | None] = SimpleQueue()
        self._calls.put(version)
        self.ends = time.monotonic() + LIFE * uniform(0.9, 1.1)  # noqa: S311  (a hall must not come back at once)

    def tell(self, version: int) -> None:
        """Wake the page, unless it was told of this version or of a later one."""
        if version > self.version:
            self.version = version
            self._calls.put(version)

    def end(self, surplus: bool = False) -> None:
        """Wake the page for the last time."""
        self.surplus = surplus
        self._calls.put(None)

    def wait(self) -> int | None:
        """The version to say now: at once the first, then each newer one, and the same again after `PING`. None: it is over."""
        left = max(0.0, self.ends - time.monotonic())
        try:
            call = self._calls.get(timeout=min(PING, left))
            while call is not None and not self._calls.empty():  # of many only the last matters
                call = self._calls.get_nowait()
        except Empty:
            return self.version if left > PING else None
        return call


class Waiting:
    """The streams of this process, at most `most`. Every thread may call it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._of_topic: dict[int, list[Stream]] = {}
        self._of_watcher: dict[Hashable, list[Stream]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def open(self, topic: int, watcher: Hashable, version: int, most: int) -> Stream:
        """Add a stream. When its watcher has `most` already, the oldest of them ends. Raises Full."""
        with self._lock:
            own = self._of_watcher.get(watcher, [])
            if len(own) >= most:
                own[0].end(surplus=True)
                self._remove(own[0])
            if self._count >= self.most:
                raise Full
            stream = Stream(topic, watcher, version)
            self._of_topic.setdefault(topic, []).append(stream)
            self._of_watcher.setdefault(watcher, []).append(stream)
            self._count += 1
        return stream

    def leave(self, stream: Stream) -> None:
        """The page has gone; said twice it does no harm."""
        with self._lock:
            self._remove(stream)

    def tell(self, topic: int, version: int) -> None:
        """Wake the streams of `topic` that know only an older version."""
        with self._lock:
            for stream in self._of_topic.get(topic, ()):
                stream.tell(version)

    def topics(self) -> set[int]:
        """What anybody waits for."""
        with self._lock:
            return set(self._of_topic)

    def watchers(self) -> set[Hashable]:
        """Everybody who waits."""
        with self._lock:
            return set(self._of_watcher)

    def end_watchers(self, watchers: Collection[Hashable]) -> None:
        """End the streams of these watchers."""
        with self._lock:
            self._end([stream for watcher in watchers for stream in self._of_watcher.get(watcher, ())])

    def end_topics(self, topics: Collection[int]) -> None:
        """End the streams of these topics."""
        with self._lock:
            self._end([stream for topic in topics for stream in self._of_topic.get(topic, ())])

    def _end(self, streams: list[Stream]) -> None:
        for stream in streams:
            stream.end()
            self._remove(stream)

    def _remove(self, stream: Stream) -> None:
        if stream not in self._of_topic.get(stream.topic, ()):
            return
        self._count -= 1
        _take_out(self._of_topic, stream.topic, stream)
        _take_out(self._of_watcher, stream.watcher, stream)


def _take_out(places: dict[Any, list[Stream]], key: Hashable, stream: Stream) -> None:
    places[key].remove(stream)
    if not places[key]:
        del places[key]
