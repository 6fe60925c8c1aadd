"""A trainee comes in by code or QR, is remembered, and is never asked twice."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.extensions import db
from lms.teams.models import Institution
from lms.trainings.actions import joining
from lms.trainings.models import Device, Participant
from lms.trainings.rules import new_code, normalise_code, show_code
from tests.builders import a_municipality, a_participant, a_training, as_participant
from tests.surveys.world import an_opening

DETAILS = {"sector": "police", "institution": "ПУ Крагујевац", "municipality": "Kragujevac", "sex": "f", "email": ""}


def come_in(client: FlaskClient, training, name: str = "Ђорђе Жикић", **more: str):
    data = DETAILS | {"name": name} | more
    return client.post(f"/join/{training.join_token}/details", data=data)


@pytest.mark.parametrize("typed", ["{0}", " {1} ", "{2}"])
def test_the_code_from_the_wall_is_found_however_it_is_typed(client: FlaskClient, typed: str) -> None:
    training = a_training()
    code = training.join_code
    answer = client.post("/join", data={"code": typed.format(code, show_code(code), code.lower())})
    assert answer.location == f"/join/{training.join_token}"


def test_wrong_and_closed_codes_get_the_same_answer(client: FlaskClient) -> None:
    training = a_training()
    training.lobby_closes_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    pages = [client.post("/", data={"code": code}) for code in (training.join_code, "ZZZZZZZZ")]
    assert [page.status_code for page in pages] == [422, 422]
    texts = [re.sub(r'"X-CSRFToken": "[^"]*"', "", page.text) for page in pages]  # the token holds the second
    assert texts[0].replace(training.join_code, "") == texts[1].replace("ZZZZZZZZ", "")


@pytest.mark.parametrize("hours", [-1, 1])
def test_outside_the_lobby_hours_the_picture_lets_nobody_new_in(client: FlaskClient, app: Flask, hours: int) -> None:
    training = a_training()
    a_participant(training, "Ђорђе Жикић", joined_at=None, source="roster")
    known, person = app.test_client(), a_participant(training)
    as_participant(known, person)
    moment = clock.now() + timedelta(hours=hours)
    training.lobby_opens_at, training.lobby_closes_at = (moment, None) if hours > 0 else (None, moment)
    db.session.commit()
    address = f"/join/{training.join_token}"
    name = {"name": "Ђорђе Жикић"}
    pages = [client.get(address), client.post(address, data=name), client.post(f"{address}/details", data=name)]
    assert [page.status_code for page in pages] == [409] * 3
    assert all("Пријава је затворена" in page.text and "/resume" in page.text for page in pages)
    assert all(("Пријава се отвара" in page.text) == (hours > 0) for page in pages)
    late = come_in(client, training)
    assert (late.status_code, "ПУ Крагујевац" in late.text) == (409, True)  # what was typed is kept
    assert db.session.query(Participant).filter_by(source="self", name="Ђорђе Жикић").count() == 0
    assert known.get(address).location == f"/t/{training.id}"
    code = joining.new_resume_code(person.id)
    assert client.post("/resume", data={"code": code}).location == f"/t/{training.id}"


def test_codes_have_no_look_alikes_and_survive_a_cyrillic_keyboard() -> None:
    for _ in range(300):
        assert not set(new_code()) & set("01OIL")
    assert normalise_code(" рх4с-кмва ") == "PX4CKMBA"


def test_guessing_codes_is_stopped(client: FlaskClient) -> None:
    answers = [client.post("/join", data={"code": f"WRONG{n:03d}"}).status_code for n in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_somebody_new_comes_in_and_the_device_is_remembered(client: FlaskClient) -> None:
    training = a_training()
    answer = come_in(client, training)
    assert answer.location == f"/t/{training.id}"
    person = db.session.query(Participant).one()
    assert (person.name, person.sector, person.sex, person.municipality_code) == (
        "Ђорђе Жикић",
        "police",
        "f",
        "kragujevac",
    )
    assert client.get(f"/t/{training.id}").status_code == 200
    assert db.session.query(Institution).one().name == "ПУ Крагујевац"
    assert client.get(f"/join/{training.join_token}").location == f"/t/{training.id}"  # the second day asks nothing


def test_a_name_longer_in_latin_than_its_column_is_taken_and_found(app: Flask, client: FlaskClient) -> None:
    training = a_training()
    long = {"name": "Љ" * 119 + "а", "institution": "Њ" * 160}
    assert come_in(client, training, **long).status_code == 303
    assert come_in(app.test_client(), training, **long | {"name": "Ана Петровић"}).status_code == 303
    assert db.session.query(Institution).count() == 1
    first = db.session.query(Participant).first()
    assert (len(first.folded), len(first.sort_key)) == (160, 240)


def test_a_letter_that_no_text_can_hold_is_refused_in_words(client: FlaskClient) -> None:
    training = a_training()
    assert client.get("/join/a%00b").status_code in (303, 400, 404)
    assert come_in(client, training, institution="ПУ\x00").status_code in (303, 400, 422)
    assert client.get(f"/join/{training.join_token}").status_code in (200, 303)


def test_the_roster_is_searched_under_any_script_and_never_shown_whole(client: FlaskClient) -> None:
    training = a_training()
    for name in ("Ђорђе Жикић", "Ана Петровић"):
        a_participant(training, name, joined_at=None, source="roster")
    page = client.post(f"/join/{training.join_token}", data={"name": "djordje zikic"})
    assert "Ђорђе Жикић" in page.text
    assert "Ана Петровић" not in page.text


def test_choosing_oneself_from_the_roster_prefills_the_rest(client: FlaskClient) -> None:
    training = a_training()
    entry = a_participant(training, "Ђорђе Жикић", joined_at=None, source="roster", institution="Дом здравља")
    page = client.post(f"/join/{training.join_token}/details", data={"chosen": entry.id, "name": "djordje zikic"})
    assert "Дом здравља" in page.text
    come_in(client, training, chosen=str(entry.id))
    assert db.session.query(Participant).count() == 1


def test_the_roster_opens_to_whoever_knows_the_name_and_then_without_the_address(client: FlaskClient) -> None:
    training = a_training()
    known = a_participant(
        training, "Ђорђе Жикић", joined_at=None, source="roster", institution="Дом здравља", email="a@b.rs"
    )
    address = f"/join/{training.join_token}"
    assert "a@b.rs" not in client.post(f"{address}/details", data={"chosen": known.id, "name": "Ђорђе Жикић"}).text
    for name in ("", "Ђорђе", "о", "жи жи", "Ана Петровић"):
        assert "Дом здравља" not in client.post(address, data={"name": name}).text
        assert "Дом здравља" not in client.post(f"{address}/details", data={"chosen": known.id, "name": name}).text
    assert "Дом здравља" not in client.get(f"{address}/details?chosen={known.id}&name=Ђорђе Жикић").text
    assert come_in(client, training, "Ана Петровић", chosen=str(known.id)).status_code == 409


def test_one_device_is_one_person(client: FlaskClient) -> None:
    training = a_training()
    come_in(client, training)
    assert come_in(client, training, "Друго Име").location == f"/t/{training.id}"
    assert db.session.query(Participant).count() == 1


def test_nobody_comes_in_as_somebody_who_is_already_in(client: FlaskClient, app: Flask) -> None:
    training = a_training()
    entry = a_participant(training, "Ђорђе Жикић")
    answer = come_in(client, training, chosen=str(entry.id))
    assert answer.status_code == 409
    assert db.session.query(Device).count() == 0


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("name", "Ж" * 300, "120"), ("name", "12345", "слов"), ("sector", "", "сектор"), ("municipality", "Атлантида", "мест"), ("email", "није", "е-поште")],
)  # fmt: skip
def test_bad_input_is_told_in_words_and_kept(client: FlaskClient, field: str, value: str, says: str) -> None:
    training = a_training()
    answer = come_in(client, training, **{field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert "ПУ Крагујевац" in answer.text
    assert value in answer.text
    assert db.session.query(Participant).count() == 0


def test_nobody_chooses_the_sex_of_anybody(client: FlaskClient) -> None:
    training = a_training()
    without = {key: value for key, value in DETAILS.items() if key != "sex"} | {"name": "Ана Петровић"}
    address = f"/join/{training.join_token}/details"
    for page in (client.get(address), client.post(address, data=without | {"municipality": "Атлантида"})):
        assert "Не желим да наведем" in page.text
        assert not re.search(r'<input[^>]*checked[^>]*name="sex"', page.text)
        assert not re.search(r'<input[^>]*name="sex"[^>]*checked', page.text)
        assert not re.search(r"<input checked[^>]*sex", page.text)
    assert client.post(address, data=without).status_code == 303
    assert db.session.query(Participant).one().sex is None


def test_a_name_in_another_alphabet_is_taken_as_it_is(client: FlaskClient) -> None:
    training = a_training()
    assert come_in(client, training, "Əli Məmmədov 王").status_code == 303
    assert db.session.query(Participant).one().name == "Əli Məmmədov 王"


def test_changing_the_language_keeps_what_was_typed(client: FlaskClient) -> None:
    training = a_training()
    page = come_in(client, training, "Половина имена", _language="en")
    assert page.status_code == 200
    assert "Половина имена" in page.text
    assert "Where do you work?" in page.text
    assert db.session.query(Participant).count() == 0
    assert "language=en" in page.headers["Set-Cookie"]


def test_a_resume_code_lets_one_more_device_in_once(client: FlaskClient, app: Flask) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    page = client.post(f"/t/{training.id}/me/resume-code")
    code = re.search(r"code-big[^>]*>\s*(\w{4} \w{4})", page.text)[1]
    second, third = app.test_client(), app.test_client()
    assert second.post("/resume", data={"code": code.lower()}).location == f"/t/{training.id}"
    assert second.get(f"/t/{training.id}").status_code == 200
    assert third.post("/resume", data={"code": code}).status_code == 422


def test_an_old_resume_code_is_refused(client: FlaskClient) -> None:
    person = a_participant(a_training())
    code = joining.new_resume_code(person.id)
    with clock.stopped_at(clock.now() + timedelta(minutes=31)):
        assert client.post("/resume", data={"code": code}).status_code == 422


def test_a_forgotten_device_is_out_at_once(client: FlaskClient, app: Flask) -> None:
    training = a_training()
    person = a_participant(training)
    as_participant(client, person)
    other = as_participant(app.test_client(), person)
    page = client.get(f"/t/{training.id}/me")
    device = re.search(r'name="device" value="([0-9a-f]+)"', page.text)[1]
    client.post(f"/t/{training.id}/me/end-device", data={"device": device})
    assert other.get(f"/t/{training.id}").location == "/join?again=1"


def test_attendance_by_spoken_code_is_noted_once_and_only_while_open(client: FlaskClient) -> None:
    training = a_training()
    person = a_participant(training)
    as_participant(client, person)
    half_day = training.half_days[0]
    address = f"/t/{training.id}/here"
    assert client.post(address, data={"code": half_day.code}).status_code == 409
    half_day.opens_at = clock.now()
    db.session.commit()
    for _ in range(2):
        assert client.post(address, data={"code": half_day.code}).status_code == 303
    assert "присутни" in client.get(address).text


def test_following_the_picture_changes_nothing_until_one_press(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    half_day = training.half_days[0]
    half_day.opens_at = clock.now()
    db.session.commit()
    address = f"/t/{training.id}/here/{half_day.token}"
    client.get(address)
    assert "присутни" not in client.get(f"/t/{training.id}/here").text
    client.post(address)
    assert "присутни" in client.get(f"/t/{training.id}/here").text


@pytest.mark.parametrize("path", ["", "/modules", "/pages/m1", "/me", "/here"])
def test_trainees_pages_need_few_statements_however_many_people(client: FlaskClient, statements, path: str) -> None:
    training = a_training()
    elsewhere = a_municipality("kraljevo", "Краљево").code
    as_participant(client, a_participant(training, municipality_code=elsewhere))
    an_opening(training, "knowledge", "pre")
    client.get(f"/t/{training.id}{path}")
    for number in range(30):
        a_participant(training, f"Особа {number}")
    with statements:
        assert client.get(f"/t/{training.id}{path}").status_code == 200
    assert statements.count <= 6


@pytest.mark.parametrize("query", ["sumnja", "СУМЊА", "Sumnja"])
def test_searching_the_modules_is_blind_to_script(client: FlaskClient, query: str) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    assert "/pages/" in client.get(f"/t/{training.id}/search?q={query}").text


def test_searching_for_nothing_is_not_an_error(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    for query in ("", "   ", "%", "zzzzqqq", "'; DROP TABLE"):
        assert client.get(f"/t/{training.id}/search", query_string={"q": query}).status_code == 200


def test_a_shared_phone_is_left(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    assert "data-forget" in client.get(f"/t/{training.id}/me").text  # the script wipes what waits on the device
    client.post(f"/t/{training.id}/me/leave")
    assert client.get(f"/t/{training.id}").location == "/join?again=1"


def test_a_code_of_a_seat_is_told_from_one_of_a_training(client: FlaskClient) -> None:
    assert "Ово је код места у вежби" in client.post("/join", data={"code": "k7m 2px"}).text
    assert "Ово је код места" not in client.post("/join", data={"code": "K7M2PX4R"}).text


def test_a_seat_card_opened_before_joining_is_remembered(client: FlaskClient) -> None:
    assert "Ваше место у вежби је запамћено" not in client.get("/join?again=1").text
    with client.session_transaction() as session:
        session["wanted"] = "/s/abc"
    assert "Ваше место у вежби је запамћено" in client.get("/join?again=1").text
