"""Inserts that both databases decide themselves: no look first, then insert."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from lms import clock
from lms.surveys.models import Opening


def insert(session: Session, model: type[Any]) -> Any:
    """INSERT in the dialect of the database, which knows ON CONFLICT."""
    return insert_in(dialect_of(session), model)


def dialect_of(session: Session) -> str:
    """The name of the database's dialect: sqlite, postgresql."""
    return session.get_bind().dialect.name


def insert_in(dialect: str, model: type[Any]) -> Any:
    """INSERT in a dialect that knows ON CONFLICT."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # 30 ms and 2 MiB that SQLite does without

        return postgresql.insert(model)
    return sqlite.insert(model)


def if_open(training_id: Any, survey: Any, moment: Any, now: Any = None) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which an opening takes answers `now`. The arguments may be bind parameters."""
    now = clock.now() if now is None else now
    return (
        Opening.training_id == training_id,
        Opening.survey == survey,
        Opening.moment == moment,
        Opening.opened_at <= now,
        sa.or_(Opening.closed_at.is_(None), Opening.closed_at > now),
    )
