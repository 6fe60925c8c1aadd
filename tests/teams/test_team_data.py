"""The sectors and the teams we start with: complete, bilingual, in clean Cyrillic, tied to the list of places."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from lms.icons import ICONS
from lms.personal_data import find
from lms.sectors import CODES, RING
from lms.serbian import mixed_script_words
from lms.teams.models import STATUSES

DATA = Path(__file__).parents[2] / "lms" / "teams" / "data"
SECTORS = yaml.safe_load((DATA / "sectors.yaml").read_text("utf-8"))
TEAMS = {team["municipality"]: team for team in yaml.safe_load((DATA / "teams.yaml").read_text("utf-8"))}
PLACES = {row["code"] for row in csv.DictReader((DATA / "municipalities.csv").open(encoding="utf-8", newline=""))}


def test_the_ring_comes_first_and_every_sector_is_there() -> None:
    codes = [sector["code"] for sector in SECTORS]
    assert codes[:9] == list(RING)
    assert codes == list(CODES)


def test_each_sector_has_two_languages_and_an_icon_of_its_own() -> None:
    for sector in SECTORS:
        assert set(sector) == {"code", "sr", "sr_short", "en", "en_short", "icon"}
        assert re.fullmatch("[А-ШЂЈЉЊЋЏа-шђјљњћџ. ]+", sector["sr"] + sector["sr_short"])
        assert sector["en"].isascii()
        assert len(sector["sr_short"]) <= 14
        assert len(sector["en_short"]) <= 14
        assert sector["icon"] in ICONS
    assert len({sector["icon"] for sector in SECTORS}) == len(SECTORS)


def test_the_eight_confirmed_teams_and_one_being_founded() -> None:
    active = {code for code, team in TEAMS.items() if team["status"] == "active"}
    assert active == {"leskovac", "nis", "novi-sad", "subotica", "vranje", "sremska-mitrovica", "kragujevac", "presevo"}
    assert TEAMS.keys() - active == {"bujanovac"}
    assert TEAMS["bujanovac"]["status"] == "being-founded"


@pytest.mark.parametrize("team", TEAMS.values(), ids=TEAMS.keys())
def test_a_team_can_be_stored_and_traced_to_its_source(team: dict[str, Any]) -> None:
    assert team["municipality"] in PLACES
    assert team["status"] in STATUSES
    assert team["demo"] is True
    assert isinstance(team["verified_on"], date)
    assert 0 < len(team["source"]) <= 200
    assert team["founded_year"] in {None, 2013, 2022}
    assert {seat["sector"] for seat in team.get("seats", [])} <= set(CODES)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def pairs(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if "sr" in value:
            yield value
        yield from (pair for part in value.values() for pair in pairs(part))
    elif isinstance(value, list):
        yield from (pair for part in value for pair in pairs(part))


@pytest.mark.parametrize("team", TEAMS.values(), ids=TEAMS.keys())
def test_texts_are_bilingual_clean_and_without_personal_data(team: dict[str, Any]) -> None:
    for pair in pairs(team):
        assert not re.search("[A-Za-z]", pair["sr"]), pair["sr"]
        assert pair["en"]
        assert not re.search("[\u0400-\u04ff]", pair["en"]), pair["en"]
        assert not re.search('["“]|,,|!', pair["sr"])
    for text in texts(team):
        assert mixed_script_words(text) == []
        assert find(text) == []


def test_leskovac_is_told_in_full() -> None:
    team = TEAMS["leskovac"]
    assert "061-25/13 II" in team["founding_act"]
    assert "30. 11. 2013." in team["founding_act"]
    assert [seat["sector"] for seat in team["seats"]] == [
        "police",
        "health",
        "redcross",
        "prosecution",
        "judiciary",
        "youth",
        "social",
    ]
    assert [len(team[part]) for part in ("seats", "tasks", "activities", "plans", "lead_bodies")] == [7, 6, 6, 3, 2]
    assert all(activity["partner"] for activity in team["activities"])
