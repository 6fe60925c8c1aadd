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
COURSE = ROOT / "courses" / "sop-two-day"
SECRET = "a secret for measuring only, never for people"
PLACES = ("kragujevac", "nis", "leskovac", "novi-sad", "subotica", "vranje")
SECTORS = ("social", "police", "prosecution", "judiciary", "health", "education", "redcross", "ngo", "city")
IN_THE_HALL = 40
ANSWERING = 1500  # each answers every question once, so that each answer measured is a new row
PAST_TRAININGS, ANSWERS_EACH = 500, 5


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the house serves this world."""
    ours = {"DATA_DIR": str(folder), "SECRET_KEY": SECRET, "ENVIRONMENT": "production"}
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KEYS_DIR")} | ours


def device(person: int) -> str:
    """The device token of a person; the same in every run."""
    return f"device-{person:08d}"


def build(app: Any, history: bool) -> dict[str, Any]:
    """Fill the empty database and say who may visit what."""
    from lms.cli.database import upgrade_database
    from lms.content.actions import store_pack
    from lms.content.queries import course_of

    upgrade_database()
    course_hash = store_pack(COURSE).hash
    course = course_of(course_hash)
    if history:
        for number in range(PAST_TRAININGS):
            _past(course_hash, course, 1000 + number)
    staff = _staff()
    _training(1, course_hash, course, IN_THE_HALL, staff)
    _training(2, course_hash, course, ANSWERING, staff)
    _insert("openings", [_opening(number, 2, "knowledge", "pre") for number in (2,)])
    cookie, token = _session_of(app, None)
    return {
        "cookie": cookie,
        "token": token,
        "staff": _session_of(app, staff)[0],
        "course": course_hash,
        "items": [item.key for item in course.surveys["knowledge"].asked],
        "choices": [item.options[0].key for item in course.surveys["knowledge"].asked],
        "module": course.modules[0].key,
    }


def _insert(table: str, rows: list[dict[str, Any]]) -> None:
    from lms.extensions import db

    with db.engine.begin() as connection:
        connection.execute(db.metadata.tables[table].insert(), rows)


def _training(number: int, course_hash: str, course: Any, people: int, staff: int, days_ago: int = 0) -> None:
    """A training with its programme, half-days, people, devices and attendance."""
    from lms import clock

    start = clock.today() - timedelta(days=days_ago)
    _insert("trainings", [{
        "id": number, "course_hash": course_hash, "title_sr": course.title["sr"], "title_en": course.title["en"],
        "municipality_code": PLACES[number % 6], "venue": "Градска кућа", "starts_on": start,
        "ends_on": start + timedelta(days=1), "state": "open", "join_token": secrets.token_urlsafe(16),
        "join_code": f"B{number:07d}", "lobby_opens_at": clock.now() - timedelta(hours=1),
        "lobby_closes_at": clock.now() + timedelta(hours=20), "teaching_hours": 16, "created_at": clock.now(),
    }])  # fmt: skip
    _insert("training_staff", [{"training_id": number, "account_id": staff, "role": "trainer"}])
    _insert("programme_items", list(_programme(number, course)))
    _insert("half_days", [{
        "id": number * 10 + half, "training_id": number, "number": half, "day": (half + 1) // 2, "code": f"{half:05d}",
        "token": secrets.token_urlsafe(16), "opens_at": clock.now() if half == 1 else None,
    } for half in range(1, 5)])  # fmt: skip
    persons = [_person(number, place) for place in range(people)]
    _insert("participants", persons)
    _insert("devices", [_device(person["id"]) for person in persons])
    _insert("attendance", [{"participant_id": p["id"], "half_day_id": number * 10 + 1, "how": "qr"} for p in persons])


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
        "id": training * 10_000 + place, "training_id": training, "number": place + 1, "name": name,
        "folded": fold(name), "sort_key": sort_key(name), "sex": "fm"[place % 2], "sector": SECTORS[place % 9],
        "institution": "Центар за социјални рад", "municipality_code": PLACES[place % 6], "source": "roster",
        "joined_at": clock.now(),
    }  # fmt: skip


def _device(person: int) -> dict[str, Any]:
    from lms import clock
    from lms.accounts.sessions import digest

    return {"token_hash": digest(device(person)), "participant_id": person, "label": "Android", "added_at": clock.now()}


def _opening(number: int, training: int, survey: str, moment: str) -> dict[str, Any]:
    from lms import clock

    opened = clock.now() - timedelta(minutes=5)
    return {"id": number, "training_id": training, "survey": survey, "moment": moment, "opened_at": opened}


def _past(course_hash: str, course: Any, number: int) -> None:
    """A training of the past with its answers."""
    from lms.extensions import db

    _training(number, course_hash, course, IN_THE_HALL, _staff(), days_ago=number)
    _insert("openings", [_opening(number, number, "knowledge", "pre")])
    items = [item.key for item in course.surveys["knowledge"].asked][:ANSWERS_EACH]
    responses = [
        {"id": number * 10_000 + place, "opening_id": number, "pseudonym": secrets.token_bytes(16), "submitted": True}
        for place in range(IN_THE_HALL)
    ]
    _insert("responses", responses)
    answers = [{"response_id": row["id"], "item": item, "value": "a"} for row in responses for item in items]
    _insert("answers", answers)
    db.session.rollback()


def _staff() -> int:
    """One member of staff who trains, and reads everything."""
    from lms import clock
    from lms.accounts.models import Account, AccountRole
    from lms.extensions import db

    if db.session.get(Account, 1) is None:
        account = Account(id=1, name="Милица Тренер", email="trainer@example.org", created_at=clock.now())
        account.roles = [AccountRole(name=role) for role in ("trainer", "office")]
        db.session.add(account)
        db.session.commit()
    return 1


def _session_of(app: Any, staff: int | None) -> tuple[str, str]:
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

    app = create_app()
    with app.app_context():
        print(json.dumps(build(app, "history" in sys.argv)))


if __name__ == "__main__":
    main()
