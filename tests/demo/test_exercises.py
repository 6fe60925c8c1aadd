"""The exercises of the demo: one finished with much to talk about, one in the middle of a decision."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.demo import queries
from lms.demo.actions import loading
from lms.extensions import db
from lms.simulations import play
from lms.simulations.models import Improvement, Run, Seat
from lms.teams.actions import load_municipalities
from lms.trainings.models import Participant

NOON = datetime(2026, 11, 23, 12, 7, tzinfo=clock.BELGRADE)


@pytest.fixture
def runs(app: Flask) -> dict[str, Run]:
    load_municipalities()
    with clock.stopped_at(NOON):
        loading.load()
    training = queries.training_of_today()
    return {run.state: run for run in db.session.scalars(sa.select(Run).where(Run.training_id == training.id))}


def test_the_finished_one_has_much_to_talk_about(runs: dict[str, Run]) -> None:
    run = runs["finished"]
    state = play.look(run)
    grades = {play.case_of(run).decision[one.decision].option(one.option).grade for one in state.verdicts if one.option}
    assert grades == {"right", "acceptable", "harmful"}
    assert state.notes
    assert state.passed
    assert any(one.alone for one in state.verdicts)
    assert run.finished_at < NOON
    assert db.session.scalar(sa.select(sa.func.count()).where(Improvement.run_id == run.id)) == 3


def test_the_other_waits_in_a_decision_for_a_prepared_device(runs: dict[str, Run]) -> None:
    run = runs["running"]
    state = play.look(run)
    assert state.paused
    assert run.next_due is None, "nothing happens by itself until somebody goes on"
    assert state.open_decisions
    seated = (
        sa.select(Participant.number).join(Seat, Seat.participant_id == Participant.id).where(Seat.run_id == run.id)
    )
    assert 3 in set(db.session.scalars(seated))
