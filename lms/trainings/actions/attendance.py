"""Who was there: half-days are opened and closed, marks set by hand or from the signature sheet. Verbs, one commit each."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.trainings.models import Attendance, HalfDay, Participant, Training
from lms.trainings.rules import not_held_yet

Mark = tuple[int, int]  # participant, half-day
BY_STAFF = ("hand", "sheet")


def open_half_day(training_id: int, number: int) -> None:
    """The half-day may be noted by QR and spoken code; any other that is open is closed."""
    with writing() as session:
        half_day, now = _half_day(session, training_id, number), clock.now()
        session.execute(
            sa.update(HalfDay)
            .where(HalfDay.training_id == training_id, HalfDay.opens_at.is_not(None), HalfDay.closes_at.is_(None))
            .values(closes_at=now)
        )
        half_day.opens_at, half_day.closes_at = now, None
        record(session, "attendance.opened", f"training {training_id}", half_day=number)


def close_half_day(training_id: int, number: int) -> None:
    """The code of the half-day is no longer good."""
    with writing() as session:
        half_day = _half_day(session, training_id, number)
        if half_day.opens_at and not half_day.closes_at:
            half_day.closes_at = clock.now()
            record(session, "attendance.closed", f"training {training_id}", half_day=number)


def set_marks(training_id: int, present: Collection[Mark], absent: Collection[Mark], how: str) -> None:
    """Note people as present or absent. A mark that a person set by themselves keeps its source."""
    with writing() as session:
        people = set(session.scalars(sa.select(Participant.id).where(Participant.training_id == training_id)))
        half_days = set(session.scalars(sa.select(HalfDay.id).where(HalfDay.training_id == training_id)))
        if any(who not in people or when not in half_days for who, when in (*present, *absent)):
            raise Refused("Somebody was removed from the list in the meantime. Reload the page and try again.")
        marks = session.scalars(sa.select(Attendance).where(Attendance.half_day_id.in_(half_days)))
        known = {(mark.participant_id, mark.half_day_id): mark for mark in marks}
        new = set(present) - known.keys()
        _check_held(session, training_id, {when for _, when in new})
        for who, when in new:
            session.add(Attendance(participant_id=who, half_day_id=when, how=how))
        for key in set(absent) & known.keys():
            session.delete(known[key])
        record(
            session, "attendance.noted", f"training {training_id}", present=len(present), absent=len(absent), how=how
        )


def _check_held(session: Session, training_id: int, wanted: Collection[int]) -> None:
    """Nobody was there on a day that is still to come."""
    rows = session.execute(
        sa.select(Training.starts_on, HalfDay.day, HalfDay.opens_at)
        .join(HalfDay, HalfDay.training_id == Training.id)
        .where(Training.id == training_id, HalfDay.id.in_(wanted))
    )
    if any(not_held_yet(starts, day, opens is not None, clock.today()) for starts, day, opens in rows):
        raise Refused(
            "This half-day is still to come, nobody can be noted as present yet. If the training was moved, change its days "
            "in the settings, or open the attendance of this half-day."
        )


def note_export(training_id: int, what: str) -> None:
    """Somebody took a list with names out of the system."""
    with writing() as session:
        record(session, "export.made", f"training {training_id}", what=what)


def _half_day(session: Session, training_id: int, number: int) -> HalfDay:
    found = session.scalar(
        sa.select(HalfDay)
        .where(HalfDay.training_id == training_id, HalfDay.number == number)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("There is no such half-day.", 404)
    return found
