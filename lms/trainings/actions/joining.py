"""People come in: verbs, one commit each."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.sessions import digest
from lms.database import writing
from lms.errors import Refused
from lms.serbian import fold, normalise_name, sort_key
from lms.teams.models import Institution
from lms.trainings.models import Attendance, Device, HalfDay, Participant, Training
from lms.trainings.rules import RESUME_LASTS, check_name, lobby_is_open, new_code, normalise_code


@dataclass(frozen=True)
class Person:
    """What somebody says about themselves when joining."""

    name: str
    sector: str
    institution: str
    municipality_code: str | None
    sex: str | None
    email: str


def join(training: Training, person: Person, chosen: int | None, device: str, label: str) -> Participant:
    """A person comes in: as the chosen entry of the roster, or as a new one. The device is bound to them.

    Refused when the entry is already in use on another device: then the resume code or the trainer helps.
    """
    name = normalise_name(person.name, limit=1000)
    check_name(name)
    with writing() as session:
        _check_lobby(session, training.id)
        participant = _take(session, training, chosen, name) if chosen else _new(session, training)
        participant.name, participant.folded, participant.sort_key = name, fold(name), sort_key(name)
        participant.sector, participant.sex, participant.email = person.sector, person.sex, person.email
        participant.institution = person.institution.strip()
        participant.municipality_code = person.municipality_code
        participant.joined_at = clock.now()
        session.add(participant)
        session.flush()
        _bind(session, participant, device, label)
        _offer_again(session, participant)
    return participant


def _check_lobby(session: Session, training_id: int) -> None:
    state, opens, closes = session.execute(
        sa.select(Training.state, Training.lobby_opens_at, Training.lobby_closes_at).where(Training.id == training_id)
    ).one()
    if state != "open":
        raise Refused("This training is not open. Ask the trainer; what you typed is kept on this page.")
    if not lobby_is_open(state, opens, closes, clock.now()):
        raise Refused("Joining is closed. Ask the trainer to open it; what you typed is kept on this page.")


def _take(session: Session, training: Training, participant_id: int, name: str) -> Participant:
    participant = session.scalar(
        sa.select(Participant).where(Participant.id == participant_id, Participant.training_id == training.id)
    )
    if participant is None or not set(participant.folded.split()) & set(fold(name).split()):
        raise Refused("That entry is no longer on the list. Please look for your name again.")
    if participant.joined_at is not None:
        raise Refused(
            "Somebody has already joined under this name. If it was you on another device, use a resume code from it; "
            "otherwise ask the trainer."
        )
    return participant


def _new(session: Session, training: Training) -> Participant:
    highest = session.scalar(sa.select(sa.func.max(Participant.number)).where(Participant.training_id == training.id))
    return Participant(training_id=training.id, number=(highest or 0) + 1, source="self")


def _bind(session: Session, participant: Participant, device: str, label: str) -> None:
    key = {"token_hash": digest(device), "participant_id": participant.id}
    session.add(Device(**key, label=label[:60], added_at=clock.now()))


def _offer_again(session: Session, participant: Participant) -> None:
    """Remember the institution so that the next colleague finds it."""
    folded = fold(participant.institution)
    if len(folded) < 3 or participant.municipality_code is None:
        return
    place = (Institution.folded == folded, Institution.municipality_code == participant.municipality_code)
    if session.scalar(sa.select(Institution.id).where(*place)) is None:
        session.add(
            Institution(
                name=participant.institution, folded=folded, sector=participant.sector,
                municipality_code=participant.municipality_code,
            )
        )  # fmt: skip


def new_resume_code(participant_id: int) -> str:
    """A code that lets one more device in: good once, for half an hour."""
    code = new_code()
    with writing() as session:
        participant = session.get_one(Participant, participant_id, populate_existing=True)
        participant.resume_hash, participant.resume_expires_at = digest(code), clock.now() + RESUME_LASTS
    return code


def resume(typed: str, device: str, label: str) -> Participant:
    """A second device comes in with a resume code. Refused when the code is wrong, used or too old."""
    wanted = digest(normalise_code(typed))
    with writing() as session:
        participant = session.scalar(
            sa.select(Participant).where(Participant.resume_hash == wanted, Participant.resume_expires_at > clock.now())
        )
        if participant is None:
            raise Refused(
                "This code is not right, was used already, or is older than half an hour. Make a new one.", 422
            )
        participant.resume_hash = participant.resume_expires_at = None
        bound = (Device.token_hash == digest(device), Device.participant_id == participant.id)
        if session.scalar(sa.select(Device.participant_id).where(*bound)) is None:
            _bind(session, participant, device, label)
    return participant


def end_device(participant_id: int, token_hash: bytes) -> None:
    """This device no longer belongs to the participant."""
    with writing() as session:
        session.execute(
            sa.delete(Device).where(Device.participant_id == participant_id, Device.token_hash == token_hash)
        )


def change_details(participant_id: int, name: str, email: str, show_on_certificate: bool) -> None:
    """The holder mends their own name, address and consent."""
    name = normalise_name(name, limit=1000)
    check_name(name)
    with writing() as session:
        participant = session.get_one(Participant, participant_id, populate_existing=True)
        participant.name, participant.folded, participant.sort_key = name, fold(name), sort_key(name)
        participant.email, participant.show_on_certificate = email, show_on_certificate


def mark_present(participant_id: int, half_day_id: int, how: str) -> None:
    """The participant is here in this half-day; said twice, noted once. Refused when the half-day is not open."""
    with writing() as session:
        half_day = session.get_one(HalfDay, half_day_id, populate_existing=True)
        now = clock.now()
        if half_day.opens_at is None or now < half_day.opens_at or (half_day.closes_at and now >= half_day.closes_at):
            raise Refused("Attendance is not open now. Tell the trainer that you are here; they can note it by hand.")
        known = (Attendance.participant_id == participant_id, Attendance.half_day_id == half_day_id)
        if session.scalar(sa.select(Attendance.how).where(*known)) is None:
            session.add(Attendance(participant_id=participant_id, half_day_id=half_day_id, how=how))


def new_device_token() -> str:
    """What a device's cookie holds."""
    return secrets.token_urlsafe(32)
