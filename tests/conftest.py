"""The test application: one temporary SQLite file a run, emptied between tests, never rebuilt."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.app import create_app
from lms.cli.translations import compile_all
from lms.extensions import db


class Browser(FlaskClient):
    """A test client whose requests never share `g` with the test's context, and whose answers a real server would send."""

    def open(self, *arguments: Any, **values: Any) -> Any:
        with self.application.app_context():
            answer = super().open(*arguments, **values)
        for name, value in answer.headers:
            value.encode("ascii")  # a real server refuses anything else
            assert "\n" not in value, name
        return answer


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application and one schema for the whole run."""
    folder: Path = tmp_path_factory.mktemp("data")
    compile_all()
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": folder,
            "KEYS_DIR": folder / "keys",
            "UPLOADS_DIR": folder / "uploads",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'test.db'}",
            "WTF_CSRF_ENABLED": False,
            "SECRET_KEY": "a secret for tests only, long enough to be taken",
        }
    )
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The application with empty tables and an application context for the test's own queries."""
    with whole_app.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
            for table in reversed(db.metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(sa.text("DELETE FROM sqlite_sequence"))
        shutil.rmtree(whole_app.config["KEYS_DIR"], ignore_errors=True)
        yield whole_app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()


class Statements:
    """Counts the SQL statements sent inside the block."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __enter__(self) -> "Statements":
        sa.event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        sa.event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.sent.append(statement)

    @property
    def count(self) -> int:
        return len(self.sent)


@pytest.fixture
def statements(app: Flask) -> Statements:
    """`with statements: …` then `statements.count`."""
    return Statements()
