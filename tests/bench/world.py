"""A fresh database with a training as it really is, and who may visit it. `DATA_DIR=… python -m tests.bench.world [history]`

prints what a visitor needs as JSON: cookies, the token against forged forms, addresses. With `history` the database
also holds what years leave behind: 500 trainings, 20,000 people, 100,000 answers.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SECRET = "a secret for measuring only, never for people"
PLACES = ("kragujevac", "nis", "leskovac", "novi-sad", "subotica", "vranje")
SECTORS = ("social", "police", "prosecution", "judiciary", "health", "education", "redcross", "ngo", "city")
HALL, ANSWERING = 1001, 1002  # trainings: where pages are read, where answers are sent
IN_THE_HALL = 40
RESPONDENTS = 2000  # each answers every question once, so that each answer measured is a new row
PAST_TRAININGS, ANSWERS_EACH = 500, 5
PER_TRAINING = 10_000  # ids of people: training * 10,000 + place
DEVICE = "device-%08d"  # the token of a person's device; the same in every run


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the house serves this world: as installed, with its own code compiled by an earlier start."""
    left_out = {"DATABASE_URL", "KEYS_DIR", "PYTHONDONTWRITEBYTECODE"}
    ours = {
        "DATA_DIR": str(folder), "SECRET_KEY": SECRET, "ENVIRONMENT": "production",
        "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode"),
    }  # fmt: skip
    return {name: value for name, value in os.environ.items() if name not in left_out} | ours


def build(app: Any, history: bool) -> dict[str, Any]:
    """Fill the empty database and say who may visit what."""
    from lms.cli.database import upgrade_database
    from lms.demo.actions.loading import load
    from lms.extensions import db
    from lms.trainings.models import Training

    upgrade_database()
    load()
    training = db.session.scalars(db.select(Training).where(Training.state == "open")).one()
    course_hash, course = training.course_hash, _course(training.course_hash)
    staff = add_staff()
    if history:
        for number in range(2001, 2001 + PAST_TRAININGS):
            add_past(course_hash, course, number, staff)
    add_training(HALL, course_hash, course, IN_THE_HALL, staff)
    add_training(ANSWERING, course_hash, course, RESPONDENTS, staff, days_ago=1)  # its certificates can be issued
    insert("openings", [_opening(ANSWERING, "knowledge", "pre")])
    cookie, token = session_of(app, None)
    asked = course.surveys["knowledge"].asked
    return {
        "cookie": cookie,
        "token": token,
        "device": f"; {app.config['DEVICE_COOKIE_NAME']}={DEVICE}",
        "staff": session_of(app, staff)[0],
        "hall": HALL * PER_TRAINING,
        "first": ANSWERING * PER_TRAINING,
        "last": ANSWERING * PER_TRAINING + RESPONDENTS - 1,
        "items": [item.key for item in asked],
        "choices": [item.options[0].key for item in asked],
        "marks": _marks(app, course),
        "pages": _pages(app, course),
    }


def _course(course_hash: str) -> Any:
    from lms.content.queries import course_of

    return course_of(course_hash)


def _pages(app: Any, course: Any) -> dict[str, str]:
    """Addresses of what is measured."""
    from flask import url_for

    from lms.certificates import actions
    from lms.certificates.models import Certificate
    from lms.demo.queries import series
    from lms.extensions import db
    from lms.trainings.models import Training

    shown = series()
    training = db.session.get(Training, shown.trainings[0].id)
    actions.issue_all(training)
    certificate = db.session.scalars(db.select(Certificate).where(Certificate.training_id == training.id)).first()
    module, test = course.modules[0].key, {"training_id": ANSWERING, "survey": "knowledge", "moment": "pre"}
    with app.test_request_context():
        return {
            "start": url_for("trainings.start"),
            "home": url_for("today.home", training_id=HALL),
            "module": url_for("trainings.page", training_id=HALL, key=module, part=1),
            "whole": url_for("trainings.page", training_id=HALL, key=module),
            "question": url_for("surveys.question", place=1, **test),
            "answers": url_for("surveys.save", **test),
            "report": url_for("evaluation.report", training_id=training.id),
            "series": url_for("evaluation.series", series_id=shown.id),
            "check": url_for("certificates.verify", token=certificate.token),
        }


def _marks(app: Any, course: Any) -> list[str]:
    """What stands in each respondent's page to tell whose it is."""
    from lms.extensions import db
    from lms.surveys.sitting import Sitting
    from lms.trainings.models import Training

    training = db.session.get(Training, ANSWERING)
    path = {"training_id": ANSWERING, "survey": "knowledge", "moment": "pre"}
    with app.test_request_context():
        survey = course.surveys["knowledge"]
        return [
            Sitting(training, course, survey, "pre", ANSWERING * PER_TRAINING + place, path).mark
            for place in range(RESPONDENTS)
        ]


def insert(table: str, rows: list[dict[str, Any]]) -> None:
    from lms.extensions import db

    with db.engine.begin() as connection:
        connection.execute(db.metadata.tables[table].insert(), rows)


