"""Attendance: opened and closed, ticked one by one or all at once, exported with care."""

import io
from datetime import timedelta

import pypdf
import pytest
import python_calamine
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms.accounts.models import AuditEntry
from lms.extensions import db
from lms.trainings.models import Attendance, HalfDay, Training
from tests.builders import a_participant, a_training, an_account, save, sign_in

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer = an_account("trainer")
    sign_in(client, trainer)
    return a_training(trainer=trainer)


def marks() -> set[tuple[int, int, str]]:
    db.session.rollback()
    return {(mark.participant_id, mark.half_day_id, mark.how) for mark in db.session.scalars(sa.select(Attendance))}


def test_one_half_day_is_open_at_a_time(client: FlaskClient, training: Training) -> None:
    for number in (1, 2):
        answer = client.post(f"/trainings/{training.id}/attendance/{number}", data={"open": "yes"})
        assert answer.location.endswith(f"/attendance/{number}/wall")
    db.session.rollback()
    db.session.expire_all()
    first, second = db.session.scalars(sa.select(HalfDay).order_by(HalfDay.number)).all()[:2]
    assert first.closes_at is not None
    assert second.closes_at is None
    client.post(f"/trainings/{training.id}/attendance/1", data={"open": "yes"})
    db.session.rollback()
    db.session.expire_all()
    assert first.closes_at is None
    assert client.post(f"/trainings/{training.id}/attendance/9", data={"open": "yes"}).status_code == 404


def test_a_tick_is_saved_at_once_and_taken_back(client: FlaskClient, training: Training) -> None:
    person, other = a_participant(training), a_participant(training)
    half = training.half_days[0]
    key, theirs = f"{person.id}-{half.id}", f"{other.id}-{half.id}"
    address = f"/trainings/{training.id}/attendance"
    # the whole form travels along with a tick; only the ticked one counts
    answer = client.post(address, data={"tick": key, "mark": [key, theirs], "before": "", "how": "sheet"}, headers=HTMX)
    assert "Сачувано у" in answer.text
    assert marks() == {(person.id, half.id, "sheet")}
    client.post(address, data={"tick": key, "mark": [theirs], "before": ""}, headers=HTMX)
    assert marks() == set()


def test_a_day_to_come_cannot_be_noted_until_its_attendance_is_opened(client: FlaskClient, training: Training) -> None:
    person, address = a_participant(training), f"/trainings/{training.id}/attendance"
    first, second, third, _ = training.half_days
    keys = [f"{person.id}-{half.id}" for half in (first, second, third)]
    assert client.get(address).text.count("disabled title") == 2  # of four: both of tomorrow
    answer = client.post(address, data={"tick": keys[2], "mark": keys}, headers=HTMX)
    assert (answer.status_code, "тек предстоји" in answer.text) == (409, True)
    assert client.post(address, data={"mark": keys, "before": ""}).status_code == 409
    assert marks() == set()
    client.post(address, data={"mark": keys[:2], "before": ""})  # the afternoon of today is no matter of hours
    client.post(f"{address}/3", data={"open": "yes"})  # the training was moved
    client.post(address, data={"tick": keys[2], "mark": keys}, headers=HTMX)
    assert marks() == {(person.id, half.id, "hand") for half in (first, second, third)}


def test_a_mark_on_a_day_to_come_can_be_taken_back(client: FlaskClient, training: Training) -> None:
    person, half = a_participant(training), training.half_days[3]
    save(Attendance(participant_id=person.id, half_day_id=half.id, how="hand"))
    key, address = f"{person.id}-{half.id}", f"/trainings/{training.id}/attendance"
    assert client.get(address).text.count("disabled title") == 1
    client.post(address, data={"tick": key, "mark": [], "before": ""}, headers=HTMX)
    assert marks() == set()


