"""`flask database …`: the migrations give exactly the schema of the models."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask

from lms import migrations
from lms.app import create_app
from lms.extensions import db
from lms.teams.actions import load_municipalities
from lms.teams.models import Municipality

NEWEST = max(path.name[:4] for path in (Path(migrations.__path__[0]) / "versions").glob("[0-9]*.py"))


@pytest.fixture
def fresh_app(tmp_path: Path, database_url: str) -> Flask:
    """An application with an empty database of its own."""
    return create_app({"DATA_DIR": tmp_path, "SQLALCHEMY_DATABASE_URI": database_url})


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["database", *words])


def tables(url: str) -> dict[str, str]:
    """The statement that made each table and index, as SQLite keeps it: sorted lines, so that order does not count; names without
    the quotation marks that they have when a table was made anew."""
    with sa.create_engine(url).connect() as connection:
        rows = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {
            name: "\n".join(sorted(line.strip(" \t,") for line in sql.replace('"', "").splitlines()))
            for name, sql in rows
        }


def test_the_migrations_give_the_schema_of_the_models(fresh_app: Flask) -> None:
    assert run(fresh_app, "upgrade").exit_code == 0
    with fresh_app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


@pytest.mark.sqlite("SQLite keeps the statement that made a table")
def test_the_migrations_give_the_schema_to_the_letter(fresh_app: Flask, tmp_path: Path, database_url: str) -> None:
    run(fresh_app, "upgrade")
    with fresh_app.app_context():
        db.metadata.create_all(sa.create_engine(f"sqlite:///{tmp_path / 'models.db'}"))
    migrated = tables(database_url)
    migrated.pop("alembic_version")
    assert migrated == tables(f"sqlite:///{tmp_path / 'models.db'}")


def test_upgrade_loads_the_places_and_twice_is_the_same_as_once(fresh_app: Flask) -> None:
    for _ in range(2):
        assert run(fresh_app, "upgrade").exit_code == 0
    with fresh_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Municipality.code))) == 196
        assert load_municipalities() == 0


def test_status_says_whether_an_upgrade_is_needed(fresh_app: Flask) -> None:
    before = run(fresh_app, "status")
    assert before.exit_code == 1
    assert f"empty, newest is {NEWEST}" in before.output
    run(fresh_app, "upgrade")
    after = run(fresh_app, "status")
    assert after.exit_code == 0
    assert f"{NEWEST} (the newest)" in after.output


def test_confirmed_teams_are_added_on_demand_and_once(fresh_app: Flask) -> None:
    run(fresh_app, "upgrade")
    assert run(fresh_app, "load-teams").output == "9 teams were added.\n"
    assert run(fresh_app, "load-teams").output == "0 teams were added.\n"
