"""How far surveys are: for the trainer without names where it matters, for a person their own."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lms import clock
from lms.database import read
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.models import Answer, Ballot, FollowUpLink, Opening, Receipt, Response
from lms.surveys.rules import FEWEST_BALLOTS, State, in_steps, state_of
from lms.trainings.models import Participant, ProgrammeItem

Moment = tuple[str, str]  # key of the survey; "pre", "post" or ""


@dataclass(frozen=True)
class Progress:
    """How far one survey is. For an evaluation both numbers are the same and say less than is known (see `progress`)."""

    state: State
    started: int
    submitted: int
    closes_at: datetime | None = None


@dataclass(frozen=True)
class OwnState:
    """How far one person is with one survey."""

    state: State
    answered: int
    submitted: bool


def progress(training_id: int) -> dict[Moment, Progress]:
    """Every survey that was ever opened in a training. One statement.

    An open evaluation is counted in steps of five; a closed one exactly, but not below five.
    """
    started = sa.select(sa.func.count(Response.id)).where(Response.opening_id == Opening.id)
    submitted = started.where(Response.submitted)
    ballots = sa.select(sa.func.count(Ballot.key)).where(Ballot.opening_id == Opening.id)
    counts = (started.label("started"), submitted.label("submitted"), ballots.label("ballots"))
    rows = db.session.execute(sa.select(Opening, *counts).where(Opening.training_id == training_id))
    now = clock.now()
    return {(row.Opening.survey, row.Opening.moment): _progress(row, now) for row in rows}


def _progress(row: sa.Row, now: datetime) -> Progress:  # type: ignore[type-arg]
    state = state_of(row.Opening.opened_at, row.Opening.closed_at, now)
    if not row.ballots:
        return Progress(state, row.started, row.submitted, row.Opening.closed_at)
    shown = in_steps(row.ballots) if state == "open" else row.ballots if row.ballots >= FEWEST_BALLOTS else 0
    return Progress(state, shown, shown, row.Opening.closed_at)


_GIVEN = sa.cast(Answer.value, sa.Text) != "null"  # an answer that was taken back is no answer
_ANSWERED = sa.select(sa.func.count()).where(Answer.response_id == Response.id, _GIVEN).correlate(Response)
_OWN = (  # built once: the home asks for it every minute, from every phone
    sa.select(
        Opening.survey,
        Opening.moment,
        Opening.opened_at,
        Opening.closed_at,
        Response.submitted,
        _ANSWERED.scalar_subquery().label("answered"),
        Receipt.participant_id.label("sent"),
    )
    .outerjoin(Response, sa.and_(Response.opening_id == Opening.id, Response.pseudonym == sa.bindparam("pseudonym")))
    .outerjoin(
        Receipt, sa.and_(Receipt.opening_id == Opening.id, Receipt.participant_id == sa.bindparam("participant"))
    )
    .where(Opening.training_id == sa.bindparam("training"))
)


def own_states(training_id: int, participant_id: int) -> dict[Moment, OwnState]:
    """Every opened survey of a training with how far this participant is. One statement."""
    known_as = keys.pseudonym(training_id, participant_id) if keys.alive(training_id) else b""
    values = {"training": training_id, "participant": participant_id, "pseudonym": known_as}
    now = clock.now()
    return {
        (survey, moment): OwnState(state_of(opened, closed, now), answered or 0, bool(submitted or sent))
        for survey, moment, opened, closed, submitted, answered, sent in read(_OWN, values)
    }


def has_sent(training_id: int, survey: str, participant_id: int) -> tuple[Opening | None, bool]:
    """The opening of an evaluation, and whether this participant has sent it. One statement."""
    row = db.session.execute(
        sa.select(Opening, Receipt.participant_id)
        .outerjoin(Receipt, sa.and_(Receipt.opening_id == Opening.id, Receipt.participant_id == participant_id))
        .where(Opening.training_id == training_id, Opening.survey == survey, Opening.moment == "")
    ).first()
    return (row[0], row[1] is not None) if row else (None, False)


def survey_times(training_id: int) -> list[ProgrammeItem]:
    """The lines of the programme that are surveys, in order of time."""
    return list(
        db.session.scalars(
            sa.select(ProgrammeItem)
            .where(ProgrammeItem.training_id == training_id, ProgrammeItem.survey != "")
            .order_by(ProgrammeItem.day, ProgrammeItem.starts, ProgrammeItem.id)
        )
    )


def joined(training_id: int) -> list[Participant]:
    """The participants who have come in, in the order of the alphabet."""
    return list(
        db.session.scalars(
            sa.select(Participant)
            .where(Participant.training_id == training_id, Participant.joined_at.is_not(None))
            .order_by(Participant.sort_key, Participant.id)
        )
    )


def started_pseudonyms(training_id: int) -> dict[Moment, set[bytes]]:
    """Who has begun which test or follow-up, as pseudonyms. One statement."""
    rows = db.session.execute(
        sa.select(Opening.survey, Opening.moment, Response.pseudonym)
        .join(Response, Response.opening_id == Opening.id)
        .where(Opening.training_id == training_id)
    )
    found: dict[Moment, set[bytes]] = {}
    for survey, moment, pseudonym in rows:
        found.setdefault((survey, moment), set()).add(pseudonym)
    return found


def links(training_id: int) -> dict[str, tuple[int, int]]:
    """Follow-up links that exist: survey → (all, sent by mail)."""
    rows = db.session.execute(
        sa.select(Opening.survey, sa.func.count(), sa.func.sum(sa.cast(FollowUpLink.sent, sa.Integer)))
        .join(FollowUpLink, FollowUpLink.opening_id == Opening.id)
        .where(Opening.training_id == training_id)
        .group_by(Opening.survey)
    )
    return {survey: (every, sent or 0) for survey, every, sent in rows}


def joined_count(training_id: int) -> int:
    """How many participants have come in."""
    came = (Participant.training_id == training_id, Participant.joined_at.is_not(None))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Participant).where(*came)) or 0
