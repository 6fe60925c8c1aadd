"""Staff sign in with a password of their own and an authenticator code."""

import re

import pyotp
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms import clock
from lms.accounts import actions, audit, secrets
from lms.accounts.models import AuditEntry, SignIn
from lms.accounts.rules import check_password
from lms.errors import Refused
from lms.extensions import db
from tests.builders import an_account, save, sign_in

PASSWORD = "zeleni most preko reke"


def a_ready_account(*roles: str) -> tuple[object, pyotp.TOTP]:
    """An account with a password and an authenticator."""
    account = an_account(*roles)
    secret = secrets.new_totp_secret()
    account.password_hash, account.totp_secret = secrets.hash_password(PASSWORD), secrets.encrypt(secret)
    save(account)
    return account, pyotp.TOTP(secret)


def first_step(client: FlaskClient, email: str, password: str = PASSWORD):
    return client.post("/sign-in", data={"email": email, "password": password})


def test_password_and_code_let_a_trainer_in(client: FlaskClient) -> None:
    account, totp = a_ready_account("trainer")
    assert first_step(client, account.email.upper()).location == "/sign-in/code"
    assert client.get("/account").location.startswith("/sign-in")  # half way is not in
    answer = client.post("/sign-in/code", data={"code": totp.at(clock.now())})
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200


def test_a_code_is_good_once(client: FlaskClient) -> None:
    account, totp = a_ready_account("trainer")
    code = totp.at(clock.now())
    for expected in (303, 422):
        first_step(client, account.email)
        assert client.post("/sign-in/code", data={"code": code}).status_code == expected
        client.delete_cookie("session")


def test_a_recovery_code_is_good_once(client: FlaskClient) -> None:
    account, _ = a_ready_account("trainer")
    code = actions.renew_recovery_codes(account)[0]
    for expected in (303, 422):
        first_step(client, account.email)
        assert client.post("/sign-in/code", data={"code": code.upper()}).status_code == expected
        client.delete_cookie("session")


def test_wrong_password_and_unknown_address_get_the_same_answer(client: FlaskClient) -> None:
    account, _ = a_ready_account("trainer")
    wrong = first_step(client, account.email, "something else entirely")
    unknown = first_step(client, "nobody@example.org", "something else entirely")
    assert wrong.status_code == unknown.status_code == 422
    strip = lambda page: re.sub(r'[\w.]+@example.org|"X-CSRFToken": "[^"]*"', "", page.text)  # noqa: E731
    assert strip(wrong) == strip(unknown)


def test_guessing_is_stopped_but_the_trainers_own_browser_still_enters(client: FlaskClient, app) -> None:
    account, totp = a_ready_account("trainer")
    first_step(client, account.email)
    client.post("/sign-in/code", data={"code": totp.at(clock.now())})
    stranger = app.test_client()
    answers = [first_step(stranger, account.email, "guess guess guess").status_code for _ in range(12)]
    assert answers[-1] == 429
    assert first_step(client, account.email).status_code == 303


def test_invited_people_choose_their_own_password_and_authenticator(client: FlaskClient, app) -> None:
    administrator = sign_in(client, an_account("administrator"))
    page = administrator.post("/staff", data={"name": "Ана", "email": "ana@example.org", "roles": ["trainer"]})
    link = re.search(r"/invitation/[\w-]+", page.text)[0]
    guest = app.test_client()
    assert guest.post(link, data={"password": "short"}).status_code == 422
    assert guest.post(link, data={"password": PASSWORD}).location == "/sign-in/authenticator"
    secret = re.search(r'class="num">([A-Z2-7]{32})<', guest.get("/sign-in/authenticator").text)[1]
    done = guest.post("/sign-in/authenticator", data={"code": pyotp.TOTP(secret).at(clock.now())})
    assert len(re.findall(r"<code", done.text)) == 8
    assert guest.get("/account").status_code == 200
    assert app.test_client().get(link).status_code == 404  # used up


def test_signing_out_and_deactivation_work_at_once(client: FlaskClient, app) -> None:
    account = an_account("trainer")
    sign_in(client, account)
    other = sign_in(app.test_client(), account)
    client.post("/sign-out")
    assert client.get("/account").status_code == 303
    assert other.get("/account").status_code == 200
    actions.set_roles(account.id, ["trainer"], active=False)
    assert other.get("/account").status_code == 303
    assert not db.session.scalars(sa.select(SignIn)).all()


def test_the_only_administrator_stays_one(client: FlaskClient) -> None:
    account = an_account("administrator")
    with pytest.raises(Refused):
        actions.set_roles(account.id, ["trainer"], active=True)


def test_an_edited_audit_entry_is_named(app) -> None:
    for name in ("Ана", "Бојан", "Вера"):
        actions.invite(name, f"{hash(name)}@example.org", ["trainer"])
    assert audit.first_broken_entry() is None
    second = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()[1]
    second.subject = "account 999"
    db.session.commit()
    assert audit.first_broken_entry() == second.id


def test_stored_passwords_hold_the_required_parameters(app, monkeypatch) -> None:
    secrets._hasher.cache_clear()
    monkeypatch.setattr(app, "testing", False)
    try:
        assert "$argon2id$v=19$m=19456,t=2,p=1$" in secrets.hash_password(PASSWORD)
    finally:
        secrets._hasher.cache_clear()


@pytest.mark.parametrize("password", ["kratka", "aaaaaaaaaaaaaaaa", "password12345", "milicatrener", "Milica@example1"])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused):
        check_password(password, "Milica Trener", "milica@example.org")


def test_an_open_redirect_is_not_followed(client: FlaskClient) -> None:
    account, totp = a_ready_account("trainer")
    client.post("/sign-in?next=//evil.example", data={"email": account.email, "password": PASSWORD})
    assert client.post("/sign-in/code", data={"code": totp.at(clock.now())}).location == "/trainings"
