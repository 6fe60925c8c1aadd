"""A starter is written over: what was not, is said."""

from pathlib import Path

import pytest

from lms.authoring.leftovers import leftovers
from lms.authoring.starting import starter_document
from lms.content.yaml import read_yaml

COURSES = Path(__file__).parent.parent.parent / "courses"


def told(document) -> dict[str, str]:
    return {fault.name: fault.message for fault in leftovers("cases/x.yaml", document)}


def test_questions_of_the_blank_starter_are_said_until_they_are_answered() -> None:
    document = starter_document("blank", "x", "Случај", "Case")
    assert "stages[beginning].text" in told(document)
    document["stages"][0]["text"] |= {"sr": "Јавила се сестра.", "en": "The nurse has called."}
    assert "stages[beginning].text" not in told(document)


def test_a_notice_that_only_says_what_to_write_is_said_and_a_short_name_is_not() -> None:
    found = told(starter_document("blank", "x", "Случај", "Case"))
    assert {"notice", "stages[beginning].decisions[first-decision].options[also-possible].cites"} <= found.keys()
    assert not {"places[town].name", "endings[ending].title"} & found.keys()


@pytest.mark.parametrize("path", sorted(COURSES.glob("*/cases/*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_case_is_nobodys_leftover(path: Path) -> None:
    assert list(leftovers(f"cases/{path.name}", read_yaml(path.read_text(), path.name))) == []


def test_english_that_was_left_when_the_serbian_was_written_is_said() -> None:
    document = starter_document("two-roles", "x", "Случај", "Case")
    assert told(document) == {}
    document["stages"][0]["text"]["sr"] = "Нешто сасвим друго."
    assert told(document) == {
        f"stages[{document['stages'][0]['key']}].text": "The Serbian is new, but the English is still that of the starter."
    }
