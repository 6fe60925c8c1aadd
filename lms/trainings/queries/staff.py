"""What staff pages read. Each query is one statement, or one for each kind of row, however many people there are."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.accounts.models import Account
from lms.extensions import db
from lms.serbian import fold
from lms.teams.models import LocalTeam, Municipality
from lms.trainings.models import (
    Attendance,
    Device,
    HalfDay,
    Participant,
    Partner,
    ProgrammeItem,
    RosterImport,
    Training,
    TrainingStaff,
    TrainingTeam,
)


@dataclass(frozen=True)
class Row:
    """A training in the list: what one is in it (empty: nothing), who is on its list, who has come in."""

    training: Training
    part: str
    people: int
    joined: int


def trainings(account_id: int, everything: bool) -> list[Row]:
    """The trainings of an account, the latest first; with `everything` all trainings. One statement."""
    people = sa.select(sa.func.count()).where(Participant.training_id == Training.id)
    mine = sa.and_(TrainingStaff.training_id == Training.id, TrainingStaff.account_id == account_id)
    query = (
        sa.select(
            Training,
            TrainingStaff.role,
            people.correlate(Training).scalar_subquery(),
            people.where(Participant.joined_at.is_not(None)).correlate(Training).scalar_subquery(),
        )
        .join(TrainingStaff, mine, isouter=everything)
        .options(joinedload(Training.municipality))
        .order_by(Training.starts_on.desc(), Training.id.desc())
    )
    return [Row(row[0], row[1] or "", row[2], row[3]) for row in db.session.execute(query)]


def half_days(training_id: int) -> list[HalfDay]:
    """The half-days in order."""
    return list(
        db.session.scalars(sa.select(HalfDay).where(HalfDay.training_id == training_id).order_by(HalfDay.number))
    )


def half_day(training_id: int, number: int) -> HalfDay | None:
    """One half-day of a training."""
    return db.session.scalar(sa.select(HalfDay).where(HalfDay.training_id == training_id, HalfDay.number == number))


def participants(training_id: int) -> list[Participant]:
    """Everybody on the list by the Serbian alphabet, each with the municipality."""
    query = (
        sa.select(Participant)
        .options(joinedload(Participant.municipality))
        .where(Participant.training_id == training_id)
        .order_by(Participant.sort_key, Participant.id)
    )
    return list(db.session.scalars(query))


def names(training_id: int) -> list[str]:
    """The names on the list."""
    return list(db.session.scalars(sa.select(Participant.name).where(Participant.training_id == training_id)))


def participant(training_id: int, participant_id: int) -> Participant | None:
    """One person of the training."""
    return db.session.scalar(
        sa.select(Participant)
        .options(joinedload(Participant.municipality))
        .where(Participant.id == participant_id, Participant.training_id == training_id)
    )


def devices(participant_id: int) -> list[Device]:
    """The devices of a person, oldest first."""
    return list(
        db.session.scalars(sa.select(Device).where(Device.participant_id == participant_id).order_by(Device.added_at))
    )


def marks(training_id: int) -> dict[tuple[int, int], str]:
    """How each mark of attendance came about, by (participant, half-day)."""
    query = (
        sa.select(Attendance.participant_id, Attendance.half_day_id, Attendance.how)
        .join(HalfDay)
        .where(HalfDay.training_id == training_id)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def items(training_id: int) -> list[ProgrammeItem]:
    """The programme in order of time."""
    order = (ProgrammeItem.day, ProgrammeItem.starts, ProgrammeItem.id)
    return list(
        db.session.scalars(sa.select(ProgrammeItem).where(ProgrammeItem.training_id == training_id).order_by(*order))
    )


def item(training_id: int, item_id: int) -> ProgrammeItem | None:
    """One line of the programme."""
    return db.session.scalar(
        sa.select(ProgrammeItem).where(ProgrammeItem.id == item_id, ProgrammeItem.training_id == training_id)
    )


def invited_teams(training_id: int) -> list[LocalTeam]:
    """The invited teams by the Serbian alphabet, each with its municipality and seats. Two statements."""
    query = (
        sa.select(LocalTeam)
        .join(TrainingTeam, TrainingTeam.team_id == LocalTeam.id)
        .join(LocalTeam.municipality)
        .options(contains_eager(LocalTeam.municipality), selectinload(LocalTeam.seats))
        .where(TrainingTeam.training_id == training_id)
        .order_by(Municipality.sort_key)
    )
    return list(db.session.scalars(query))


def teams_to_invite(training_id: int, search: str) -> list[LocalTeam]:
    """Teams that are not invited yet, by the name of their municipality in any script."""
    invited = sa.select(TrainingTeam.team_id).where(TrainingTeam.training_id == training_id)
    query = (
        sa.select(LocalTeam)
        .join(LocalTeam.municipality)
        .options(contains_eager(LocalTeam.municipality))
        .where(LocalTeam.id.not_in(invited))
        .order_by(Municipality.sort_key)
    )
    for word in fold(search).split():
        query = query.where(Municipality.folded.contains(word, autoescape=True))
    return list(db.session.scalars(query))


def partners(training_id: int) -> list[Partner]:
    """Organisers, partners and donors in their order, without the pictures."""
    order = (Partner.position, Partner.id)
    return list(db.session.scalars(sa.select(Partner).where(Partner.training_id == training_id).order_by(*order)))


def partner(training_id: int, partner_id: int) -> Partner | None:
    """One partner of the training."""
    return db.session.scalar(sa.select(Partner).where(Partner.id == partner_id, Partner.training_id == training_id))


def logos(training_id: int) -> dict[int, bytes]:
    """The logos (PNG) of a training's partners by their id."""
    query = sa.select(Partner.id, Partner.logo).where(Partner.training_id == training_id, Partner.has_logo)
    return {row[0]: row[1] for row in db.session.execute(query) if row[1]}


