"""Destroying pseudonym keys when their time is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from lms import clock
from lms.accounts.audit import record
from lms.content.queries import course_of
from lms.database import writing
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.models import FollowUpLink, Opening
from lms.surveys.rules import key_due, planned_day
from lms.trainings.models import Training


@dataclass(frozen=True)
class KeyFate:
    """What becomes of the key of a training: destroyed now, or due on a day; no day while the training is not closed."""

    training_id: int
    due: date | None
    destroyed: bool = False


def destroy_due_keys() -> list[KeyFate]:
    """Destroy every key whose day has come, with the links of its follow-ups; says what became of each."""
    return [_look_at(training_id) for training_id in keys.existing()]


def _look_at(training_id: int) -> KeyFate:
    training = db.session.get(Training, training_id)
    due = clock.today() if training is None else _due(training)
    if due is None or due > clock.today():
        return KeyFate(training_id, due)
    with writing() as session:
        ours = sa.select(Opening.id).where(Opening.training_id == training_id)
        session.execute(sa.delete(FollowUpLink).where(FollowUpLink.opening_id.in_(ours)))
        record(session, "survey.key_destroyed", f"training {training_id}")
    keys.destroy(training_id)
    return KeyFate(training_id, due, destroyed=True)


def _due(training: Training) -> date | None:
    if training.closed_at is None:
        return None
    closes: Mapping[str, date] = {
        opening.survey: clock.local(opening.closed_at).date()
        for opening in db.session.scalars(sa.select(Opening).where(Opening.training_id == training.id))
        if opening.closed_at
    }
    surveys = course_of(training.course_hash).surveys.values()
    follow_ups = {
        planned_day(survey, training.ends_on): closes.get(survey.key)
        for survey in surveys
        if survey.kind == "follow-up"
    }
    return key_due(clock.local(training.closed_at).date(), follow_ups)
