"""What trainees ask for is found by an index, never by reading a whole table; and there are few questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from flask.testing import FlaskClient

from lms.extensions import db
from lms.surveys.sitting import Sitting
from lms.trainings.models import Participant
from tests.builders import a_municipality, a_participant, a_training, as_participant
from tests.surveys.world import an_opening, the_survey

pytestmark = pytest.mark.sqlite("PostgreSQL rightly reads small tables from end to end")
MOST_STATEMENTS = 5
MORE = {"today.home": 6}  # the sixth: has this person a seat in an exercise now
# Pages of a trainee's day: endpoint, arguments besides the training.
PAGES = [
    ("today.home", {}),
    ("trainings.modules", {}),
    ("trainings.page", {"key": "m1"}),
    ("trainings.page", {"key": "m1", "part": 1}),
    ("trainings.me", {}),
    ("trainings.here", {}),
    ("simulations.exercises", {}),
    ("surveys.survey", {"survey": "knowledge", "moment": "pre"}),
    ("surveys.question", {"survey": "knowledge", "moment": "pre", "place": 1}),
    ("surveys.summary", {"survey": "knowledge", "moment": "pre"}),
    ("surveys.survey", {"survey": "evaluation", "moment": "once"}),
]


class Sent(list[tuple[str, Any]]):
    """Statements with their parameters, as they went to the database."""

    @property
    def scans(self) -> list[str]:
        """Steps of their plans that read a whole table (under its name or an alias)."""
        found = []
        with db.engine.connect() as connection:
            for statement, parameters in self:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                steps = [str(row[-1]) for row in rows]
                found += [step for step in steps if step.startswith("SCAN ") and step != "SCAN CONSTANT ROW"]
        return found


@contextmanager
def listening() -> Iterator[Sent]:
    """Notes every statement sent inside the block."""
    sent = Sent()

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "EXPLAIN")):
            sent.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def trainee(client: FlaskClient) -> Participant:
    """Somebody in the hall, with a test and the evaluation open."""
    participant = a_participant(a_training(), municipality_code=a_municipality("nis", "Ниш").code)
    an_opening(participant.training)
    an_opening(participant.training, "evaluation", "")
    as_participant(client, participant)
    return participant


@pytest.mark.parametrize(("endpoint", "values"), PAGES)
def test_a_page_of_a_trainee_reads_no_table_from_end_to_end(
    app: Flask, client: FlaskClient, trainee: Participant, endpoint: str, values: dict[str, Any]
) -> None:
    with app.test_request_context():
        path = url_for(endpoint, training_id=trainee.training_id, **values)
    assert client.get(path).status_code == 200  # the first also reads the course
    with listening() as sent:
        assert client.get(path).status_code == 200
    assert sent.scans == []
    assert len(sent) <= MORE.get(endpoint, MOST_STATEMENTS), "\n".join(statement for statement, _ in sent)


def test_storing_an_answer_reads_no_table_from_end_to_end(
    app: Flask, client: FlaskClient, trainee: Participant
) -> None:
    training, survey = trainee.training, the_survey(trainee.training)
    path = {"training_id": training.id, "survey": "knowledge", "moment": "pre"}
    with app.test_request_context():
        mark = Sitting(training, None, survey, "pre", trainee.id, path).mark  # type: ignore[arg-type]
        address = url_for("surveys.save", **path)
    item = survey.asked[0]
    form = {"mark": mark, f"version.{item.key}": "0", f"token.{item.key}": "once", item.key: item.options[0].key}
    with listening() as sent:
        assert client.post(address, data=form, headers={"HX-Request": "true"}).status_code == 200
    assert sent.scans == []
    assert len(sent) <= 4


def test_the_door_reads_no_table_from_end_to_end(
    app: Flask, client: FlaskClient, trainee: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PRODUCTION", True)  # elsewhere the door also asks whether there is a demo
    with listening() as sent:
        for path in ("/", "/join", f"/join/{trainee.training.join_token}", "/resume", "/sign-in"):
            assert client.get(path).status_code in (200, 303)
        client.post("/", data={"code": trainee.training.join_code})
    assert sent.scans == []
