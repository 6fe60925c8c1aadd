"""The questions of a survey's document as trainees would get them, however unfinished the document is."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.content.course import Item, Option, Scale, Text
from lms.content.formats import ITEM_TYPES

UNDECIDED = "long-text"  # what is shown for a question that does not say yet how it is answered
STEPS = 5


def questions_of(survey: Mapping[str, Any]) -> Iterator[Item]:
    """The items of the document `survey` in their order. What is missing is empty; texts are never None."""
    scales = survey.get("scales")
    for place, item in enumerate(records(survey.get("items"))):
        yield _question(item, place, scales if isinstance(scales, dict) else {})


def records(value: object) -> list[dict[str, Any]]:
    """The mappings in a list; anything else is left out."""
    return [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []


def text_of(value: object) -> Text:
    """A text in both languages; empty where it is not written."""
    texts = value if isinstance(value, dict) else {}
    return {code: words if isinstance(words := texts.get(code), str) else "" for code in ("sr", "en")}


def _question(item: dict[str, Any], place: int, scales: dict[str, Any]) -> Item:
    kind = item.get("type") if item.get("type") in ITEM_TYPES else UNDECIDED
    options = tuple(_option(option, number) for number, option in enumerate(records(item.get("options"))))
    return Item(
        key=str(item.get("key") or f"#{place}"),
        type=str(kind),
        text=text_of(item.get("text")),
        hint=text_of(item["hint"]) if item.get("hint") else None,
        required=item.get("required") is True,
        options=options if kind in ("single", "multiple") else (),
        scale=_scale(scales.get(str(item.get("scale")))) if kind == "scale" else None,
        min=_number(item.get("min")),
        max=_number(item.get("max")),
        headline=item.get("headline") if isinstance(item.get("headline"), int | str) else None,
        explanation=text_of(item.get("explanation")),
        module=str(item.get("module") or ""),
        sources=tuple(map(str, item.get("sources") or ())),
        quote_permission=item.get("quote_permission") is True,
    )


def _option(option: dict[str, Any], number: int) -> Option:
    return Option(str(option.get("key") or f"#{number}"), text_of(option.get("text")), option.get("right") is True)


def _scale(scale: object) -> Scale:
    """Five steps; those that are not written yet are empty."""
    value = scale if isinstance(scale, dict) else {}
    written = value.get("labels")
    labels = [text_of(label) for label in (written if isinstance(written, list) else [])][:STEPS]
    away = text_of(value["cannot_judge"]) if value.get("cannot_judge") else None
    return Scale(tuple([*labels, *[text_of(None)] * (STEPS - len(labels))]), away)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
