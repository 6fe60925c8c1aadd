"""The same on PostgreSQL, where processes call each other. Runs with TEST_DATABASE_URL, in a database of its own."""

import time

import pytest
import sqlalchemy as sa

from lms.extensions import db
from lms.live import hub as hubs
from lms.live.changes import announce
from tests.live_server import METADATA, TOPICS, make

pytestmark = pytest.mark.postgresql("processes call each other")


@pytest.fixture
def app(database_url):
    app = make(database_url)
    with app.app_context():
        METADATA.drop_all(db.engine)
        METADATA.create_all(db.engine)
        db.session.execute(TOPICS.insert(), [{"id": topic, "version": 1, "rights": 0} for topic in (1, 2)])
        db.session.commit()
        yield app
        app.extensions["live"].rest()
        db.session.remove()
        METADATA.drop_all(db.engine)


def change(version: int, told: bool = True) -> None:
    db.session.execute(sa.update(TOPICS).where(TOPICS.c.id == 1).values(version=version))
    if told:
        announce(db.session(), 1, version)
    db.session.commit()


def until(stream, version: int, seconds: float) -> float:
    begin = time.monotonic()
    while stream.version < version and time.monotonic() - begin < seconds:
        time.sleep(0.002)
    assert stream.version == version
    return time.monotonic() - begin


def test_an_announced_commit_wakes_at_once_and_a_rolled_back_one_nobody(app) -> None:
    stream = app.extensions["live"].open(1, "anna", 1)
    until(stream, 1, 1)
    time.sleep(0.5)
    took = []
    for version in range(2, 12):
        change(version)
        took.append(until(stream, version, 2))
    assert sorted(took)[5] < 0.1
    announce(db.session(), 1, 99)
    db.session.rollback()
    time.sleep(0.4)
    assert stream.version == 11


def test_what_nobody_announced_is_found_by_the_slow_look(app, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "LOOK", 0.3)
    stream = app.extensions["live"].open(1, "anna", 1)
    time.sleep(0.5)
    change(2, told=False)
    until(stream, 2, 3)


def test_a_lost_connection_is_made_anew(app, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "AGAIN", 0.1)
    stream = app.extensions["live"].open(1, "anna", 1)
    time.sleep(0.5)
    db.session.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN live'"))
    db.session.commit()
    time.sleep(1.0)
    change(2)
    until(stream, 2, 3)
