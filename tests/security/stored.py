"""What is stored, as plain data: to compare before and after, and to put everything back."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from lms.database import sqlite_module
from lms.extensions import db
from lms.simulations import pieces, play
from tests import databases

BOOKKEEPING = {"attempts"}  # counting tries is not a change of anything that people see
Contents = dict[str, list[tuple[Any, ...]]]


class Snapshot:
    """The whole database as it is now, in memory."""

    def __init__(self) -> None:
        self._copy = _FileCopy() if db.engine.dialect.name == "sqlite" else _TableCopies()

    def restore(self) -> None:
        """Put everything back."""
        db.session.rollback()
        db.session.expunge_all()
        self._copy.put_back()
        forget_runs()


def forget_runs() -> None:
    """What this process remembers of runs is no longer so: their logs were changed behind its back."""
    play._states.clear()
    pieces.forget()


class _FileCopy:
    """SQLite: the file, page by page."""

    def __init__(self) -> None:
        self._copy = sqlite_module().connect(":memory:", check_same_thread=False)
        _raw(lambda connection: connection.backup(self._copy))

    def put_back(self) -> None:
        _raw(self._copy.backup)


class _TableCopies:
    """PostgreSQL: every table as COPY gives it; numbers go on after the highest."""

    def __init__(self) -> None:
        with db.engine.begin() as connection:
            cursor = connection.connection.cursor()
            self._tables = {table.name: self._read(cursor, table.name) for table in db.metadata.sorted_tables}
            _number_on(connection)
            self._version = _version(connection.connection)

    def _read(self, cursor: Any, table: str) -> bytes:
        with cursor.copy(f"COPY {table} TO STDOUT") as copy:
            return b"".join(bytes(piece) for piece in copy)

    def put_back(self) -> None:
        with db.engine.begin() as connection:
            if _version(connection.connection) == self._version:
                return
            databases.empty(connection, db.metadata)
            cursor = connection.connection.cursor()
            for table, rows in self._tables.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            _number_on(connection)
        with db.engine.begin() as connection:
            self._version = _version(connection.connection)


def _number_on(connection: sa.Connection) -> None:
    """The next row of each table gets the number after the highest, as on SQLite."""
    for name in connection.scalars(sa.text("SELECT sequencename FROM pg_sequences")).all():
        table = name.removesuffix("_id_seq")
        connection.exec_driver_sql(f"SELECT setval('{name}', coalesce(max(id), 0) + 1, false) FROM {table}")


def _version(connection: Any) -> int:
    """Another number after another connection has committed a change."""
    question = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
    if db.engine.dialect.name == "sqlite":
        question = "PRAGMA data_version"
    cursor = connection.cursor()
    cursor.execute(question)
    return int(cursor.fetchone()[0])


def _raw(act: Any) -> None:
    connection = db.engine.raw_connection()
    try:
        act(connection.driver_connection)
    finally:
        connection.close()


def contents(leave_out: set[str] = BOOKKEEPING) -> Contents:
    """Every row of every table, in a fixed order."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in db.metadata.sorted_tables
            if table.name not in leave_out
        }


class Watch:
    """Tells what has changed since the last look; looking is cheap while nothing has been written."""

    def __init__(self) -> None:
        self._connection = db.engine.raw_connection()
        self._version = _version(self._connection)
        self._before = contents()

    def touched(self) -> bool:
        """Whether anything was written since the last look; that is told sooner than what."""
        before, self._version = self._version, _version(self._connection)
        return self._version != before

    def changes(self) -> list[str]:
        """What differs from the last look, in words."""
        if (now := _version(self._connection)) == self._version:
            return []
        self._version, before = now, self._before
        self._before = contents()
        return changes(before, self._before)

    def close(self) -> None:
        self._connection.close()


def changes(before: Contents, after: Contents) -> list[str]:
    """What differs, in words: for the message of a failing test."""
    found = []
    for table, rows in after.items():
        old = list(before[table])
        for row in rows:
            if row in old:
                old.remove(row)
            else:
                found.append(f"{table} + {str(row)[:300]}")
        found += [f"{table} - {str(row)[:300]}" for row in old]
    return found


# Columns whose text is a key, a code, a hash or one of a fixed list: what they may hold, the database or a look-up says.
CODES = {
    "accounts": {"email", "password_hash", "totp_secret"}, "account_roles": {"name"}, "invitations": {"purpose"},
    "attempts": {"key"}, "attendance": {"how"}, "answers": {"item", "token"}, "remarks": {"item"},
    "certificates": {"token", "serial", "fields", "key_id", "state", "superseded_by"},
    "course_versions": {"hash", "course_key", "document"}, "findings": {"kind", "state"}, "half_days": {"code", "token"},
    "institutions": {"sector", "municipality_code"}, "local_teams": {"municipality_code", "status"},
    "municipalities": {"code", "kind", "district_code", "folded", "sort_key"}, "openings": {"survey", "moment"},
    "participants": {"sector", "sex", "municipality_code", "source", "folded", "sort_key"}, "partners": {"kind"},
    "programme_items": {"key", "kind", "page", "survey", "moment"}, "published_figures": {"item"},
    "selections": {"trainings"}, "team_entries": {"kind"}, "team_seats": {"sector"},
    "trainings": {"course_hash", "municipality_code", "state", "join_token", "join_code"}, "training_staff": {"role"},
    "simulation_runs": {"course_hash", "case_key", "mode", "state", "projector_token", "solo_role"}, "simulation_events": {"kind"},
    "simulation_seats": {"role", "code", "token"},
    "drafts": {"course_key", "base_hash", "origin_hash"}, "draft_files": {"path", "text"}, "draft_steps": {"kind"},
    "draft_trials": {"case_key", "text", "mode", "role", "stage"}, "draft_explorations": {"case_key", "digest", "state"},
    "pending_imports": {"course_key", "document"},
}  # fmt: skip


def fill_texts(words: Iterator[str]) -> None:
    """One of `words` into every text column that people fill, directly: as if every check at every door had failed."""
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            texts = [
                column
                for column in table.columns
                if isinstance(column.type, sa.String) and column.name not in CODES.get(table.name, ())
            ]
            keys = list(table.primary_key.columns)
            for row in connection.execute(sa.select(*keys)).all() if texts else ():
                which = sa.and_(*(key == value for key, value in zip(keys, row, strict=True)))
                values = {column.name: _said(column, next(words)) for column in texts}
                connection.execute(table.update().where(which).values(values))


def _said(column: sa.Column[Any], word: str) -> str:
    if db.engine.dialect.name == "postgresql":  # it keeps nothing longer than the column, and no NUL
        word = word.replace("\0", "")[: column.type.length]  # type: ignore[attr-defined]
    return json.dumps({"name": word}) if f"{column.table.name}.{column.name}" == "audit_entries.detail" else word
