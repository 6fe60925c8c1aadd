"""T26: logs hold no names, no addresses, no codes and nothing that anybody typed, whatever goes wrong."""

import logging
import smtplib
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import mail
from lms.authoring.models import DraftFile
from lms.authoring.trying.exploring import Stopped, explored
from lms.extensions import db
from lms.trainings.models import Participant
from tests.builders import CASE
from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import visit
from tests.security.forms import Sheet, distinct
from tests.security.world import World

TYPED = "Тајна"  # stands in no text of ours


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that the application and what serves it say, down to the finest level."""
    for name in ("lms", "flask", "werkzeug", "htmx_flask", "gunicorn", "PIL", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def secrets(world: World) -> list[str]:
    return [*world.canaries.values(), *world.tokens.values(), TYPED, "example.org"]


def test_t26_ordinary_work_leaves_no_names(
    house: Flask, world: World, log: pytest.LogCaptureFixture, put_back: Any, sheets: list[Sheet]
) -> None:
    for actor in ("trainee", "trainer"):
        client = browser(house, world, actor)
        for rule in crawl.rules(house, "GET"):
            if ".pdf" not in rule.rule:
                visit(client, actor, rule.endpoint, crawl.address_of(house, world, rule))
    for sheet in distinct(sheets):
        body = sheet.filled() | dict.fromkeys(sheet.texts, TYPED)
        visit(browser(house, world, sheet.actor), sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
    assert not [word for word in secrets(world) if word in log.text]


def test_t26_a_fault_of_the_database_leaves_no_names(
    house: Flask, world: World, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "testing", False)
    monkeypatch.setitem(house.config, "PROPAGATE_EXCEPTIONS", False)

    def broken(*_: object, **__: object) -> None:
        values = {"id": 1101, "training_id": 1001, "number": 1, "name": TYPED, "folded": "x", "sort_key": "x"}
        db.session.execute(sa.insert(Participant).values(**values, sector="police", source="self"))

    monkeypatch.setattr("lms.trainings.actions.joining.change_details", broken)
    answer = browser(house, world, "trainee").post("/t/1001/me", data={"name": f"{TYPED} {TYPED}", "email": ""})
    assert answer.status_code == 500
    assert "IntegrityError" in log.text
    assert not [word for word in secrets(world) if word in log.text]


def test_t26_a_fault_while_a_draft_is_saved_leaves_nothing_of_its_text(
    house: Flask, world: World, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "testing", False)
    monkeypatch.setitem(house.config, "PROPAGATE_EXCEPTIONS", False)

    def broken(*_: object, **__: object) -> None:
        db.session.execute(sa.insert(DraftFile).values(draft_id=1041, path="course.yaml", text=TYPED))

    monkeypatch.setattr("lms.authoring.actions.drafting.save", broken)
    address = "/drafts/1041/files/cases/small.yaml"
    answer = browser(house, world, "trainer").post(address, data={"was:title.sr": "x", "title.sr": TYPED})
    assert answer.status_code == 500
    assert "IntegrityError" in log.text
    assert not [word for word in secrets(world) if word in log.text]


def test_t26_a_case_that_cannot_be_explored_leaves_nothing_of_its_text(
    house: Flask, world: World, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{TYPED}: {next(iter(world.canaries.values()))}")

    monkeypatch.setattr("lms.authoring.trying.exploring.explore", broken)
    with pytest.raises(Stopped):
        explored(CASE.read_text(), lambda _progress: True)
    assert "ValueError" in log.text
    assert "exploring.py" in log.text
    assert not [word for word in secrets(world) if word in log.text]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"tajna@example.org": (550, b"no such user tajna@example.org")}),
        smtplib.SMTPSenderRefused(550, b"tajna@example.org", "tajna@example.org"),
        smtplib.SMTPDataError(554, b"message for tajna@example.org refused"),
        OSError(111, "refused"),
    ],
)
def test_t26_a_refused_mail_leaves_no_address(
    house: Flask, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    class Server:
        def __init__(self, *_: object, **__: object) -> None:
            raise error

    monkeypatch.setattr(smtplib, "SMTP", Server)
    for name, value in {"MAIL_SERVER": "mail.invalid", "MAIL_SENDER": "timovi@mail.invalid"}.items():
        monkeypatch.setitem(house.config, name, value)
    assert not mail.send("tajna@example.org", "Предмет", "https://timovi/invitation/abc")
    assert "mail was not accepted" in log.text
    for word in ("tajna", "example.org", "invitation/abc", "Traceback"):
        assert word not in log.text


def test_t26_mail_goes_only_to_a_server_that_shows_who_it_is(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    import ssl

    said: dict[str, Any] = {}

    class Server:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def starttls(self, context: Any = None) -> None:
            said["context"] = context

        def send_message(self, message: Any) -> None:
            said["to"] = message["To"]

    monkeypatch.setattr(smtplib, "SMTP", Server)
    for name, value in {"MAIL_SERVER": "mail.invalid", "MAIL_SENDER": "timovi@mail.invalid"}.items():
        monkeypatch.setitem(house.config, name, value)
    assert mail.send("ana@example.org", "Предмет", "Текст")
    assert said["context"].verify_mode == ssl.CERT_REQUIRED
    assert not mail.send("ana@example.org\r\nBcc: drugi@example.org", "Предмет", "Текст")

    said.clear()
    monkeypatch.setattr(smtplib, "SMTP_SSL", lambda *_, context, **__: said.update(first=context) or Server())
    monkeypatch.setitem(house.config, "MAIL_PORT", 465)
    assert mail.send("ana@example.org", "Предмет", "Текст")
    assert said["first"].verify_mode == ssl.CERT_REQUIRED and "context" not in said  # noqa: PT018
