"""What the page for trying things out shows."""

from dataclasses import dataclass

from flask import url_for

from lms.accounts.models import Account
from lms.demo import queries
from lms.demo.documents import document
from lms.demo.queries import Counts
from lms.language import gettext
from lms.trainings.models import Participant, Training
from lms.trainings.rules import show_code
from lms.ui import N_

STAFF = {
    "trainer": ("clipboard-check", N_("Trainer"), N_("Runs the training that is going on now: people, attendance, surveys, report.")),
    "office": ("map-pin", N_("Coordinator's office"), N_("Sees all trainings, teams and recommendations, never anybody's answers.")),
    "reader": ("chart-column", N_("Report reader"), N_("A donor or partner: sees the report of the trainings they were given, nothing else.")),
    "author": ("book-open", N_("Author"), N_("Writes courses, surveys and cases, and publishes them.")),
    "administrator": ("shield-check", N_("Administrator"), N_("Invites staff, gives roles, reads the audit log.")),
}  # fmt: skip
DEVICES = {
    "fresh": N_("Has just come in; the pre-test has not been started."),
    "halfway": N_("In the middle of the pre-test."),
    "ready": N_("Has sent the pre-test and plays in an exercise: its clock stands until the trainer goes on."),
}


@dataclass(frozen=True)
class Role:
    """One role to try."""

    key: str
    icon: str
    name: str
    text: str
    account: Account


@dataclass(frozen=True)
class PreparedDevice:
    """One trainee to be."""

    key: str
    text: str
    person: Participant


@dataclass(frozen=True)
class DemoScreen:
    """The whole page."""

    roles: list[Role]
    devices: list[PreparedDevice]
    training: Training | None
    code: str
    counts: Counts
    report: str  # address, or empty
    certificate: str


def demo_screen() -> DemoScreen:
    """The page as the data stand now."""
    training, series, certificate = queries.training_of_today(), queries.series(), queries.a_certificate()
    staff = queries.staff()
    return DemoScreen(
        roles=[
            Role(key, icon, gettext(name), gettext(text), staff[key])
            for key, (icon, name, text) in STAFF.items()
            if key in staff
        ],
        devices=_devices(training),
        training=training,
        code=show_code(training.join_code) if training else "",
        counts=queries.counts(),
        report=url_for("evaluation.series", series_id=series.id) if series else "",
        certificate=url_for("certificates.verify", token=certificate.token) if certificate else "",
    )


def _owners(training: Training | None) -> dict[str, int]:
    """Which number on the roster each prepared device has."""
    if training is None:
        return {}
    people = document("today")["people"]
    return {row["device"]: number for number, row in enumerate(people, start=1) if "device" in row}


def _devices(training: Training | None) -> list[PreparedDevice]:
    owners = _owners(training)
    people = {person.number: person for person in queries.prepared_people(training.id, len(owners))} if training else {}
    return [
        PreparedDevice(key, gettext(text), people[owners[key]])
        for key, text in DEVICES.items()
        if owners.get(key) in people
    ]


def device_owner(device: str) -> Participant | None:
    """The participant to whom a prepared device belongs."""
    return next((ready.person for ready in _devices(queries.training_of_today()) if ready.key == device), None)


def first_page(role: str) -> str:
    """Where a role begins to look around."""
    training, series = queries.training_of_today(), queries.series()
    if role in ("trainer", "administrator") and training:
        return url_for("trainings.dashboard", training_id=training.id)
    if role == "reader" and series:
        return url_for("evaluation.series", series_id=series.id)
    return url_for({"office": "overview.national", "author": "trainings.courses"}.get(role, "trainings.index"))
