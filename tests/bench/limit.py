"""The limit: the least that a Flask page can be. What the house takes longer than this, it does itself.

A signed session, one indexed query through SQLAlchemy Core, a page of 10 KB by Jinja; and one durable insert with a
token against forged forms. The measure of docs/performance.md: the same server, in the same run.
"""

import hmac
import os

import sqlalchemy as sa
from flask import Flask, abort, render_template, request, session
from jinja2 import DictLoader

PEOPLE, LESSONS = 200, 20
DURABLE = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Course</title></head>
<body><h1>Lessons</h1>
{% for lesson in lessons %}
<section><h2>{{ lesson.title }}</h2><p>{{ lesson.text }}</p><a href="/lesson/{{ lesson.id }}">Open</a></section>
{% endfor %}
</body></html>
"""

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})
app.secret_key = os.environ.get("SECRET_KEY", "the limit has no secrets")
engine = sa.create_engine(f"sqlite:///{os.environ.get('DATA_DIR', '.')}/limit.db")
metadata = sa.MetaData()
lessons = sa.Table(
    "lessons", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("person", sa.Integer, index=True),
    sa.Column("title", sa.String), sa.Column("text", sa.String),
)  # fmt: skip
answers = sa.Table(
    "answers", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("person", sa.Integer),
    sa.Column("item", sa.String), sa.Column("value", sa.String),
)  # fmt: skip


@sa.event.listens_for(engine, "connect")
def _durable(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    for pragma in DURABLE:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


@app.get("/page")
def page() -> str:
    """Twenty lessons of the person in the session."""
    mine = lessons.select().where(lessons.c.person == session["person"])
    with engine.connect() as connection:
        return render_template("page.html", lessons=connection.execute(mine).all())


@app.post("/answer")
def answer() -> tuple[str, int]:
    """Store one answer for good."""
    if not hmac.compare_digest(session["token"], request.headers.get("X-CSRFToken", "")):
        abort(400)
    with engine.begin() as connection:
        connection.execute(
            answers.insert().values(person=session["person"], item=request.form["item"], value=request.form["value"])
        )
    return "", 204


def prepare() -> str:
    """Make the database; the cookie of a visitor, whose token is `token`."""
    metadata.create_all(engine)
    text = "A lesson says what to do first, whom to call, and what not to ask. " * 6
    rows = [
        {"person": person, "title": f"Lesson {number}", "text": text}
        for person in range(PEOPLE)
        for number in range(LESSONS)
    ]
    with engine.begin() as connection:
        connection.execute(lessons.insert(), rows)
    signed = app.session_interface.get_signing_serializer(app).dumps({"person": 7, "token": "token"})  # type: ignore[attr-defined]
    return f"session={signed}"


if __name__ == "__main__":
    print(prepare())
