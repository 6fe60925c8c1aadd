"""Into an exercise: from the home, by the list, by a seat's code or picture, after joining; and practice alone."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.extensions import db
from lms.simulations import facilitation, moves, play
from lms.simulations.models import Run, Seat
from lms.trainings.models import Participant, Training
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training, as_participant

HTMX = {"HX-Request": "true"}
BRIEF = "Дежурате. Позив је забележен."


@pytest.fixture
def training(app: Flask) -> Training:
    return a_training(course_hash=a_course_with_a_case())


@pytest.fixture
def person(training: Training) -> Participant:
    return a_participant(training, "Ана Анић")


@pytest.fixture
def phone(client: FlaskClient, person: Participant) -> FlaskClient:
    return as_participant(client, person)


def seat_of(run: Run, role: str = "police") -> Seat:
    number = run.id
    db.session.rollback()  # what the browser's request stored belongs to a later transaction
    return db.session.query(Seat).filter_by(run_id=number, role=role).one()


def test_a_seat_card_shows_first_and_seats_on_a_press(phone: FlaskClient, person: Participant) -> None:
    run = a_run(person.training)
    address = f"/s/{seat_of(run).token}"
    page = phone.get(address).text
    assert "Помиње се принуда, без описа." in page
    assert BRIEF not in page
    assert seat_of(run).participant_id is None
    assert phone.post(address).location == f"/t/{run.training_id}/exercises/{run.id}"
    assert seat_of(run).participant_id == person.id
    assert BRIEF in phone.get(f"/t/{run.training_id}/exercises/{run.id}").text
    assert phone.get(address).location == f"/t/{run.training_id}/exercises/{run.id}"


def test_a_code_leads_to_its_seat_however_it_is_typed(phone: FlaskClient, training: Training) -> None:
    seat = seat_of(a_run(training))
    answer = phone.post(f"/t/{training.id}/exercises", data={"code": f" {seat.code.lower()} "})
    assert answer.location == f"/s/{seat.token}"


def test_wrong_codes_and_codes_of_another_training_get_the_same_answer(phone: FlaskClient, training: Training) -> None:
    other = seat_of(a_run(a_training(course_hash=training.course_hash)))
    answers = [phone.post(f"/t/{training.id}/exercises", data={"code": code}) for code in ("ZZZZZZ", other.code)]
    assert [answer.status_code for answer in answers] == [422, 422]
    wrong = [re.search(r'id="code-error">.*?</p>', answer.text, re.S) for answer in answers]
    assert wrong[0]
    assert wrong[1]
    assert wrong[0][0] == wrong[1][0]


def test_guessing_seat_codes_is_stopped(phone: FlaskClient, training: Training) -> None:
    answers = [phone.post(f"/t/{training.id}/exercises", data={"code": "WRONG2"}).status_code for _ in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_a_seat_that_somebody_holds_is_not_taken(phone: FlaskClient, training: Training) -> None:
    run = a_run(training, police=a_participant(training, "Вера Верић"))
    assert "већ неко седи" in phone.get(f"/s/{seat_of(run).token}").text
    assert phone.post(f"/s/{seat_of(run).token}").status_code == 409


def test_the_seat_of_a_finished_exercise_is_no_seat(phone: FlaskClient, training: Training) -> None:
    run = a_run(training)
    play.move(run, facilitation.end("крај"))
    assert "Ова вежба је завршена" in phone.get(f"/s/{seat_of(run).token}").text
    phone.post(f"/s/{seat_of(run).token}")
    assert seat_of(run).participant_id is None


def test_whoever_has_not_joined_is_led_through_joining_and_comes_back(client: FlaskClient, training: Training) -> None:
    seat = seat_of(a_run(training))
    assert client.get(f"/s/{seat.token}").location == "/join?again=1"
    details = {"name": "Ђорђе Жикић", "sector": "police", "institution": "ПУ", "municipality": "Kragujevac", "sex": "m"}
    answer = client.post(f"/join/{training.join_token}/details", data=details | {"email": ""})
    assert answer.location == f"/s/{seat.token}"
    assert client.get(answer.location).status_code == 200


def test_joining_leads_home_when_the_page_that_was_asked_for_is_of_another_training(
    client: FlaskClient, training: Training
) -> None:
    client.get("/t/999/modules")
    details = {"name": "Ђорђе Жикић", "sector": "police", "institution": "ПУ", "municipality": "Kragujevac", "sex": "m"}
    answer = client.post(f"/join/{training.join_token}/details", data=details | {"email": ""})
    assert answer.location == f"/t/{training.id}"


def test_the_home_shows_the_seat_while_the_exercise_is_not_over(phone: FlaskClient, person: Participant) -> None:
    home = f"/t/{person.training_id}"
    assert "На вежбу" not in phone.get(home).text
    run = a_run(person.training, police=person)
    page = phone.get(home).text
    assert "Ваша улога: Полицијска службеница" in page
    assert f"/t/{person.training_id}/exercises/{run.id}" in page
    play.move(run, moves.sit_down("police"))
    play.move(run, facilitation.start("нема других"))
    assert "Сада" in phone.get(home).text
    play.move(run, facilitation.end("крај"))
    assert "На вежбу" not in phone.get(home).text
    assert f"/exercises/{run.id}/review" in phone.get(f"{home}/exercises").text


def begin(phone: FlaskClient, training: Training, role: str) -> str:
    """The address of a practice that was begun and entered."""
    address = phone.post(f"/t/{training.id}/exercises/solo", data={"case": "small", "role": role}).location
    assert "Улазим у вежбу" in phone.get(address).text
    phone.post(f"{address}/present")
    return str(address)


@pytest.mark.parametrize("role", ["police", "health", ""])
def test_practice_alone_explains_each_decision_and_ends_in_a_review(
    phone: FlaskClient, training: Training, role: str
) -> None:
    address = begin(phone, training, role)
    text, decided = phone.get(address).text, 0
    for _ in range(30):
        if choice := re.search(r'name="decision" value="([^"]+)".*?name="option" [^>]*value="([^"]+)"', text, re.S):
            data = {"decision": choice[1], "option": choice[2]}
            text = phone.post(f"{address}/votes", data=data, headers=HTMX).text
            decided += 1
            assert "у складу са процедуром" in text
        elif seen := re.search(r'name="seen" value="(\d+)"', text):
            text = phone.post(f"{address}/go-on", data={"seen": seen[1]}, headers=HTMX).text
        else:
            break
    assert "Вежба је завршена" in text
    assert decided >= 1
    review = phone.get(f"{address}/review").text
    assert "Прво безбедност." in review
    assert "Тиме се упозорава онај ко контролише." in review


@pytest.mark.parametrize(("sector", "role"), [("health", "health"), ("police", "police"), ("media", "police")])
def test_practice_proposes_the_role_of_ones_own_sector_else_the_one_that_the_case_names(
    phone: FlaskClient, person: Participant, sector: str, role: str
) -> None:
    person.sector = sector
    db.session.commit()
    page = phone.get(f"/t/{person.training_id}/exercises").text
    assert re.findall(r'<option value="([^"]*)" selected', page) == [role]


def test_a_double_press_on_going_on_skips_nothing(phone: FlaskClient, training: Training) -> None:
    address = begin(phone, training, "police")
    seen = re.search(r'name="seen" value="(\d+)"', phone.get(address).text)
    if seen is None:
        data = {"decision": "first", "option": "talk"}
        phone.post(f"{address}/votes", data=data)
        seen = re.search(r'name="seen" value="(\d+)"', phone.get(address).text)
    assert seen
    first, second = (phone.post(f"{address}/go-on", data={"seen": seen[1]}, headers=HTMX).text for _ in range(2))
    assert re.findall(r'data-version="\d+"', first) == re.findall(r'data-version="\d+"', second)


def test_at_most_one_practice_of_a_case_is_under_way(phone: FlaskClient, training: Training) -> None:
    first = begin(phone, training, "police")
    assert f'href="{first}"' in phone.get(f"/t/{training.id}/exercises").text
    second = begin(phone, training, "health")
    assert first != second
    assert db.session.query(Run).filter_by(mode="solo").count() == 1
    assert phone.get(first).status_code == 404


def test_practice_is_offered_while_the_training_is_open_only(phone: FlaskClient, training: Training) -> None:
    training.state = "closed"
    db.session.commit()
    assert "Вежбајте сами" not in phone.get(f"/t/{training.id}/exercises").text
    assert phone.post(f"/t/{training.id}/exercises/solo", data={"case": "small", "role": ""}).status_code == 409
    assert db.session.query(Run).count() == 0


@pytest.mark.parametrize("data", [{"case": "none", "role": ""}, {"case": "small", "role": "none"}, {}])
def test_what_is_not_offered_cannot_be_practised(phone: FlaskClient, training: Training, data: dict[str, str]) -> None:
    assert phone.post(f"/t/{training.id}/exercises/solo", data=data).status_code == 404


def test_nobody_else_sees_a_practice(app: Flask, phone: FlaskClient, training: Training) -> None:
    address = begin(phone, training, "police")
    other = as_participant(app.test_client(), a_participant(training, "Вера Верић"))
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/screen").status_code == 404
