"""A roster is uploaded, looked at, put right and confirmed; nothing is on the list before."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms import clock
from lms.extensions import db
from lms.trainings.actions import rosters
from lms.trainings.models import Participant, RosterImport, Training
from tests.builders import a_municipality, a_participant, a_training, an_account, sign_in
from tests.conftest import Statements
from tests.trainings.roster.lists import NAMES, workbook

HEAD = ["Име и презиме", "Установа", "Општина", "ЈМБГ"]
ROWS = [
    HEAD,
    ["Јелена Марковић", "ЦСР", "Крагујевац", "0101990710006"],
    ["Jelena Marković", "CSR", "Kragujevac", ""],
    ["Милица Савић", "Тужилаштво", "Палилула", ""],
    ["Вук Илић", "Тим", "Ниш", ""],
    ["", "Полиција", "Ниш", ""],
    ["Ана Анић", "Дом здравља", "Чачак", ""],
]


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer = an_account("trainer")
    sign_in(client, trainer)
    training = a_training(trainer=trainer)
    for code, name in NAMES.items():
        a_municipality(code, name)
    return training


def upload(client: FlaskClient, training: Training, content: bytes, name: str = "списак.xlsx") -> str:
    answer = client.post(f"/trainings/{training.id}/roster", data={"roster": (io.BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def names() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Participant.name).order_by(Participant.number)))


def stored() -> RosterImport:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(sa.select(RosterImport)).one()


def test_the_preview_says_what_is_ready_and_what_is_not_and_stores_nobody(
    client: FlaskClient, training: Training
) -> None:
    page = client.get(upload(client, training, workbook(ROWS))).text
    assert names() == []
    for words in (
        "спремно: 2",
        "за вашу одлуку: 3",
        "двапут: 1",
        "Сектор није препознат",
        "У овом реду нема имена",
        "ЈМБГ",
    ):
        assert words in page
    assert "0101990710006" not in page
    assert "0101990710006" not in repr(stored().rows)
    assert "Палилула" in page


def test_confirming_adds_the_ready_rows_and_forgets_the_file(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    assert client.post(f"{address}/confirm").location.endswith("/participants")
    assert names() == ["Јелена Марковић", "Ана Анић"]
    people = db.session.scalars(sa.select(Participant).order_by(Participant.number)).all()
    assert [(person.sector, person.municipality_code, person.source) for person in people] == [
        ("social", "kragujevac", "roster"), ("health", "cacak", "roster"),
    ]  # fmt: skip
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0
    assert client.post(f"{address}/confirm").status_code == 404


def test_after_confirming_it_is_said_which_rows_were_left_out(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    page = client.post(f"{address}/confirm", follow_redirects=True).text
    assert "Изостављена су 4 реда датотеке: 3 (Jelena Marković), 4 (Милица Савић), 5 (Вук Илић), 6 (Полиција)." in page


def test_of_many_rows_that_were_left_out_the_first_ten_are_said(client: FlaskClient, training: Training) -> None:
    rows = [
        HEAD[:3],
        ["Ана Анић", "Дом здравља", "Ниш"],
        *([f"Особа Презиме{number}", "?", ""] for number in range(12)),
    ]
    page = client.post(f"{upload(client, training, workbook(rows))}/confirm", follow_redirects=True).text
    assert "12 (Особа Презиме9) …." in page
    assert "Презиме10" not in page


def test_a_surname_in_front_is_said_once_and_not_of_a_single_word(client: FlaskClient, training: Training) -> None:
    rows = [
        ["Презиме и име", "Установа", "Општина"],
        *([name, "ЦСР", "Ниш"] for name in ("Анић Ана", "Илић, Вук", "Перић")),
    ]
    page = client.get(upload(client, training, workbook(rows))).text
    assert page.count("презиме стајало прво") == 1
    assert "У 2 реда је презиме стајало прво" in page
    assert page.split("<tbody")[1].count("спремно") == 2  # nothing else is to be looked at in these rows


def test_a_single_word_is_looked_at_and_the_foot_of_the_list_is_passed_over(
    client: FlaskClient, training: Training
) -> None:
    head = ["Име и презиме", "Установа", "Општина", "Конт. тел."]
    foot = [["Потпис: ______"], ["", "М.П."], ["Укупно", "2"]]
    rows = [head, ["Тасић", "ЦСР", "Ниш", ""], ["Ана Анић", "ЦСР", "Ниш", "064 1234567"], *foot]
    address = upload(client, training, workbook(rows))
    page = client.get(address).text
    for words in ("спремно: 1", "за вашу одлуку: 1", "само једну реч", "прескочени: 4, 5, 6.", "Конт. тел.</p>"):
        assert words in page
    fixed = {"name": "Тасић", "sector": "social", "institution": "ЦСР", "municipality_code": "nis", "sex": ""}
    client.post(f"{address}/rows/1", data=fixed)
    client.post(f"{address}/confirm")
    assert names() == ["Тасић", "Ана Анић"]


def test_rows_are_put_right_one_by_one(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    place = {row["cells"][0]: number for number, row in enumerate(stored().rows) if row["kind"] == "row"}  # type: ignore[index]
    client.post(f"{address}/rows/{place['Милица Савић']}/choose", data={"municipality": "palilula-nis"})
    fixed = {
        "name": "Вук Илић",
        "sector": "ngo",
        "institution": "Тим",
        "municipality_code": "nis",
        "sex": "m",
        "email": "",
    }
    client.post(f"{address}/rows/{place['Вук Илић']}", data=fixed)
    client.post(f"{address}/rows/{place['Jelena Marković']}/choose", data={"choice": "add"})
    client.post(f"{address}/rows/{place['Ана Анић']}/choose", data={"choice": "leave"})
    client.post(f"{address}/confirm")
    assert names() == ["Јелена Марковић", "Jelena Marković", "Милица Савић", "Вук Илић"]
    milica = db.session.scalars(sa.select(Participant).filter_by(name="Милица Савић")).one()
    assert milica.municipality_code == "palilula-nis"


def test_a_choice_can_be_taken_back_and_nonsense_is_refused(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    for choice in ("leave", ""):
        assert client.post(f"{address}/rows/1/choose", data={"choice": choice}).status_code == 303
    assert client.post(f"{address}/rows/1/choose", data={"choice": "hack"}).status_code == 422
    assert client.post(f"{address}/rows/1/choose", data={"municipality": "atlantis"}).status_code == 422
    assert client.post(f"{address}/rows/0/choose", data={"choice": "leave"}).status_code == 404
    assert client.post(f"{address}/rows/99/choose", data={"choice": "leave"}).status_code == 404


def test_the_trainer_says_what_the_columns_are(client: FlaskClient, training: Training) -> None:
    rows = [["Колона А", "Колона Б"], ["Дом здравља", "јелена марковић"], ["Полиција", "драган симић"]]
    answer = client.post(f"/trainings/{training.id}/roster", data={"roster": (io.BytesIO(workbook(rows)), "a.xlsx")})
    assert answer.status_code == 422  # nothing looks like a name
    rows = [["Ime", "Ustanova"], ["Dom zdravlja", "Jelena Marković"], ["Policija", "Dragan Simić"]]
    address = upload(client, training, workbook(rows))
    client.post(f"{address}/columns", data={"sheet": "0", "kind": ["institution", "name"]})
    client.post(f"{address}/confirm")
    assert names() == ["Jelena Marković", "Dragan Simić"]


def test_columns_without_a_name_are_refused(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    answer = client.post(f"{address}/columns", data={"sheet": "0", "kind": ["", "sector", "", "email"]})
    assert answer.status_code == 422
    assert "Једна колона мора бити име." in answer.text
    assert answer.text.count('<option value="sector" selected>') == 1  # what was chosen is still chosen
    assert answer.text.count('<option value="email" selected>') == 1
    assert client.post(f"{address}/columns", data={"sheet": "0", "kind": ["name"]}).status_code == 404
    assert client.post(f"{address}/columns", data={"sheet": "7", "kind": ["name", "", "", ""]}).status_code == 404


def test_people_on_the_list_already_are_marked_in_any_script(client: FlaskClient, training: Training) -> None:
    a_participant(training, "ANIĆ Ana")
    address = upload(client, training, workbook(ROWS))
    client.post(f"{address}/confirm")
    assert names().count("Ана Анић") == 0


@pytest.mark.parametrize("content", [b"", b"\x89PNG....", b"%PDF-1.4", b"PK\x03\x04...", b"just words"])
def test_what_is_no_list_is_answered_at_the_field(client: FlaskClient, training: Training, content: bytes) -> None:
    answer = client.post(f"/trainings/{training.id}/roster", data={"roster": (io.BytesIO(content), "a.xlsx")})
    assert answer.status_code == 422
    assert 'id="roster-error"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0


def test_a_new_upload_replaces_the_one_before_and_can_be_forgotten(client: FlaskClient, training: Training) -> None:
    first = upload(client, training, workbook(ROWS))
    second = upload(client, training, workbook(ROWS[:2]))
    assert client.get(first).status_code == 404
    assert client.post(f"{first}/confirm").status_code == 404
    assert len(stored().rows) == 2
    client.post(f"{second}/discard")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0
    assert names() == []


def test_an_upload_that_nobody_confirmed_is_forgotten_after_two_days(client: FlaskClient, training: Training) -> None:
    upload(client, training, workbook(ROWS))
    stored().created_at = clock.now() - timedelta(days=3)
    db.session.commit()
    other = a_training()
    rosters.receive(other.id, workbook(ROWS), "b.xlsx")
    assert stored().training_id == other.id


def test_an_upload_of_another_training_cannot_be_reached(client: FlaskClient, training: Training) -> None:
    address = upload(client, training, workbook(ROWS))
    number = address.rsplit("/", 1)[1]
    own = a_training(trainer=an_account("trainer"))
    for path in ("", "/rows/1"):
        assert client.get(f"/trainings/{own.id}/roster/{number}{path}").status_code == 404
    sign_in(client, an_account("trainer"))
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/confirm").status_code == 404


def test_a_large_list_is_shown_in_pages_with_as_many_statements_as_a_small_one(
    client: FlaskClient, training: Training, statements: Statements
) -> None:
    counts = []
    for size in (3, 450):
        rows = [HEAD[:3], *([f"Особа Презиме{number}", "Дом здравља", "Ниш"] for number in range(size))]
        address = upload(client, training, workbook(rows))
        statements.sent.clear()
        with statements:
            page = client.get(address).text
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 8
    assert page.count('id="row-') == 100
    assert "page=5" in page
    statements.sent.clear()
    with statements:
        client.post(f"{address}/confirm")
    assert len(names()) == 450
    assert statements.count < 20
