"""Certificates are issued, corrected, revoked: verbs, one commit each."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms import clock, personal_data
from lms.accounts.audit import record
from lms.certificates import keys, queries
from lms.certificates.models import Certificate
from lms.certificates.rules import (
    LONGEST_REASON,
    Printed,
    canonical,
    counter_of,
    genuine,
    read,
    serial_number,
)
from lms.certificates.wording import attendance_only
from lms.content.queries import course_of
from lms.database import writing
from lms.errors import NotAllowed, Refused
from lms.serbian import fold, normalise_name, sort_key
from lms.trainings.models import Participant, Training
from lms.trainings.rules import check_name

Made = TypeVar("Made")
ATTEMPTS = 3  # two servers may want the same serial number at once; the unique index lets one of them have it


def issue_all(training: Training) -> int:
    """A certificate for everybody who has earned one and never had one; how many. Pressed twice, issued once.

    Somebody whose certificate was revoked gets a new one only by name (`issue_one`). Refused before the last day.
    """

    def issue(session: Session) -> int:
        _check_time(session, training.id)
        people = [person for person in queries.people(training) if person.standing.earned and not person.certificate]
        made = _issue(session, training, people)
        if made:
            record(
                session, "certificates.issued", f"training {training.id}",
                count=len(made), first=made[0].serial, last=made[-1].serial,
            )  # fmt: skip
        return len(made)

    return _again_if_taken(issue)


def issue_one(training: Training, participant_id: int) -> Certificate:
    """A certificate for one person who attended: after a revocation, or without the post-test, which it then leaves out.

    Refused when they have a valid one, did not attend enough, or before the last day.
    """

    def issue(session: Session) -> Certificate:
        _check_time(session, training.id)
        person = next((who for who in queries.people(training) if who.participant.id == participant_id), None)
        if person is None:
            raise NotAllowed()
        if not person.standing.attended:
            raise Refused("This person has not attended enough half-days.")
        if person.certificate and person.certificate.state == "valid":
            raise Refused("This person already has a valid certificate.")
        made = _issue(session, training, [person])[0]
        record(session, "certificate.issued", f"certificate {made.serial}", training=training.id)
        return made

    return _again_if_taken(issue)


def correct_name(training_id: int, certificate_id: int, name: str) -> Certificate:
    """A new certificate with the right name takes the place of this one; the person is on the list under that name too.

    Refused when the certificate is not valid any more, its record was tampered with, or the name cannot be one.
    """
    name = normalise_name(name, limit=1000)
    check_name(name)

    def correct(session: Session) -> Certificate:
        old = _valid(session, training_id, certificate_id)
        if not is_genuine(old):
            raise Refused("The record of this certificate does not match its signature. Revoke it and issue a new one.")
        printed = read(old.fields)
        if printed.name == name:
            raise Refused("The name is already written like this.", 422)
        _rename(session, old.participant_id, name)
        old.state, old.changed_at = "superseded", clock.now()
        session.flush()  # before the new one: only one may be valid
        today = clock.today().isoformat()
        new = _certificate(
            replace(printed, name=name, issued_on=today), _next_number(), training_id, old.participant_id
        )
        new.show_name, old.superseded_by = old.show_name, new.token
        session.add(new)
        record(session, "certificate.corrected", f"certificate {old.serial}", new=new.serial)
        return new

    return _again_if_taken(correct)


def revoke(training_id: int, certificate_id: int, reason: str) -> Certificate:
    """The certificate is no longer valid. The reason is shown to whoever checks it. Refused (422) without a usable one."""
    reason = " ".join(reason.split())
    if len(reason) < 5 or len(reason) > LONGEST_REASON:
        raise Refused("Write the reason in 5 to %(most)s characters.", 422, most=LONGEST_REASON)
    if personal_data.find(reason):
        raise Refused(
            "The reason is public. Leave out ID numbers, phone numbers, e-mail addresses, licence plates, street addresses and "
            "profiles on social networks.",
            422,
        )
    with writing() as session:
        certificate = _valid(session, training_id, certificate_id)
        certificate.state, certificate.reason, certificate.changed_at = "revoked", reason, clock.now()
        record(session, "certificate.revoked", f"certificate {certificate.serial}", reason=reason)
    return certificate


def note_download(training_id: int, what: str, count: int) -> None:
    """All certificates of a training left the system in one file: that is worth an entry."""
    with writing() as session:
        record(session, "certificates.exported", f"training {training_id}", what=what, count=count)


def is_genuine(certificate: Certificate) -> bool:
    """True when the stored record is what was signed."""
    return genuine(
        certificate.fields, certificate.token, certificate.serial, certificate.signature,
        keys.public_key(certificate.key_id),
    )  # fmt: skip


def _again_if_taken(act: Callable[[Session], Made]) -> Made:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with writing() as session:
                return act(session)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _check_time(session: Session, training_id: int) -> None:
    state, ends_on = session.execute(
        sa.select(Training.state, Training.ends_on).where(Training.id == training_id)
    ).one()
    if state == "draft" or clock.today() < ends_on:
        raise Refused("Certificates can be issued from the last day of the training on.")


def _issue(session: Session, training: Training, people: list[queries.Person]) -> list[Certificate]:
    wording = queries.wording(training)
    without_test = attendance_only(wording, training.attendance_percent)
    course_has_test = course_of(training.course_hash).test is not None
    made = []
    for number, person in enumerate(people, start=_next_number()):
        printed = without_test if course_has_test and not person.standing.post_test else wording
        printed = replace(printed, name=person.participant.name)
        certificate = _certificate(printed, number, training.id, person.participant.id)
        certificate.show_name = person.participant.show_on_certificate
        made.append(certificate)
    session.add_all(made)
    session.flush()
    return made


def _next_number() -> int:
    return counter_of(queries.last_serial(clock.today().year)) + 1


def _certificate(printed: Printed, number: int, training_id: int, participant_id: int | None) -> Certificate:
    serial, token = serial_number(clock.today().year, number), secrets.token_urlsafe(16)
    fields = canonical(replace(printed, serial=serial, token=token))
    signature, key_id = keys.sign(fields.encode())
    return Certificate(
        token=token, serial=serial, training_id=training_id, participant_id=participant_id, fields=fields,
        signature=signature, key_id=key_id, state="valid", issued_at=clock.now(),
    )  # fmt: skip


def _valid(session: Session, training_id: int, certificate_id: int) -> Certificate:
    certificate = queries.certificate_in(training_id, certificate_id)
    if certificate is None:
        raise Refused("There is no such certificate.", 404)
    if certificate.state != "valid":
        raise Refused("This certificate is no longer valid, so there is nothing to change.")
    return certificate


def _rename(session: Session, participant_id: int | None, name: str) -> None:
    participant = session.get(Participant, participant_id, populate_existing=True) if participant_id else None
    if participant:
        participant.name, participant.folded, participant.sort_key = name, fold(name), sort_key(name)
