"""What is read about a participant's own seats. One statement each, built once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.content.course import Text
from lms.content.queries import course_of
from lms.database import read
from lms.extensions import db
from lms.simulations.models import Run, Seat
from lms.simulations.state import FINISHED, RUNNING


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat in a run that is not over, for the home: `running` once the clock has started."""

    run_id: int
    running: bool
    group: str
    case: Text
    role: Text


def own_seats(training_id: int, participant_id: int) -> list[Seat]:
    """Every seat of the participant with its run, live ones and solo practice, the newest first."""
    return list(db.session.scalars(_seats(), {"training": training_id, "participant": participant_id}))


def still_played(seats: list[Seat]) -> set[str]:
    """The cases that groups of these seats have not finished: whoever practised them alone would know what their role must not."""
    return {seat.run.case_key for seat in seats if seat.run.mode == "live" and seat.run.state != FINISHED}


def current_seat(training_id: int, participant_id: int) -> OwnSeat | None:
    """The seat to come to now: of a running group before one that prepares, the newest first. One statement."""
    values = {"training": training_id, "participant": participant_id}
    for run, state, group, course_hash, case_key, role in read(_current(), values):
        case = course_of(course_hash).cases[case_key]
        return OwnSeat(run, state == RUNNING, group, case.title, case.role[role].name)
    return None


@cache
def _current() -> sa.Select[*tuple[Any, ...]]:
    """Rows instead of objects: every trainee's home asks."""
    return (
        sa.select(Run.id, Run.state, Run.name, Run.course_hash, Run.case_key, Seat.role)
        .join(Seat, Seat.run_id == Run.id)
        .where(
            Seat.participant_id == sa.bindparam("participant"),
            Run.training_id == sa.bindparam("training"),
            Run.mode == "live",
            Run.state != FINISHED,
        )
        .order_by(sa.case((Run.state == RUNNING, 0), else_=1), Run.id.desc())
        .limit(1)
    )


@cache
def _seats() -> sa.Select[Seat]:
    return (
        sa.select(Seat)
        .join(Seat.run)
        .options(contains_eager(Seat.run))
        .where(Run.training_id == sa.bindparam("training"), Seat.participant_id == sa.bindparam("participant"))
        .order_by(Run.id.desc())
    )
