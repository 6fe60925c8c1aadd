"""A training with a group for one case, in an empty DATA_DIR: `python -m tests.browser.exercise CASE` prints keys of its devices."""

import json
import secrets
import sys
from pathlib import Path

from flask.sessions import SecureCookieSessionInterface

from lms import clock
from lms.accounts import sessions
from lms.app import create_app
from lms.content.queries import course_of
from lms.extensions import db
from lms.simulations.seats import make_run
from lms.trainings.models import Device
from tests import builders

COURSE = Path(__file__).parent.parent.parent / "courses" / "sop-two-day"
NAMES = ("Ана Анић", "Бојан Бојић", "Вера Верић", "Горан Горић", "Дара Дарић", "Ђура Ђурић", "Ема Емић", "Жика Жикић",
         "Зора Зорић", "Иван Ивић", "Јана Јанић", "Лука Лукић")  # fmt: skip


def main(case_key: str) -> dict[str, object]:
    """Everybody has joined and has a seat; nobody has come in yet."""
    db.create_all()
    trainer = builders.an_account("trainer")
    training = builders.a_training(trainer=trainer, course_hash=builders.a_course(COURSE))
    case = course_of(training.course_hash).cases[case_key]
    devices, holders = {}, {}
    for role, name in zip(case.roles, NAMES, strict=False):
        person = builders.a_participant(training, name, sector=role.sector)
        devices[role.key] = token = secrets.token_urlsafe(32)
        holders[role.key] = person.id
        builders.save(Device(token_hash=sessions.digest(token), participant_id=person.id, added_at=clock.now()))
    run = make_run(training, case_key, "Равноградска група", holders)
    token = sessions.begin(db.session(), trainer, second_step=True)
    db.session.commit()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    return {
        "training": training.id, "run": run.id, "wall": run.projector_token, "devices": devices,
        "session": signer.dumps({"_user_id": token}), "codes": {seat.role: seat.code for seat in run.seats},
    }  # fmt: skip


if __name__ == "__main__":
    app = create_app()
    with app.app_context(), app.test_request_context():
        print(json.dumps(main(sys.argv[1])))
