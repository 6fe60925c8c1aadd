"""Session cookies are read once and trusted only while they are good."""

import time

import itsdangerous.timed
import pytest
from flask import Flask, flash, get_flashed_messages, session
from werkzeug.test import EnvironBuilder

from lms import cookies

DAY = 24 * 3600


def cookie(app: Flask, held: dict[str, object]) -> str:
    return app.session_interface.get_signing_serializer(app).dumps(held)


def held_by(app: Flask, value: str) -> dict[str, object]:
    name = app.config["SESSION_COOKIE_NAME"]
    environ = EnvironBuilder(headers={"Cookie": f"{name}={value}"}).get_environ()
    with app.request_context(environ):
        return dict(session)


def test_what_a_good_cookie_holds_is_there_each_time(app: Flask) -> None:
    value = cookie(app, {"csrf_token": "a"})
    assert held_by(app, value) == held_by(app, value) == {"csrf_token": "a"}


@pytest.mark.parametrize("place", [0, 5, -2])
def test_a_changed_cookie_holds_nothing_even_after_the_good_one_was_read(app: Flask, place: int) -> None:
    value = cookie(app, {"csrf_token": "a"})
    assert held_by(app, value)
    changed = list(value)
    changed[place] = "A" if changed[place] != "A" else "B"
    assert held_by(app, "".join(changed)) == {}
    assert held_by(app, "") == {}


def test_a_cookie_grows_old_though_it_was_read_when_it_was_young(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    value, now = cookie(app, {"csrf_token": "a"}), time.time()
    assert held_by(app, value)
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now + DAY)
    assert held_by(app, value) == {}
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now - 60)
    assert held_by(app, value) == {}


def test_what_one_request_adds_is_not_in_the_next(app: Flask) -> None:
    value = cookie(app, {"_flashes": []})
    name = app.config["SESSION_COOKIE_NAME"]
    environ = EnvironBuilder(headers={"Cookie": f"{name}={value}"}).get_environ()
    for _ in range(2):
        with app.request_context(environ):
            session["_flashes"].append(("message", "first"))
            flash("second")
            assert len(get_flashed_messages()) == 2


def test_a_cookie_of_another_secret_holds_nothing(app: Flask) -> None:
    other = Flask("other")
    other.secret_key = "another secret"
    value = cookies.Cookies(other).get_signing_serializer(other).dumps({"csrf_token": "a"})
    assert held_by(app, value) == {}
