"""How we speak to the database: the typed Base, SQLite's hooks, and `writing()`, the one way to change anything."""

import fcntl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import DeclarativeBase, Session

from lms.extensions import db

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file when two connections write at once

WRITERS = 20_260_514  # the number of PostgreSQL's advisory lock under which writers queue
# Whoever waits 15 s is told so, as on SQLite; a machine that vanished gives its lock back after 40 s.
POSTGRESQL_SETTINGS = (
    "-c lock_timeout=15s -c tcp_keepalives_idle=20 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4"
)


class Base(DeclarativeBase):
    """Parent of every model. Columns are typed with `Mapped[...]`; constraints live in the database."""

    metadata = db.metadata


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, stored as UTC without a zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Derived(sa.types.TypeDecorator[str]):
    """Text made from other text, for searching and sorting: cut where the column ends, also when it is looked for."""

    impl = sa.String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return value[: self.length] if value else value


def engine_options(url: str) -> dict[str, Any]:
    """Options for SQLAlchemy's engine. Refuses a SQLite that is known to corrupt files."""
    if not url.startswith("sqlite"):
        pool = {"pool_size": 16, "max_overflow": 16, "pool_pre_ping": True}  # two processes fit in the server's 100
        return pool | {"hide_parameters": True, "connect_args": {"options": POSTGRESQL_SETTINGS}}
    sqlite = sqlite_module()
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can corrupt its file; 3.51.3 or newer is needed.")
    options: dict[str, Any] = {
        "module": sqlite,
        "hide_parameters": True,  # an error in the log must not hold an answer
        "connect_args": {"check_same_thread": False, "timeout": 15},
    }
    if ":memory:" in url or url == "sqlite://":
        options["poolclass"] = sa.pool.StaticPool
    else:
        options |= {"pool_size": 16, "max_overflow": 32}
    return options


def sqlite_module() -> Any:
    """The newest SQLite driver at hand: the wheel's own library, else the system's."""
    try:
        import pysqlite3.dbapi2 as sqlite
    except ImportError:
        import sqlite3 as sqlite
    return sqlite


def init_database(app: Flask) -> None:
    """Bind the database to `app`. One writer at a time; SQLite also gets WAL, full durability, foreign keys, explicit BEGIN."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url) | app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    db.init_app(app)
    with app.app_context():
        if url.startswith("sqlite"):
            sa.event.listen(db.engine, "connect", _on_connect)
        sa.event.listen(db.engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions too late
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif writing:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")  # given back by commit and rollback


def read(statement: sa.Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement built once, read past SQLAlchemy at a quarter of its cost: for what every phone of a hall asks for.
    `values`: numbers, texts, bytes, no lists. What was written in the same request and not committed is not seen. Whoever listens to statements
    hears of this one too."""
    engine = db.engine
    plain = _plain(statement, engine.dialect)
    given = plain.given(values)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for hear in engine.dispatch.before_cursor_execute:
            hear(connection, cursor, plain.text, given, None, False)
        cursor.execute(plain.text, given)
        rows = cursor.fetchall()
    finally:
        connection.close()
    return [plain.made(row) for row in rows] if plain.makers else list(rows)


class _Plain(NamedTuple):
    """A statement as the driver wants it."""

    text: str
    constants: dict[str, Any]
    names: list[str]  # of its values, in order, where the driver counts them
    makers: list[tuple[int, Callable[[Any], Any]]]  # column, and what makes its value of what the driver gives

    def given(self, values: Mapping[str, Any]) -> Any:
        every = {**self.constants, **values}
        return tuple([every[name] for name in self.names]) if self.names else every

    def made(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, make in self.makers:
            values[place] = make(values[place])
        return tuple(values)


@lru_cache(maxsize=64)
def _plain(statement: sa.Select[*tuple[Any, ...]], dialect: sa.Dialect) -> _Plain:
    compiled = statement.compile(dialect=dialect)
    makers = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns
    ]
    return _Plain(
        str(compiled),
        {name: value for name, value in compiled.params.items() if value is not None},
        list(getattr(compiled, "positiontup", None) or []),
        [(place, make) for place, make in enumerate(makers) if make],
    )


_writer = threading.Lock()


@contextmanager
def _turn() -> Iterator[None]:
    """Writers queue here, in order, instead of in the database: those of one process, then with SQLite those of all processes.

    SQLite itself looks again after pauses of up to a tenth of a second, whoever came first. PostgreSQL queues by itself.
    """
    path = db.engine.url.database
    with _writer:
        if db.engine.dialect.name != "sqlite" or not path or path == ":memory:":
            yield
            return
        with open(f"{path}-writers", "a") as queue:  # a process that dies gives its turn back, too
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield


@contextmanager
def writing() -> Iterator[Session]:
    """The one way to change data: `with writing() as session:` commits at its end, rolls back on an error.

    What was read before stays loaded, but the transaction is new: whatever the change depends on must be read again
    inside, or be held by a constraint. Raises RuntimeError when nested: an action never calls an action.
    """
    session: Session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("writing() inside writing(): an action must not call an action.")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed outside writing().")
    session.commit()
    session.info["writing"] = True
    try:
        with _turn():
            try:
                session.connection(execution_options={"writing": True})
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        session.info["writing"] = False
