"""What is read about runs, beside their logs (which `play` reads)."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.extensions import db
from lms.simulations.log import Event, from_row
from lms.simulations.models import Run, RunEvent, Seat
from lms.simulations.play import to_moment
from lms.trainings.models import Participant


def runs_of(training_id: int, modes: Collection[str] = ("live", "paper")) -> list[Run]:
    """The runs of a training with their seats and who sits there, the oldest first."""
    return list(
        db.session.scalars(
            sa.select(Run)
            .options(selectinload(Run.seats).joinedload(Seat.participant))
            .where(Run.training_id == training_id, Run.mode.in_(modes))
            .order_by(Run.id)
        )
    )


def run_with_seats(run_id: int) -> Run:
    """One run with its seats and who sits there."""
    return db.session.execute(
        sa.select(Run).options(selectinload(Run.seats).joinedload(Seat.participant)).where(Run.id == run_id)
    ).scalar_one()


def runs_by_number(training_id: int, numbers: Collection[int]) -> list[Run]:
    """Those of `numbers` that are live runs of the training."""
    return list(
        db.session.scalars(
            sa.select(Run)
            .where(Run.training_id == training_id, Run.mode == "live", Run.id.in_(numbers))
            .order_by(Run.id)
        )
    )


def people_of(training_id: int, joined_only: bool = True) -> list[Participant]:
    """The participants who can be seated, by name."""
    found = (
        sa.select(Participant)
        .options(joinedload(Participant.municipality))
        .where(Participant.training_id == training_id)
    )
    if joined_only:
        found = found.where(Participant.joined_at.is_not(None))
    return list(db.session.scalars(found.order_by(Participant.sort_key, Participant.id)))


def busy_in(training_id: int) -> dict[int, str]:
    """Who sits in a run that is not over, by participant: the name of the group."""
    held = (
        sa.select(Seat.participant_id, Run.name)
        .join(Run)
        .where(
            Run.training_id == training_id,
            Run.mode == "live",
            Run.state != "finished",
            Seat.participant_id.is_not(None),
        )
    )
    return {row.participant_id: row.name for row in db.session.execute(held)}


def versions_of(training_id: int) -> int:
    """The versions of all live runs of a training, added up with their seatings: a larger number whenever anything has happened."""
    total = sa.select(sa.func.sum(Run.version + Run.seating)).where(Run.training_id == training_id, Run.mode == "live")
    return db.session.scalar(total) or 0


def finished_runs(training_ids: Collection[int], case_key: str | None = None) -> list[Run]:
    """The finished groups of trainings, of one case or of all, the oldest first. Solo practice is nobody else's business."""
    found = sa.select(Run).where(Run.training_id.in_(training_ids), Run.mode != "solo", Run.state == "finished")
    if case_key is not None:
        found = found.where(Run.case_key == case_key)
    return list(db.session.scalars(found.order_by(Run.id)))


def logs_of(run_ids: Collection[int]) -> dict[int, list[Event]]:
    """The whole logs of several runs, by run. One statement."""
    rows = db.session.execute(
        sa.select(RunEvent.run_id, RunEvent.at, RunEvent.kind, RunEvent.data)
        .where(RunEvent.run_id.in_(run_ids))
        .order_by(RunEvent.run_id, RunEvent.seq)
    )
    logs: dict[int, list[Event]] = {run: [] for run in run_ids}
    for row in rows:
        logs[row.run_id].append(from_row(to_moment(row.at), row.kind, row.data))
    return logs
