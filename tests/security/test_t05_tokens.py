"""T5: every token has one purpose and, where it should, one use. Every kind of token is tried at every door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.accounts import secrets, sessions
from lms.accounts.models import Account, Invitation
from lms.certificates.rules import check_code
from lms.extensions import db
from lms.surveys.models import FollowUpLink
from lms.trainings.models import Device, Participant
from tests.security.actors import browser, session_cookie
from tests.security.world import A, B, World, a_sign_in

AUTHENTICATOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SERIAL = f"LT-{clock.today().year}-001701"
MALFORMED = (
    "",
    " ",
    "x",
    "../../etc/passwd",
    "%00",
    "a" * 5000,
    "🙂",
    "ђ" * 40,
    "'; DROP TABLE accounts; --",
    "null",
    "0",
    "*",
    "%",
)


@dataclass
class Doors:
    """Every place that takes a token; each says whether it was let in."""

    app: Flask
    world: World

    def picture_to_join(self, token: str) -> bool:
        return _page(self.app.test_client(), f"/join/{token}")

    def code_to_join(self, token: str) -> bool:
        return self.app.test_client().post("/join", data={"code": token}).status_code == 303

    def resume(self, token: str) -> bool:
        return self.app.test_client().post("/resume", data={"code": token}).status_code == 303

    def picture_of_attendance(self, token: str) -> bool:
        return self._trainee().post(f"/t/1001/here/{token}").status_code == 303

    def spoken_code(self, token: str) -> bool:
        return self._trainee().post("/t/1001/here", data={"code": token}).status_code == 303

    def follow_up(self, token: str) -> bool:
        return _page(self.app.test_client(), f"/f/{token}")

    def invitation(self, token: str) -> bool:
        return _page(self.app.test_client(), f"/invitation/{token}")

    def certificate(self, token: str) -> bool:
        return _page(self.app.test_client(), f"/c/{token}")

    def certificate_by_code(self, token: str) -> bool:
        return self.app.test_client().post("/c", data={"serial": SERIAL, "code": token}).status_code == 303

    def seat_picture(self, token: str) -> bool:
        return _page(self._trainee(), f"/s/{token}")

    def seat_code(self, token: str) -> bool:
        answer = self._trainee().post("/t/1001/exercises", data={"code": token})
        return answer.headers.get("Location", "").startswith("/s/")

    def wall(self, token: str) -> bool:
        return _page(self.app.test_client(), f"/wall/{token}")

    def wall_stream(self, token: str) -> bool:
        with self.app.test_client().get(f"/live/wall/{token}") as answer:
            return answer.status_code == 200

    def device(self, token: str) -> bool:
        client = self.app.test_client()
        client.set_cookie("device", token)
        return client.get("/t/1001").status_code == 200

    def signed_in(self, token: str) -> bool:
        return self._with(_user_id=token).get("/trainings").status_code == 200

    def half_signed_in(self, token: str) -> bool:
        return self._with(half=token).get("/sign-in/code").status_code == 200

    def second_step(self, token: str) -> bool:
        half = a_sign_in(1011, second_step=False)
        answer = self._with(half=half).post("/sign-in/code", data={"code": token})
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM sign_ins WHERE NOT second_step AND account_id = 1011")
        return answer.status_code == 303

    def _trainee(self) -> FlaskClient:
        return browser(self.app, self.world, "trainee")

    def _with(self, **session: str) -> FlaskClient:
        client = self.app.test_client()
        client.set_cookie("session", session_cookie(self.app, **session))
        return client


def _page(client: FlaskClient, address: str) -> bool:
    return client.get(address).status_code == 200


AT_AN_ADDRESS = (*("picture_to_join", "follow_up", "invitation", "certificate", "seat_picture", "wall", "wall_stream"),)
DOORS = [name for name in vars(Doors) if not name.startswith("_")]


@pytest.fixture
def doors(house: Flask, world: World) -> Doors:
    account = db.session.get_one(Account, 1011)
    account.totp_secret = secrets.encrypt(AUTHENTICATOR)
    db.session.commit()
    return Doors(house, world)


@pytest.fixture
def tokens(doors: Doors) -> dict[str, str]:
    """A good token for each door, and others that look like one."""
    known = doors.world.tokens
    good = {
        "picture_to_join": known["join", A],
        "code_to_join": known["code", A],
        "resume": known["resume colleague", A],
        "picture_of_attendance": known["here 1", A],
        "spoken_code": known["spoken 1", A],
        "follow_up": known["follow-up own", A],
        "invitation": known["invitation", A],
        "certificate": known["certificate own", A],
        "certificate_by_code": check_code(known["certificate own", A]),
        "seat_picture": known["seat health", A],
        "seat_code": known["code of seat health", A],
        "wall": known["wall 981", A],
        "device": known["device own", A],
        "signed_in": a_sign_in(1012),
        "half_signed_in": known["half", A],
        "second_step": pyotp.TOTP(AUTHENTICATOR).at(clock.now()),
    }
    good["wall_stream"] = good["wall"]
    hashes = {f"stored form of {door}": sessions.digest(token).hex() for door, token in good.items()}
    wrong = {
        "expired sign-in": known["expired", A], "recovery code of somebody else": "abcde-1012x", "a number": "1101",
        "picture of another half-day": known["here 2", A], "spoken code of another half-day": known["spoken 2", A],
        "picture in another training": known["here 1", B], "device in another training": known["device own", B],
        "seat in another training": known["seat health", B], "code of a seat in another training": known["code of seat health", B],
        "code of a seat in an exercise that is over": known["code of seat health 986", A],
        "authenticator of nobody": pyotp.TOTP(pyotp.random_base32()).at(clock.now()),
    }  # fmt: skip
    assert set(good) == set(DOORS)
    return good | hashes | wrong


@pytest.mark.parametrize("door", DOORS)
def test_t05_a_door_opens_to_its_own_kind_of_token_only(
    house: Flask, doors: Doors, tokens: dict[str, str], put_back: Any, door: str
) -> None:
    """A picture of another half-day belongs to a known half-day that is not open: it is recognised and refused."""
    opened = []
    for kind, token in tokens.items():
        _forget_attempts()
        if getattr(doors, door)(token):
            opened.append(kind)
    assert opened == ["wall", "wall_stream"] if door.startswith("wall") else [door]


def _forget_attempts() -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM attempts")


@pytest.mark.filterwarnings("ignore:The 'device' cookie is too large")
@pytest.mark.parametrize("door", DOORS)
def test_t05_what_is_no_token_at_all_is_refused_calmly(doors: Doors, door: str) -> None:
    for token in MALFORMED:
        _forget_attempts()
        if door in AT_AN_ADDRESS and token in ("", " "):
            continue  # another page
        assert not getattr(doors, door)(token), token


@pytest.mark.parametrize("door", ["resume", "second_step"])
def test_t05_a_code_is_good_once(doors: Doors, tokens: dict[str, str], door: str) -> None:
    assert getattr(doors, door)(tokens[door])
    assert not getattr(doors, door)(tokens[door])


def test_t05_a_recovery_code_is_good_once(doors: Doors) -> None:
    assert doors.second_step("ABCDE 1011x")
    assert not doors.second_step("abcde-1011x")


def test_t05_an_invitation_is_good_once(doors: Doors, tokens: dict[str, str]) -> None:
    address = f"/invitation/{tokens['invitation']}"
    first, second = doors.app.test_client(), doors.app.test_client()
    assert first.post(address, data={"password": "сунце за прозором 7"}).status_code == 303
    assert second.get(address).status_code == 404
    assert second.post(address, data={"password": "месец над реком 8"}).status_code == 404


LATER: list[tuple[str, timedelta]] = [
    ("resume", timedelta(minutes=31)),
    ("invitation", timedelta(days=7, minutes=1)),
    ("signed_in", timedelta(hours=12, minutes=1)),
    ("half_signed_in", timedelta(hours=12, minutes=1)),
    ("code_to_join", timedelta(hours=9)),
    ("picture_to_join", timedelta(hours=9)),
    ("second_step", timedelta(minutes=2)),
]


@pytest.mark.parametrize(("door", "later"), LATER)
def test_t05_what_is_too_old_opens_nothing(doors: Doors, tokens: dict[str, str], door: str, later: timedelta) -> None:
    with clock.stopped_at(clock.now() + later):
        assert not getattr(doors, door)(tokens[door])


def _close_training(doors: Doors) -> None:
    assert browser(doors.app, doors.world, "trainer").post("/trainings/1001/close").status_code == 303


def _end_half_day(doors: Doors) -> None:
    browser(doors.app, doors.world, "trainer").post("/trainings/1001/attendance/1", data={"open": "no"})


def _new_resume_code(doors: Doors) -> None:
    browser(doors.app, doors.world, "trainer").post("/trainings/1001/participants/1102/resume-code")


def _forget_device(doors: Doors) -> None:
    number = sessions.digest(doors.world.tokens["device own", A]).hex()
    browser(doors.app, doors.world, "trainer").post(
        "/trainings/1001/participants/1101/end-devices", data={"device": number}
    )


def _reset(number: int) -> Callable[[Doors], None]:
    def act(doors: Doors) -> None:
        assert browser(doors.app, doors.world, "administrator").post(f"/staff/{number}/reset").status_code == 200

    return act


def _deactivate(number: int) -> Callable[[Doors], None]:
    def act(doors: Doors) -> None:
        answer = browser(doors.app, doors.world, "administrator").post(f"/staff/{number}", data={"roles": "trainer"})
        assert answer.status_code == 303

    return act


def _remove_person(doors: Doors) -> None:
    browser(doors.app, doors.world, "trainer").post("/trainings/1001/participants/1101/remove")


def _end_exercise(doors: Doors) -> None:
    end = {"move": "end", "reason": "време"}
    assert (
        browser(doors.app, doors.world, "trainer").post("/trainings/1001/exercises/1981/moves", data=end).status_code
        == 303
    )


def _remove_group(doors: Doors) -> None:
    end = browser(doors.app, doors.world, "trainer").post("/trainings/1001/exercises/1926/remove")
    assert end.status_code == 303


ENDED: list[tuple[str, str, Callable[[Doors], None]]] = [
    ("picture_to_join", "the training is closed", _close_training),
    ("code_to_join", "the training is closed", _close_training),
    ("spoken_code", "the training is closed", _close_training),
    ("picture_of_attendance", "the half-day is over", _end_half_day),
    ("spoken_code", "the half-day is over", _end_half_day),
    ("resume", "there is a newer code", _new_resume_code),
    ("device", "the trainer forgot the device", _forget_device),
    ("device", "the person is no longer on the list", _remove_person),
    ("follow_up", "the person is no longer on the list", _remove_person),
    ("seat_code", "the exercise is over", _end_exercise),
    ("seat_code", "the person is no longer on the list", _remove_person),
    ("seat_picture", "the person is no longer on the list", _remove_person),
    ("seat_picture", "the trainer forgot the device", _forget_device),
    ("invitation", "access was reset", _reset(3019)),
    ("signed_in", "access was reset", _reset(1012)),
    ("signed_in", "the account was deactivated", _deactivate(1012)),
    ("half_signed_in", "the account was deactivated", _deactivate(3017)),
]


@pytest.mark.parametrize(("door", "why", "act"), ENDED)
def test_t05_what_has_ended_opens_nothing(
    doors: Doors, tokens: dict[str, str], door: str, why: str, act: Callable[[Doors], None]
) -> None:
    act(doors)
    _forget_attempts()
    assert not getattr(doors, door)(tokens[door]), why


def test_t05_a_group_that_was_taken_back_leaves_no_doors(doors: Doors) -> None:
    _remove_group(doors)
    known = doors.world.tokens
    for door, kind in (
        ("wall", "wall 926"),
        ("seat_picture", "seat health 926"),
        ("seat_code", "code of seat health 926"),
    ):
        assert not getattr(doors, door)(known[kind, A]), door


def test_t05_whoever_types_a_seats_code_must_have_joined_the_training(house: Flask, world: World) -> None:
    """Neither the code nor the picture lets anybody in who is not on the list; and nobody sits on somebody's chair."""
    for actor in ("anonymous", "trainee of another training", "trainer", "administrator", "forgotten device"):
        client = browser(house, world, actor)
        for kind in ("seat health", "seat police"):
            answers = [client.get(f"/s/{world.tokens[kind, A]}"), client.post(f"/s/{world.tokens[kind, A]}")]
            assert all("/join" in answer.headers.get("Location", "") for answer in answers), actor
        answer = client.post("/t/1001/exercises", data={"code": world.tokens["code of seat health", A]})
        assert "/join" in answer.headers.get("Location", ""), actor
    own = browser(house, world, "trainee")
    assert own.post(f"/s/{world.tokens['seat social', A]}").status_code == 409


