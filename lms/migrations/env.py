"""Alembic's entry: runs the numbered migrations against the application's database."""

from typing import Any

from alembic import context

import lms.accounts.models
import lms.certificates.models
import lms.content.models
import lms.evaluation.models
import lms.limits
import lms.simulations.models
import lms.surveys.models
import lms.teams.models
import lms.trainings.models  # noqa: F401
from lms.database import Derived, UtcDateTime
from lms.extensions import db


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration stands by itself: our own types are written as what they are in the database."""
    if kind != "type":
        return False
    if isinstance(item, Derived):
        return f"sa.String(length={item.length})"
    return "sa.DateTime()" if isinstance(item, UtcDateTime) else False


with db.engine.connect().execution_options(writing=True) as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
