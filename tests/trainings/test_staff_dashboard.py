"""The dashboard and the walls: what is now, who is here, nothing more than needed."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lms import clock
from lms.accounts.models import Account
from lms.teams.models import LocalTeam
from lms.trainings.models import Attendance, Training, TrainingTeam
from lms.trainings.next_step import Moment, Step, next_step
from lms.trainings.rules import show_code
from lms.trainings.timetable import Line
from tests.builders import a_municipality, a_participant, a_training, an_account, save, sign_in
from tests.conftest import Statements

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
DAY = (Line(1, 1, 9 * 60, 30, "survey"), Line(2, 1, 9 * 60 + 30, 60, "module"), Line(3, 1, 10 * 60 + 30, 30, "break"),
       Line(4, 1, 14 * 60, 60, "module"), Line(5, 2, 9 * 60, 60, "module"), Line(6, 2, 16 * 60, 15, "certificate"))  # fmt: skip


@pytest.fixture
def trainer(client: FlaskClient) -> Account:
    account = an_account("trainer")
    sign_in(client, account)
    return account


def at(hour: int, minute: int = 0, **changes: object) -> Moment:
    values = {
        "state": "open", "day": 1, "days": 2, "minutes": hour * 60 + minute, "lobby_open": True, "people": 20,
        "opened": frozenset({1}), "lines": DAY,
    }  # fmt: skip
    return Moment(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "step"),
    [
        (at(9, day=0, people=0, state="draft"), Step.ROSTER),
        (at(9, day=0, state="draft"), Step.PRINT),
        (at(8, state="draft", opened=frozenset()), Step.LOBBY),
        (at(8, lobby_open=False, opened=frozenset()), Step.LOBBY),
        (at(8, 30, opened=frozenset()), Step.ATTENDANCE),
        (at(9, 10), Step.SURVEY),
        (at(9, 40), Step.WALL),
        (at(13, 30), Step.ATTENDANCE),
        (at(14, 30, opened=frozenset({1, 2})), Step.WALL),
        (at(16, 5, day=2, opened=frozenset({1, 2, 3, 4})), Step.CERTIFICATES),
        (at(18, day=2, opened=frozenset({1, 2, 3, 4})), Step.CLOSE),
        (at(9, day=3), Step.CLOSE),
        (at(9, state="closed"), Step.REPORT),
    ],
)
def test_there_is_always_one_next_step(moment: Moment, step: Step) -> None:
    assert next_step(moment) == step


def test_people_stand_by_municipality_with_their_marks(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    here, absent = a_participant(training, "Ана Анић"), a_participant(training, "Вера Верић", joined_at=None)
    a_participant(training, "Зоран Зорић", municipality_code=None)
    half_day = training.half_days[0]
    half_day.opens_at = clock.now() - timedelta(minutes=5)
    save(half_day, Attendance(participant_id=here.id, half_day_id=half_day.id, how="qr"))
    page = client.get(f"/trainings/{training.id}").text
    assert page.index("Крагујевац") < page.index("Ана Анић") < page.index("Вера Верић") < page.index("Зоран Зорић")
    assert page.count("mark--ok") == 1
    waiting = client.get(f"/trainings/{training.id}?show=waiting").text
    assert "Ана Анић" not in waiting
    assert absent.name in waiting


def test_an_invited_team_is_shown_even_when_nobody_came(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    team = save(LocalTeam(municipality_code=a_municipality("nis", "Ниш").code, status="active"))
    save(TrainingTeam(training_id=training.id, team_id=team.id))
    assert "Ниш" in client.get(f"/trainings/{training.id}").text


def test_the_part_is_sent_only_when_something_has_changed(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    with clock.stopped_at(clock.now()):
        part = client.get(f"/trainings/{training.id}", headers=HTMX)
        assert "<html" not in part.text
        seen = part.text.split("seen=")[1][:16]
        assert client.get(f"/trainings/{training.id}?seen={seen}", headers=HTMX).status_code == 204
        a_participant(training)
        assert client.get(f"/trainings/{training.id}?seen={seen}", headers=HTMX).status_code == 200


def test_a_page_has_one_filled_button(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    for path in (
        "",
        "/participants",
        "/attendance",
        "/settings",
        "/lobby",
        "/roster",
        "/participants/new",
        "/partners",
    ):
        page = client.get(f"/trainings/{training.id}{path}").text.split("<main")[1]
        page = page.replace('class="btn btn--sm btn--risk"', "")  # inside a question that opens on demand
        filled = [piece for piece in page.split('class="btn')[1:] if piece.startswith(('"', ' "', " btn--lg"))]
        assert len(filled) == (1 if path != "/attendance" else 0), path


@pytest.mark.parametrize(
    "path", ["", "/participants", "/attendance", "/wall", "/print/name-tags.pdf", "/print/signatures-1.pdf"]
)
def test_the_number_of_statements_does_not_grow_with_people(
    client: FlaskClient, trainer: Account, statements: Statements, path: str
) -> None:
    training = a_training(trainer=trainer)
    counts = []
    for names in (["Ана"], [f"Особа {letter}" for letter in "абвгдђежзијклмно"]):
        for name in names:
            person = a_participant(training, f"{name} Презиме")
            save(
                *(Attendance(participant_id=person.id, half_day_id=half.id, how="hand") for half in training.half_days)
            )
        statements.sent.clear()
        with statements:
            assert client.get(f"/trainings/{training.id}{path}").status_code == 200
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 12


def test_the_wall_has_codes_and_counts_but_no_names(client: FlaskClient, trainer: Account) -> None:
    training: Training = a_training(trainer=trainer)
    a_participant(training, "Тајна Особа")
    a_participant(training, "Друга Особа", joined_at=None)
    client.post(f"/trainings/{training.id}/attendance/1", data={"open": "yes"})
    wall = client.get(f"/trainings/{training.id}/wall").text
    attendance = client.get(f"/trainings/{training.id}/attendance/1/wall").text
    assert "Особа" not in wall + attendance
    assert f"{training.join_code[:4]} {training.join_code[4:]}" in wall
    assert "1 од 2" in wall
    assert "Присутно: 0 од 2 са списка" in attendance
    assert "flow__n" not in wall + attendance  # two ways, not two steps
    assert training.half_days[0].code in attendance
    assert "<svg" in attendance
    client.post(f"/trainings/{training.id}/attendance/1", data={"open": "no"})
    assert training.half_days[0].code not in client.get(f"/trainings/{training.id}/attendance/1/wall").text


def test_a_closed_lobby_takes_picture_and_code_from_the_wall(client: FlaskClient, trainer: Account) -> None:
    training: Training = a_training(trainer=trainer)
    address, shown = f"/trainings/{training.id}/wall", show_code(training.join_code)
    seen = re.search(r"seen=(\w+)", client.get(address).text)[1]  # type: ignore[index]
    back = client.post(f"/trainings/{training.id}/lobby", data={"open": "no", "at": "lobby"}).location
    assert back == f"/trainings/{training.id}/lobby"
    assert "Сада нико нов не може да уђе" in client.get(back).text
    part = client.get(f"{address}?seen={seen}", headers=HTMX)
    for page in (part.text, client.get(address).text):
        assert "Пријава је затворена" in page
        assert shown not in page
        assert "pjoin__qr" not in page


def test_an_observer_sees_the_hall_but_changes_nothing(client: FlaskClient) -> None:
    from lms.trainings.models import TrainingStaff

    training = a_training(trainer=an_account("trainer"))
    person = a_participant(training)
    observer = an_account("trainer")
    save(TrainingStaff(training_id=training.id, account_id=observer.id, role="observer"))
    sign_in(client, observer)
    page = client.get(f"/trainings/{training.id}")
    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1]
    assert training.join_code[:4] not in page.text
    assert client.get(f"/trainings/{training.id}/attendance").status_code == 200
    assert client.get(f"/trainings/{training.id}/participants/{person.id}").status_code == 404
    assert client.post(f"/trainings/{training.id}/attendance", data={}).status_code == 404