def test_t05_new_links_to_a_follow_up_end_the_old_ones(doors: Doors, tokens: dict[str, str]) -> None:
    answer = browser(doors.app, doors.world, "trainer").post("/trainings/1001/surveys/follow-up-3/slips")
    assert answer.status_code == 200
    assert not doors.follow_up(tokens["follow_up"])


def test_t05_the_session_changes_at_every_step_of_signing_in(doors: Doors) -> None:
    client = doors.app.test_client()
    account = db.session.get_one(Account, 1011)
    account.password_hash = secrets.hash_password("сунце за прозором 7")
    db.session.commit()
    client.post("/sign-in", data={"email": account.email, "password": "сунце за прозором 7"})
    with client.session_transaction() as session:
        half = session["half"]
    client.post("/sign-in/code", data={"code": pyotp.TOTP(AUTHENTICATOR).at(clock.now())})
    with client.session_transaction() as session:
        assert session["_user_id"] != half
        assert "half" not in session
        full = session["_user_id"]
    assert not doors.half_signed_in(half)
    assert doors.signed_in(full)
    client.post("/sign-out")
    assert not doors.signed_in(full)


def test_t05_only_hashes_are_stored(house: Flask, world: World) -> None:
    raw = b"".join(
        bytes(value)
        for model, column in (
            (Device, "token_hash"), (FollowUpLink, "token_hash"), (Invitation, "token_hash"), (Participant, "resume_hash"),
        )
        for value in db.session.scalars(db.select(getattr(model, column)))
        if value
    )  # fmt: skip
    for (kind, _figure), token in world.tokens.items():
        if kind.startswith(("device", "follow-up", "invitation", "resume")):
            assert token.encode() not in raw
