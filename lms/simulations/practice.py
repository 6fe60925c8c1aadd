"""Practice by one person: the runs of one participant alone. At most one of a case is under way."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.content.queries import course_of
from lms.database import writing
from lms.errors import Refused
from lms.simulations import own
from lms.simulations.models import Run
from lms.simulations.seats import new_run
from lms.simulations.state import FINISHED
from lms.trainings.models import Participant, Training


def begin(training: Training, participant: Participant, case_key: str, role: str) -> Run:
    """A new practice of the case in `role` (empty: the whole table); one that was left unfinished is thrown away."""
    case = course_of(training.course_hash).cases.get(case_key)
    if case is None or (role and role not in case.role):
        raise Refused("There is no such exercise in this training.", status=404)
    if training.state != "open":
        raise Refused("The training is closed; practice is over too.")
    if case_key in own.still_played(own.own_seats(training.id, participant.id)):
        raise Refused("Your group has not finished this exercise yet. You can practise it alone afterwards.")
    seat = role or case.roles[0].key
    with writing() as session:
        _throw_away(session, training.id, participant.id, case_key)
        run = new_run(session, training, case_key, "", holders={seat: participant.id}, mode="solo")
        run.solo_participant_id, run.solo_role = participant.id, role
    return run


def _throw_away(session: Session, training_id: int, participant_id: int, case_key: str) -> None:
    unfinished = sa.select(Run).where(
        Run.training_id == training_id, Run.solo_participant_id == participant_id, Run.case_key == case_key,
        Run.mode == "solo", Run.state != FINISHED,
    )  # fmt: skip
    for run in session.scalars(unfinished):
        session.delete(run)
