"""Rate limits, in the database so that all processes count together. A hall is one IP address: limit devices and accounts."""

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import Mapped, mapped_column

from lms import clock
from lms.database import Base, writing
from lms.errors import Refused
from lms.extensions import db


class Attempt(Base):
    """How often something was tried in a window of time."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(sa.String(120), primary_key=True)  # "join:device:…", never a name
    window: Mapped[int] = mapped_column(primary_key=True)  # number of the window since 1970
    count: Mapped[int] = mapped_column(default=0)


def count_attempt(key: str, limit: int, seconds: int) -> None:
    """Count one more try of `key`; Refused (429) when there were more than `limit` in this window of `seconds`."""
    window = int(clock.now().timestamp()) // seconds
    with writing() as session:
        attempt = session.get(Attempt, (key, window), populate_existing=True)
        if attempt is None:
            session.execute(sa.delete(Attempt).where(Attempt.key == key, Attempt.window < window))
            attempt = Attempt(key=key, window=window, count=0)
            session.add(attempt)
        attempt.count += 1
        count = attempt.count
    if count > limit:
        raise Refused("Too many attempts. Wait a few minutes and try again; nothing you typed is lost.", status=429)


def forget_attempts(key: str) -> None:
    """Start counting `key` anew, after a success."""
    if db.session.scalar(sa.select(Attempt.key).where(Attempt.key == key).limit(1)):
        with writing() as session:
            session.execute(sa.delete(Attempt).where(Attempt.key == key))


def address() -> str:
    """The address a request came from, for the high ceiling only."""
    return request.remote_addr or "unknown"
