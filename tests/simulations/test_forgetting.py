"""When a training closes, the exercises forget who played; what was played stays."""

import sqlalchemy as sa
from flask import Flask

from lms.extensions import db
from lms.simulations.models import Run, RunEvent, Seat
from lms.simulations.seats import make_run
from tests.builders import a_course_with_a_case, a_participant, a_training, an_account, as_participant, sign_in
from tests.simulations.played import a_finished_run


def test_a_closed_training_has_no_names_in_its_seats_and_keeps_the_log(app: Flask):
    trainer = an_account("trainer")
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    run = a_finished_run(training, police=a_participant(training))
    other = a_training(course_hash=training.course_hash)
    elsewhere = a_finished_run(other, police=a_participant(other))
    sign_in(app.test_client(), trainer).post(f"/trainings/{training.id}/close")
    db.session.expire_all()
    assert db.session.get(type(training), training.id).state == "closed"
    assert {seat.participant_id for seat in db.session.get(Run, run.id).seats} == {None}
    assert any(seat.participant_id for seat in db.session.get(Run, elsewhere.id).seats)
    assert db.session.scalar(sa.select(sa.func.count()).where(RunEvent.run_id == run.id)) == run.version


def test_practice_alone_goes_with_the_training(app: Flask):
    trainer = an_account("trainer")
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    person = a_participant(training)
    run = make_run(training, "small", "", {"police": person.id}, mode="solo")
    run_id = run.id
    sign_in(app.test_client(), trainer).post(f"/trainings/{training.id}/close")
    db.session.expire_all()
    assert db.session.get(Run, run_id) is None
    assert db.session.scalar(sa.select(sa.func.count()).where(Seat.run_id == run_id)) == 0


def test_after_the_end_the_seat_opens_for_nobody(app: Flask):
    trainer = an_account("trainer")
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    person = a_participant(training)
    run = a_finished_run(training, police=person)
    phone = as_participant(app.test_client(), person)
    address = f"/t/{training.id}/exercises/{run.id}/review"
    assert phone.get(address).status_code == 200
    sign_in(app.test_client(), trainer).post(f"/trainings/{training.id}/close")
    assert phone.get(address).status_code == 404
