"""The page for trying things out: every role and a few trainees with one press; nothing of it in production."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import ROLES
from lms.demo import queries
from lms.demo.actions import loading
from lms.demo.documents import AUTHENTICATOR, PASSWORD
from lms.teams.actions import load_municipalities

PATHS = ("/demo", "/demo/sign-in/administrator", "/demo/join/fresh")


@pytest.fixture
def demo(app: Flask) -> Flask:
    load_municipalities()
    loading.load()
    return app


def test_the_page_names_every_role_and_device(demo: Flask, client: FlaskClient) -> None:
    page = client.get("/demo").text
    assert all(f'action="/demo/sign-in/{role}"' in page for role in ROLES)
    assert all(f'action="/demo/join/{device}"' in page for device in ("fresh", "halfway", "ready"))
    assert "72" in page


def test_one_press_signs_in_and_leads_to_a_page_that_opens(demo: Flask, client: FlaskClient) -> None:
    for role in ROLES:
        answer = client.post(f"/demo/sign-in/{role}")
        assert answer.status_code == 303
        assert client.get(answer.location).status_code == 200, role
        assert client.get("/account").status_code == 200


def test_one_press_comes_in_as_a_trainee(demo: Flask, client: FlaskClient) -> None:
    for device in ("fresh", "halfway", "ready"):
        answer = client.post(f"/demo/join/{device}")
        assert answer.status_code == 303
        assert client.get(answer.location).status_code == 200, device


def test_the_accounts_also_sign_in_with_two_steps(demo: Flask, client: FlaskClient) -> None:
    import pyotp

    email = queries.staff()["trainer"].email
    assert client.post("/sign-in", data={"email": email, "password": PASSWORD}).location == "/sign-in/code"
    assert client.post("/sign-in/code", data={"code": pyotp.TOTP(AUTHENTICATOR).now()}).status_code == 303
    assert client.get("/account").status_code == 200


def test_an_unknown_role_or_device_is_not_there(demo: Flask, client: FlaskClient) -> None:
    assert client.post("/demo/sign-in/owner").status_code == 404
    assert client.post("/demo/join/stolen").status_code == 404


def test_the_front_door_leads_to_it_only_where_there_is_a_demo(demo: Flask, client: FlaskClient) -> None:
    assert 'href="/demo"' in client.get("/").text
    loading.clear()
    assert 'href="/demo"' not in client.get("/").text


@pytest.mark.parametrize("path", PATHS)
def test_without_demo_data_there_is_no_such_page(app: Flask, client: FlaskClient, path: str) -> None:
    assert client.open(path, method="GET" if path == "/demo" else "POST").status_code == 404


def test_in_production_there_is_no_such_page(demo: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo.config, "PRODUCTION", True)
    for path in PATHS:
        assert client.open(path, method="GET" if path == "/demo" else "POST").status_code == 404
    assert 'href="/demo"' not in client.get("/").text
