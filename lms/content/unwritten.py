"""What nobody has written yet. Missing texts are faults, but all other checks can go on without them. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from lms.content.case_formats import FEW_OPTIONS, NO_REASON, NO_WAY_ON
from lms.content.faults import Fault
from lms.content.shapes import (
    LANGUAGES,
    NO_ENGLISH,
    NO_SERBIAN,
    NOT_FILLED_IN,
    NOTHING_LISTED,
    NOTHING_WRITTEN,
    TOO_LITTLE_LISTED,
    Day,
    Many,
    Named,
    OneOf,
    Record,
    Shape,
    Whole,
    Words,
)  # fmt: skip
from lms.content.yaml import Map, Seq

_UNWRITTEN = frozenset((NOTHING_WRITTEN, NO_SERBIAN, NO_ENGLISH))
_MISSING = _UNWRITTEN | {NOT_FILLED_IN, NOTHING_LISTED, TOO_LITTLE_LISTED, FEW_OPTIONS, NO_WAY_ON, NO_REASON}
_HOLES = frozenset((FEW_OPTIONS, NO_WAY_ON))
_HELD_BY_PARTS = re.compile(r"(?:^|\.)(?:places|roles|stages|endings|next|options)$")
_NO_DAY = date(2000, 1, 1)
_TOLD_APART_BY = re.compile(r"(?:^|\.)(?:key|kind)$")


def only_unwritten(faults: Iterable[Fault]) -> bool:
    """Whether nothing but texts is missing, so that the document can be looked at as a whole."""
    return all(fault.message in _UNWRITTEN for fault in faults)


def can_wait(fault: Fault) -> bool:
    """Whether a fault of a document's shape only says that something is missing, which can be written later.

    What things are told apart by is there from the beginning.
    """
    return fault.warning or (fault.message in _MISSING and not _TOLD_APART_BY.search(fault.name))


def is_untranslated(fault: Fault) -> bool:
    """Whether a text is there in Serbian, and only its English is missing."""
    return fault.message == NO_ENGLISH and not fault.warning


def leaves_no_hole(fault: Fault) -> bool:
    """Whether what is missing can be blank while everything else is looked at: no part of the whole hangs on it."""
    return can_wait(fault) and fault.message not in _HOLES and not _HELD_BY_PARTS.search(fault.name)


def put_blanks(value: Any, shape: Shape) -> None:
    """Put something that says nothing wherever something is missing in `value`, whose faults all leave no hole."""
    if isinstance(shape, Words):
        for language in LANGUAGES:
            if value.get(language) is None:
                _put(value, language, "")
    elif isinstance(shape, Record):
        for name, wanted in shape.required.items():
            if value.get(name) is None:
                _put(value, name, _blank(wanted, value.line))
    for member, inner in _members(value, shape):
        put_blanks(member, inner)


def _blank(shape: Shape, line: int) -> Any:
    """What stands for a missing value while everything else is looked at."""
    if isinstance(shape, Words | Record | Named):
        return Map(line)
    if isinstance(shape, Many):
        return Seq(line)
    if isinstance(shape, OneOf):
        return shape.choices[0]
    if isinstance(shape, Whole):
        return shape.least
    return _NO_DAY if isinstance(shape, Day) else ""


def beside_blanks(faults: Iterable[Fault], missing: Iterable[Fault]) -> Iterator[Fault]:
    """Those of `faults` that are not about something that is only `missing`."""
    places = {fault.name for fault in missing}
    for fault in faults:
        if not any(fault.name == place or fault.name.startswith((f"{place}.", f"{place}[")) for place in places):
            yield fault


def _members(value: Any, shape: Shape) -> Iterator[tuple[Any, Shape]]:
    """What stands inside, each with its shape."""
    if isinstance(shape, Record):
        shapes = {**shape.required, **shape.optional}
        yield from ((member, shapes[name]) for name, member in value.items() if member is not None)
    elif isinstance(shape, Many | Named):
        yield from ((member, shape.member) for member in (value.values() if isinstance(value, Map) else value))


def _put(value: Map, name: str, member: Any) -> None:
    value[name] = member
    value.lines[name] = value.line
