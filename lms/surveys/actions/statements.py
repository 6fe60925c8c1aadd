"""Inserts that both databases decide themselves: no look first, then insert."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lms import clock
from lms.surveys.models import Opening


def insert(session: Session, model: type[Any]) -> Any:
    """INSERT in the dialect of the database, which knows ON CONFLICT."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(model)


def if_open(training_id: int, survey: str, moment: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which an opening takes answers at this moment."""
    now = clock.now()
    return (
        Opening.training_id == training_id,
        Opening.survey == survey,
        Opening.moment == moment,
        Opening.opened_at <= now,
        sa.or_(Opening.closed_at.is_(None), Opening.closed_at > now),
    )
