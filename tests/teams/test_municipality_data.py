"""The list of places: complete by count, consistent, in clean Cyrillic."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from lms.serbian import fold, mixed_script_words

DATA = Path(__file__).parents[2] / "lms" / "teams" / "data"
ROWS = list(csv.DictReader((DATA / "municipalities.csv").open(encoding="utf-8", newline="")))
GOVERNMENTS = [row for row in ROWS if row["kind"] != "city-municipality"]

# administrative district: cities and municipalities in it
DISTRICTS = {
    "Севернобачки": (1, 2),
    "Средњобанатски": (1, 4),
    "Севернобанатски": (1, 5),
    "Јужнобанатски": (2, 6),
    "Западнобачки": (1, 3),
    "Јужнобачки": (1, 11),
    "Сремски": (1, 6),
    "Мачвански": (2, 6),
    "Колубарски": (1, 5),
    "Подунавски": (1, 2),
    "Браничевски": (1, 7),
    "Шумадијски": (1, 6),
    "Поморавски": (1, 5),
    "Борски": (1, 3),
    "Зајечарски": (1, 3),
    "Златиборски": (1, 9),
    "Моравички": (1, 3),
    "Рашки": (2, 3),
    "Расински": (1, 5),
    "Нишавски": (1, 6),
    "Топлички": (1, 3),
    "Пиротски": (1, 3),
    "Јабланички": (1, 5),
    "Пчињски": (1, 6),
    "Косовски": (1, 9),
    "Пећки": (0, 5),
    "Призренски": (0, 4),
    "Косовскомитровачки": (0, 6),
    "Косовскопоморавски": (0, 4),
}


def test_all_local_governments_of_serbia_are_here() -> None:
    assert Counter(row["kind"] for row in ROWS) == {
        "capital": 1,
        "city": 28,
        "municipality": 145,
        "city-municipality": 22,
    }


def test_each_district_has_its_cities_and_municipalities() -> None:
    found = {name: [0, 0] for name in DISTRICTS}
    for row in GOVERNMENTS[1:]:
        found[row["district_sr"].removesuffix(" управни округ")][row["kind"] == "municipality"] += 1
    assert {name: tuple(counts) for name, counts in found.items()} == DISTRICTS


def test_there_are_29_districts_and_belgrade_each_with_one_code() -> None:
    pairs = {(row["district_code"], row["district_sr"]) for row in ROWS}
    assert sorted(code for code, _ in pairs) == [f"RS-{number:02}" for number in range(30)]
    assert ("RS-00", "Град Београд") in pairs
    assert len({name for _, name in pairs}) == 30


def test_regions_are_whole_districts() -> None:
    region = {row["district_code"]: row["region"] for row in ROWS}
    assert all(region[row["district_code"]] == row["region"] for row in ROWS)
    counts = Counter((row["region"], row["kind"]) for row in GOVERNMENTS)
    assert counts == {
        ("belgrade", "capital"): 1,
        ("vojvodina", "city"): 8,
        ("vojvodina", "municipality"): 37,
        ("sumadija-west", "city"): 10,
        ("sumadija-west", "municipality"): 42,
        ("south-east", "city"): 9,
        ("south-east", "municipality"): 38,
        ("kim", "city"): 1,
        ("kim", "municipality"): 28,
    }


def test_codes_are_unique_slugs_of_the_names() -> None:
    assert len({row["code"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        own = fold(row["name_sr"]).replace(" ", "-")
        assert row["code"] == (f"{row['part_of']}-{own}" if row["part_of"] else own)


def test_names_are_clean_serbian_cyrillic() -> None:
    name = re.compile(r"[А-ШЂЈЉЊЋЏ][а-шђјљњћџ]+(?: (?:на|[А-ШЂЈЉЊЋЏа-шђјљњћџ][а-шђјљњћџ]+))*")
    for row in ROWS:
        assert name.fullmatch(row["name_sr"]), row
        assert name.fullmatch(row["district_sr"]), row
        assert not mixed_script_words(row["name_sr"] + " " + row["district_sr"])
        assert not re.search("[йёыэщъья]", row["name_sr"])  # Russian letters between а and ш
    assert len({row["name_sr"] for row in GOVERNMENTS}) == len(GOVERNMENTS)


def test_city_municipalities_belong_to_belgrade_and_nis() -> None:
    assert Counter(row["part_of"] for row in ROWS) == {"": 174, "beograd": 17, "nis": 5}


def test_only_belgrade_has_an_english_name_of_its_own() -> None:
    assert {row["code"]: row["name_en"] for row in ROWS if row["name_en"]} == {"beograd": "Belgrade"}


def test_every_place_lies_in_serbia() -> None:
    for row in ROWS:
        assert 42.0 < float(row["latitude"]) < 46.2
        assert 18.8 < float(row["longitude"]) < 23.0
    places = {(row["latitude"], row["longitude"]) for row in GOVERNMENTS}
    assert len(places) == len(GOVERNMENTS)


@pytest.mark.parametrize("name", ["Равноград", "Топоље"])
def test_the_towns_of_the_exercises_do_not_exist(name: str) -> None:
    assert fold(name) not in {fold(row["name_sr"]) for row in ROWS}
