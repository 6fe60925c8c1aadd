"""The anonymous evaluation: sending it, and mixing it at the close so that no order, time or key leads back to anybody."""

import random
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from lms.database import writing
from lms.errors import Refused
from lms.extensions import db
from lms.surveys.actions.statements import if_open, insert
from lms.surveys.models import Ballot, Opening, Receipt, Remark
from lms.surveys.rules import Spoken, Value

_chance = random.SystemRandom()


def send(
    training_id: int, survey: str, participant_id: int, answers: Mapping[str, Value], texts: Sequence[Spoken]
) -> bool:
    """Store an evaluation and, apart from it, that this participant has sent one. False when they had already.

    Three statements. The receipt is the lock: its primary key lets one ballot through. Refused (409) when not open.
    """
    with writing() as session:
        opening_id = _receipt(session, training_id, survey, participant_id)
        if opening_id is not None:
            put_in(session, opening_id, answers, texts)
            return True
        if _has_sent(session, training_id, survey, participant_id):
            return False
        raise Refused("The evaluation is not open, so it was not sent. Copy what you typed if you want to keep it.")


def _receipt(session: Session, training_id: int, survey: str, participant_id: int) -> int | None:
    """A new receipt, only while the evaluation is open; the opening's id. The lock makes a close wait, or makes us late."""
    fresh = sa.select(sa.literal(participant_id), Opening.id).where(*if_open(training_id, survey, ""))
    adding = insert(session, Receipt).from_select(["participant_id", "opening_id"], fresh.with_for_update(read=True))
    opening_id: int | None = session.scalar(adding.on_conflict_do_nothing().returning(Receipt.opening_id))
    return opening_id


def _has_sent(session: Session, training_id: int, survey: str, participant_id: int) -> bool:
    found = session.scalar(
        sa.select(Receipt.opening_id)
        .join(Opening, Opening.id == Receipt.opening_id)
        .where(Receipt.participant_id == participant_id, Opening.training_id == training_id, Opening.survey == survey)
    )
    return found is not None


def put_in(session: Session, opening_id: int, answers: Mapping[str, Value], texts: Sequence[Spoken]) -> None:
    """A ballot and its free texts, each under a random key of its own."""
    session.execute(sa.insert(Ballot), [{"key": fresh_key(), "opening_id": opening_id, "answers": dict(answers)}])
    if texts:
        session.execute(sa.insert(Remark), [_remark(opening_id, spoken) for spoken in texts])


def _remark(opening_id: int, spoken: Spoken) -> dict[str, Any]:
    return {
        "key": fresh_key(),
        "opening_id": opening_id,
        "item": spoken.item,
        "text": spoken.text,
        "may_quote": spoken.may_quote,
        "quoted": False,
        "redacted": None,
    }


def fresh_key() -> bytes:
    """A random key that leads to nobody."""
    return secrets.token_bytes(16)


def mix(session: Session, opening_id: int) -> None:
    """Put every ballot and remark in anew: shuffled, under fresh keys, remarks question by question; receipts by number.

    One transaction: on PostgreSQL all rows then carry the same transaction id and lie in a random order.
    """
    for model in (Ballot, Remark):
        rows = _taken_out(session, model, opening_id)
        _chance.shuffle(rows)
        rows.sort(key=lambda row: row.get("item", ""))  # a stable sort keeps the chance order within a question
        if rows:
            session.execute(sa.insert(model), [row | {"key": fresh_key()} for row in rows])
    receipts = _taken_out(session, Receipt, opening_id)
    if receipts:
        session.execute(sa.insert(Receipt), sorted(receipts, key=lambda row: row["participant_id"]))


def _taken_out(session: Session, model: type[Any], opening_id: int) -> list[dict[str, Any]]:
    table = model.__table__
    rows = session.execute(sa.select(table).where(table.c.opening_id == opening_id)).mappings().all()
    session.execute(sa.delete(model).where(model.opening_id == opening_id))
    return [dict(row) for row in rows]


def sweep() -> bool:
    """Make the database forget its free pages, dead rows and SQLite's log: before the mixing they still show the order.

    Outside any transaction. False when the database was too busy; `flask surveys sweep` does it later. What PostgreSQL's
    own log keeps is in docs/privacy.md.
    """
    busy_error: type[Exception] = db.engine.dialect.dbapi.OperationalError  # type: ignore[union-attr]
    connection = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "sqlite":
            return _sweep_file(connection.cursor())
        connection.detach()  # a vacuum needs a connection without transactions
        connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
        connection.cursor().execute("VACUUM FULL ballots, remarks, receipts")
        return True
    except busy_error:
        current_app.logger.warning("the database was too busy to be swept; run: flask surveys sweep")
        return False
    finally:
        connection.close()


def _sweep_file(cursor: Any) -> bool:
    cursor.execute("VACUUM")
    busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
