"""Fits an unfinished document to its shape: what is missing gets something that stands in for it, what does not fit is left out.

Lists may stay shorter than their shape asks: nobody invents a second option. Pure.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lms.content.addresses import Member, joined
from lms.content.case import ACCEPTABLE, ALLOWED, MAJORITY
from lms.content.completing.notes import (
    NO_ENGLISH,
    NO_SERBIAN,
    NO_TEXT,
    OUT_OF_RANGE,
    STANDS_IN,
    TOO_MANY,
    UNREADABLE,
    Notes,
)
from lms.content.place import Place
from lms.content.shapes import LANGUAGES, Many, Named, Record, Shape, Whole, Words

_NOTHING = object()
_NOWHERE = Place("", 0)
_DOTS = "…"
_NAMES = ("name", "title")  # texts for which a key is better than dots
# What stands in for a missing value, by its name. A missing key or name of something is empty, and mended when all is known.
_STANDS_IN: Mapping[str, Any] = {
    "minutes": 10, "pace": 1, "round": 1, "sector": "other", "how": MAJORITY, "grade": ACCEPTABLE, "need": ALLOWED,
    "case_minutes": 60,
}  # fmt: skip
_UNSEEN: Mapping[str, Any] = {"verified_on": date(2000, 1, 1)}  # no player ever sees it
_LEAST_CASE = 60  # minutes of a case that does not say how long it is


def fitted(shape: Record, document: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """`document` as a record of this shape."""
    return _record(shape, document, "", notes)


def _fit(shape: Shape, value: Any, address: str, notes: Notes) -> Any:
    """The value as this shape wants it; _NOTHING when there is none."""
    if value is None or value in ("", {}, []):
        return _NOTHING
    if isinstance(shape, Record):
        return _record(shape, value, address, notes) if isinstance(value, dict) else _unreadable(address, notes)
    if isinstance(shape, Words):
        return _words(value, address, notes)
    if isinstance(shape, Many):
        return _many(shape, value, address, notes)
    if isinstance(shape, Named):
        return _named(shape, value, address, notes)
    return _leaf(shape, value, address, notes)


def _leaf(shape: Shape, value: Any, address: str, notes: Notes) -> Any:
    if next(shape.faults(value, _NOWHERE), None) is None:
        return value
    if isinstance(shape, Whole) and isinstance(value, int) and not isinstance(value, bool):
        notes.note(OUT_OF_RANGE, address)
        return min(shape.most, max(shape.least, value))
    return _unreadable(address, notes)


def _unreadable(address: str, notes: Notes) -> Any:
    notes.note(UNREADABLE, address)
    return _NOTHING


def _record(shape: Record, value: Mapping[str, Any], address: str, notes: Notes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, member in (*shape.required.items(), *shape.optional.items()):
        here = joined(address, name)
        fit = _fit(member, value.get(name), here, notes)
        if fit is _NOTHING and name in shape.required:
            fit = _instead(name, member, value, here, notes)
        if fit is not _NOTHING:
            found[name] = fit
    return found


def _instead(name: str, shape: Shape, record: Mapping[str, Any], address: str, notes: Notes) -> Any:
    """What stands in for a required value that is not there."""
    if isinstance(shape, Words):
        notes.note(NO_TEXT, address)
        words = str(record.get("key") or _DOTS) if name in _NAMES else _DOTS
        return dict.fromkeys(LANGUAGES, words)
    if isinstance(shape, Many):
        return []
    if name in _UNSEEN:
        return _UNSEEN[name]
    if name in _STANDS_IN:
        value = _LEAST_CASE if address == "minutes" else _STANDS_IN[name]
        notes.note(STANDS_IN, address, value=str(value))
        return value
    return ""


def _words(value: Any, address: str, notes: Notes) -> Any:
    if isinstance(value, str):
        value = dict.fromkeys(("sr",), value)
    if not isinstance(value, dict):
        return _unreadable(address, notes)
    texts = {code: text for code in LANGUAGES if isinstance(text := value.get(code), str) and text.strip()}
    if not texts:
        return _NOTHING
    if len(texts) < len(LANGUAGES):
        notes.note(NO_ENGLISH if "sr" in texts else NO_SERBIAN, address)
    return {code: texts.get(code) or next(iter(texts.values())) for code in LANGUAGES}


def _many(shape: Many, value: Any, address: str, notes: Notes) -> Any:
    if not isinstance(value, list):
        return _unreadable(address, notes)
    found = []
    for number, member in enumerate(value):
        key = member.get("key") if isinstance(member, dict) else None
        here = joined(address, Member(key) if isinstance(key, str) and key else number)
        if (fit := _fit(shape.member, member, here, notes)) is not _NOTHING:
            found.append(fit)
    if len(found) > shape.most:
        notes.note(TOO_MANY, address)
    return found[: shape.most]


def _named(shape: Named, value: Any, address: str, notes: Notes) -> Any:
    if not isinstance(value, dict):
        return _unreadable(address, notes)
    members = {name: _fit(shape.member, member, joined(address, name), notes) for name, member in value.items()}
    return {name: member for name, member in members.items() if member is not _NOTHING}
