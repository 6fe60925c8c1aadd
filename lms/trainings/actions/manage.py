"""A training is planned, opened and closed: verbs, one commit each."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session, undefer

from lms import clock
from lms.accounts.audit import record
from lms.accounts.models import Account
from lms.content.course import Course, ProgrammeEntry
from lms.database import writing
from lms.errors import NotAllowed, Refused
from lms.trainings.models import (
    Attendance,
    HalfDay,
    Partner,
    ProgrammeItem,
    Training,
    TrainingStaff,
    TrainingTeam,
)
from lms.trainings.rules import LONGEST_TRAINING, new_code
from lms.ui import N_

LOBBY_BEFORE = time(7, 0)  # people come before the first line of the programme
LOBBY_AFTER = time(20, 0)
WHEN_CLOSED = (
    "when-a-training-closes"  # app.extensions: callables (session, training_id) of rooms that trainings do not know
)
SPOKEN_LENGTH = 5  # figures; read out in a noisy hall, guessed only by people who are let in


@dataclass(frozen=True)
class Plan:
    """What is decided before a training: its names, place, days."""

    title_sr: str
    title_en: str
    municipality_code: str
    venue: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Settings(Plan):
    """What may also be changed later."""

    attendance_percent: int
    teaching_hours: int
    accreditation: str
    lobby_opens_at: datetime | None
    lobby_closes_at: datetime | None


def create(plan: Plan, course_hash: str, course: Course) -> Training:
    """A new training of the course version; its creator is a trainer in it."""
    with writing() as session:
        training = _new(plan, course_hash)
        training.teaching_hours = course.teaching_hours
        training.programme = [_item(entry) for entry in course.programme]
        session.add(training)
        session.flush()
        session.add(TrainingStaff(training_id=training.id, account_id=current_user.id, role="trainer"))
        record(session, "training.created", f"training {training.id}", course=course_hash[:12])
    return training


def _new(plan: Plan, course_hash: str) -> Training:
    check_days(plan.starts_on, plan.ends_on)
    training = Training(
        course_hash=course_hash, title_sr=plan.title_sr, title_en=plan.title_en, venue=plan.venue,
        municipality_code=plan.municipality_code, starts_on=plan.starts_on, ends_on=plan.ends_on,
        join_token=secrets.token_urlsafe(16), join_code=new_code(), created_at=clock.now(),
        lobby_opens_at=_moment(plan.starts_on, LOBBY_BEFORE), lobby_closes_at=_moment(plan.ends_on, LOBBY_AFTER),
    )  # fmt: skip
    training.half_days = [new_half_day(number) for number in range(1, 2 * _days(plan) + 1)]
    return training


def check_days(starts_on: date, ends_on: date) -> None:
    """Refused (422) when the days cannot be those of a training."""
    if ends_on < starts_on:
        raise Refused("The last day is before the first one.", 422)
    if (ends_on - starts_on).days >= LONGEST_TRAINING:
        raise Refused("A training may have at most 14 days.", 422)


def _days(plan: Plan) -> int:
    return (plan.ends_on - plan.starts_on).days + 1


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.BELGRADE)


def new_half_day(number: int) -> HalfDay:
    """The half-day `number` (1: the first morning), with its spoken code and the token of its QR code."""
    code = "".join(secrets.choice("23456789") for _ in range(SPOKEN_LENGTH))
    return HalfDay(number=number, day=(number + 1) // 2, code=code, token=secrets.token_urlsafe(16))


def _item(entry: ProgrammeEntry) -> ProgrammeItem:
    note = entry.note or {}
    return ProgrammeItem(
        key=entry.key, day=entry.day, starts=entry.starts, minutes=entry.minutes, kind=entry.kind,
        title_sr=entry.title["sr"], title_en=entry.title.get("en", ""), note_sr=note.get("sr", ""),
        note_en=note.get("en", ""), page=entry.page, survey=entry.survey, moment=entry.moment,
    )  # fmt: skip


_KEPT = ("attendance_percent", "teaching_hours", "accreditation")
_ITEM = (
    "key", "day", "starts", "minutes", "kind", "title_sr", "title_en", "note_sr", "note_en", "page", "survey", "moment",
)  # fmt: skip
_PARTNER = ("position", "kind", "name_sr", "name_en", "credit_sr", "credit_en", "logo", "has_logo")


def duplicate(training_id: int, plan: Plan) -> Training:
    """The same training on other days: its programme, teams, partners and staff, but no people and no answers."""
    with writing() as session:
        old = session.get_one(Training, training_id)
        training = _new(plan, old.course_hash)
        for name in _KEPT:
            setattr(training, name, getattr(old, name))
        training.programme = [ProgrammeItem(**_copied(item, _ITEM)) for item in old.programme]
        partners = sa.select(Partner).where(Partner.training_id == training_id).options(undefer(Partner.logo))
        training.partners = [Partner(**_copied(partner, _PARTNER)) for partner in session.scalars(partners)]
        session.add(training)
        session.flush()
        _copy_people_who_run_it(session, training_id, training.id)
        record(session, "training.created", f"training {training.id}", like=training_id)
    return training


def _copied(row: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _copy_people_who_run_it(session: Session, old_id: int, new_id: int) -> None:
    mine = sa.select(TrainingStaff.account_id, TrainingStaff.role).where(TrainingStaff.training_id == old_id)
    roles = {account_id: role for account_id, role in session.execute(mine)}
    roles[current_user.id] = "trainer"
    for account_id, role in roles.items():
        session.add(TrainingStaff(training_id=new_id, account_id=account_id, role=role))
    for team_id in session.scalars(sa.select(TrainingTeam.team_id).where(TrainingTeam.training_id == old_id)):
        session.add(TrainingTeam(training_id=new_id, team_id=team_id))


def change_settings(training_id: int, settings: Settings, days_moved: bool = False) -> None:
    """Names, place, days, rules of attendance, lobby hours.

    Refused (422) when days with attendance would go, or would move and `days_moved` does not say that this is meant.
    """
    check_days(settings.starts_on, settings.ends_on)
    with writing() as session:
        training = session.get_one(Training, training_id, populate_existing=True)
        if settings.starts_on != training.starts_on and not days_moved and _is_attended(session, training_id):
            raise DaysMove()
        for name in settings.__dataclass_fields__:
            setattr(training, name, getattr(settings, name))
        _fit_half_days(session, training_id, 2 * _days(settings))
        record(session, "training.changed", f"training {training_id}")


class DaysMove(Refused):
    """Other days for attendance that is noted already: only when it is confirmed."""

    def __init__(self) -> None:
        super().__init__(
            N_("Attendance is noted already, and it would move with the days. Confirm that this is meant."), 422
        )


def _is_attended(session: Session, training_id: int) -> bool:
    noted = sa.select(Attendance.how).join(HalfDay).where(HalfDay.training_id == training_id)
    return session.scalar(noted.limit(1)) is not None


def _fit_half_days(session: Session, training_id: int, wanted: int) -> None:
    """As many half-days as the days need; one that has attendance is never removed."""
    known = set(session.scalars(sa.select(HalfDay.number).where(HalfDay.training_id == training_id)))
    beyond = (HalfDay.training_id == training_id, HalfDay.number > wanted)
    if session.scalar(sa.select(Attendance.how).join(HalfDay).where(*beyond).limit(1)):
        raise Refused("People are noted as present on a day that would no longer belong to the training.", 422)
    session.execute(sa.delete(HalfDay).where(*beyond))
    for number in range(1, wanted + 1):
        if number not in known:
            half_day = new_half_day(number)
            half_day.training_id = training_id
            session.add(half_day)


def open_lobby(training_id: int) -> None:
    """People may join from now until the lobby's closing hour, or for two hours if that has passed."""
    with writing() as session:
        training = session.get_one(Training, training_id, populate_existing=True)
        if training.state == "closed":
            raise Refused("This training is closed. Open it again in its settings first.")
        training.state = "open"
        now = clock.now()
        if training.lobby_opens_at is None or training.lobby_opens_at > now:
            training.lobby_opens_at = now
        if training.lobby_closes_at is not None and training.lobby_closes_at <= now:
            training.lobby_closes_at = now + timedelta(hours=2)
        record(session, "training.lobby_opened", f"training {training_id}")


