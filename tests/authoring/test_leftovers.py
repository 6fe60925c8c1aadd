"""A starter is written over: what was not, is said."""

from lms.authoring.leftovers import leftovers
from lms.authoring.starting import starter_document


def told(document) -> dict[str, str]:
    return {fault.name: fault.message for fault in leftovers("cases/x.yaml", document)}


def test_questions_of_the_blank_starter_are_said_until_they_are_answered() -> None:
    document = starter_document("blank", "x", "Случај", "Case")
    assert "stages[beginning].text" in told(document)
    document["stages"][0]["text"] |= {"sr": "Јавила се сестра.", "en": "The nurse has called."}
    assert "stages[beginning].text" not in told(document)


def test_english_that_was_left_when_the_serbian_was_written_is_said() -> None:
    document = starter_document("two-roles", "x", "Случај", "Case")
    assert told(document) == {}
    document["stages"][0]["text"]["sr"] = "Нешто сасвим друго."
    assert told(document) == {
        f"stages[{document['stages'][0]['key']}].text": "The Serbian is new, but the English is still that of the starter."
    }