def add_training(number: int, course_hash: str, course: Any, people: int, staff: int, days_ago: int = 0) -> None:
    """A training with its programme, half-days, people, devices and attendance."""
    from lms import clock

    start = clock.today() - timedelta(days=days_ago)
    insert("trainings", [{
        "id": number, "course_hash": course_hash, "title_sr": course.title["sr"], "title_en": course.title["en"],
        "municipality_code": PLACES[number % 6], "venue": "Градска кућа", "starts_on": start,
        "ends_on": start + timedelta(days=1), "state": "open", "join_token": secrets.token_urlsafe(16),
        "join_code": f"B{number:07d}", "lobby_opens_at": clock.now() - timedelta(hours=1),
        "lobby_closes_at": clock.now() + timedelta(hours=20), "teaching_hours": 16, "created_at": clock.now(), "attendance_percent": 25,
    }])  # fmt: skip
    insert("training_staff", [{"training_id": number, "account_id": staff, "role": "trainer"}])
    insert("programme_items", list(_programme(number, course)))
    insert("half_days", [{
        "id": number * 10 + half, "training_id": number, "number": half, "day": (half + 1) // 2, "code": f"{half:05d}",
        "token": secrets.token_urlsafe(16), "opens_at": clock.now() if half == 1 else None,
    } for half in range(1, 5)])  # fmt: skip
    persons = [_person(number, place) for place in range(people)]
    insert("participants", persons)
    insert("devices", [_device(person["id"]) for person in persons])
    insert("attendance", [{"participant_id": p["id"], "half_day_id": number * 10 + 1, "how": "qr"} for p in persons])


def _programme(number: int, course: Any) -> Iterator[dict[str, Any]]:
    for entry in course.programme:
        note = entry.note or {}
        yield {
            "training_id": number, "key": entry.key, "day": entry.day, "starts": entry.starts, "minutes": entry.minutes,
            "kind": entry.kind, "title_sr": entry.title["sr"], "title_en": entry.title["en"],
            "note_sr": note.get("sr", ""), "note_en": note.get("en", ""), "page": entry.page, "survey": entry.survey,
            "moment": entry.moment,
        }  # fmt: skip


def _person(training: int, place: int) -> dict[str, Any]:
    from lms import clock
    from lms.serbian import fold, sort_key

    name = f"Јелена Марковић {place}"
    return {
        "id": training * PER_TRAINING + place, "training_id": training, "number": place + 1, "name": name,
        "folded": fold(name), "sort_key": sort_key(name), "sex": "fm"[place % 2], "sector": SECTORS[place % 9],
        "institution": "Центар за социјални рад", "municipality_code": PLACES[place % 6], "source": "roster",
        "joined_at": clock.now(),
    }  # fmt: skip


def _device(person: int) -> dict[str, Any]:
    from lms import clock
    from lms.accounts.sessions import digest

    return {
        "token_hash": digest(DEVICE % person),
        "participant_id": person,
        "label": "Android",
        "added_at": clock.now(),
    }


def _opening(training: int, survey: str, moment: str) -> dict[str, Any]:
    from lms import clock

    opened = clock.now() - timedelta(minutes=5)
    return {"id": training, "training_id": training, "survey": survey, "moment": moment, "opened_at": opened}


def add_past(course_hash: str, course: Any, number: int, staff: int) -> None:
    """A training of the past with its answers."""
    add_training(number, course_hash, course, IN_THE_HALL, staff, days_ago=number)
    insert("openings", [_opening(number, "knowledge", "pre")])
    items = [item.key for item in course.surveys["knowledge"].asked][:ANSWERS_EACH]
    responses = [
        {"id": number * PER_TRAINING + place, "opening_id": number, "pseudonym": secrets.token_bytes(16)}
        for place in range(IN_THE_HALL)
    ]
    insert("responses", responses)
    insert("answers", [{"response_id": row["id"], "item": item, "value": "a"} for row in responses for item in items])


def add_staff() -> int:
    """One member of staff who trains, and reads every report."""
    from lms import clock
    from lms.accounts.models import Account, AccountRole
    from lms.extensions import db

    account = Account(name="Милица Тренер", email="measuring@example.org", created_at=clock.now())
    account.roles = [AccountRole(name=role) for role in ("trainer", "office")]
    db.session.add(account)
    db.session.commit()
    return account.id


def session_of(app: Any, staff: int | None) -> tuple[str, str]:
    """The signed session cookie of a browser (in which staff are signed in), and its token against forged forms."""
    from flask import session
    from flask_wtf.csrf import generate_csrf

    from lms.accounts import sessions
    from lms.accounts.models import Account
    from lms.extensions import db

    with app.test_request_context():
        if staff:
            token = sessions.begin(db.session(), db.session.get(Account, staff), second_step=True)
            db.session.commit()
            session["_user_id"], session["_fresh"] = token, True
        form_token = generate_csrf()
        signed = app.session_interface.get_signing_serializer(app).dumps(dict(session))
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}", form_token


def main() -> None:
    """Build the world that `environment` describes and print what a visitor needs."""
    from lms.app import create_app

    app = create_app({"PRODUCTION": False})  # only so that the demo, which is part of it, may be loaded
    with app.app_context():
        print(json.dumps(build(app, "history" in sys.argv)))


if __name__ == "__main__":
    main()
