"""The register of local teams: who may read and keep it, and what a team's profile tells."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.errors import Refused
from lms.extensions import db
from lms.teams.actions import load_municipalities, load_teams
from lms.teams.models import LocalTeam, TeamEntry, TeamSeat
from lms.teams.rules import city_of, missing, paired, unpaired
from tests.builders import a_municipality, a_participant, a_training, an_account, save, sign_in
from tests.conftest import Statements

FORM = {"standing": "active", "founded_year": "2013", "source": "Одлука", "verified_on": "2026-11-22"}


def a_team(code: str = "kragujevac", name: str = "Крагујевац", sectors: tuple[str, ...] = (), **more: Any) -> LocalTeam:
    team = LocalTeam(municipality_code=a_municipality(code, name).code, status=more.pop("status", "active"), **more)
    team.seats = [TeamSeat(position=n, institution=f"Служба {n}", sector=code) for n, code in enumerate(sectors, 1)]
    return save(team)


@pytest.fixture
def office(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("office"))


def test_the_teams_of_the_sources_are_loaded_once(app: Flask) -> None:
    load_municipalities()
    assert load_teams() == 9
    assert load_teams() == 0


@pytest.mark.parametrize(("role", "read", "keep"), [("trainer", 200, 404), ("reader", 404, 404), ("office", 200, 200), ("administrator", 200, 200), ("author", 404, 404)])  # fmt: skip
def test_trainers_read_and_the_office_keeps(app: Flask, client: FlaskClient, role: str, read: int, keep: int) -> None:
    team = a_team()
    sign_in(client, an_account(role))
    assert client.get("/teams").status_code == read
    assert client.get(f"/teams/{team.id}").status_code == read
    for path in (
        "/teams/new",
        f"/teams/{team.id}/edit",
        f"/teams/{team.id}/seats/new",
        f"/teams/{team.id}/entries/new-plan",
    ):
        assert client.get(path).status_code == keep
    assert ("Додај" in client.get(f"/teams/{team.id}").text) == (keep == 200)


def test_strangers_are_asked_to_sign_in(app: Flask, client: FlaskClient) -> None:
    assert client.get("/teams").location.startswith("/sign-in")


@pytest.mark.parametrize(("language", "expected"), [("sr", ["Жабаљ", "Лозница", "Чачак"]), ("sr_Latn", ["Čačak", "Loznica", "Žabalj"])])  # fmt: skip
def test_teams_and_places_stand_by_the_alphabet_of_the_page(
    office: FlaskClient, language: str, expected: list[str]
) -> None:
    for code, name in (("zabalj", "Жабаљ"), ("loznica", "Лозница"), ("cacak", "Чачак")):
        a_municipality(code, name)
    office.set_cookie("language", language)

    def order(path: str) -> list[str]:
        page = office.get(path).text.split("<main")[1]
        return sorted(expected, key=lambda name: page.index(f">{name}<"))

    assert order("/teams/new") == expected
    for code in ("zabalj", "loznica", "cacak"):
        a_team(code)
    assert order("/teams") == expected


@pytest.mark.parametrize("typed", ["нови са", "novi sad", "NOVI", "Новi"])
def test_a_team_is_found_in_any_script(office: FlaskClient, typed: str) -> None:
    a_team("novi-sad", "Нови Сад")
    a_team("nis", "Ниш")
    page = office.get("/teams", query_string={"q": typed}).text
    assert "Нови Сад" in page
    assert ">Ниш<" not in page


def test_teams_are_filtered_by_status_and_an_empty_answer_says_what_to_do(office: FlaskClient) -> None:
    a_team("nis", "Ниш", status="inactive")
    assert ">Ниш<" in office.get("/teams?status=inactive").text
    assert "Ниједан тим није пронађен" in office.get("/teams?status=active").text


def test_htmx_gets_only_the_list(office: FlaskClient) -> None:
    a_team()
    part = office.get("/teams", headers={"HX-Request": "true"}).text
    assert "Крагујевац" in part
    assert "<html" not in part


def test_statements_do_not_grow_with_teams(office: FlaskClient, statements: Statements) -> None:
    a_team(sectors=("social",))
    office.get("/teams")
    with statements:
        office.get("/teams")
    few = statements.count
    for number in range(12):
        a_team(f"place-{number}", f"Место {number}", sectors=("social", "police"))
    with Statements() as more:
        office.get("/teams")
    assert more.count == few <= 6


def test_the_profile_of_leskovac_tells_all_that_the_source_tells(office: FlaskClient) -> None:
    load_municipalities()
    load_teams()
    team = db.session.scalars(sa.select(LocalTeam).where(LocalTeam.municipality_code == "leskovac")).one()
    training = a_training()
    a_participant(training, municipality_code="leskovac")
    page = office.get(f"/teams/{team.id}").text
    for text in ("061-25/13 II", "Више јавно тужилаштво у Лесковцу", "Живот у оковима", "пробни подаци", "22. новембра 2026.",
                 "Образовање, НВО, Управа", "1 особа из овог места"):  # fmt: skip
        assert text in page


def test_the_office_adds_a_team_once(office: FlaskClient) -> None:
    a_municipality("nis", "Ниш")
    assert office.post("/teams/new", data=FORM | {"municipality": "nis"}).status_code == 303
    team = db.session.scalars(sa.select(LocalTeam)).one()
    assert (team.municipality_code, team.founded_year, team.demo) == ("nis", 2013, False)
    assert office.post("/teams/new", data=FORM | {"municipality": "nis"}).status_code == 422


def test_what_the_office_changes_is_no_longer_trial_data(office: FlaskClient) -> None:
    team = a_team(demo=True)
    data = FORM | {"municipality": "kragujevac", "tasks_sr": "Обука\nСарадња", "tasks_en": "Training\nCooperation"}
    assert office.post(f"/teams/{team.id}/edit", data=data).status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert team.demo is False
    assert team.tasks == [{"sr": "Обука", "en": "Training"}, {"sr": "Сарадња", "en": "Cooperation"}]


@pytest.mark.parametrize("wrong", [{"tasks_sr": "Обука\nСарадња", "tasks_en": "Training"}, {"note_sr": "Јавити на 064 123 4567"}, {"founded_year": "13"}, {"standing": "gone"}])  # fmt: skip
def test_what_is_wrong_is_said_and_kept(office: FlaskClient, wrong: dict[str, str]) -> None:
    team = a_team()
    answer = office.post(f"/teams/{team.id}/edit", data=FORM | {"municipality": "kragujevac"} | wrong)
    assert answer.status_code == 422
    assert "form-errors" in answer.text


def test_members_are_added_changed_and_removed(office: FlaskClient) -> None:
    team = a_team()
    address = f"/teams/{team.id}/seats"
    assert office.post(f"{address}/new", data={"institution": "ЦРВЕНИ КРСТ", "sector": "redcross"}).status_code == 303
    seat = db.session.scalars(sa.select(TeamSeat)).one()
    assert seat.institution == "Црвени Крст"
    office.post(f"{address}/{seat.id}", data={"institution": "Црвени крст Крагујевац", "sector": "redcross"})
    db.session.rollback()
    db.session.expire_all()
    assert seat.institution == "Црвени крст Крагујевац"
    office.post(f"{address}/{seat.id}/remove")
    db.session.rollback()
    db.session.expire_all()
    assert db.session.scalar(sa.select(TeamSeat.id)) is None


def test_activities_and_plans_are_kept_apart(office: FlaskClient) -> None:
    team = a_team()
    for kind in ("activity", "plan", "plan"):
        data = {"text_sr": f"Трибина {kind}", "year": "2026", "partner": "Школа"}
        assert office.post(f"/teams/{team.id}/entries/new-{kind}", data=data).status_code == 303
    entries = list(db.session.scalars(sa.select(TeamEntry).order_by(TeamEntry.id)))
    assert [(entry.kind, entry.position) for entry in entries] == [("activity", 1), ("plan", 1), ("plan", 2)]
    office.post(f"/teams/{team.id}/entries/{entries[0].id}/remove")
    db.session.rollback()
    db.session.expire_all()
    assert db.session.scalar(sa.select(sa.func.count(TeamEntry.id))) == 2


def test_a_seat_of_another_team_is_not_reached(office: FlaskClient) -> None:
    own, other = a_team(), a_team("nis", "Ниш", ("social",))
    seat = other.seats[0].id
    assert office.get(f"/teams/{own.id}/seats/{seat}").status_code == 404
    assert office.post(f"/teams/{own.id}/seats/{seat}/remove").status_code == 404
    assert db.session.get(TeamSeat, seat)


def test_missing_sectors_follow_the_ring() -> None:
    assert missing({"social", "police", "youth"}) == (
        "prosecution",
        "judiciary",
        "health",
        "education",
        "redcross",
        "ngo",
        "city",
    )


def test_a_city_municipality_belongs_to_its_city() -> None:
    assert city_of("nis-palilula", "city-municipality") == "nis"
    assert city_of("backa-palanka", "municipality") == "backa-palanka"


def test_lines_are_paired_or_refused() -> None:
    texts = paired("а\n\n б ", "a\nb")
    assert unpaired(texts) == ("а\nб", "a\nb")
    assert paired("а\nб", "") == [{"sr": "а", "en": ""}, {"sr": "б", "en": ""}]
    with pytest.raises(Refused):
        paired("а", "a\nb")
