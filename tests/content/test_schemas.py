"""The JSON Schemas in docs/schema describe what the checks accept."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lms import sectors
from lms.cli.courses import SCHEMAS, schemas
from lms.content.formats import DOCUMENTS, SECTORS
from lms.content.place import Place
from lms.content.yaml import read_yaml
from tests.builders import CASE, COURSE

ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = [COURSE, *sorted(path.parent for path in (ROOT / "courses").glob("*/course.yaml"))]
BAD = [
    ("course", "key: A B"),
    ("course", "- a"),
    ("sources", "- {key: S1}"),
    ("sources", "[]"),
    ("sources", "- {key: S1, title: {sr: а, en: a}, date: '2020', read: once}"),
    ("sources", "- {key: S1, title: {sr: а}, date: '2020', read: none}"),
    ("sources", "- {key: S1, title: {sr: а, en: a}, date: 2020, read: none}"),
    ("sources", "- {key: S1, title: {sr: а, en: ' '}, date: '2020', read: none}"),
    ("sources", "- {key: S1, title: {sr: а, en: a}, date: '2020', read: none, extra: 1}"),
    ("sources", "- {key: S1, title: {sr: а, en: a}, date: '2020', read: none, verified_on: once}"),
    ("page-header", "title: a"),
    ("page-header", "{title: a, summary: b, notice: 5}"),
    ("page-header", "{title: a, summary: b, notice: true}"),
    ("certificate", "title: {sr: а, en: a}"),
    ("survey", "{key: a, kind: quiz}"),
]
GOOD = [
    ("page-header", "{title: a, summary: b, notice: c}"),
    ("sources", "- {key: S1, title: {sr: а, en: a}, date: '2020', read: none, note: null, verified_on: 2026-01-01}"),
]


def as_json(value: Any) -> Any:
    """`value` as a JSON reader would have it: dates are strings."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat() if isinstance(day, date) else day))


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schemas()[name]))


def schema_accepts(name: str, value: Any) -> bool:
    return validator(name).is_valid(as_json(value))


def check_accepts(name: str, value: Any) -> bool:
    return not list(DOCUMENTS[name].faults(value, Place("f", 1)))


def documents(pack: Path) -> list[tuple[str, Any]]:
    kinds = {"surveys": "survey", "cases": "case"}
    named = [(kinds.get(path.parent.name, path.stem), path) for path in sorted(pack.rglob("*.yaml"))]
    found = [(name, read_yaml(path.read_text(), path.name)) for name, path in named]
    headers = [path.read_text().split("---\n")[1] for path in pack.glob("pages/*.md")]
    return found + [("page-header", read_yaml(header, "page")) for header in headers]


def test_the_schemas_in_the_docs_are_those_of_the_checks():
    """If this fails: `flask courses schema`."""
    assert {path.stem: path.read_text() for path in SCHEMAS.glob("*.json")} == schemas()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_shipped_packs_fit_the_schemas(pack):
    for name, value in documents(pack):
        validator(name).validate(as_json(value))


@pytest.mark.parametrize(("name", "text"), BAD)
def test_schema_and_check_refuse_the_same(name, text):
    value = read_yaml(text, "f")
    assert not schema_accepts(name, value)
    assert not check_accepts(name, value)


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_schema_and_check_accept_the_same(name, text):
    value = read_yaml(text, "f")
    assert schema_accepts(name, value)
    assert check_accepts(name, value)


def test_one_change_at_a_time_schema_and_check_agree():
    """Every value of one document of each kind, replaced by values of other kinds."""
    for name, value in dict(documents(COURSE)).items():
        for container, part in list(_places(value)):
            kept = container[part]
            for other in (None, True, -7, "", "Ø x", [], {}):
                container[part] = read_yaml(json.dumps(other), "f")
                assert schema_accepts(name, value) == check_accepts(name, value), (name, part, other)
            container[part] = kept


def test_in_a_case_schema_and_check_agree():
    """One value of each name, replaced by values of other kinds; and the small case as it is."""
    value = read_yaml(CASE.read_text(), "f")
    assert schema_accepts("case", value)
    names = {part: container for container, part in _places(value) if isinstance(part, str)}
    for part, container in names.items():
        kept = container[part]
        for other in (None, True, -7, "", "Ø x", [], {}):
            container[part] = read_yaml(json.dumps(other), "f")
            assert schema_accepts("case", value) == check_accepts("case", value), (part, other)
        container[part] = kept


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        for part in value if isinstance(value, dict) else range(len(value)):
            yield value, part
            yield from _places(value[part])


def test_packs_and_the_house_know_the_same_sectors():
    assert sectors.CODES == SECTORS
