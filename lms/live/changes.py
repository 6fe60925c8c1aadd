"""How a process hears that something was committed, by itself or by another: SQLite is looked at, PostgreSQL calls."""

import time
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

CHANNEL = "live"
QUICK, SLOW = 0.002, 0.25  # seconds between two looks at SQLite: while pages wait, and while none does


class Changes(Protocol):
    """Waits for commits on a connection of its own."""

    def wait(self, quick: bool) -> bool:
        """Return soon; True when something was committed since the last time."""

    def close(self) -> None:
        """Give the connection back."""


def announce(session: Session, topic: int, version: int) -> None:
    """Call all processes when this transaction commits. PostgreSQL only: SQLite's file tells by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_notify(CHANNEL, f"{topic} {version}")))


def listen(engine: sa.Engine) -> Changes:
    """What hears of commits in the database of `engine`."""
    return Calls(engine) if engine.dialect.name == "postgresql" else Looks(engine)


def _connection_of_its_own(engine: sa.Engine) -> Any:
    pooled = engine.raw_connection()
    pooled.detach()  # it stays open for as long as this process has pages that wait
    return pooled.dbapi_connection


class Looks:
    """SQLite: `PRAGMA data_version` (2.4 µs) is another number after another connection has committed."""

    def __init__(self, engine: sa.Engine) -> None:
        self._connection = _connection_of_its_own(engine)
        self._number = -1

    def wait(self, quick: bool) -> bool:
        """Sleep a little, then look."""
        time.sleep(QUICK if quick else SLOW)
        before = self._number
        self._number = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return self._number != before

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Calls:
    """PostgreSQL: LISTEN. What was said while nobody listened is found by the hub's own slow look."""

    def __init__(self, engine: sa.Engine) -> None:
        self._connection = _connection_of_its_own(engine)
        self._connection.rollback()
        self._connection.autocommit = True
        self._connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, quick: bool) -> bool:
        """Wait for a call, at most a quarter of a second; one answer for all that came together."""
        return bool(list(self._connection.notifies(timeout=SLOW, stop_after=1)))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
