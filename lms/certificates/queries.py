"""What is read about certificates. The number of statements does not depend on the number of people."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from lms import clock
from lms.certificates.models import Certificate
from lms.certificates.rules import Printed, Standing
from lms.certificates.wording import without_name
from lms.content.course import Survey
from lms.content.queries import course_of
from lms.extensions import db
from lms.limits import Attempt
from lms.surveys import keys as survey_keys
from lms.surveys.models import Opening, Response
from lms.surveys.queries import own_states
from lms.trainings.models import Attendance, HalfDay, Participant, Partner, Training
from lms.trainings.queries.staff import staff_of


@dataclass(frozen=True)
class Person:
    """Somebody on the list of a training, with how far they are and their newest certificate."""

    participant: Participant
    standing: Standing
    certificate: Certificate | None


@dataclass(frozen=True)
class Found:
    """A certificate with its holder's wish: whether the public check may show the name."""

    certificate: Certificate
    show_name: bool


# ---- people of a training ----


def people(training: Training) -> list[Person]:
    """Everybody on the list, by the alphabet. At most five statements."""
    newest = {certificate.participant_id: certificate for certificate in issued(training.id)}
    in_hand = _post_tests(training)
    present, half_days = _attendance(training.id), half_day_count(training.id)
    rows = db.session.scalars(
        sa.select(Participant)
        .where(Participant.training_id == training.id)
        .order_by(Participant.sort_key, Participant.id)
        .execution_options(populate_existing=True)
    )
    return [
        Person(
            participant,
            Standing(
                present.get(participant.id, 0),
                half_days,
                training.attendance_percent,
                None if in_hand is None else survey_keys.pseudonym(training.id, participant.id) in in_hand,
            ),
            newest.get(participant.id),
        )
        for participant in rows
    ]


def half_day_count(training_id: int) -> int:
    """How many half-days a training has."""
    return db.session.scalar(sa.select(sa.func.count(HalfDay.id)).where(HalfDay.training_id == training_id)) or 0


def _attendance(training_id: int) -> dict[int, int]:
    """In how many half-days each person was present."""
    counts = (
        sa.select(Attendance.participant_id, sa.func.count())
        .join(HalfDay)
        .where(HalfDay.training_id == training_id)
        .group_by(Attendance.participant_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counts)}


def asked_test(training: Training) -> Survey | None:
    """The test whose second sitting counts in this training, while it can still be told who has handed it in."""
    test = course_of(training.course_hash).test
    return test if test and survey_keys.alive(training.id) else None


def _post_tests(training: Training) -> set[bytes] | None:
    """Who has handed in the post-test, as pseudonyms; None when it was never opened or nobody can tell any more."""
    test = asked_test(training)
    if test is None:
        return None
    rows = db.session.scalars(
        sa.select(Response.pseudonym)
        .select_from(Opening)
        .outerjoin(Response, sa.and_(Response.opening_id == Opening.id, Response.submitted))
        .where(
            Opening.training_id == training.id,
            Opening.survey == test.key,
            Opening.moment == "post",
            Opening.opened_at.is_not(None),
        )
    ).all()
    return set(filter(None, rows)) if rows else None


def own_standing(training: Training, participant_id: int) -> Standing:
    """How far one person is. Three statements."""
    mark = sa.and_(Attendance.half_day_id == HalfDay.id, Attendance.participant_id == participant_id)
    half_days, present = db.session.execute(
        sa.select(sa.func.count(HalfDay.id), sa.func.count(Attendance.participant_id))
        .outerjoin(Attendance, mark)
        .where(HalfDay.training_id == training.id)
    ).one()
    test = asked_test(training)
    state = own_states(training.id, participant_id).get((test.key, "post")) if test else None
    asked = state is not None and state.state != "not-open"
    return Standing(present, half_days, training.attendance_percent, state.submitted if state and asked else None)


# ---- certificates ----


def issued(training_id: int) -> list[Certificate]:
    """All certificates of a training that were ever issued, the oldest first."""
    return list(
        db.session.scalars(
            sa.select(Certificate)
            .where(Certificate.training_id == training_id)
            .order_by(Certificate.id)
            .execution_options(populate_existing=True)
        )
    )


