"""Who may see and do what in a run. Every rule loads what it guards into `g`; everybody else is told there is nothing here."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import current_app, g, request
from sqlalchemy.orm import joinedload

from lms.accounts.sessions import digest
from lms.database import read
from lms.errors import NotAllowed
from lms.extensions import db
from lms.simulations.models import Run, RunRow, Seat, SeatRow
from lms.trainings.access import device_participant, member_of, trainer_of
from lms.trainings.models import Device, Participant, Training


def seated(training_id: int, run_id: int, **_arguments: object) -> None:
    """The device's participant, in their seat of this run: g.seat, g.run. One statement, of bare rows, read past the session: every page
    of a table asks at every change. Nothing can be changed through them, and names are not read."""
    token = request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")
    asked = {"token": digest(token), "training": training_id, "run": run_id}
    rows = read(_seat_of_device(), asked) if token else []
    if not rows:
        raise NotAllowed(rejoin=device_participant(training_id) is None)
    row = rows[0]
    g.seat, g.run = SeatRow(*row[: len(SeatRow._fields)]), RunRow(*row[len(SeatRow._fields) :])


@cache
def _seat_of_device() -> sa.Select[Any]:
    return (
        sa.select(*_columns(Seat, SeatRow), *_columns(Run, RunRow))
        .join(Seat.run)
        .join(Device, Device.participant_id == Seat.participant_id)
        .where(
            Device.token_hash == sa.bindparam("token"),
            Run.training_id == sa.bindparam("training"),
            Seat.run_id == sa.bindparam("run"),
        )
    )


def _columns(model: type[Run | Seat], row: type[RunRow | SeatRow]) -> list[Any]:
    return [getattr(model, name) for name in row._fields]


def facilitator_of(training_id: int, run_id: int, **_arguments: object) -> None:
    """A trainer of the training; the run is one of its runs."""
    trainer_of(training_id)
    g.run = _run_of(training_id, run_id)


def watcher_of(training_id: int, run_id: int, **_arguments: object) -> None:
    """A trainer or observer of the training; the run is one of its runs."""
    member_of(training_id)
    g.run = _run_of(training_id, run_id)


def _run_of(training_id: int, run_id: int) -> Run:
    run = db.session.scalar(sa.select(Run).where(Run.id == run_id, Run.training_id == training_id, Run.mode != "solo"))
    if run is None:
        raise NotAllowed()
    return run


def wall_of(token: str, **_arguments: object) -> None:
    """Whoever holds the long address of the hall's wall: the shared picture only."""
    run = db.session.scalar(sa.select(Run).options(joinedload(Run.training)).where(Run.projector_token == token))
    if run is None:
        raise NotAllowed()
    g.run, g.training = run, run.training


def seat_offered(token: str, **_arguments: object) -> None:
    """Whoever holds a seat's QR code and has joined its training on this device: g.seat, g.run, g.training, g.participant."""
    seat = db.session.scalar(
        sa.select(Seat)
        .options(joinedload(Seat.run).joinedload(Run.training).joinedload(Training.municipality))
        .where(Seat.token == token)
    )
    if seat is None:
        raise NotAllowed()
    participant: Participant | None = device_participant(seat.run.training_id)
    if participant is None:
        raise NotAllowed(rejoin=True)
    g.seat, g.run, g.training, g.participant = seat, seat.run, seat.run.training, participant
