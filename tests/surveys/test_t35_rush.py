"""T35: 17 trainings of 25 send their evaluation within one second, to a real server with a fresh database."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from lms import clock
from lms.accounts.sessions import digest
from lms.app import create_app
from lms.extensions import db
from lms.surveys.models import Ballot, Opening, Receipt, Remark
from lms.trainings.models import Device, Participant
from tests.builders import a_training

pytestmark = pytest.mark.slow
TRAININGS, PEOPLE = 17, 25
ROOT = Path(__file__).parents[2]
SENDERS = 128  # threads of the client; each phone has its own connection
FORM = {"e1": "4", "e2": "yes", "e3": "Коначно разумем ко шта ради.", "e4": "no"}


@pytest.fixture
def hall(tmp_path, database_url):
    """A fresh database with everybody joined and every evaluation open: (application, folder, [(address of the form, device)])."""
    folder = tmp_path / "data"
    app = create_app({"DATA_DIR": folder, "SQLALCHEMY_DATABASE_URI": database_url})
    phones = []
    with app.app_context():
        db.create_all()
        for _ in range(TRAININGS):
            training = a_training()
            db.session.add(Opening(training_id=training.id, survey="evaluation", opened_at=clock.now()))
            for number in range(PEOPLE):
                token = secrets.token_urlsafe(32)
                person = Participant(
                    training_id=training.id, number=number, name=f"Особа {number}", folded="", sort_key="",
                    sector="social", source="self", joined_at=clock.now(),
                )  # fmt: skip
                db.session.add(Device(token_hash=digest(token), participant=person, added_at=clock.now()))
                phones.append((f"/t/{training.id}/surveys/evaluation/once", token))
            db.session.commit()
    yield app, folder, phones
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def port(hall, database_url):
    """gunicorn with two workers of eight threads, on loopback."""
    _app, folder, _phones = hall
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "-k", "gthread", "-w", "2", "--threads", "8"]
    place = {"DATA_DIR": str(folder), "DATABASE_URL": database_url}
    environment = os.environ | place | {"SECRET_KEY": secrets.token_hex(32)}
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{number}", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env=environment,
    )
    for _ in range(200):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", number)) == 0:
                break
        time.sleep(0.1)
    yield number
    server.send_signal(signal.SIGTERM)
    server.wait(20)


class Phone:
    """A device that has the form open, and a connection of its own."""

    def __init__(self, port: int, address: str, token: str) -> None:
        self.port, self.address = port, address
        self.cookies = {"device": token}
        response, page = self._ask("GET")
        assert response.status == 200, response.status
        self.cookies["session"] = re.search(r"session=([^;]+)", response.headers["Set-Cookie"])[1]
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def _ask(self, method: str, body: str = "") -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, self.address, body or None, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        return response, page

    def send(self) -> int:
        return self._ask("POST", urlencode(FORM | {"csrf_token": self.csrf}))[0].status


def test_t35_425_evaluations_in_one_second_are_all_stored_once(hall, port, capsys):
    app, _folder, addresses = hall
    with ThreadPoolExecutor(8) as opening:
        phones = list(opening.map(lambda where: Phone(port, *where), addresses))
    start, lock = time.perf_counter() + 0.5, threading.Lock()
    statuses, took = [], []

    def send(number: int) -> None:
        due = start + number / len(phones)
        time.sleep(max(0.0, due - time.perf_counter()))
        status = phones[number].send()
        with lock:
            statuses.append(status)
            took.append(time.perf_counter() - due)  # waiting for a thread of ours counts against the server

    with ThreadPoolExecutor(SENDERS) as rush:
        list(rush.map(send, range(len(phones))))

    took.sort()
    p50, p99 = (took[int(len(took) * share)] for share in (0.5, 0.99))
    with capsys.disabled():
        print(f"\nT35: {len(took)} submissions in 1 s: p50 {p50:.3f} s, p99 {p99:.3f} s, max {took[-1]:.3f} s")
    assert statuses == [303] * TRAININGS * PEOPLE
    with app.app_context():
        for model in (Ballot, Receipt, Remark):
            each = db.session.execute(
                sa.select(sa.func.count()).select_from(model).group_by(model.opening_id)
            ).scalars()
            assert list(each) == [PEOPLE] * TRAININGS, model.__name__
    again = [phone.send() for phone in phones[:25]]  # a double press afterwards is the same receipt
    assert again == [303] * 25
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == TRAININGS * PEOPLE
