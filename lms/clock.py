"""The only source of time. Everything stored is UTC; people see Europe/Belgrade."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BELGRADE = ZoneInfo("Europe/Belgrade")
_stopped: list[datetime] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """`moment` on a clock in Serbia."""
    return moment.astimezone(BELGRADE)


def today() -> date:
    """Today's date in Serbia."""
    return local(now()).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """For tests: the clock stands at `moment` inside the block."""
    _stopped.append(moment)
    try:
        yield
    finally:
        _stopped.pop()
