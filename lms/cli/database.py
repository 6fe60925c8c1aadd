"""`flask database …`: bring the schema up to date, and say where it stands."""

from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from lms.extensions import db

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
    """Bring the schema to the newest version and load the list of places."""
    upgrade_database()


def is_current() -> bool:
    """True when the schema is at the newest migration: a look that costs no Alembic."""
    newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    try:
        return db.session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == newest
    except sa.exc.DatabaseError:
        db.session.rollback()
        return False


def upgrade_database() -> None:
    """What `flask database upgrade` does; twice is the same as once."""
    from alembic import command

    from lms.teams.actions import load_municipalities

    command.upgrade(alembic_config(), "head")
    load_municipalities()


@database.command("load-teams")
@with_appcontext
def load_teams_command() -> None:
    """Add the local teams that public sources confirm, marked as trial data; teams that are there already stay."""
    from lms.teams.actions import load_teams

    click.echo(f"{load_teams()} teams were added.")


@database.command()
@with_appcontext
def status() -> None:
    """Print which database this is, its schema and the newest one; exit 1 when `flask database upgrade` is needed."""
    from lms.extensions import db

    present, newest = revisions()
    click.echo(f"database: {db.engine.url.render_as_string(hide_password=True)}")
    click.echo(f"schema:   {present or 'empty'}" + (" (the newest)" if present == newest else f", newest is {newest}"))
    if present != newest:
        raise SystemExit(1)


def revisions() -> tuple[str | None, str | None]:
    """The revision of the database (None: no schema yet) and the newest one."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from lms.extensions import db

    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present, ScriptDirectory.from_config(alembic_config()).get_current_head()


@database.command()
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """For developers: write the next numbered migration from the difference between models and database."""
    from alembic import command

    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    command.revision(alembic_config(), message, autogenerate=True, rev_id=f"{number:04d}")
