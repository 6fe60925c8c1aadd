"""The national picture and its yearly tables."""

import io
import re
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.accounts.models import AuditEntry
from lms.evaluation.models import Finding
from lms.extensions import db
from lms.trainings.models import Training
from tests.builders import a_municipality, a_participant, a_training, an_account, save, sign_in
from tests.conftest import Statements
from tests.teams.test_register import a_team

YEAR = 2026


@pytest.fixture
def office(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("office"))


def a_past_training() -> Training:
    return a_training(state="closed", starts_on=date(YEAR, 5, 14), ends_on=date(YEAR, 5, 15))


def people(training: Training, sector: str, code: str, number: int) -> None:
    for _ in range(number):
        a_participant(training, sector=sector, municipality_code=code, sex="f")


@pytest.mark.parametrize(("role", "status"), [("office", 200), ("administrator", 200), ("trainer", 404), ("reader", 404), ("author", 404)])  # fmt: skip
def test_only_the_office_and_administrators_see_it(app: Flask, client: FlaskClient, role: str, status: int) -> None:
    sign_in(client, an_account(role))
    assert client.get("/overview").status_code == status
    assert client.get(f"/overview/export?year={YEAR}&form=xlsx").status_code == status


def test_an_empty_register_is_said(office: FlaskClient) -> None:
    assert "У регистру још нема тимова" in office.get("/overview").text


def test_it_tells_teams_trained_sectors_and_recommendations(office: FlaskClient) -> None:
    a_team("nis", "Ниш", ("social", "police"))
    a_team("bor", "Бор", ("social",))
    training = a_past_training()
    people(training, "social", "nis", 3)
    save(
        Finding(training_id=training.id, kind="recommendation", position=1, text_sr="Јачати тимове.", state="accepted")
    )
    page = office.get("/overview?show=all").text
    for text in (
        "2 локална тима",
        "Обуку је имао 1.",
        "3 особе су прошле обуку",
        "прихваћено: 1",
        "Јачати тимове.",
        "14. маја 2026.",
    ):
        assert text in page
    waiting = office.get("/overview").text
    assert ">Бор<" in waiting
    assert 'href="/teams/' in waiting
    assert "<a href" in waiting.split('id="team-list"')[1]


def test_people_of_a_city_municipality_count_for_the_team_of_the_city(office: FlaskClient) -> None:
    a_team("nis", "Ниш", ("social",))
    part = a_municipality("nis-palilula", "Палилула")
    part.kind = "city-municipality"
    db.session.commit()
    people(a_past_training(), "social", "nis-palilula", 1)
    assert "Обуку је имао 1." in office.get("/overview").text


def test_those_who_never_came_do_not_count(office: FlaskClient) -> None:
    a_team("nis", "Ниш")
    a_participant(a_past_training(), municipality_code="nis", joined_at=None)
    assert "0 особа је прошло обуку" in office.get("/overview").text


def test_statements_do_not_grow_with_teams(office: FlaskClient, statements: Statements) -> None:
    a_team("nis", "Ниш", ("social",))
    people(a_past_training(), "social", "nis", 1)
    with statements:
        office.get("/overview?show=all")
    for number in range(10):
        a_team(f"place-{number}", f"Место {number}", ("social", "police"))
    people(a_past_training(), "police", "place-1", 3)
    with Statements() as more:
        office.get("/overview?show=all")
    assert more.count == statements.count <= 9


def test_the_workbook_has_all_tables_and_is_noted(office: FlaskClient) -> None:
    a_team("nis", "Ниш", ("social",))
    people(a_past_training(), "social", "nis", 6)
    answer = office.get(f"/overview/export?year={YEAR}&form=xlsx")
    assert answer.headers["Content-Disposition"].endswith(f'lokalni-timovi-{YEAR}.xlsx"')
    with ZipFile(io.BytesIO(answer.data)) as workbook:
        assert len([name for name in workbook.namelist() if name.startswith("xl/worksheets/sheet")]) == 7
        names = re.findall(r'<sheet name="([^"]+)"', workbook.read("xl/workbook.xml").decode())
    assert names[1:5] == ["По сектору", "По полу", "По месту", "По месту и сектору"]
    assert all(len(name) < 31 for name in names)  # none was cut
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "export.made")).one()
    assert entry.subject == f"overview {YEAR}"


def test_counts_by_place_and_sector_are_given_from_five_on_or_pooled(office: FlaskClient) -> None:
    for code, name in (("nis", "Ниш"), ("bor", "Бор"), ("pirot", "Пирот")):
        a_municipality(code, name)
    training = a_past_training()
    for sector, code, number in (("social", "nis", 9), ("police", "nis", 6), ("health", "nis", 2), ("education", "nis", 3), ("social", "bor", 5), ("social", "pirot", 3)):  # fmt: skip
        people(training, sector, code, number)
    table = office.get(f"/overview/export?year={YEAR}&form=csv&table=places-and-sectors").text
    assert "Ниш,Полиција,6" in table
    assert "Пирот" not in table
    assert ",2\r\n" not in table
    assert ",3\r\n" not in table
    assert '"Сви остали, заједно",,13' in table
    by_place = office.get(f"/overview/export?year={YEAR}&form=csv&table=places").text
    assert "Ниш,20" in by_place
    assert "Пирот" not in by_place
    assert "Бор" not in by_place  # Пирот would be alone in the pool


def test_totals_by_sector_are_exact(office: FlaskClient) -> None:
    training = a_past_training()
    people(training, "social", "kragujevac", 2)
    people(training, "judiciary", "kragujevac", 1)
    table = office.get(f"/overview/export?year={YEAR}&form=csv&table=sectors").text
    assert "judiciary,Судство,1" in table
    assert "social,Социјална заштита,2" in table


@pytest.mark.parametrize("query", ["year=2026&form=pdf", "form=xlsx", "year=2026&form=csv&table=names"])
def test_an_unknown_table_is_not_there(office: FlaskClient, query: str) -> None:
    assert office.get(f"/overview/export?{query}").status_code == 404


def test_a_training_that_goes_on_is_planned_and_has_trained_nobody_yet(office: FlaskClient) -> None:
    a_team("nis", "Ниш", ("social",))
    today = clock.today()
    training = a_training(state="open", starts_on=today, ends_on=today + timedelta(days=1))
    people(training, "social", "nis", 3)
    page = office.get("/overview?show=all").text
    assert "0 особа је прошло обуку" in page
    assert "Обуку је имало 0." in page
    assert f'datetime="{today.isoformat()}"' in page
    training.starts_on, training.ends_on = today - timedelta(days=2), today - timedelta(days=1)
    save(training)
    page = office.get("/overview?show=all").text
    assert "3 особе су прошле обуку" in page
    assert f'datetime="{today.isoformat()}"' not in page
