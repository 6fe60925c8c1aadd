"""A phone that is gone holds nobody up, and is back as soon as it is seen."""

from datetime import timedelta

import pytest
from flask import Flask

from lms import clock
from lms.extensions import db
from lms.simulations import facilitation, moves, play, presence, queries
from lms.simulations.models import Run
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training


@pytest.fixture
def run(app: Flask) -> Run:
    training = a_training(course_hash=a_course_with_a_case())
    run = a_run(training, police=a_participant(training), health=a_participant(training, "Ана Јовић"))
    for role in ("police", "health"):
        play.move(run, moves.sit_down(role))
    play.move(run, facilitation.start("нема других"))
    return run


def fresh(run: Run) -> Run:
    return db.session.get(Run, run.id, populate_existing=True)


def seat(run: Run, role: str) -> int:
    return next(one.id for one in run.seats if one.role == role)


def test_who_is_gone_no_longer_holds_up_the_table(run: Run) -> None:
    presence.note({seat(run, "police"), seat(run, "health")})
    play.move(run, moves.vote("police", "first", "talk"))
    with clock.stopped_at(clock.now() + timedelta(seconds=40)):
        presence.note({seat(run, "police")})
    assert play.look(fresh(run)).seats["health"].present, "a locked telephone is waited for"
    with clock.stopped_at(clock.now() + timedelta(seconds=58)):
        play.move(fresh(run), facilitation.extend("first", 600))
    with clock.stopped_at(clock.now() + timedelta(seconds=70)):
        presence.note({seat(run, "police")})
        state = play.look(fresh(run))
        assert state.seats["health"].away == "gone"
        assert state.decisions["first"].phase == "table"
        presence.note({seat(run, "health")})
        assert play.look(fresh(run)).seats["health"].present


def test_who_has_just_come_in_through_another_process_is_not_taken_for_gone(run: Run) -> None:
    play.move(run, moves.vote("police", "first", "talk"))
    presence.note({seat(run, "police")})  # the other process has not noted its own yet
    state = play.look(fresh(run))
    assert state.seats["health"].present
    assert state.decisions["first"].phase == "alone"


def test_nobody_is_sent_away_while_others_have_not_answered(run: Run) -> None:
    presence.note({seat(run, "police")})
    play.move(run, facilitation.extend("first", 600))
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        presence.note({seat(run, "police")})
        assert play.look(fresh(run)).seats["health"].present


def test_after_a_gap_of_the_whole_table_nobody_decides_without_the_others(run: Run) -> None:
    presence.note({seat(run, "police"), seat(run, "health")})
    play.move(run, facilitation.extend("first", 600))
    play.move(run, moves.vote("police", "first", "talk"))
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        presence.note({seat(run, "police")})
        assert play.look(fresh(run)).seats["health"].present, "the server was away, not the person"
    with clock.stopped_at(clock.now() + timedelta(minutes=3, seconds=50)):
        presence.note({seat(run, "police")})
        assert play.look(fresh(run)).seats["health"].present, "waited for as long as ever"
    with clock.stopped_at(clock.now() + timedelta(minutes=4, seconds=5)):
        presence.note({seat(run, "police")})
        assert play.look(fresh(run)).seats["health"].away == "gone"


def test_a_phone_that_is_reached_again_changes_what_consoles_wait_for_and_one_that_was_there_does_not(run: Run) -> None:
    def waited_for() -> int:
        return queries.versions_of(run.training_id)

    began = waited_for()
    presence.note({seat(run, "police")})
    reached = waited_for()
    assert reached > began
    with clock.stopped_at(clock.now() + timedelta(seconds=20)):
        presence.note({seat(run, "police")})
        assert waited_for() == reached
    with clock.stopped_at(clock.now() + timedelta(seconds=55)):
        presence.note({seat(run, "police")})
        assert waited_for() > reached
