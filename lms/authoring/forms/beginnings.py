"""What a new record says before anybody has written in it: enough to be tried, nothing that has to be removed. Pure.

No date of checking: only who has looked the source up can say when.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lms.authoring.editing import as_written, shape_inside
from lms.content.addresses import inside
from lms.content.shapes import LANGUAGES, Many, Named, OneOf, Record, Shape, Words

Empty = dict[str, Any]
_PREFIX = {"question": "q", "choice": "a", "source": "S", "check": "check", "check-option": "", "entry": "entry"}


def new_key(document: Any, kind: str) -> str:
    """A key that nothing in the document has: the kind and the next free number."""
    taken = {str(value) for address, value in inside(document) if address.endswith(".key")}
    prefix = _PREFIX.get(kind, f"{kind}-")
    number = 1 + sum(bool(re.fullmatch(re.escape(prefix) + r"\d+", key)) for key in taken)
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def beginning(document: Any, kind: str, shape: Shape) -> Any:
    """A new record of `kind` for `document`."""
    record = _empty(shape)
    more = _MORE.get(kind)
    if more:
        record |= more(document)
    if isinstance(shape, Record) and "key" in shape.members:
        record["key"] = record.get("key") or new_key(document, kind)
    return as_written(record)


def _empty(shape: Shape | None) -> Any:
    """The least that has the shape: what is required, with nothing said."""
    if isinstance(shape, Words):
        return dict.fromkeys(LANGUAGES, "")
    if isinstance(shape, Record):
        return {name: _empty(shape_inside(shape, name, None)) for name in shape.required}
    if isinstance(shape, OneOf):
        return shape.choices[0]
    if isinstance(shape, Many):
        return []
    return {} if isinstance(shape, Named) else ""


def _texts() -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, "")


def _first(document: Any, name: str) -> str:
    records = document.get(name) if isinstance(document, dict) else None
    return str(records[0].get("key", "")) if records else ""


def _role(document: Any) -> Empty:
    return {"place": _first(document, "places"), "required": False}


def _step(_document: Any) -> Empty:
    return {"sectors": [], "sources": [], "certainty": "general"}


def _stage(document: Any) -> Empty:
    stages = document.get("stages") or [{}]
    return {"round": stages[-1].get("round", 1), "minutes": 10, "next": [{"to": _first(document, "endings")}]}


def _inject(_document: Any) -> Empty:
    return {"at": 5}


def _option(key: str, grade: str) -> Empty:
    return {"key": key, "text": _texts(), "grade": grade, "reason": _texts(), "cites": _texts()}


def _decision(document: Any) -> Empty:
    first = new_key(document, "option")
    head, _, number = first.rpartition("-")
    keys = [f"{head}-{int(number) + more}" for more in range(3)]
    options = [_option(key, grade) for key, grade in zip(keys, ("right", "acceptable", "harmful"), strict=True)]
    return {"how": "majority", "minutes": 5, "otherwise": keys[1], "options": options, "debrief": [_texts()]}


def _handoff(document: Any) -> Empty:
    item, channel = new_key(document, "item"), new_key(document, "channel")
    return {
        "roles": [_first(document, "roles")], "to": _texts(),
        "items": [{"key": item, "text": _texts(), "need": "needed"}],
        "channels": [{"key": channel, "text": _texts(), "safe": True}],
    }  # fmt: skip


def _question(document: Any) -> Empty:
    if document.get("kind") != "test":
        return {"type": "long-text"}
    options = [{"key": key, "text": _texts()} for key in ("a", "b", "c")]
    options[0]["right"] = True
    return {
        "type": "single", "options": options, "explanation": _texts(), "sources": [], "certainty": "general",
    }  # fmt: skip


def _day(document: Any) -> Empty:
    return {"day": len(document.get("programme") or ()) + 1, "items": []}


def _entry(document: Any) -> Empty:
    """After the last entry of the last day."""
    entries = [entry for day in document.get("programme") or () for entry in day.get("items") or ()]
    starts = re.fullmatch(r"(\d\d):(\d\d)", str(entries[-1].get("starts"))) if entries else None
    minute = int(starts[1]) * 60 + int(starts[2]) + int(entries[-1].get("minutes") or 0) if starts else 9 * 60
    return {"starts": f"{minute // 60 % 24:02d}:{minute % 60:02d}", "minutes": 45, "kind": "talk"}


def _hotline(_document: Any) -> Empty:
    return {"certainty": "confirmed"}


def _source(_document: Any) -> Empty:
    return {"read": "none"}


_MORE: Mapping[str, Callable[[Any], Empty]] = {
    "role": _role, "step": _step, "stage": _stage, "inject": _inject, "decision": _decision, "handoff": _handoff,
    "option": lambda document: _option(new_key(document, "option"), "acceptable"),
    "item": lambda _document: {"need": "allowed"}, "question": _question, "day": _day, "entry": _entry,
    "hotline": _hotline, "source": _source, "module": lambda _document: {"minutes": 45},
}  # fmt: skip
