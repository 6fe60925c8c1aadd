"""What is read about a participant's own seats. One statement each, built once."""

from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.content.case import Case
from lms.content.course import Text
from lms.extensions import db
from lms.simulations.models import Run, Seat
from lms.simulations.play import case_of
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


def current_seat(training_id: int, participant_id: int) -> OwnSeat | None:
    """The seat to come to now: of a running group before one that prepares. One statement."""
    live = [
        seat
        for seat in own_seats(training_id, participant_id)
        if seat.run.mode == "live" and seat.run.state != FINISHED
    ]
    if not live:
        return None
    seat = next((one for one in live if one.run.state == RUNNING), live[0])
    case: Case = case_of(seat.run)
    return OwnSeat(seat.run_id, seat.run.state == RUNNING, seat.run.name, case.title, case.role[seat.role].name)


@cache
def _seats() -> sa.Select[Seat]:
    return (
        sa.select(Seat)
        .join(Seat.run)
        .options(contains_eager(Seat.run))
        .where(Run.training_id == sa.bindparam("training"), Seat.participant_id == sa.bindparam("participant"))
        .order_by(Run.id.desc())
    )
