"""T10: guessing is stopped, however the guesser changes cookies; the owner's own browser still enters."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.accounts import secrets
from lms.accounts.models import Account
from lms.authoring.actions.packs import MOST_TRIES
from lms.extensions import db
from tests.security.actors import browser
from tests.security.world import A, World

PASSWORD = "сунце за прозором 7"
AUTHENTICATOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def owner(house: Flask) -> Account:
    """An account whose password we know, with an authenticator."""
    account = db.session.get_one(Account, 1011)
    account.password_hash, account.totp_secret = secrets.hash_password(PASSWORD), secrets.encrypt(AUTHENTICATOR)
    db.session.commit()
    return account


def present_code() -> str:
    import pyotp

    return pyotp.TOTP(AUTHENTICATOR).at(clock.now())


def try_password(client: FlaskClient, email: str, password: str) -> int:
    return client.post("/sign-in", data={"email": email, "password": password}).status_code


def test_t10_a_guesser_with_a_new_cookie_each_time_is_stopped(house: Flask, owner: Account) -> None:
    answers = []
    for number in range(14):
        client = house.test_client()
        client.set_cookie("known-browser", f"made-up-{number}")
        answers.append(try_password(client, owner.email, f"wrong password {number}"))
    assert answers[0] == 422
    assert answers[-1] == 429


def test_t10_the_owners_own_browser_enters_while_strangers_are_stopped(house: Flask, owner: Account) -> None:
    own = house.test_client()
    assert try_password(own, owner.email, PASSWORD) == 303
    assert own.post("/sign-in/code", data={"code": present_code()}).status_code == 303
    for _ in range(12):
        try_password(house.test_client(), owner.email, "wrong password")
    assert try_password(house.test_client(), owner.email, PASSWORD) == 429
    assert try_password(own, owner.email, PASSWORD) == 303


def test_t10_a_browser_known_to_one_account_is_a_stranger_to_the_next(house: Flask, owner: Account) -> None:
    own = house.test_client()
    try_password(own, owner.email, PASSWORD)
    own.post("/sign-in/code", data={"code": present_code()})
    other = db.session.get_one(Account, 2011).email
    for _ in range(11):
        try_password(house.test_client(), other, "wrong password")
    assert try_password(own, other, "wrong password") == 429


def test_t10_codes_are_counted_however_often_the_password_is_given(house: Flask, owner: Account) -> None:
    answers = []
    for number in range(14):
        client = house.test_client()
        assert try_password(client, owner.email, PASSWORD) == 303
        answers.append(client.post("/sign-in/code", data={"code": f"{number:06d}"}).status_code)
    assert answers[0] == 422
    assert answers[-1] == 429


@pytest.mark.parametrize(("address", "tries"), [("/join", 12), ("/resume", 12)])
def test_t10_codes_typed_at_the_door_are_counted(house: Flask, world: World, address: str, tries: int) -> None:
    client = house.test_client()
    answers = [client.post(address, data={"code": f"WRONG{n:03d}"}).status_code for n in range(tries)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_t10_codes_of_seats_are_counted_for_each_person_and_for_nobody_else(house: Flask, world: World) -> None:
    """A hall is one address, so what is counted is the person; whoever guesses stops nobody else, and no other device of theirs helps."""
    guesser, other = browser(house, world, "trainee"), house.test_client()
    other.set_cookie("device", world.tokens["device spare", A])
    address, good = "/t/1001/exercises", {"code": world.tokens["code of seat health", A]}
    answers = [guesser.post(address, data={"code": f"WRNG{n:02d}"}).status_code for n in range(12)]
    assert (answers[0], answers[-1]) == (422, 429)
    assert guesser.post(address, data=good).status_code == 429
    assert other.post(address, data=good).status_code == 429
    colleague = house.test_client()
    colleague.set_cookie("device", world.tokens["device colleague", A])
    assert colleague.post(address, data=good).status_code == 303


def test_t10_names_of_the_roster_cannot_be_guessed_for_long(house: Flask, world: World) -> None:
    client = house.test_client()
    address = f"/join/{world.tokens['join', 1]}"
    answers = [client.post(address, data={"name": f"Ана Број{number}"}).status_code for number in range(12)]
    assert answers[0] == 200
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "field"), [("/drafts/import", "pack"), ("/drafts/1041/surveys/knowledge/exchange", "questions")]
)
def test_t10_files_that_must_be_read_are_counted_for_each_person(
    house: Flask, world: World, address: str, field: str
) -> None:
    """Reading one takes the processor for a while; whoever sends one after the other stops nobody else."""
    trainer, author = browser(house, world, "trainer"), browser(house, world, "author")

    def send(client: FlaskClient) -> int:
        return client.post(address, data={field: (io.BytesIO(b"PK\x03\x04"), "x.zip"), "language": "sr"}).status_code

    answers = [send(trainer) for _ in range(MOST_TRIES + 2)]
    assert (answers[0], answers[-1]) == (422, 429)
    assert send(author) == 422


def test_t10_a_whole_hall_behind_one_address_comes_in(house: Flask, world: World) -> None:
    code = {"code": world.tokens["code", 1]}
    answers: list[Any] = [house.test_client().post("/join", data=code).status_code for _ in range(100)]
    assert set(answers) == {303}
