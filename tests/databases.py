"""Databases of the tests' own: SQLite files, or databases made and dropped on the PostgreSQL server of TEST_DATABASE_URL."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

SERVER = os.environ.get("TEST_DATABASE_URL", "")  # somebody's who may create databases; none that is there is touched


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """The address of an empty database; a file lies in `folder` and stays, another one is dropped at the end."""
    if not SERVER:
        yield f"sqlite:///{folder / 'lokalni-timovi.db'}"
        return
    server, name = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT"), f"test_{secrets.token_hex(8)}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0"))
    try:
        yield sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


def empty(connection: sa.Connection, metadata: sa.MetaData) -> None:
    """Remove every row, and let numbers begin at 1 again."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    if sqlite:
        connection.execute(sa.text("DELETE FROM sqlite_sequence"))
    else:
        connection.execute(sa.text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"))
