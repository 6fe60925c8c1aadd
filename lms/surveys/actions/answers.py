"""Saving and sending pseudonymous answers. Two statements a save, however many answers it holds."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.database import writing
from lms.errors import Refused
from lms.surveys.actions.statements import dialect_of, if_open, insert_in
from lms.surveys.models import Answer, Opening, Response
from lms.surveys.queries.answers import Kept, Place
from lms.surveys.rules import Change


@dataclass
class Outcome:
    """What became of a save: item → new version, and item → what is stored instead, where another tab was faster."""

    saved: dict[str, int] = field(default_factory=dict)
    conflicts: dict[str, Kept] = field(default_factory=dict)


def save(place: Place, changes: Sequence[Change]) -> Outcome:
    """Store answers; the same sending twice is stored once. Refused (409) when the form is closed or was sent."""
    with writing() as session:
        response = _response(session, place)
        if response is None:
            raise _closed()
        if response.submitted:
            raise Refused(
                "You have already sent this form, so it can no longer be changed. Your answers are kept as you sent them."
            )
        wanted = {change.item: change for change in changes if change.value is not None or change.version}
        outcome = Outcome(_store(session, response.id, list(wanted.values())))
        _judge_the_rest(session, response.id, wanted, outcome)
    return outcome


def submit(place: Place) -> None:
    """The person is ready. Doing it twice changes nothing. Refused (409) when the form is closed."""
    with writing() as session:
        if _response(session, place, submitted=True) is None:
            raise _closed()


def erase(training_id: int, pseudonym: bytes) -> int:
    """Delete everything that one person answered in a training, except the evaluation, which nobody can find; how many forms."""
    ours = sa.select(Opening.id).where(Opening.training_id == training_id)
    with writing() as session:
        gone = session.execute(
            sa.delete(Response)
            .where(Response.opening_id.in_(ours), Response.pseudonym == pseudonym)
            .returning(Response.id)
        )
        return len(gone.all())


def _closed() -> Refused:
    return Refused("This form is not open, so nothing was saved just now. What was saved before is kept.")


def _response(session: Session, place: Place, submitted: bool = False) -> Any:
    """The person's response (id, submitted), made if need be – all in one statement, and only while the form is open."""
    values = {
        "training": place.training_id, "survey": place.survey, "moment": place.moment, "now": clock.now(),
        "person": place.pseudonym, "sent": submitted,
    }  # fmt: skip
    return session.connection().execute(_finding(dialect_of(session)), values).first()


@cache
def _finding(dialect: str) -> Any:
    """What `_response` sends, built once: a hall of people answers at the same time."""
    person, sent = sa.bindparam("person", type_=Response.pseudonym.type), sa.bindparam("sent", type_=sa.Boolean)
    open_now = if_open(
        sa.bindparam("training"), sa.bindparam("survey"), sa.bindparam("moment"),
        sa.bindparam("now", type_=Opening.opened_at.type),
    )  # fmt: skip
    fresh = sa.select(Opening.id, person, sent).where(*open_now).with_for_update(read=True)
    adding = insert_in(dialect, Response).from_select(["opening_id", "pseudonym", "submitted"], fresh)
    kept = {"submitted": sa.or_(Response.submitted, adding.excluded.submitted)}
    return adding.on_conflict_do_update(index_elements=["opening_id", "pseudonym"], set_=kept).returning(
        Response.id, Response.submitted
    )


def _store(session: Session, response_id: int, changes: Sequence[Change]) -> dict[str, int]:
    """Insert answers, or replace those that were made from the stored version; item → version of what was stored."""
    if not changes:
        return {}
    rows = [
        {
            "response_id": response_id,
            "item": change.item,
            "value": change.value,
            "version": change.version + 1,
            "token": change.token[:40] or secrets.token_urlsafe(16),
        }
        for change in changes
    ]
    stored = session.connection().execute(_storing(dialect_of(session)), rows if len(rows) > 1 else rows[0])
    return {row.item: row.version for row in stored}


@cache
def _storing(dialect: str) -> Any:
    """What `_store` sends for each answer, built once."""
    adding = insert_in(dialect, Answer)
    new = adding.excluded
    return adding.on_conflict_do_update(
        index_elements=["response_id", "item"],
        set_={"value": new.value, "version": new.version, "token": new.token},
        where=sa.and_(Answer.version + 1 == new.version, Answer.token != new.token),
    ).returning(Answer.item, Answer.version)


def _judge_the_rest(session: Session, response_id: int, wanted: dict[str, Change], outcome: Outcome) -> None:
    """What was not stored is either stored already – the same answer – or in conflict with a newer one."""
    rest = wanted.keys() - outcome.saved.keys()
    if not rest:
        return
    rows = session.execute(
        sa.select(Answer.item, Answer.value, Answer.version, Answer.token).where(
            Answer.response_id == response_id, Answer.item.in_(rest)
        )
    )
    for row in rows:
        if row.value == wanted[row.item].value:
            outcome.saved[row.item] = row.version
        else:
            outcome.conflicts[row.item] = Kept(row.value, row.version, row.token)