def test_the_whole_grid_changes_only_what_was_touched(client: FlaskClient, training: Training) -> None:
    ana, vera, zoran = (a_participant(training, name) for name in ("Ана Анић", "Вера Верић", "Зоран Зорић"))
    half = training.half_days[0]
    save(Attendance(participant_id=ana.id, half_day_id=half.id, how="qr"))
    before = f"{ana.id}-{half.id}"
    save(Attendance(participant_id=zoran.id, half_day_id=half.id, how="code"))  # says so himself while the page is open
    client.post(
        f"/trainings/{training.id}/attendance", data={"before": before, "mark": [f"{vera.id}-{half.id}"], "how": "hand"}
    )
    assert marks() == {(vera.id, half.id, "hand"), (zoran.id, half.id, "code")}


def test_one_press_notes_everybody_in_a_half_day(client: FlaskClient, training: Training) -> None:
    ana, vera = a_participant(training, "Ана Анић"), a_participant(training, "Вера Верић")
    half, address = training.half_days[0], f"/trainings/{training.id}/attendance"
    save(Attendance(participant_id=ana.id, half_day_id=half.id, how="qr"))
    page = client.get(address).text
    assert page.count("Упиши присуство за све:") == 2  # not for tomorrow
    key = f"{ana.id}-{half.id} {vera.id}-{half.id}"
    assert f'<input type="hidden" name="mark" value="{key}">' in page
    for _ in range(2):
        client.post(address, data={"mark": key})
    assert marks() == {(ana.id, half.id, "qr"), (vera.id, half.id, "hand")}
    assert "attendance.noted" in db.session.scalars(sa.select(AuditEntry.action)).all()
    assert client.get(address).text.count("Упиши присуство за све:") == 1


def test_a_mark_that_somebody_set_themselves_keeps_its_source(client: FlaskClient, training: Training) -> None:
    person, half = a_participant(training), training.half_days[0]
    save(Attendance(participant_id=person.id, half_day_id=half.id, how="qr"))
    key = f"{person.id}-{half.id}"
    client.post(f"/trainings/{training.id}/attendance", data={"tick": key, "mark": [key], "how": "hand"}, headers=HTMX)
    assert marks() == {(person.id, half.id, "qr")}


@pytest.mark.parametrize("tick", ["0-0", "999-1"])
def test_marks_of_other_trainings_are_refused(client: FlaskClient, training: Training, tick: str) -> None:
    other = a_training()
    stranger = a_participant(other)
    for key in (tick, f"{stranger.id}-{other.half_days[0].id}", f"{stranger.id}-{training.half_days[0].id}"):
        assert (
            client.post(f"/trainings/{training.id}/attendance", data={"mark": [key], "before": ""}).status_code == 409
        )
    assert marks() == set()


def test_more_than_a_thousand_boxes_are_saved_without_javascript(client: FlaskClient, training: Training) -> None:
    training.starts_on -= timedelta(days=1)  # the second of its days is today
    db.session.commit()
    people = [a_participant(training, f"Особа {number}") for number in range(260)]
    keys = [f"{person.id}-{half.id}" for person in people for half in training.half_days]
    assert (
        client.post(
            f"/trainings/{training.id}/attendance", data={"mark": keys, "before": "", "how": "hand"}
        ).status_code
        == 303
    )
    assert len(marks()) == 1040


def test_the_export_has_the_same_rows_as_the_page_and_is_noted(client: FlaskClient, training: Training) -> None:
    ana = a_participant(training, "=Ана Анић")
    a_participant(training, "Вера Верић", sector="police")
    for half in training.half_days[:3]:
        save(Attendance(participant_id=ana.id, half_day_id=half.id, how="qr"))
    address = f"/trainings/{training.id}/attendance/export"
    assert client.get(address).status_code == 405
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(client.post(address, data={"as": "xlsx"}).data))
    assert book.sheet_names == ["Присуство"]
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][1] == "=Ана Анић"  # a text, not a formula
    assert rows[0][5:] == ["да", "да", "да", "", 75.0]
    assert len(head) == 10
    printed = client.post(address, data={"as": "pdf"})
    text = pypdf.PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
    assert "Вера Верић" in text
    db.session.rollback()
    noted = db.session.scalars(sa.select(AuditEntry.detail).filter_by(action="export.made").order_by(AuditEntry.id))
    assert [detail for detail in noted] == ['{"what": "attendance.xlsx"}', '{"what": "attendance.pdf"}']
