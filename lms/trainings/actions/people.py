"""The people of a training are added, mended, merged and removed by the trainer: verbs, one commit each.

The audit log names a participant by number, never by name: it outlives the right to be forgotten.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.accounts.sessions import digest
from lms.database import writing
from lms.errors import Refused
from lms.serbian import fold, normalise_name, sort_key
from lms.trainings.models import Attendance, Device, Participant
from lms.trainings.rules import RESUME_LASTS, check_name, new_code


@dataclass(frozen=True)
class Details:
    """What is written about a person."""

    name: str
    sector: str
    institution: str
    municipality_code: str | None
    sex: str | None
    email: str


def add(training_id: int, details: Details) -> Participant:
    """A person is put on the list by hand."""
    with writing() as session:
        participant = Participant(training_id=training_id, number=next_number(session, training_id), source="hand")
        write(participant, details)
        session.add(participant)
        record(session, "participant.added", _subject(training_id, participant))
    return participant


def next_number(session: Session, training_id: int) -> int:
    """The number of the next participant of this training."""
    highest = sa.select(sa.func.max(Participant.number)).where(Participant.training_id == training_id)
    return (session.scalar(highest) or 0) + 1


def write(participant: Participant, details: Details) -> None:
    """Put `details` on `participant`. Refused (422) when the name cannot be one."""
    name = normalise_name(details.name, limit=1000)
    check_name(name)
    participant.name, participant.folded, participant.sort_key = name, fold(name), sort_key(name)
    participant.sector, participant.institution = details.sector, details.institution.strip()
    participant.municipality_code, participant.sex, participant.email = (
        details.municipality_code, details.sex, details.email,
    )  # fmt: skip


def change(training_id: int, participant_id: int, details: Details) -> None:
    """The person is as `details` say."""
    with writing() as session:
        participant = _participant(session, training_id, participant_id)
        write(participant, details)
        record(session, "participant.changed", _subject(training_id, participant))


def remove(training_id: int, participant_id: int) -> None:
    """The person is no longer on the list; their attendance and devices go too. Certificates stay as issued."""
    with writing() as session:
        participant = _participant(session, training_id, participant_id)
        record(session, "participant.removed", _subject(training_id, participant))
        session.delete(participant)


def merge(training_id: int, kept_id: int, other_id: int) -> Participant:
    """Two entries are one person: `kept` takes over attendance, devices and whatever it lacks; `other` goes.

    Of two entries the one that came in from a device is kept, for the answers hang on it. Refused when both came in:
    their answers are under two pseudonyms that nobody can join.
    """
    with writing() as session:
        kept, other = _participant(session, training_id, kept_id), _participant(session, training_id, other_id)
        if kept.id == other.id:
            raise Refused("These are the same entry.", 422)
        if kept.joined_at and other.joined_at:
            raise Refused(
                "Both entries have come in from a device and may have answered. Ask the person which one they use, and "
                "remove the other."
            )
        if other.joined_at:
            kept, other = other, kept
        _take_over(session, kept, other)
        record(session, "participant.merged", _subject(training_id, kept), other=other.number)
        session.flush()
        session.delete(other)
    return kept


def _take_over(session: Session, kept: Participant, other: Participant) -> None:
    for name in ("institution", "municipality_code", "sex", "email"):
        setattr(kept, name, getattr(kept, name) or getattr(other, name))
    present = set(session.scalars(sa.select(Attendance.half_day_id).where(Attendance.participant_id == kept.id)))
    for mark in session.scalars(sa.select(Attendance).where(Attendance.participant_id == other.id)).all():
        if mark.half_day_id not in present:
            session.add(Attendance(participant_id=kept.id, half_day_id=mark.half_day_id, how=mark.how))


def issue_resume_code(training_id: int, participant_id: int) -> str:
    """A code that lets one more device of this person in: good once, for half an hour."""
    code = new_code()
    with writing() as session:
        participant = _participant(session, training_id, participant_id)
        participant.resume_hash, participant.resume_expires_at = digest(code), clock.now() + RESUME_LASTS
        record(session, "participant.resume_code", _subject(training_id, participant))
    return code


def end_devices(training_id: int, participant_id: int, token_hash: bytes | None) -> None:
    """One device of the person, or all of them, no longer belong to the training."""
    with writing() as session:
        participant = _participant(session, training_id, participant_id)
        ended = sa.delete(Device).where(Device.participant_id == participant_id)
        session.execute(ended.where(Device.token_hash == token_hash) if token_hash else ended)
        record(session, "participant.device_ended", _subject(training_id, participant))


def _participant(session: Session, training_id: int, participant_id: int) -> Participant:
    found = session.scalar(
        sa.select(Participant)
        .where(Participant.id == participant_id, Participant.training_id == training_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("This person is no longer on the list.", 404)
    return found


def _subject(training_id: int, participant: Participant) -> str:
    return f"training {training_id}, participant {participant.number}"
