"""T4: whoever loses the right to an exercise hears nothing more of it within five seconds, with the real clock of the house."""

import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Account
from lms.extensions import db
from lms.simulations import moves, play, queries
from lms.simulations.models import Run
from lms.trainings.models import Device, Training, TrainingStaff
from tests.builders import (
    a_course_with_a_case,
    a_participant,
    a_run,
    a_training,
    an_account,
    as_participant,
    save,
    sign_in,
)
from tests.simulations.test_wake import Page

pytestmark = pytest.mark.slow
SOON = 5.0  # seconds
HOLDERS = ("police", "social", "health", "police-topolje")


class Hall:
    """A table of four, its trainer, and three more of staff, each with an open stream."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.head = an_account("trainer", "administrator", name="Водитељка")
        self.training: Training = a_training(trainer=self.head, course_hash=a_course_with_a_case())
        self.reserve = a_participant(self.training, "Вера Друга").id
        self.people = {role: a_participant(self.training, f"Ана {role}") for role in HOLDERS}
        self.run: Run = a_run(self.training, **{role.replace("-", "_"): one for role, one in self.people.items()})
        self.staff = {name: self._of_staff(name) for name in ("dismissed", "leaving", "deactivated", "staying")}
        self.base = f"/trainings/{self.training.id}"
        self.laptop = sign_in(app.test_client(), self.head)
        self.phones = {role: as_participant(app.test_client(), one) for role, one in self.people.items()}
        self.devices = {row.participant_id: row.token_hash.hex() for row in db.session.query(Device)}
        self.own = f"/t/{self.training.id}/exercises/{self.run.id}"
        self.me = f"/t/{self.training.id}/me"
        self.person = self.people["police"].id
        self.accounts = {name: one.id for name, one in self.staff.items()}
        self.desks = {name: sign_in(app.test_client(), one) for name, one in self.staff.items()}

    def _of_staff(self, name: str) -> Account:
        account = an_account("trainer", name=name)
        save(TrainingStaff(training_id=self.training.id, account_id=account.id, role="observer"))
        return account

    def page(self, client: FlaskClient, staff: bool = False) -> Page:
        return Page(client, f"/live{self.base}/exercises" if staff else f"/live{self.own}")


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    hub = app.extensions["live"]
    hub.resting = False
    yield Hall(app)
    hub.rest()


def _revoke(hall: Hall) -> int:
    address = f"{hall.base}/participants/{hall.person}/end-devices"
    return hall.laptop.post(address, data={"device": hall.devices[hall.person]}).status_code


def _reassign(hall: Hall) -> int:
    body = {"role": "social", "person": hall.reserve, "reason": "замена"}
    return hall.laptop.post(f"{hall.own.replace('/t/', '/trainings/')}/seats", data=body).status_code


def _leave(hall: Hall) -> int:
    return hall.phones["health"].post(f"{hall.me}/leave").status_code


def _dismiss(hall: Hall) -> int:
    return hall.laptop.post(f"{hall.base}/staff/{hall.accounts['dismissed']}/dismiss").status_code


def _sign_out(hall: Hall) -> int:
    return hall.desks["leaving"].post("/sign-out").status_code


def _deactivate(hall: Hall) -> int:
    return hall.laptop.post(f"/staff/{hall.accounts['deactivated']}", data={"roles": "trainer"}).status_code


def test_t04_every_lost_right_closes_its_stream_within_five_seconds(hall: Hall) -> None:
    pages = {role: hall.page(phone) for role, phone in hall.phones.items()}
    pages |= {name: hall.page(desk, staff=True) for name, desk in hall.desks.items()}
    assert all(page.open for page in pages.values())
    time.sleep(0.5)  # the hub has looked at everybody's rights: it will not look again for a while
    ended: dict[str, tuple[float, Callable[[Hall], int]]] = {}
    for name, act in (
        ("police", _revoke), ("social", _reassign), ("health", _leave), ("dismissed", _dismiss), ("leaving", _sign_out),
        ("deactivated", _deactivate),
    ):  # fmt: skip
        assert act(hall) in (200, 303), name
        ended[name] = time.monotonic(), act
    for name, (began, _act) in ended.items():
        while pages[name].open and time.monotonic() - began < SOON + 1:
            time.sleep(0.02)
        assert not pages[name].open, f"{name} still hears"
        assert time.monotonic() - began < SOON, name
    for name in ("police-topolje", "staying"):
        assert pages[name].open, name
    db.session.rollback()
    play.move(db.session.get_one(Run, hall.run.id), moves.sit_down("police-topolje"))
    newest = {
        True: queries.versions_of(hall.run.training_id),
        False: 2,
    }  # consoles hear of seats too: see `Run.seating`
    for name in ended:
        assert not [version for version in pages[name].heard if version >= newest[name in hall.desks]], name
    assert pages["police-topolje"].hears(db.session.get_one(Run, hall.run.id).version)


def test_t04_whoever_has_lost_the_right_cannot_open_a_stream_again(hall: Hall) -> None:
    for act in (_revoke, _reassign, _leave, _dismiss, _sign_out, _deactivate):
        act(hall)
    for role in ("police", "social", "health"):
        assert not hall.page(hall.phones[role]).open, role
    for name in ("dismissed", "leaving", "deactivated"):
        assert not hall.page(hall.desks[name], staff=True).open, name
