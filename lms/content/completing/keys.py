"""Every record of a case has a key, and no two of a kind the same. Pure."""

from collections.abc import Iterator
from typing import Any

from lms.content.addresses import joined, member_of
from lms.content.completing.notes import SAME_KEY, Notes

Listed = list[tuple[dict[str, Any], str]]  # records, each with its address


def records(container: dict[str, Any], name: str, address: str = "") -> Listed:
    """The records of a list that `container` has under `name`."""
    listed = container.get(name, [])
    inside = joined(address, name)
    return [(record, joined(inside, member_of(listed, number))) for number, record in enumerate(listed)]


def inner(outer: Listed, name: str) -> Listed:
    """The records of all lists that the records in `outer` have under `name`."""
    return [found for record, address in outer for found in records(record, name, address)]


def give_keys(document: dict[str, Any], notes: Notes) -> None:
    """Give a key to what has none, and another one to what has the key of an earlier record of its kind."""
    for kind, group in _groups(document):
        taken: set[str] = set()
        for record, address in group:
            given = record["key"]
            if not given or given in taken:
                record["key"] = _free(given or kind, taken)
                if given:
                    notes.note(SAME_KEY, address, key=record["key"])
            taken.add(record["key"])


def _groups(document: dict[str, Any]) -> Iterator[tuple[str, Listed]]:
    """Records among which a key must be unique, and what one of them is called."""
    stages = records(document, "stages")
    decisions, handoffs = inner(stages, "decisions"), inner(stages, "handoffs")
    yield "place", records(document, "places")
    yield "role", records(document, "roles")
    yield "fact", inner(records(document, "roles"), "facts")
    yield "flag", records(document, "flags")
    yield "step", records(document, "procedure")
    yield "stage", stages + records(document, "endings")
    yield "inject", inner(stages, "injects")
    yield "decision", decisions
    yield "handoff", handoffs
    yield from (("option", records(*_inside(one, "options"))) for one in decisions)
    yield from (("item", records(*_inside(one, "items"))) for one in handoffs)
    yield from (("channel", records(*_inside(one, "channels"))) for one in handoffs)


def _inside(outer: tuple[dict[str, Any], str], name: str) -> tuple[dict[str, Any], str, str]:
    record, address = outer
    return record, name, address


def _free(wish: str, taken: set[str]) -> str:
    number = 2 if wish in taken else 1
    while f"{wish}-{number}" in taken:
        number += 1
    return f"{wish}-{number}"
