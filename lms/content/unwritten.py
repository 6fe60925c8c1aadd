"""Texts that nobody has written yet. They are faults, but all other checks can go on without them. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from lms.content.faults import Fault
from lms.content.shapes import LANGUAGES, NO_ENGLISH, NO_SERBIAN, NOTHING_WRITTEN, Many, Named, Record, Shape, Words
from lms.content.yaml import Map

_UNWRITTEN = frozenset((NOTHING_WRITTEN, NO_SERBIAN, NO_ENGLISH))


def only_unwritten(faults: Iterable[Fault]) -> bool:
    """Whether nothing but texts is missing, so that the document can be looked at as a whole."""
    return all(fault.message in _UNWRITTEN for fault in faults)


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
