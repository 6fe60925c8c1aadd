"""A full disk: "not saved" is said in words, nothing is half-written, reading goes on, and it heals without a restart."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.extensions import db
from lms.trainings.models import Participant
from tests.builders import a_participant, a_training, as_participant


@contextmanager
def a_full_disk(app: Flask) -> Iterator[None]:
    """SQLite may not add a single page to its file."""

    def no_more_pages(connection: object, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    db.session.remove()
    with db.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("VACUUM")  # no pages left over from earlier tests
    db.engine.dispose()
    sa.event.listen(db.engine, "checkout", no_more_pages)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "checkout", no_more_pages)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.sqlite("the disk is made full through SQLite's own limit")
def test_nothing_is_half_written_on_a_full_disk(app: Flask, client: FlaskClient) -> None:
    training = a_training()
    person = a_participant(training)
    as_participant(client, person)
    details = {"name": "Дугачко име " * 8, "sector": "police", "municipality": "Крагујевац", "institution": "У" * 150}
    address = f"/join/{training.join_token}/details"
    training_id = training.id
    with a_full_disk(app):
        names = [f"Особа {number} " + "Ж" * 90 for number in range(40)]
        answers = [app.test_client().post(address, data=details | {"name": name}) for name in names]
        assert client.get(f"/t/{training_id}").status_code == 200  # reading goes on
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert "није" in refused[0].text
    assert refused[0].headers["Retry-After"]
    stored = db.session.query(Participant).count()
    assert stored == 1 + sum(answer.status_code == 303 for answer in answers)
    assert app.test_client().post(address, data=details | {"name": "После тога"}).status_code == 303
