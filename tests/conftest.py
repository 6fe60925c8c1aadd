"""The test application: one temporary database a run, emptied between tests, never rebuilt."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from lms.app import create_app
from lms.cli.translations import compile_all
from lms.extensions import db
from tests import databases

# A busy machine is no fault of a rule: examples are counted, not timed.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests about the other database are left out; at the end it is said which and why. Tests of a file run in one process, and so do
    all that look at the house of tests/security, which is furnished and walked through once."""
    other = "sqlite" if databases.SERVER else "postgresql"
    left_out = {item: marker for item in items if (marker := item.get_closest_marker(other))}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))
    for item in items:
        item.add_marker(pytest.mark.xdist_group("house" if "furnished" in item.fixturenames else item.location[0]))
    config.stash[LEFT_OUT] = sorted(
        {f"only on {other}: {item.location[0]}: {marker.args[0]}" for item, marker in left_out.items()}
    )


LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """What was left out on this database."""
    for line in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(line)


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
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application and one schema for the whole run."""
    folder: Path = tmp_path_factory.mktemp("data")
    compile_all()
    with databases.a_database(folder) as url:
        yield _make(folder, url)


def _make(folder: Path, url: str) -> Flask:
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": folder,
            "KEYS_DIR": folder / "keys",
            "UPLOADS_DIR": folder / "uploads",
            "SQLALCHEMY_DATABASE_URI": url,
            "WTF_CSRF_ENABLED": False,
            "SECRET_KEY": "a secret for tests only, long enough to be taken",
        }
    )
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the test's own, without tables."""
    with databases.a_database(tmp_path) as url:
        yield url


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The application with empty tables and an application context for the test's own queries."""
    with whole_app.app_context():
        with db.engine.begin() as connection:
            databases.empty(connection, db.metadata)
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
        if not statement.startswith(("BEGIN", "PRAGMA", "SELECT pg_advisory_xact_lock")):
            self.sent.append(statement)

    @property
    def count(self) -> int:
        return len(self.sent)


@pytest.fixture
def statements(app: Flask) -> Statements:
    """`with statements: …` then `statements.count`."""
    return Statements()
