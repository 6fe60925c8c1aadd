"""T25: twelve months after the close, totals are all that is left of an evaluation."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms import clock
from lms.content.queries import course_of
from lms.evaluation.models import Selection
from lms.evaluation.queries.answers import evaluated, evaluation_items
from lms.evaluation.rules.answers import summarise
from lms.extensions import db
from lms.surveys.actions.ballots import send
from lms.surveys.actions.openings import close_survey
from lms.surveys.actions.remarks import treat
from lms.surveys.actions.retirement import taken_apart
from lms.surveys.models import Ballot, Remark, Retirement
from lms.surveys.rules import EVALUATION_KEPT, Spoken
from lms.trainings.models import Training
from tests.builders import a_participant, a_training, save
from tests.surveys.world import an_opening, the_survey

DAY = timedelta(days=1)
CANARY = "канаринац"


def a_training_with(count: int) -> Training:
    """A closed evaluation. Whoever gives the first question a 5 gives the second a 5 too: answers stand together."""
    training = a_training()
    an_opening(training, "evaluation", "")
    for number in range(count):
        grade = number % 5 + 1
        said = [Spoken("add", f"{CANARY} {number}"), Spoken("e3", f"{CANARY} за штампу {number}", True)]
        answers = {"e1": grade, "e2": grade} | ({"e4": "yes"} if number % 2 else {})
        send(training.id, "evaluation", a_participant(training).id, answers, said)
    close_survey(training, the_survey(training, "evaluation"), "")
    return training


def figures(training: Training) -> list[object]:
    """Every result of the evaluation, as reports print it."""
    found = evaluated([training.id])
    items = evaluation_items(course_of(training.course_hash))
    return [(found.groups(item), summarise(item, found.ballots[training.id])) for item in items]


def retire(app, days: int = 366) -> str:
    with clock.stopped_at(clock.now() + days * DAY):
        return app.test_cli_runner().invoke(args=["surveys", "retire"]).output


def ballots() -> list[dict[str, object]]:
    db.session.rollback()
    return [dict(row) for row in db.session.scalars(sa.select(Ballot.answers))]


def test_t25_totals_stay_and_no_answers_of_one_person_stand_together(app):
    training = a_training_with(20)
    before = figures(training)
    assert all(ballot["e1"] == ballot["e2"] for ballot in ballots())
    assert retire(app) == f"training {training.id}: 20 ballots are totals now; texts for print: 0\n"
    assert figures(training) == before
    assert not all(ballot.get("e1") == ballot.get("e2") for ballot in ballots())


@pytest.mark.sqlite("the file itself is read")
def test_t25_free_texts_are_gone_from_the_file_but_for_those_that_were_chosen_to_be_printed(app):
    training = a_training_with(12)
    chosen = db.session.scalars(sa.select(Remark).where(Remark.item == "e3")).first()
    treat(training.id, chosen.key, "Реченица без имена.", True)
    assert "texts for print: 1" in retire(app)
    db.session.rollback()
    assert [(left.text, left.redacted) for left in db.session.scalars(sa.select(Remark))] == [
        ("Реченица без имена.", None)
    ]
    path = Path(db.engine.url.database)
    stored = path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()
    assert CANARY.encode() not in stored


def test_t25_it_happens_once_and_not_before_its_time(app):
    a_training_with(6)
    assert retire(app, EVALUATION_KEPT.days - 1) == "no evaluation is due\n"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Remark)) == 12
    assert "6 ballots" in retire(app)
    assert retire(app, 400) == "no evaluation is due\n"
    assert len(db.session.scalars(sa.select(Retirement)).all()) == 1


def test_t25_of_fewer_than_five_nothing_stays_unless_a_joint_report_counted_them(app):
    alone, together = a_training_with(3), a_training_with(4)
    save(Selection(trainings=f"{together.id} {together.id + 1}"))
    retire(app)
    left = {training: len(rows) for training, rows in evaluated([alone.id, together.id]).ballots.items()}
    assert left == {alone.id: 0, together.id: 4}


def test_answers_to_different_questions_take_orders_of_their_own():
    rows = [{"a": number, "b": number} for number in range(50)] + [{"a": 50}]
    apart = taken_apart(rows)
    assert sorted(row["a"] for row in apart if "a" in row) == list(range(51))
    assert sorted(row["b"] for row in apart if "b" in row) == list(range(50))
    assert sum(row.get("a") == row.get("b") for row in apart) < 15
