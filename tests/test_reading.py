"""Rows that are read past SQLAlchemy are the rows that it would have given, on either database."""

from datetime import time

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.accounts.sessions import digest
from lms.database import read, writing
from lms.extensions import db
from lms.trainings.models import Device, HalfDay, Participant, ProgrammeItem, Training
from tests.builders import a_participant, a_training, save
from tests.conftest import Statements

OURS = sa.bindparam("training")
STATEMENTS = {
    "dates": sa.select(Training.starts_on, Training.venue, Training.created_at, Training.closed_at).where(
        Training.id == OURS
    ),
    "nothing given, a number in the text": sa.select(HalfDay.number, HalfDay.opens_at)
    .where(HalfDay.training_id == OURS, HalfDay.number < 3)
    .order_by(HalfDay.number),
    "counts": sa.select(Participant.sector, sa.func.count())
    .where(Participant.training_id == OURS, Participant.source != "other")
    .group_by(Participant.sector),
    "truths": sa.select(Participant.show_on_certificate, Participant.sex)
    .where(Participant.training_id == OURS)
    .limit(1),
    "times": sa.select(ProgrammeItem.starts, ProgrammeItem.title_sr).where(ProgrammeItem.training_id == OURS),
    "no row": sa.select(Training.id).where(Training.id == OURS, Training.state == "draft"),
}


@pytest.fixture
def training(app: Flask) -> Training:
    training = a_training()
    a_participant(training, show_on_certificate=True)
    line = {"key": "a", "day": 1, "starts": time(9, 30), "minutes": 45, "kind": "talk", "title_sr": "Уводна реч"}
    save(ProgrammeItem(training_id=training.id, **line))
    return training


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_same_rows(training: Training, name: str) -> None:
    values = {"training": training.id}
    expected = [tuple(row) for row in db.session.execute(STATEMENTS[name], values)]
    assert bool(expected) == (name != "no row")
    for _ in range(2):
        assert [tuple(row) for row in read(STATEMENTS[name], values)] == expected


def test_bytes_are_found(training: Training) -> None:
    person = a_participant(training, "Ана Анић")
    save(Device(token_hash=digest("token"), participant_id=person.id, added_at=clock.now()))
    found = sa.select(Device.participant_id, Device.added_at).where(Device.token_hash == sa.bindparam("hash"))
    [(number, added)] = read(found, {"hash": digest("token")})
    assert number == person.id
    assert added.tzinfo is not None
    assert read(found, {"hash": digest("other")}) == []


def test_what_was_committed_a_moment_ago_is_there(training: Training) -> None:
    values = {"training": training.id}
    before = read(STATEMENTS["dates"], values)
    with writing() as session:
        session.execute(sa.update(Training).where(Training.id == training.id).values(venue="Друга сала"))
    assert read(STATEMENTS["dates"], values) != before


def test_a_value_that_is_not_given_is_an_error_and_not_nothing(app: Flask) -> None:
    with pytest.raises(Exception, match="training"):
        read(STATEMENTS["dates"], {})


def test_whoever_counts_statements_counts_these(training: Training, statements: Statements) -> None:
    with statements:
        read(STATEMENTS["dates"], {"training": training.id})
    assert statements.count == 1
    assert "trainings" in statements.sent[0]