def close_lobby(training_id: int) -> None:
    """Neither code lets anybody new in; those who are in stay in."""
    with writing() as session:
        training = session.get_one(Training, training_id, populate_existing=True)
        training.lobby_closes_at = clock.now()
        record(session, "training.lobby_closed", f"training {training_id}")


def close(training_id: int) -> None:
    """The training is over: nobody joins, no half-day stays open. What other rooms do then is wired in the application."""
    with writing() as session:
        training = session.get_one(Training, training_id, populate_existing=True)
        now = clock.now()
        training.state, training.closed_at = "closed", now
        for half_day in training.half_days:
            if half_day.opens_at and not half_day.closes_at:
                half_day.closes_at = now
        for also in current_app.extensions[WHEN_CLOSED]:
            also(session, training_id)
        record(session, "training.closed", f"training {training_id}")


def reopen(training_id: int) -> None:
    """The training was closed too early."""
    with writing() as session:
        training = session.get_one(Training, training_id, populate_existing=True)
        training.state, training.closed_at = "open", None
        record(session, "training.reopened", f"training {training_id}")


def appoint(training_id: int, email: str, role: str) -> None:
    """An account gets a part in the training. Refused (422) when nobody has this address."""
    with writing() as session:
        account = session.scalar(sa.select(Account).where(Account.email == email, Account.deactivated_at.is_(None)))
        if account is None:
            raise Refused("Nobody with this address has an account. Ask an administrator to invite them first.", 422)
        session.merge(TrainingStaff(training_id=training_id, account_id=account.id, role=role))
        _keep_a_trainer(session, training_id)
        record(session, "training.staff_appointed", f"training {training_id}", account=account.id, role=role)


def dismiss(training_id: int, account_id: int) -> None:
    """An account no longer has a part in the training. Refused for its last trainer."""
    with writing() as session:
        part = session.get(TrainingStaff, (training_id, account_id), populate_existing=True)
        if part is None:
            raise NotAllowed()
        session.delete(part)
        _keep_a_trainer(session, training_id)
        record(session, "training.staff_dismissed", f"training {training_id}", account=account_id)


def _keep_a_trainer(session: Session, training_id: int) -> None:
    session.flush()
    trainer = (TrainingStaff.training_id == training_id, TrainingStaff.role == "trainer")
    if session.scalar(sa.select(TrainingStaff.account_id).where(*trainer).limit(1)) is None:
        raise Refused("A training needs at least one trainer. Appoint another one first.")
