"""The people of a training: added, found, mended, merged, let in on another device."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import AuditEntry
from lms.extensions import db
from lms.trainings.models import Attendance, Device, Participant, Training
from tests.builders import a_participant, a_training, an_account, as_participant, save, sign_in

PERSON = {
    "name": "Ђорђе Жикић",
    "sector": "police",
    "institution": "ПУ",
    "municipality_code": "kragujevac",
    "sex": "m",
    "email": "",
}


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer = an_account("trainer")
    sign_in(client, trainer)
    return a_training(trainer=trainer)


def everybody() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Participant.name).order_by(Participant.sort_key)))


def test_a_person_is_added_by_hand_with_the_next_number(client: FlaskClient, training: Training) -> None:
    for name in ("Ана Анић", "Ђорђе Жикић"):
        client.post(f"/trainings/{training.id}/participants/new", data=PERSON | {"name": name})
    rows = db.session.scalars(sa.select(Participant).order_by(Participant.number)).all()
    assert [(row.number, row.name, row.source) for row in rows] == [(1, "Ана Анић", "hand"), (2, "Ђорђе Жикић", "hand")]
    assert rows[1].folded == "djordje zikic"


def test_a_name_without_letters_is_shown_again(client: FlaskClient, training: Training) -> None:
    answer = client.post(f"/trainings/{training.id}/participants/new", data=PERSON | {"name": "1"})
    assert answer.status_code == 422
    assert everybody() == []


@pytest.mark.parametrize("typed", ["ђорђе", "Đorđe", "djordje", "zikic djor", "kraguj", "ПУ"])
def test_people_are_found_in_any_script_by_name_institution_or_place(
    client: FlaskClient, training: Training, typed: str
) -> None:
    a_participant(training, "Ђорђе Жикић", institution="ПУ Крагујевац")
    a_participant(training, "Ана Анић", municipality_code=None)
    page = client.get(f"/trainings/{training.id}/participants", query_string={"q": typed}).text
    assert "Ђорђе Жикић" in page
    assert "Ана Анић" not in page.split('id="people"')[1]


def test_the_order_is_that_of_the_alphabet_of_the_page(client: FlaskClient, training: Training) -> None:
    for name in ("Žika", "Цеца", "Čeda", "Ђока", "Dragan", "Љиљана", "Лаза"):
        a_participant(training, name)

    def order() -> list[str]:
        page = client.get(f"/trainings/{training.id}/participants").text
        return re.findall(r'participants/\d+">([^<]+)</a>', page)

    assert order() == ["Dragan", "Ђока", "Žika", "Лаза", "Љиљана", "Цеца", "Čeda"]
    client.set_cookie("language", "sr_Latn")
    assert order() == ["Цеца", "Čeda", "Dragan", "Ђока", "Лаза", "Љиљана", "Žika"]


def test_two_entries_of_one_person_are_offered_and_merged(client: FlaskClient, training: Training) -> None:
    joined = a_participant(training, "Јелена Марковић", institution="", municipality_code=None)
    listed = a_participant(training, "Marković Jelena", joined_at=None, institution="ЦСР", sex="f", source="roster")
    halves = training.half_days
    save(Attendance(participant_id=joined.id, half_day_id=halves[0].id, how="qr"),
         Attendance(participant_id=listed.id, half_day_id=halves[0].id, how="hand"),
         Attendance(participant_id=listed.id, half_day_id=halves[1].id, how="hand"))  # fmt: skip
    assert "записи" not in client.get(f"/trainings/{training.id}/participants").text
    client.post(f"/trainings/{training.id}/participants/merge", data={"kept": listed.id, "other": joined.id})
    db.session.rollback()
    db.session.expire_all()
    kept = db.session.scalars(sa.select(Participant)).one()
    assert (kept.id, kept.institution, kept.municipality_code, kept.sex) == (joined.id, "ЦСР", "kragujevac", "f")
    assert {(mark.half_day_id, mark.how) for mark in db.session.scalars(sa.select(Attendance))} == {
        (halves[0].id, "qr"), (halves[1].id, "hand"),
    }  # fmt: skip


def test_two_entries_that_both_came_in_are_never_merged(client: FlaskClient, training: Training) -> None:
    first, second = a_participant(training), a_participant(training)
    answer = client.post(f"/trainings/{training.id}/participants/merge", data={"kept": first.id, "other": second.id})
    assert answer.status_code == 409
    assert len(everybody()) == 2


def test_nobody_of_another_training_is_changed(client: FlaskClient, training: Training) -> None:
    person = a_participant(a_training())
    own = a_participant(training)
    address = f"/trainings/{training.id}/participants/{person.id}"
    assert client.get(address).status_code == 404
    for path in ("", "/remove", "/resume-code", "/end-devices"):
        assert client.post(f"{address}{path}", data=PERSON).status_code == 404
    data = {"kept": own.id, "other": person.id}
    assert client.post(f"/trainings/{training.id}/participants/merge", data=data).status_code == 404
    assert len(everybody()) == 2


def test_a_resume_code_lets_one_more_device_in_once(app: Flask, client: FlaskClient, training: Training) -> None:
    person = a_participant(training)
    page = client.post(f"/trainings/{training.id}/participants/{person.id}/resume-code").text
    code = re.search(r'lobby__code num">([^<]+)<', page)[1]  # type: ignore[index]
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}", code)
    phone, other = app.test_client(), app.test_client()
    assert phone.post("/resume", data={"code": code.lower()}).status_code == 303
    assert other.post("/resume", data={"code": code}).status_code == 422
    details = db.session.scalars(sa.select(AuditEntry.detail)).all()
    assert not any(code.replace(" ", "") in detail for detail in details)


def test_the_way_to_another_device_is_called_as_on_the_start_page(client: FlaskClient, training: Training) -> None:
    address = f"/trainings/{training.id}/participants/{a_participant(training).id}"
    name = "Већ сам на обуци, на другом уређају"
    for page in (client.get(address), client.post(f"{address}/resume-code"), client.get("/join")):
        assert name in page.text


def test_devices_are_listed_and_ended(app: Flask, client: FlaskClient, training: Training) -> None:
    person = a_participant(training)
    phone = as_participant(app.test_client(), person)
    as_participant(app.test_client(), person)
    address = f"/trainings/{training.id}/participants/{person.id}"
    hashes = re.findall(r'name="device" value="([0-9a-f]{64})"', client.get(address).text)
    assert len(hashes) == 2
    client.post(f"{address}/end-devices", data={"device": hashes[0]})
    assert phone.get(f"/t/{training.id}/me").headers.get("Location") == "/join?again=1"
    client.post(f"{address}/end-devices")
    db.session.rollback()
    assert db.session.scalars(sa.select(Device)).all() == []
    assert client.post(f"{address}/end-devices", data={"device": "zz"}).status_code == 404


def test_removing_a_person_takes_their_marks_and_leaves_no_name_in_the_log(
    client: FlaskClient, training: Training
) -> None:
    person = a_participant(training, "Тајна Особа")
    save(Attendance(participant_id=person.id, half_day_id=training.half_days[0].id, how="qr"))
    client.post(f"/trainings/{training.id}/participants/{person.id}", data=PERSON | {"name": "Тајна Особа"})
    client.post(f"/trainings/{training.id}/participants/{person.id}/remove")
    assert everybody() == []
    assert db.session.scalars(sa.select(Attendance)).all() == []
    log = [entry.subject + entry.detail for entry in db.session.scalars(sa.select(AuditEntry))]
    assert len(log) == 2
    assert "Тајна" not in "".join(log)
