"""`flask database …`: bring the schema up to date, and say where it stands."""

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config() -> Any:
    """Alembic's settings for the current application's database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", current_app.config["SQLALCHEMY_DATABASE_URI"].replace("%", "%%"))
    return config


@click.group("database")
def database() -> None:
    """The database schema and its fixed data."""


@database.command()
@with_appcontext
def upgrade() -> None:
    """Bring the schema to the newest version and load places and sectors."""
    from alembic import command

    from lms.teams.actions import load_municipalities

    command.upgrade(alembic_config(), "head")
    load_municipalities()


@database.command()
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """For developers: write the next numbered migration from the difference between models and database."""
    from alembic import command

    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    command.revision(alembic_config(), message, autogenerate=True, rev_id=f"{number:04d}")
