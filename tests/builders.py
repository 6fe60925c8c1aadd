"""Plain functions that build a test's world. Each commits; each takes only what the test cares about."""

import itertools
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from lms import clock
from lms.accounts import sessions
from lms.accounts.models import Account, AccountRole
from lms.content.actions import store_files, store_pack
from lms.content.files import read_folder
from lms.content.queries import course_of
from lms.database import writing
from lms.extensions import db
from lms.serbian import fold, sort_key
from lms.simulations.models import Run
from lms.simulations.seats import make_run
from lms.teams.models import Municipality
from lms.trainings.models import Device, HalfDay, Participant, Training, TrainingStaff

COURSE = Path(__file__).parent / "fixtures" / "packs" / "small"
_numbers = itertools.count(1)


def save(*rows: Any) -> Any:
    """Store rows as they are; returns the first. As the application does it: queued, so that no other writer is in the way."""
    db.session.commit()  # what the test has changed before
    with writing() as session:
        session.add_all(rows)
    return rows[0]


def an_account(*roles: str, name: str = "Милица Тренер") -> Account:
    """A member of staff with `roles`."""
    number = next(_numbers)
    account = Account(name=name, email=f"person{number}@example.org", created_at=clock.now())
    account.roles = [AccountRole(name=role) for role in roles]
    return save(account)


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """`client` becomes a signed-in browser of `account`, both steps passed."""
    db.session.commit()
    with writing() as db_session:
        token = sessions.begin(db_session, account, second_step=True)
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def a_municipality(code: str = "kragujevac", name: str = "Крагујевац") -> Municipality:
    """A municipality; the same one when asked twice."""
    return db.session.get(Municipality, code) or save(
        Municipality(
            code=code, name_sr=name, kind="city", district_code="sumadijski", district_sr="Шумадијски управни округ",
            folded=fold(name), sort_key=sort_key(name),
        )
    )  # fmt: skip


def a_course(path: Path = COURSE) -> str:
    """The hash of a stored course version."""
    return store_pack(path).hash


def a_training(
    state: str = "open", trainer: Account | None = None, course_hash: str | None = None, **more: Any
) -> Training:
    """A training that starts today in Kragujevac, in its lobby hours, with four half-days; `trainer` runs it."""
    today = clock.today()
    training = Training(
        course_hash=course_hash or a_course(), title_sr="Обука локалних тимова", title_en="Training of local teams",
        municipality_code=a_municipality().code, starts_on=more.pop("starts_on", today),
        ends_on=more.pop("ends_on", today + timedelta(days=1)), state=state,
        join_token=secrets.token_urlsafe(16), join_code=f"T{next(_numbers):07d}",
        lobby_opens_at=clock.now() - timedelta(hours=1), lobby_closes_at=clock.now() + timedelta(hours=8),
        teaching_hours=17, created_at=clock.now(), **more,
    )  # fmt: skip
    training.half_days = [
        HalfDay(number=number, day=(number + 1) // 2, code=f"{number:04d}", token=secrets.token_urlsafe(16))
        for number in range(1, 5)
    ]
    save(training)
    if trainer:
        save(TrainingStaff(training_id=training.id, account_id=trainer.id, role="trainer"))
    return training


def a_participant(training: Training, name: str = "Јелена Марковић", **more: Any) -> Participant:
    """A participant who has joined."""
    values = {"sector": "social", "municipality_code": "kragujevac", "source": "self", "joined_at": clock.now()} | more
    return save(
        Participant(
            training_id=training.id,
            number=next(_numbers),
            name=name,
            folded=fold(name),
            sort_key=sort_key(name),
            **values,
        )
    )


def as_participant(client: FlaskClient, participant: Participant) -> FlaskClient:
    """`client` becomes a device of `participant`."""
    token = secrets.token_urlsafe(32)
    save(Device(token_hash=sessions.digest(token), participant_id=participant.id, added_at=clock.now()))
    client.set_cookie("device", token)
    return client


def a_day(text: str) -> date:
    """A date from „2026-05-14”."""
    return date.fromisoformat(text)


CASE = Path(__file__).parent / "fixtures" / "cases" / "small.yaml"


def a_course_with_a_case(*cases: Path) -> str:
    """The hash of the small course with `cases` (the small one) in it."""
    files = read_folder(COURSE)
    cases = cases or (CASE,)
    for case in cases:
        files[f"cases/{case.name}"] = case.read_text()
    files["course.yaml"] += "".join(["cases:\n", *(f"  - {case.stem}\n" for case in cases)])
    return store_files(files).hash


def a_run(training: Training, case_key: str = "small", name: str = "Група 1", **holders: Participant) -> Run:
    """A run with every seat of the case; `holders` by role (`police_topolje` for police-topolje)."""
    roles: dict[str, int | None] = dict.fromkeys(course_of(training.course_hash).cases[case_key].role)
    roles |= {role.replace("_", "-"): participant.id for role, participant in holders.items()}
    return make_run(training, case_key, name, roles)
