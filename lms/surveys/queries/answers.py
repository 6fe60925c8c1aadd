"""Pseudonymous answers: of one person, for that person; of trainings, without telling whose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.extensions import db
from lms.surveys.models import Answer, FollowUpLink, Opening, Response
from lms.surveys.rules import State, Value, state_of
from lms.trainings.models import Participant, Training


@dataclass(frozen=True)
class Place:
    """Where one person's answers to one survey lie: the training, the survey and its moment, the pseudonym."""

    training_id: int
    survey: str
    moment: str
    pseudonym: bytes


@dataclass(frozen=True)
class Kept:
    """A stored answer, with the version that a change of it must name."""

    value: Value
    version: int
    token: str = ""


@dataclass
class Sheet:
    """One person's answers to one opening, as they stand."""

    opening_id: int | None = None
    state: State = "not-open"
    closes_at: datetime | None = None
    submitted: bool = False
    answers: dict[str, Kept] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Value]:
        return {item: kept.value for item, kept in self.answers.items()}


@dataclass(frozen=True)
class Pair:
    """One person's answers before and after: item → value."""

    pre: dict[str, Value]
    post: dict[str, Value]


def sheet(place: Place) -> Sheet:
    """The opening of a survey with one person's answers. One statement."""
    rows = db.session.execute(
        sa.select(
            Opening.id,
            Opening.opened_at,
            Opening.closed_at,
            Response.submitted,
            Answer.item,
            Answer.value,
            Answer.version,
        )
        .outerjoin(Response, sa.and_(Response.opening_id == Opening.id, Response.pseudonym == place.pseudonym))
        .outerjoin(Answer, Answer.response_id == Response.id)
        .where(Opening.training_id == place.training_id, Opening.survey == place.survey, Opening.moment == place.moment)
    ).all()
    if not rows:
        return Sheet()
    first = rows[0]
    return Sheet(
        opening_id=first.id,
        state=state_of(first.opened_at, first.closed_at, clock.now()),
        closes_at=first.closed_at,
        submitted=bool(first.submitted),
        answers={row.item: Kept(row.value, row.version) for row in rows if row.item is not None},
    )


def own_answers(training_id: int, survey: str, pseudonym: bytes) -> dict[str, dict[str, Value]]:
    """What one person answered before and after: moment → item → value. One statement."""
    rows = db.session.execute(
        sa.select(Opening.moment, Answer.item, Answer.value)
        .join(Response, Response.opening_id == Opening.id)
        .join(Answer, Answer.response_id == Response.id)
        .where(Opening.training_id == training_id, Opening.survey == survey, Response.pseudonym == pseudonym)
    )
    found: dict[str, dict[str, Any]] = {}
    for moment, item, value in rows:
        if value is not None:
            found.setdefault(moment, {})[item] = value
    return found


def link_behind(token_hash: bytes) -> tuple[Participant, Training, Opening] | None:
    """Whom a personal follow-up link belongs to, and what it opens. One statement."""
    row = db.session.execute(
        sa.select(Participant, Training, Opening)
        .join(FollowUpLink, FollowUpLink.participant_id == Participant.id)
        .join(Opening, Opening.id == FollowUpLink.opening_id)
        .join(Training, Training.id == Opening.training_id)
        .where(FollowUpLink.token_hash == token_hash)
    ).first()
    return (row.Participant, row.Training, row.Opening) if row else None


def matched_pairs(training_ids: Sequence[int], survey: str) -> list[Pair]:
    """Those who answered before and after, matched by pseudonym within each training. One statement.

    Somebody who answered nothing at one of the moments is not a pair. The order says nothing about persons: it is that of
    the pseudonyms.
    """
    answered = _by_person(training_ids, survey)
    both = [answers for _person, answers in sorted(answered.items()) if {"pre", "post"} <= answers.keys()]
    return [Pair(answers["pre"], answers["post"]) for answers in both]


def response_values(training_ids: Sequence[int], survey: str, moment: str = "") -> list[dict[str, Value]]:
    """Each person's answers at one moment, in the order of the pseudonyms: how follow-ups are counted."""
    answered = _by_person(training_ids, survey)
    return [answers[moment] for _person, answers in sorted(answered.items()) if moment in answers]


def _by_person(training_ids: Sequence[int], survey: str) -> dict[tuple[bytes, int], dict[str, dict[str, Value]]]:
    rows = db.session.execute(
        sa.select(Response.pseudonym, Opening.training_id, Opening.moment, Answer.item, Answer.value)
        .join(Response, Response.opening_id == Opening.id)
        .join(Answer, Answer.response_id == Response.id)
        .where(Opening.training_id.in_(training_ids), Opening.survey == survey)
    )
    found: dict[tuple[bytes, int], dict[str, dict[str, Any]]] = {}
    for pseudonym, training_id, moment, item, value in rows:
        if value is not None:
            found.setdefault((pseudonym, training_id), {}).setdefault(moment, {})[item] = value
    return found
