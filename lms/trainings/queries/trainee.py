"""What a trainee's pages read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms import clock
from lms.accounts.sessions import digest
from lms.database import read
from lms.extensions import db
from lms.serbian import fold
from lms.teams.models import Institution, Municipality
from lms.trainings.models import Attendance, Device, HalfDay, Participant, ProgrammeItem, Training
from lms.trainings.rules import Slot, lobby_is_open, normalise_code


def training_by_code(typed: str) -> Training | None:
    """The training whose join code was typed, in its lobby hours only: a wrong and a closed code look the same."""
    training = db.session.scalar(sa.select(Training).where(Training.join_code == normalise_code(typed)))
    if training and lobby_is_open(training.state, training.lobby_opens_at, training.lobby_closes_at, clock.now()):
        return training
    return None


def training_by_token(token: str) -> Training | None:
    """The open training behind a QR code, in and out of its lobby hours: whoever is known on the device goes on."""
    return db.session.scalar(
        sa.select(Training)
        .options(joinedload(Training.municipality))
        .where(Training.join_token == token, Training.state == "open")
    )


def devices_trainings(token: str) -> list[Training]:
    """The trainings that this device has joined, newest first."""
    return list(
        db.session.scalars(
            sa.select(Training)
            .join(Participant)
            .join(Device)
            .options(joinedload(Training.municipality))
            .where(Device.token_hash == digest(token))
            .order_by(Training.starts_on.desc())
        )
    )


def namesakes(training_id: int, name: str) -> list[Participant]:
    """Participants whose name has all the typed words, under any script; at most 8.

    Two whole words at least: a syllable must not open the roster to whoever holds the QR code.
    """
    words = fold(name).split()
    if len(words) < 2:
        return []
    whole = " " + Participant.folded + " "
    query = sa.select(Participant).where(Participant.training_id == training_id)
    for word in words:
        query = query.where(whole.contains(f" {word} ", autoescape=True))
    return list(db.session.scalars(query.order_by(Participant.sort_key).limit(8)))


def municipalities() -> list[Municipality]:
    """All local governments, in the order of the alphabet."""
    return list(db.session.scalars(sa.select(Municipality).order_by(Municipality.sort_key)))


def municipality_by_name(typed: str) -> Municipality | None:
    """The municipality with this name under any script; None when there is none or more than one."""
    found = db.session.scalars(sa.select(Municipality).where(Municipality.folded == fold(typed)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def institution_names() -> list[str]:
    """Institutions that were typed before, to be offered."""
    return list(db.session.scalars(sa.select(Institution.name).distinct().order_by(Institution.name).limit(400)))


# The home asks for these every minute, from every phone: each statement is built once, and gives rows instead of objects.
_PROGRAMME = (
    sa.select(*(getattr(ProgrammeItem, name) for name in Slot._fields))
    .where(ProgrammeItem.training_id == sa.bindparam("training"))
    .order_by(ProgrammeItem.day, ProgrammeItem.starts, ProgrammeItem.id)
)
_TEAM = (
    sa.select(Participant.sector, sa.func.count())
    .where(
        Participant.training_id == sa.bindparam("training"),
        Participant.municipality_code.is_not_distinct_from(sa.bindparam("municipality")),
        Participant.joined_at.is_not(None),
    )
    .group_by(Participant.sector)
)
_HALF_DAYS = (
    sa.select(HalfDay.opens_at, HalfDay.closes_at, Attendance.how)
    .outerjoin(
        Attendance,
        sa.and_(Attendance.half_day_id == HalfDay.id, Attendance.participant_id == sa.bindparam("participant")),
    )
    .where(HalfDay.training_id == sa.bindparam("training"))
)


def programme(training_id: int) -> list[Slot]:
    """The lines of the programme in order of time."""
    return [Slot(*row) for row in read(_PROGRAMME, {"training": training_id})]


def team_sectors(training_id: int, municipality_code: str | None) -> dict[str, int]:
    """How many people of each sector have come from one municipality."""
    return dict(read(_TEAM, {"training": training_id, "municipality": municipality_code}))


def unmarked_half_days(training_id: int, participant_id: int) -> list[tuple[datetime | None, datetime | None]]:
    """When the half-days open and close in which this participant is not marked as present."""
    rows = read(_HALF_DAYS, {"training": training_id, "participant": participant_id})
    return [(opens, closes) for opens, closes, how in rows if how is None]


def half_days_with_mark(training_id: int, participant_id: int) -> list[tuple[HalfDay, bool]]:
    """The half-days of the training, each with whether this participant is marked as present."""
    mark = sa.and_(Attendance.half_day_id == HalfDay.id, Attendance.participant_id == participant_id)
    rows = db.session.execute(
        sa.select(HalfDay, Attendance.how)
        .outerjoin(Attendance, mark)
        .where(HalfDay.training_id == training_id)
        .order_by(HalfDay.number)
    )
    return [(row[0], row[1] is not None) for row in rows]


def devices_of(participant_id: int) -> list[Device]:
    """The devices of a participant, oldest first."""
    return list(
        db.session.scalars(sa.select(Device).where(Device.participant_id == participant_id).order_by(Device.added_at))
    )


def half_day_by_code(training_id: int, typed: str) -> HalfDay | None:
    """The half-day whose spoken code was typed."""
    code = normalise_code(typed)
    return db.session.scalar(sa.select(HalfDay).where(HalfDay.training_id == training_id, HalfDay.code == code))


def half_day_by_token(training_id: int, token: str) -> HalfDay | None:
    """The half-day behind a QR code."""
    return db.session.scalar(sa.select(HalfDay).where(HalfDay.training_id == training_id, HalfDay.token == token))
