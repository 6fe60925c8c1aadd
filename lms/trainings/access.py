"""Who may do what in a training. Each rule loads what it guards into `g`; everybody else is told there is nothing here."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import aliased, contains_eager, joinedload

from lms.access import signed_in
from lms.accounts.sessions import digest
from lms.database import read
from lms.errors import NotAllowed
from lms.extensions import db
from lms.teams.models import Municipality
from lms.trainings.models import Device, Participant, ParticipantRow, Training, TrainingRow, TrainingStaff

LOOKING = {"office", "administrator"}  # may read every training's figures, run none


def participant_of(training_id: int, **_arguments: object) -> None:
    """The device's participant of this training. One statement: the participant and the training, each with its place."""
    participant = device_participant(training_id)
    if participant is None:
        raise NotAllowed(rejoin=True)
    g.participant = participant
    g.training = participant.training


def visitor_of(training_id: int, **_arguments: object) -> None:
    """As `participant_of`, for pages that every phone of a hall asks for: g.participant and g.training are bare rows, read past the
    session. Nothing can be changed through them."""
    token = request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")
    rows = read(_rows_of_device(), {"token": digest(token), "training": training_id}) if token else []
    if not rows:
        raise NotAllowed(rejoin=True)
    fields = len(ParticipantRow._fields)
    g.participant, g.training = ParticipantRow(*rows[0][:fields]), TrainingRow(*rows[0][fields:])


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


@cache
def _rows_of_device() -> sa.Select[Any]:
    here, home = aliased(Municipality), aliased(Municipality)
    columns = [getattr(Participant, name) for name in ParticipantRow._fields if name != "place"]
    more = [getattr(Training, name) for name in TrainingRow._fields if name != "place"]
    return (
        sa.select(*columns, home.name_sr, *more, here.name_sr)
        .join(Device, Device.participant_id == Participant.id)
        .join(Training, Training.id == Participant.training_id)
        .join(here, here.code == Training.municipality_code)
        .outerjoin(home, home.code == Participant.municipality_code)
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
