"""What a player sees and does: coming in, the screen, the moves, stepping out, looking back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.extensions import db
from lms.simulations import facilitation, moves, play
from lms.simulations.models import Run, Seat
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training, as_participant

HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(app: Flask) -> Run:
    """Three people at two tables: police and social in Ravnograd, police in Topolje."""
    training = a_training(course_hash=a_course_with_a_case())
    names = {"police": "Ана Анић", "social": "Вера Верић", "police_topolje": "Цеца Цецић"}
    return a_run(training, **{role: a_participant(training, name) for role, name in names.items()})


def browser_of(app: Flask, run: Run, role: str) -> FlaskClient:
    """The phone of the person in `role`."""
    seat = db.session.query(Seat).filter_by(run_id=run.id, role=role).one()
    return as_participant(app.test_client(), seat.participant)


def address(run: Run, more: str = "") -> str:
    return f"/t/{run.training_id}/exercises/{run.id}{more}"


def begin(run: Run, *roles: str) -> None:
    for role in roles or ("police", "social", "police-topolje"):
        play.move(run, moves.sit_down(role))
    play.move(run, facilitation.start("нема других"))


def test_the_content_notice_comes_before_the_card(app: Flask, run: Run) -> None:
    client = browser_of(app, run, "police")
    page = client.get(address(run)).text
    assert "Помиње се принуда, без описа." in page
    assert "Дежурате. Позив је забележен." not in page
    answer = client.post(address(run, "/present"))
    assert answer.status_code == 303
    assert "Дежурате. Позив је забележен." in client.get(address(run)).text


def test_playing(app: Flask, run: Run) -> None:
    begin(run)
    page = browser_of(app, run, "police").get(address(run)).text
    assert "Комшиница јавља" in page
    assert "Шта прво?" in page
