"""Alembic's entry: runs the numbered migrations against the application's database."""

from alembic import context

import lms.accounts.models
import lms.certificates.models
import lms.content.models
import lms.evaluation.models
import lms.surveys.models
import lms.teams.models
import lms.trainings.models  # noqa: F401
from lms.extensions import db

with db.engine.connect().execution_options(writing=True) as connection:
    context.configure(
        connection=connection, target_metadata=db.metadata, render_as_batch=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
