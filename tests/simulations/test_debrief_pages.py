"""The debrief's pages: only when all is over, without names, with a plan that only trainers change."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.extensions import db
from lms.simulations import facilitation
from lms.simulations.models import Improvement, Run
from lms.trainings.models import Training, TrainingStaff
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training, an_account, save, sign_in
from tests.simulations.played import a_finished_run, keep_log
from tests.simulations.tables import Table


@pytest.fixture
def training(app: Flask) -> Training:
    return a_training(trainer=an_account("trainer"), course_hash=a_course_with_a_case())


@pytest.fixture
def trainer(app: Flask, training: Training) -> FlaskClient:
    return sign_in(app.test_client(), db.session.query(TrainingStaff).filter_by(training_id=training.id).one().account)


@pytest.fixture
def observer(app: Flask, training: Training) -> FlaskClient:
    account = an_account("trainer")
    save(TrainingStaff(training_id=training.id, account_id=account.id, role="observer"))
    return sign_in(app.test_client(), account)


@pytest.fixture
def run(training: Training) -> Run:
    return a_finished_run(training, police=a_participant(training, "Љубица Њежић"))


def address(run: Run, more: str = "") -> str:
    return f"/trainings/{run.training_id}/exercises/{run.id}/{more or 'debrief'}"


def talked(run: Run) -> Run:
    """A run in which a message, a note and reasons were typed."""
    table = Table().start()
    table.do(facilitation.tell("реч водитеља"), facilitation.note("белешка водитеља"))
    table.do(facilitation.decide("first", "talk", "разлог водитеља"), facilitation.end("крај водитеља"))
    return keep_log(run, table.log)


def test_while_it_is_played_nothing_is_told(training: Training, trainer: FlaskClient):
    waiting = a_run(training)
    page = trainer.get(address(waiting))
    assert page.status_code == 200
    assert "Ова група још игра" in page.text
    assert "Тиме се упозорава" not in page.text


def test_the_debrief_tells_reasons_and_voices_and_no_name(trainer: FlaskClient, run: Run):
    page = trainer.get(address(run)).text
    assert "Тиме се упозорава онај ко контролише." in page
    assert "Љубица" not in page


def test_the_wall_shows_nothing_that_somebody_typed(training: Training, trainer: FlaskClient):
    run = talked(a_run(training))
    full, wall = trainer.get(address(run)).text, trainer.get(f"{address(run)}?wall=1").text
    for words in ("реч водитеља", "белешка водитеља", "разлог водитеља", "крај водитеља"):
        assert words in full
        assert words not in wall
    assert "plan-form" not in wall


def test_a_decision_is_folded_on_the_wall_too_and_says_what_was_taken(training: Training, trainer: FlaskClient):
    wall = trainer.get(f"{address(talked(a_run(training)))}?wall=1").text
    folded = re.findall(r'<details class="more deb__more"([^>]*)><summary>(.*?)</summary>', wall, re.S)
    assert {one for one, _said in folded} == {""}
    assert "Разговор насамо" in folded[0][1]


def test_groups_of_the_same_case_are_tabs(training: Training, trainer: FlaskClient, run: Run):
    other = a_finished_run(training, name="Група 2", seed=2)
    assert re.search(rf'href="[^"]*/{other.id}/debrief"[^>]*>Група 2', trainer.get(address(run)).text)


def test_a_line_of_the_plan_is_added_changed_and_removed(trainer: FlaskClient, run: Run):
    sent = {"line": "", "what": "Један број за ноћ", "who": "Центар за социјални рад", "until": "2026-12-20"}
    assert trainer.post(address(run, "plan"), data=sent).status_code == 303
    line = db.session.query(Improvement).one()
    assert trainer.get(f"{address(run)}?line={line.id}").text.count("Један број за ноћ") >= 2
    trainer.post(address(run, "plan"), data=sent | {"line": line.id, "what": "Два броја"})
    db.session.rollback()
    assert db.session.query(Improvement).one().what == "Два броја"
    trainer.post(address(run, f"plan/{line.id}/remove"))
    db.session.rollback()
    assert db.session.query(Improvement).count() == 0


def test_a_faulty_line_comes_back_with_what_was_typed(trainer: FlaskClient, run: Run):
    page = trainer.post(address(run, "plan"), data={"what": "", "who": "Служба која је наведена"})
    assert page.status_code == 422
    assert "Служба која је наведена" in page.text
    page = trainer.post(address(run, "plan"), data={"what": "Зовите 064 123 4567"})
    assert page.status_code == 422


def test_an_observer_reads_the_plan_and_changes_nothing(observer: FlaskClient, run: Run):
    save(Improvement(run_id=run.id, what="Један број за ноћ"))
    page = observer.get(address(run)).text
    assert "Један број за ноћ" in page
    assert "plan-form" not in page
    assert observer.post(address(run, "plan"), data={"what": "Друго"}).status_code in (403, 404)
    assert db.session.query(Improvement).count() == 1


def test_a_line_of_another_run_is_not_found(training: Training, trainer: FlaskClient, run: Run):
    other = a_finished_run(training, name="Група 2", seed=2)
    line = save(Improvement(run_id=other.id, what="Њихово"))
    assert trainer.post(address(run, "plan"), data={"line": line.id, "what": "Наше"}).status_code == 404
    assert trainer.post(address(run, f"plan/{line.id}/remove")).status_code == 404
    assert db.session.query(Improvement).count() == 1


def test_all_groups_side_by_side(training: Training, trainer: FlaskClient, run: Run):
    a_finished_run(training, name="Група 2", seed=2)
    page = trainer.get(f"/trainings/{training.id}/exercises/compare")
    assert page.status_code == 200
    assert "Група 2" in page.text
    assert "Љубица" not in page.text


def test_the_debrief_needs_few_statements(trainer: FlaskClient, run: Run, statements):
    trainer.get(address(run))
    with statements:
        trainer.get(address(run))
    assert statements.count <= 10, statements.sent