def staff_of(training_id: int) -> list[tuple[Account, str]]:
    """Who runs, watches or reads the training."""
    query = (
        sa.select(Account, TrainingStaff.role)
        .join(TrainingStaff)
        .where(TrainingStaff.training_id == training_id)
        .order_by(Account.name)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def people_here(training_id: int) -> list[tuple[str | None, str | None, str, bool]]:
    """For the wall: (municipality's code, its name, sector, has come in) of each person; no names."""
    query = (
        sa.select(Municipality.code, Municipality.name_sr, Participant.sector, Participant.joined_at.is_not(None))
        .select_from(Participant)
        .join(Municipality, isouter=True)
        .where(Participant.training_id == training_id)
        .order_by(Municipality.sort_key)
    )
    return [(row[0], row[1], row[2], bool(row[3])) for row in db.session.execute(query)]


def present_count(half_day_id: int) -> int:
    """How many people are noted as present in a half-day."""
    return db.session.scalar(sa.select(sa.func.count()).where(Attendance.half_day_id == half_day_id)) or 0


def upload(training_id: int, upload_id: int) -> RosterImport | None:
    """An uploaded roster of the training that waits for confirmation."""
    return db.session.scalar(
        sa.select(RosterImport).where(RosterImport.id == upload_id, RosterImport.training_id == training_id)
    )


def waiting_upload(training_id: int) -> tuple[int, str] | None:
    """(id, file name) of the upload that waits for confirmation, if there is one."""
    query = sa.select(RosterImport.id, RosterImport.file_name).where(RosterImport.training_id == training_id)
    row = db.session.execute(query.order_by(RosterImport.id.desc()).limit(1)).first()
    return (row[0], row[1]) if row else None


def municipalities() -> list[Municipality]:
    """All local governments by the Serbian alphabet."""
    return list(db.session.scalars(sa.select(Municipality).order_by(Municipality.sort_key)))
