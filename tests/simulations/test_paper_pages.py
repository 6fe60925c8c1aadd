"""Results from paper, typed in on pages: scene by scene, kept, corrected."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.extensions import db
from lms.simulations.models import Run, RunEvent
from lms.trainings.models import Training
from tests.builders import a_course_with_a_case, a_training, an_account, sign_in
from tests.simulations.played import a_finished_run

ROLES = ["police", "social", "health", "police-topolje"]


@pytest.fixture
def training(app: Flask) -> Training:
    return a_training(course_hash=a_course_with_a_case())


@pytest.fixture
def trainer(app: Flask, training: Training) -> FlaskClient:
    from lms.trainings.models import TrainingStaff
    from tests.builders import save

    account = an_account("trainer")
    save(TrainingStaff(training_id=training.id, account_id=account.id, role="trainer"))
    return sign_in(app.test_client(), account)


@pytest.fixture
def run(training: Training, trainer: FlaskClient) -> Run:
    sent = {"name": "Папирна", "role": ROLES}
    answer = trainer.post(f"/trainings/{training.id}/exercises/paper/small/results", data=sent)
    assert answer.status_code == 303
    return fresh()


def fresh() -> Run:
    db.session.rollback()
    return db.session.query(Run).filter_by(mode="paper").one()


def type_in(trainer: FlaskClient, version: int | None = None, **fields: object):
    run = fresh()
    sent = {"version": run.version if version is None else version}
    sent |= {name.replace("__", "-"): value for name, value in fields.items()}
    return trainer.post(f"/trainings/{run.training_id}/exercises/{run.id}/paper", data=sent)


FIRST = {
    "taken-first": "talk",
    "minute-first": "10",
    "taken-tell-centre": "now",
    "minute-tell-centre": "14",
    "fact-wish": "6",
}


def test_a_whole_case_is_typed_in_and_debriefed(trainer: FlaskClient, run: Run):
    assert type_in(trainer, **FIRST, onward="16").status_code == 303
    page = trainer.get(f"/trainings/{run.training_id}/exercises/{run.id}/paper").text
    assert "Други град" in page
    handoff = {
        "handoff-to-topolje": "20", "role-to-topolje": "police", "items-to-topolje": ["plate"], "channel-to-topolje": "duty",
        "consent-to-topolje": "given",
    }  # fmt: skip
    decisions = {"taken-search": "joint", "minute-search": "26", "taken-each-plan": "visit", "minute-each-plan": "30"}
    assert type_in(trainer, **handoff, **decisions, onward="32").status_code == 303
    run = fresh()
    assert (run.state, run.next_due) == ("finished", None)
    page = trainer.get(f"/trainings/{run.training_id}/exercises/{run.id}/debrief").text
    assert "Пронађена" in page
    assert "00:14" in page


def test_what_cannot_be_is_said_and_what_was_typed_is_still_there(trainer: FlaskClient, run: Run):
    before = run.version
    page = type_in(trainer, **FIRST | {"minute-first": "дванаест"})
    assert page.status_code == 422
    assert 'value="14"' in page.text
    assert fresh().version == before
    assert type_in(trainer, **FIRST | {"minute-first": ""}).status_code == 422
    assert type_in(trainer, onward="16").status_code == 422


def test_a_sheet_sent_twice_is_kept_once(trainer: FlaskClient, run: Run):
    version = run.version
    assert type_in(trainer, version, **FIRST).status_code == 303
    kept = fresh().version
    assert type_in(trainer, version, **FIRST).status_code == 303
    assert fresh().version == kept


def test_the_last_scene_can_be_typed_again_even_after_the_end(trainer: FlaskClient, run: Run):
    type_in(trainer, **FIRST, onward="16")
    type_in(trainer, onward="18", why="нема времена")
    finished = fresh()
    assert finished.state == "finished"
    token = finished.projector_token
    back = f"/trainings/{finished.training_id}/exercises/{finished.id}/paper/back"
    assert trainer.post(back).status_code == 303
    again = fresh()
    assert (again.state, again.projector_token == token) == ("running", False)
    assert again.version == db.session.scalar(sa.select(sa.func.count()).where(RunEvent.run_id == again.id))
    trainer.post(back)
    assert "Позив" in trainer.get(f"/trainings/{again.training_id}/exercises/{again.id}/paper").text
    assert type_in(trainer, **FIRST, onward="16").status_code == 303


def test_an_exercise_that_was_stopped_says_why(trainer: FlaskClient, run: Run):
    assert type_in(trainer, onward="12", stopped="1").status_code == 422
    assert type_in(trainer, onward="12", stopped="1", why="нестало је струје").status_code == 303
    assert fresh().state == "finished"


def test_nobody_played_nothing(training: Training, trainer: FlaskClient):
    sent = {"name": "Празна", "role": []}
    assert trainer.post(f"/trainings/{training.id}/exercises/paper/small/results", data=sent).status_code == 422
    assert db.session.query(Run).count() == 0


def test_live_runs_are_not_typed_in(training: Training, trainer: FlaskClient):
    live = a_finished_run(training)
    assert trainer.get(f"/trainings/{training.id}/exercises/{live.id}/paper").status_code == 404
    assert trainer.post(f"/trainings/{training.id}/exercises/{live.id}/paper/back").status_code == 404


def test_the_papers_open_and_unknown_ones_do_not(training: Training, trainer: FlaskClient):
    folder = f"/trainings/{training.id}/exercises/paper/small"
    assert trainer.get(f"{folder}/script.pdf").data.startswith(b"%PDF")
    assert trainer.get(f"{folder}/answers.pdf").status_code == 404
    assert trainer.get(f"/trainings/{training.id}/exercises/paper/other/script.pdf").status_code == 404
    assert trainer.get(f"/trainings/{training.id}/exercises/paper").status_code == 200


def test_what_was_begun_by_mistake_is_thrown_away_but_not_a_finished_one(trainer: FlaskClient, run: Run):
    type_in(trainer, **FIRST, onward="16")
    type_in(trainer, onward="18", why="нема времена")
    address = f"/trainings/{run.training_id}/exercises/{run.id}/paper"
    assert trainer.post(f"{address}/remove").status_code == 409
    trainer.post(f"{address}/back")
    assert trainer.post(f"{address}/remove").status_code == 303
    db.session.rollback()
    assert db.session.query(Run).count() == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RunEvent)) == 0
