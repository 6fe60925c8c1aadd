"""Opening, closing and extending surveys: by hand, one press each."""

import sqlalchemy as sa

from lms import clock
from lms.accounts.audit import record
from lms.content.course import Survey
from lms.database import writing
from lms.errors import Refused
from lms.surveys.actions import ballots
from lms.surveys.actions.statements import if_open, insert
from lms.surveys.models import Opening
from lms.surveys.rules import EXTENSION, FOLLOW_UP_OPEN
from lms.trainings.models import Training


def open_survey(training: Training, survey: Survey, moment: str) -> None:
    """People may answer from now on; a closed test or follow-up is opened again. Twice is the same as once.

    Refused (409) for a draft, and for an evaluation that was closed: its answers have been read.
    """
    if training.state == "draft":
        raise Refused("This training is still a draft. Open the training first, then its surveys.")
    now = clock.now()
    planned = now + FOLLOW_UP_OPEN if survey.kind == "follow-up" else None
    with writing() as session:
        adding = insert(session, Opening).values(
            training_id=training.id, survey=survey.key, moment=moment, opened_at=now, closed_at=planned
        )
        is_closed = sa.and_(Opening.closed_at.is_not(None), Opening.closed_at <= now)
        again = is_closed if survey.kind != "evaluation" else sa.false()
        changed = session.execute(
            adding.on_conflict_do_update(
                index_elements=["training_id", "survey", "moment"],
                set_={
                    "opened_at": sa.func.coalesce(Opening.opened_at, adding.excluded.opened_at),
                    "closed_at": planned,
                },
                where=sa.or_(Opening.opened_at.is_(None), again),
            ).returning(Opening.id)
        ).first()
        if changed:
            record(session, "survey.opened", f"training {training.id}", survey=survey.key, moment=moment)
        elif not session.scalar(sa.select(Opening.id).where(*if_open(training.id, survey.key, moment))):
            raise Refused(
                "An evaluation that was closed cannot be opened again: its answers became readable when it was closed."
            )


def close_survey(training: Training, survey: Survey, moment: str) -> bool:
    """No more answers. An evaluation is mixed in the same transaction. False when the database still has to be swept."""
    with writing() as session:
        opening_id = session.scalar(
            sa.update(Opening)
            .where(*if_open(training.id, survey.key, moment))
            .values(closed_at=clock.now())
            .returning(Opening.id)
        )
        if opening_id is None:
            return True
        if survey.kind == "evaluation":
            ballots.mix(session, opening_id)
        record(session, "survey.closed", f"training {training.id}", survey=survey.key, moment=moment)
    return ballots.sweep() if survey.kind == "evaluation" else True


def extend_survey(training: Training, survey: Survey) -> None:
    """An open follow-up stays open for two more weeks. Refused (409) when it is not open."""
    with writing() as session:
        opening = session.scalar(
            sa.select(Opening).where(*if_open(training.id, survey.key, "")).execution_options(populate_existing=True)
        )
        if opening is None or opening.closed_at is None:
            raise Refused("Only an open follow-up can be extended.")
        opening.closed_at += EXTENSION
        record(session, "survey.extended", f"training {training.id}", survey=survey.key)