def left_behind(training_id: int) -> list[Certificate]:
    """Certificates of people who are no longer on the list, the oldest first."""
    gone = (Certificate.training_id == training_id, Certificate.participant_id.is_(None))
    return list(db.session.scalars(sa.select(Certificate).where(*gone).order_by(Certificate.id)))


def valid_ones(training_id: int) -> list[Certificate]:
    """All valid certificates of a training, in the order of their numbers."""
    valid = (Certificate.training_id == training_id, Certificate.state == "valid")
    return list(db.session.scalars(sa.select(Certificate).where(*valid).order_by(Certificate.id)))


def every_one() -> Iterator[Certificate]:
    """Every certificate there is, a hundred at a time."""
    yield from db.session.scalars(sa.select(Certificate).order_by(Certificate.id).execution_options(yield_per=100))


def certificate_in(training_id: int, certificate_id: int) -> Certificate | None:
    """The certificate, if it is one of this training."""
    return db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.id == certificate_id, Certificate.training_id == training_id)
        .execution_options(populate_existing=True)
    )


def history(certificate: Certificate) -> list[Certificate]:
    """The other certificates of the same holder in this training, the newest first."""
    if certificate.participant_id is None:
        return []
    return list(
        db.session.scalars(
            sa.select(Certificate)
            .where(
                Certificate.training_id == certificate.training_id,
                Certificate.participant_id == certificate.participant_id,
                Certificate.id != certificate.id,
            )
            .order_by(Certificate.id.desc())
        )
    )


def own_certificate(participant_id: int) -> Certificate | None:
    """The newest certificate of a participant."""
    return db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.participant_id == participant_id)
        .order_by(Certificate.id.desc())
        .limit(1)
    )


def by_token(token: str) -> Found | None:
    """The certificate behind a QR code. One statement: with the holder's present wish, while they are on the list."""
    return _found(Certificate.token == token)


def by_serial(serial: str) -> Found | None:
    """The certificate with a serial number."""
    return _found(Certificate.serial == serial)


def _found(which: sa.ColumnElement[bool]) -> Found | None:
    row = db.session.execute(
        sa.select(Certificate, Participant.show_on_certificate)
        .outerjoin(Participant, Participant.id == Certificate.participant_id)
        .where(which)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    return Found(row[0], row[0].show_name if row[1] is None else row[1])


def last_serial(year: int) -> str | None:
    """The highest serial number of a year."""
    serial = Certificate.serial
    order = (sa.func.length(serial).desc(), serial.desc())
    return db.session.scalar(sa.select(serial).where(serial.startswith(f"LT-{year}-")).order_by(*order).limit(1))


# ---- what is printed ----


def wording(training: Training) -> Printed:
    """What the certificates of a training say, without a name and a number."""
    trainers = [account.name for account, role in staff_of(training.id) if role == "trainer"]
    partners = db.session.scalars(
        sa.select(Partner)
        .options(undefer(Partner.logo))
        .where(Partner.training_id == training.id)
        .order_by(Partner.position, Partner.id)
    ).all()
    return without_name(training, course_of(training.course_hash), trainers, partners)


def logos(training_id: int) -> list[bytes]:
    """The logos (PNG) of a training's partners; which of them a certificate shows, its own fields say."""
    query = sa.select(Partner.logo).where(Partner.training_id == training_id, Partner.has_logo)
    return [logo for logo in db.session.scalars(query) if logo]


# ---- people on the list, attempts ----


def name_on_list(participant_id: int | None) -> str | None:
    """The name under which somebody is on the list now; None when they are not."""
    return (
        db.session.scalar(sa.select(Participant.name).where(Participant.id == participant_id))
        if participant_id
        else None
    )


def attempts(key: str, seconds: int) -> int:
    """How often `key` was tried in the present window of `seconds`, without counting once more."""
    window = int(clock.now().timestamp()) // seconds
    return db.session.scalar(sa.select(Attempt.count).where(Attempt.key == key, Attempt.window == window)) or 0
