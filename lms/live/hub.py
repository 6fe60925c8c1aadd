"""The hub of a process: one thread that hears of commits, wakes who waits, and looks after rights, time and presence.

It only reads; what must be written (time's own events, who was seen) is done by a second thread, the clerk, so that a database that is
busy holds up no waking and no revoked right.
"""

import threading
import time
from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from lms import clock
from lms.extensions import db
from lms.live.changes import Changes, listen
from lms.live.waiting import Stream, Waiting

ROUND = 0.05  # seconds between two looks at who waits and what is due, when nothing was heard
LOOK = 5.0  # seconds between two looks at the topics when nothing was heard
RIGHTS = 4.0  # seconds between two looks at everybody's rights
PRESENCE = 10.0  # seconds between two notes of who was seen
ARRIVAL = 0.3  # seconds until somebody who has just come is noted: those who come together are noted together
POLLED = 30.0  # seconds for which a topic is looked after once somebody has asked for it
AGAIN = 1.0  # seconds until what failed is tried again


@dataclass(frozen=True)
class State:
    """Where a topic stands: `rights` is another number when somebody's right may have changed; at `due` the clock acts."""

    version: int
    rights: int
    due: datetime | None


@dataclass(frozen=True)
class Room:
    """What the hub asks of a room, each in an application context. Watchers are keys that only the room can read.

    `look`: where these topics stand; those missing in the answer do not exist. `still_allowed`: whose right still holds.
    `tick`: do what time has brought to a topic (several processes may try at once). `present`: note that these were seen.
    """

    look: Callable[[Collection[int]], Mapping[int, State]]
    still_allowed: Callable[[Collection[Hashable]], Collection[Hashable]]
    tick: Callable[[int], object]
    present: Callable[[Collection[int]], object]


class Hub:
    """Starts with the first page that waits, after any fork of the server; sleeps while nobody does."""

    def __init__(self, app: Flask, room: Room, most: int) -> None:
        self.waiting = Waiting(most)
        self.stopping: Callable[[], bool] = lambda: False  # the server sets it: streams must not hold up its end
        self.resting = (
            app.testing
        )  # no thread, and streams end once they have said where they stand: for other rooms' tests
        self._app, self._room = app, room
        self._lock = threading.Lock()  # for what requests note: who polls, who was seen, whether the thread runs
        self._needed = threading.Event()
        self._thread: threading.Thread | None = None
        self._clerk = ThreadPoolExecutor(1, "live-clerk")
        self._polled: dict[int, float] = {}  # topic: until when
        self._seen: set[int] = set()
        self._known: dict[int, State] = {}
        self._trials: dict[int, tuple[Future[None], float]] = {}  # topic: the last tick, and when the next may be tried
        self._round_at = self._rights_at = self._look_at = self._presence_at = 0.0

    def open(self, topic: int, watcher: Hashable, version: int, most: int = 3) -> Stream:
        """A stream for a page that is to be told `version` or later; at most `most` for one watcher. Raises waiting.Full."""
        stream = self.waiting.open(topic, watcher, version, most)
        if known := self._known.get(topic):
            stream.tell(known.version)  # it may have changed since the page's version was read
        if self.resting:
            stream.ends = 0.0
        self._work()
        return stream

    def touch(self, topic: int, version: int) -> None:
        """Wake this process's pages at once, after a commit. Other processes hear of it by themselves."""
        self.waiting.tell(topic, version)

    def seen(self, topic: int, person: int | None = None, arrived: bool = False) -> None:
        """Somebody has asked for a screen of `topic`; `person` will be noted as present within `PRESENCE` seconds, and at once
        when the page was opened only now."""
        with self._lock:
            self._polled[topic] = time.monotonic() + POLLED
            if person is not None:
                self._seen.add(person)
                if arrived:
                    self._presence_at = min(self._presence_at, time.monotonic() + ARRIVAL)
        self._work()

    def _work(self) -> None:
        self._needed.set()
        with self._lock:
            if self._thread is None and not self.resting:
                self._thread = threading.Thread(target=self._run, name="live-hub", daemon=True)
                self._thread.start()

    def rest(self) -> None:
        """End the thread and what it began; for tests."""
        self.resting = True
        self._needed.set()
        if self._thread is not None:
            self._thread.join()
        self._clerk.submit(lambda: None).result()
        self.waiting.end_topics(self.waiting.topics())
        self._thread, self._known, self._polled, self._seen = None, {}, {}, set()

    def _run(self) -> None:
        changes: Changes | None = None
        while not self.resting:
            try:
                if changes is None:
                    with self._app.app_context():
                        changes = listen(db.engine)
                self._needed.clear()
                if not (self.waiting or self._polled or self._seen or self.resting):
                    self._needed.wait()
                self._round(changes.wait(quick=bool(self.waiting)))
            except Exception:  # the database may be away for a while; whoever waits goes on waiting
                self._app.logger.warning("live: a round failed", exc_info=True)
                broken, changes = changes, None
                with suppress(Exception):
                    if broken is not None:
                        broken.close()
                time.sleep(AGAIN)
        if changes is not None:
            changes.close()

    def _round(self, changed: bool) -> None:
        now = time.monotonic()
        if not changed and now < self._round_at:
            return
        self._round_at = now + ROUND
        if self.stopping():
            self.waiting.end_topics(self.waiting.topics())
        topics = self._topics(now)
        if topics and (changed or now >= self._look_at or len(self._known) < len(topics)):
            self._look_at = now + LOOK
            self._look(topics)
        if self.waiting and now >= self._rights_at:
            self._rights_at = now + RIGHTS
            self._check_rights()
        self._start_what_is_due(now)
        if self._seen and now >= self._presence_at:
            with self._lock:
                self._presence_at = now + PRESENCE
                seen, self._seen = self._seen, set()
            self._clerk.submit(self._write, self._room.present, seen)

    def _topics(self, now: float) -> set[int]:
        """What somebody waits for or has asked for lately; all else is forgotten."""
        with self._lock:
            self._polled = {topic: until for topic, until in self._polled.items() if until > now}
            topics = self.waiting.topics() | set(self._polled)
        self._known = {topic: state for topic, state in self._known.items() if topic in topics}
        return topics

    def _look(self, topics: set[int]) -> None:
        before = self._known
        with self._app.app_context():
            self._known = dict(self._room.look(topics))  # before anybody is told: `open` looks here after joining
        for topic, state in self._known.items():
            self.waiting.tell(topic, state.version)
            if topic in before and before[topic].rights != state.rights:
                self._rights_at = 0.0
        gone = topics - set(self._known)
        self.waiting.end_topics(gone)
        with self._lock:
            self._polled = {topic: until for topic, until in self._polled.items() if topic not in gone}

    def _check_rights(self) -> None:
        watchers = self.waiting.watchers()
        with self._app.app_context():
            allowed = set(self._room.still_allowed(watchers))
        self.waiting.end_watchers(watchers - allowed)

    def _start_what_is_due(self, now: float) -> None:
        for topic, state in self._known.items():
            if state.due is None or state.due > clock.now():
                continue
            trial, again_at = self._trials.get(topic, (None, 0.0))
            if now >= again_at and (trial is None or trial.done()):
                self._trials[topic] = (self._clerk.submit(self._write, self._room.tick, topic), now + AGAIN)

    def _write(self, action: Callable[[int], object] | Callable[[Collection[int]], object], what: object) -> None:
        try:
            with self._app.app_context():
                action(what)  # type: ignore[arg-type]
        except Exception:  # another process was faster, or the database is busy: it is tried again
            self._app.logger.info("live: %s failed", action, exc_info=True)
