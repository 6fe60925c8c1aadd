"""Explores cases of drafts in a process of its own: one at a time on a server, at low priority, within limits.

`start` is what the pages call; `explore_waiting` is what the new process does (`flask cases explore-drafts`). How far it is and what
it has found stands in the database, so that any page of any worker can show it, and nothing is lost when the server is restarted.
"""

import fcntl
import os
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from lms.authoring.actions import exploring as actions
from lms.authoring.actions.exploring import DONE, FAILED
from lms.authoring.trying.beginning import case_in
from lms.simulations.explore import explore

LONGEST = 60  # seconds that one case is explored
MOST_MEMORY = 2 << 30  # bytes of address space of the whole process
BETWEEN_NOTES = 0.5  # seconds
CHANGED, TOO_LONG, TOO_LARGE, UNPLAYABLE, BROKEN = "changed", "too-long", "too-large", "unplayable", "broken"


class Stopped(Exception):
    """The exploration ends before it has found everything; `why` is one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def start() -> None:
    """Let a new process explore what waits; it ends at once when another one is at it."""
    config = current_app.config
    settings = {"DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"], "DATA_DIR": str(config["DATA_DIR"])}
    subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "cases", "explore-drafts"],
        cwd=current_app.root_path, env=os.environ | settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def explore_waiting(queue: Path) -> None:
    """Explore what waits, one case after another, until nothing does. Whoever holds the file `queue` does it for all."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    while actions.somebody_waits():  # asked again when the turn is given back: who was asked meanwhile has gone
        with _turn(queue) as mine:
            if not mine:
                return
            _no_more_than(LONGEST)
            while _explore_next():
                _no_more_than(LONGEST)


@contextmanager
def _turn(queue: Path) -> Iterator[bool]:
    """Whether it is this process's turn; a process that dies gives its turn back."""
    with queue.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _explore_next() -> bool:
    """Explore the case that has waited longest; False when none waits."""
    taken = actions.take_up()
    if taken is None:
        return False
    found, text = taken
    mine = found.draft_id, found.case_key, found.digest
    try:
        result = explored(text, lambda progress: actions.come_so_far(*mine, progress))
    except Stopped as stopped:
        actions.finish(*mine, FAILED, {"why": stopped.why})
    else:
        actions.finish(*mine, DONE, result)
    return True


def explored(text: str, tell: Callable[[int], bool]) -> dict[str, object]:
    """What exploring the case in `text` finds. `tell` is told from time to time how many moments were looked at, and says whether
    to go on. Raises Stopped."""
    case = case_in(text).case
    if case is None:
        raise Stopped(UNPLAYABLE)
    try:
        return explore(case, _Pulse(tell)).as_json()
    except MemoryError:
        raise Stopped(TOO_LARGE) from None
    except Stopped:
        raise
    except (
        Exception
    ) as error:  # an unfinished case may be odd in a way that nobody has thought of: it must not hold up the others
        way = "".join(
            traceback.format_tb(error.__traceback__)
        )  # without its message, in which words of the case may stand
        current_app.logger.error("exploring a case failed: %s\n%s", type(error).__name__, way)
        raise Stopped(BROKEN) from None


def _no_more_than(seconds: int) -> None:
    """From now on: the system ends the process when it has computed much longer without looking at the time itself."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(time.process_time()) + 2 * seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


class _Pulse:
    """Counts moments, tells the count twice a second, and stops in time."""

    def __init__(self, tell: Callable[[int], bool]) -> None:
        self._tell, self._count = tell, 0
        self._end = time.monotonic() + LONGEST
        self._next = 0.0

    def __call__(self, moments: int) -> None:
        self._count += moments
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + BETWEEN_NOTES
        if not self._tell(self._count):
            raise Stopped(CHANGED)
        if now > self._end:
            raise Stopped(TOO_LONG)
