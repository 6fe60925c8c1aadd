"""The people who try the doors: one browser each, in a world of two trainings that must not see each other."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.accounts import sessions
from lms.extensions import db
from lms.trainings.models import TrainingStaff
from tests.builders import a_participant, a_training, an_account, as_participant, save, sign_in


@dataclass
class World:
    """Two trainings, A and B, and everybody's browser."""

    own: Any  # training A
    other: Any  # training B
    browsers: dict[str, FlaskClient]
    own_person: Any
    other_person: Any
    trainer: Any


def build(app: Flask) -> World:
    """The world, with a browser for each actor. Training A is open; training C is closed."""
    trainer, stranger = an_account("trainer", name="Тренерка А"), an_account("trainer", name="Тренер Б")
    own, other = a_training(trainer=trainer), a_training(trainer=stranger)
    observer, reader = an_account("trainer", name="Посматрач"), an_account("reader", name="Донатор")
    save(
        TrainingStaff(training_id=own.id, account_id=observer.id, role="observer"),
        TrainingStaff(training_id=own.id, account_id=reader.id, role="reader"),
    )
    own_person, other_person = a_participant(own, "Ана Своја"), a_participant(other, "Бојан Туђи")
    browsers = {
        "anonymous": app.test_client(),
        "trainee": as_participant(app.test_client(), own_person),
        "trainee of another training": as_participant(app.test_client(), other_person),
        "forgotten device": _forgotten(app),
        "trainer": sign_in(app.test_client(), trainer),
        "trainer of another training": sign_in(app.test_client(), stranger),
        "observer": sign_in(app.test_client(), observer),
        "report reader": sign_in(app.test_client(), reader),
        "author": sign_in(app.test_client(), an_account("author")),
        "office": sign_in(app.test_client(), an_account("office")),
        "administrator": sign_in(app.test_client(), an_account("administrator")),
        "before the second step": _half_way(app),
        "expired sign-in": _expired(app),
    }
    return World(own, other, browsers, own_person, other_person, trainer)


def _forgotten(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("device", "a token that no table knows")
    return client


def _half_way(app: Flask) -> FlaskClient:
    """An administrator who has given the password and not the code, trying both cookies that this could open."""
    account = an_account("administrator")
    token = sessions.begin(db.session(), account, second_step=False)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["half"] = session["_user_id"] = token
    return client


def _expired(app: Flask) -> FlaskClient:
    account = an_account("administrator")
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        return sign_in(app.test_client(), account)
