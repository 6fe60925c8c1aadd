"""A small application for the tests of waking: topics in a table of its own, a stream for each, everybody allowed."""

import sqlalchemy as sa
from flask import Flask, request

from lms.database import UtcDateTime, init_database, writing
from lms.extensions import db
from lms.live.changes import announce
from lms.live.hub import Hub, Room, State
from lms.live.stream import full, stream_response
from lms.live.waiting import Full

METADATA = sa.MetaData()
TOPICS = sa.Table(
    "topics",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, default=0),
    sa.Column("rights", sa.Integer, default=0),
    sa.Column("due", UtcDateTime),
)


def look(topics):
    rows = db.session.execute(sa.select(TOPICS).where(TOPICS.c.id.in_(topics)))
    return {row.id: State(row.version, row.rights, row.due) for row in rows}


def store(topic, **values):
    """Change a topic as a room does: in one transaction, which calls all processes."""
    with writing() as session:
        session.execute(sa.update(TOPICS).where(TOPICS.c.id == topic).values(values))
        announce(session, topic, values.get("version", 0))


def make(url: str, most: int = 1000, **room) -> Flask:
    """The application; `room` replaces functions of its room."""
    app = Flask("live")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    init_database(app)
    parts = {
        "look": look,
        "still_allowed": lambda watchers: watchers,
        "tick": lambda _: None,
        "present": lambda _: None,
    }
    app.extensions["live"] = hub = Hub(app, Room(**parts | room), most)

    @app.get("/")
    def front():
        return "here"

    @app.get("/<int:topic>")
    def stream(topic):
        try:
            return stream_response(hub, hub.open(topic, request.args.get("who", request.environ["REMOTE_PORT"]), 0))
        except Full:
            return full()

    return app
