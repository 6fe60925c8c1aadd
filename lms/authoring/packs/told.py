"""Faults as plain values that JSON can hold, and back: what a fault says must still be sayable in any language."""

from collections.abc import Mapping
from typing import Any

from lms.content.faults import Fault, Title, Word

LONGEST = 400  # letters of one text or value; a hostile pack can make them as long as a file


def as_plain(fault: Fault) -> dict[str, Any]:
    """One fault for JSON."""
    texts = {name: str(getattr(fault, name))[:LONGEST] for name in ("file", "message", "advice", "name", "syntax")}
    values = [[name, [_plain(value) for value in listed[:40]]] for name, listed in fault.values]
    return texts | {"line": fault.line, "warning": fault.warning, "values": values}


def _plain(value: str) -> list[Any]:
    if isinstance(value, Title):
        return ["title", value[:LONGEST], {language: text[:LONGEST] for language, text in value.text.items()}]
    return ["word" if isinstance(value, Word) else "", value[:LONGEST]]


def as_fault(plain: Mapping[str, Any]) -> Fault:
    """The other way round."""
    values = tuple((name, tuple(map(_value, listed))) for name, listed in plain["values"])
    return Fault(**dict(plain) | {"values": values})


def _value(plain: list[Any]) -> str:
    if plain[0] == "title":
        return Title(plain[1], plain[2])
    return Word(plain[1]) if plain[0] == "word" else str(plain[1])
