"""What the pages about certificates show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lms import clock
from lms.certificates import queries
from lms.certificates.actions import is_genuine
from lms.certificates.documents import IN_ONE_FILE, ROLES
from lms.certificates.models import Certificate
from lms.certificates.rules import Printed, Standing, half_days_needed, read
from lms.language import alphabet_key
from lms.trainings.models import Training

LANGUAGES = ("sr", "sr_Latn", "en")


@dataclass(frozen=True)
class Line:
    """One person in the trainer's list. `state`: valid, revoked, earned, test or attendance (what is missing)."""

    participant_id: int
    name: str
    standing: Standing
    state: str
    certificate_id: int | None = None
    serial: str = ""
    name_changed: bool = False


@dataclass(frozen=True)
class Overview:
    """The trainer's page."""

    lines: list[Line]
    left: list[tuple[Certificate, str]]  # of people who are no longer on the list, with the printed name
    too_early: bool
    valid: int
    half_days: int
    needed: int
    parts: range  # numbers of the files that the PDF with all certificates comes in

    @property
    def waiting(self) -> int:
        """How many people have earned a certificate and have none."""
        return sum(line.state == "earned" for line in self.lines)

    @property
    def lack_test(self) -> int:
        """How many people attended enough and have not handed in the post-test."""
        return sum(line.state == "test" for line in self.lines)

    @property
    def asks_test(self) -> bool:
        """True when the post-test has been opened in this training."""
        return any(line.standing.post_test is not None for line in self.lines)


def overview(training: Training) -> Overview:
    """Who has earned a certificate, who not and why, who has one."""
    people = sorted(queries.people(training), key=lambda person: alphabet_key(person.participant.name))
    lines = [_line(person) for person in people]
    left = [(certificate, printed_name(certificate)) for certificate in queries.left_behind(training.id)]
    valid = sum(line.state == "valid" for line in lines) + sum(
        certificate.state == "valid" for certificate, _name in left
    )
    half_days = queries.half_day_count(training.id)
    return Overview(
        lines=lines, left=left, too_early=training.state == "draft" or clock.today() < training.ends_on, valid=valid,
        half_days=half_days, needed=half_days_needed(half_days, training.attendance_percent),
        parts=range(1, -(-valid // IN_ONE_FILE) + 1),
    )  # fmt: skip


def _line(person: queries.Person) -> Line:
    certificate = person.certificate
    changed = bool(
        certificate and certificate.state == "valid" and printed_name(certificate) != person.participant.name
    )
    return Line(
        participant_id=person.participant.id, name=person.participant.name, standing=person.standing,
        state=_state(person), certificate_id=certificate.id if certificate else None,
        serial=certificate.serial if certificate else "", name_changed=changed,
    )  # fmt: skip


def _state(person: queries.Person) -> str:
    if person.certificate:
        return "valid" if person.certificate.state == "valid" else "revoked"
    if person.standing.earned:
        return "earned"
    return "test" if person.standing.attended else "attendance"


def printed_name(certificate: Certificate) -> str:
    """The name on a certificate; empty when its record cannot be read."""
    try:
        return read(certificate.fields).name
    except ValueError:
        return ""


# ---- the public check, and the holder's own page ----


@dataclass(frozen=True)
class Check:
    """A certificate as anybody may see it. `state`: valid, superseded, revoked, or broken: not what was signed."""

    state: str
    checked_at: datetime
    certificate: Certificate | None = None
    printed: Printed | None = None
    name: str | None = None  # None: the holder has not agreed to show it
    newer: str = ""  # token
    roles: Mapping[str, str] = field(default_factory=dict)  # kinds of partners, as messages of the catalogue

    @property
    def issued_on(self) -> date | None:
        return date.fromisoformat(self.printed.issued_on) if self.printed else None


def check_of(certificate: Certificate, show_name: bool) -> Check:
    """What is shown of a certificate. Of a record that was changed nothing is: none of it can be trusted."""
    if not is_genuine(certificate):
        return Check("broken", clock.now())
    printed = read(certificate.fields)
    return Check(
        state=certificate.state, checked_at=clock.now(), certificate=certificate, printed=printed,
        name=printed.name if show_name else None, newer=certificate.superseded_by or "", roles=ROLES,
    )  # fmt: skip
