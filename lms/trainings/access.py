"""Who may do what in a training. Each rule loads what it guards into `g`; everybody else is told there is nothing here."""

from functools import cache

import sqlalchemy as sa
from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload

from lms.access import signed_in
from lms.accounts.sessions import digest
from lms.errors import NotAllowed
from lms.extensions import db
from lms.trainings.models import Device, Participant, Training, TrainingStaff

LOOKING = {"office", "administrator"}  # may read every training's figures, run none


def participant_of(training_id: int, **_arguments: object) -> None:
    """The device's participant of this training. One statement: the participant and the training, each with its place."""
    participant = device_participant(training_id)
    if participant is None:
        raise NotAllowed(rejoin=True)
    g.participant = participant
    g.training = participant.training


def device_participant(training_id: int) -> Participant | None:
    """The participant of `training_id` whom this browser's device cookie belongs to."""
    token = request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")
    if not token:
        return None
    return db.session.scalar(_whose_device(), {"token": digest(token), "training": training_id})


@cache
def _whose_device() -> sa.Select[Participant]:
    """Built once: the one statement that every trainee's page begins with."""
    return (
        sa.select(Participant)
        .join(Device, Device.participant_id == Participant.id)
        .join(Participant.training)
        .options(
            contains_eager(Participant.training).joinedload(Training.municipality),
            joinedload(Participant.municipality),
        )
        .where(Device.token_hash == sa.bindparam("token"), Participant.training_id == sa.bindparam("training"))
    )


def _of_staff(training_id: int, roles: set[str], looking: bool) -> None:
    signed_in()
    row = db.session.execute(
        sa.select(Training, TrainingStaff.role)
        .outerjoin(
            TrainingStaff,
            sa.and_(TrainingStaff.training_id == Training.id, TrainingStaff.account_id == current_user.id),
        )
        .options(joinedload(Training.municipality))
        .where(Training.id == training_id)
    ).first()
    if row is None or (row.role not in roles and not (looking and LOOKING & current_user.role_names)):
        raise NotAllowed()
    g.training = row.Training
    g.part = row.role or "office"  # trainer, observer, reader, or office: what the visitor is here


def trainer_of(training_id: int, **_arguments: object) -> None:
    """A trainer of this training: may change it."""
    _of_staff(training_id, {"trainer"}, looking=False)


def member_of(training_id: int, **_arguments: object) -> None:
    """A trainer or observer of this training: may see who is in the hall."""
    _of_staff(training_id, {"trainer", "observer"}, looking=False)


def reader_of(training_id: int, **_arguments: object) -> None:
    """Staff of this training, the coordinator's office and administrators: may read its figures, never a row of answers."""
    _of_staff(training_id, {"trainer", "observer", "reader"}, looking=True)
