"""What nobody has written yet. Missing texts are faults, but all other checks can go on without them. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lms.content.case_formats import FEW_OPTIONS, NO_WAY_ON
from lms.content.faults import Fault
from lms.content.shapes import (
    LANGUAGES,
    NO_ENGLISH,
    NO_SERBIAN,
    NOT_FILLED_IN,
    NOTHING_LISTED,
    NOTHING_WRITTEN,
    TOO_LITTLE_LISTED,
    Many,
    Named,
    Record,
    Shape,
    Words,
)  # fmt: skip
from lms.content.yaml import Map

_UNWRITTEN = frozenset((NOTHING_WRITTEN, NO_SERBIAN, NO_ENGLISH))
_MISSING = _UNWRITTEN | {NOT_FILLED_IN, NOTHING_LISTED, TOO_LITTLE_LISTED, FEW_OPTIONS, NO_WAY_ON}
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


def put_blanks(value: Any, shape: Shape) -> None:
    """Put an empty text wherever one is missing in `value`, which has no faults but unwritten texts."""
    if isinstance(shape, Words):
        for language in LANGUAGES:
            if value.get(language) is None:
                _put(value, language, "")
    elif isinstance(shape, Record):
        for name in shape.required:
            if value.get(name) is None:
                _put(value, name, Map(value.line))
    for member, inner in _members(value, shape):
        put_blanks(member, inner)


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
