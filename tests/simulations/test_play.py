"""The log in the database."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.errors import Refused
from lms.extensions import db
from lms.simulations import facilitation, moves, play, seats
from lms.simulations.models import Run, RunEvent, Seat
from lms.simulations.replay import replay
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training


@pytest.fixture
def run(app: Flask) -> Run:
    training = a_training(course_hash=a_course_with_a_case())
    return a_run(training, police=a_participant(training), health=a_participant(training, "Ана Јовић"))


def test_a_move_is_stored_and_read_again(run: Run) -> None:
    play.move(run, moves.sit_down("police"))
    play.move(run, facilitation.start("нема других"))
    db.session.refresh(run)
    assert run.state == "running"
    assert run.next_due is not None
    assert replay(play.case_of(run), play.events_of(run)) == play.look(run)
    assert run.version == db.session.scalar(sa.select(sa.func.max(RunEvent.seq)))


def test_looking_shows_what_time_has_brought_and_writes_nothing(run: Run) -> None:
    play.move(run, moves.sit_down("police"))
    state = play.move(run, facilitation.start("нема других"))
    db.session.refresh(run)
    later = play.look(run, state.at + 60 * 60_000)
    assert later.version > run.version
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RunEvent)) == run.version
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        stored = play.move(run, None)
    assert [one.decision for one in stored.verdicts] == [one.decision for one in later.verdicts]


def test_what_time_brings_is_seen_at_its_moment_however_often_somebody_has_looked_before(run: Run) -> None:
    play.move(run, moves.sit_down("police"))
    play.move(run, facilitation.start("нема других"))
    db.session.refresh(run)
    due = play.to_moment(run.next_due)
    for moment in (due - 60_000, due - 1, due - 1, due - 60_000):
        assert play.look(run, moment) is play.look(run, moment)
        assert play.look(run, moment).version == run.version
    assert play.look(run, due).version > run.version
    assert play.look(run, due - 1).version == run.version
    play.move(run, facilitation.pause())
    db.session.refresh(run)
    assert run.next_due is None
    assert play.look(run, due + 10**9) is play.look(run, due + 10**9)


def test_a_seat_is_taken_once(run: Run) -> None:
    free = next(one for one in run.seats if one.role == "social")
    training = run.training
    first, second = a_participant(training, "Ива Ивић"), a_participant(training, "Мина Мић")
    seats.take(seats.seat_by_code(training.id, free.code.lower()), first)
    with pytest.raises(Refused):
        seats.take(free, second)
    assert play.look(db.session.get(Run, run.id, populate_existing=True)).seats["social"].present
    seats.give(free, second.id, "замена")
    assert not play.look(db.session.get(Run, run.id, populate_existing=True)).seats["social"].held
    assert db.session.get(Seat, free.id).participant_id == second.id
