"""What a value in a pack's YAML must look like. One description gives both the faults and the JSON Schema.

A shape says of a value what is wrong with it (`faults`) and describes itself as JSON Schema (`schema`), so the checker and
`docs/schema/` cannot disagree.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from lms.content.faults import Fault
from lms.content.yaml import Map, Seq

LANGUAGES = ("sr", "en")
KEY = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the file, the line, and the way to it in words."""

    file: str
    line: int
    name: str = ""

    def inside(self, container: Map | Seq, part: str | int) -> "Place":
        """The place of one member of `container`, which stands here."""
        line = container.lines[part]  # type: ignore[index]
        if isinstance(part, int):
            member = container[part]  # type: ignore[index]
            label = member.get("key") if isinstance(member, Map) else None
            return replace(self, line=line, name=f"{self.name}[{label or part + 1}]")
        return replace(self, line=line, name=f"{self.name}.{part}" if self.name else part)

    def fault(self, message: str, advice: str) -> Fault:
        """A fault at this place."""
        return Fault(self.file, self.line, f"`{self.name}` {message}" if self.name else message, advice)


class Shape(Protocol):
    """What every shape can do."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """What is wrong with `value`."""
        ...

    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""
        ...


@dataclass(frozen=True)
class Line:
    """A string that is not empty, or fits `pattern`; `empty` allows nothing to be said yet."""

    pattern: str = ""
    advice: str = "write a text; numbers, times and dates that are text go in quotes"
    empty: bool = False

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield place.fault("must be a text", self.advice)
        elif not value.strip() and not self.empty:
            yield place.fault("is empty", "write a text")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield place.fault(f"is not well formed: {value[:60]}", self.advice)

    def schema(self) -> dict[str, Any]:
        if self.pattern:
            return {"type": "string", "pattern": f"^({self.pattern})$"}
        return {"type": "string"} if self.empty else {"type": "string", "pattern": r"\S"}


def key() -> Line:
    """A key."""
    return Line(KEY, "use lower-case ASCII letters, digits and hyphens, for example `follow-up-3`")


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    @property
    def members(self) -> Mapping[str, Shape]:
        """The shape of each language's text, in the order in which they are written."""
        return _LANGUAGES

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Map):
            yield place.fault("must be a text in both languages", "write {sr: …, en: …}")
            return
        for language in LANGUAGES:
            if language not in value:
                yield place.fault(f"has no `{language}`", "write the text in Serbian Cyrillic (sr) and in English (en)")
            else:
                yield from Line().faults(value[language], place.inside(value, language))
        for extra in value.keys() - set(LANGUAGES):
            yield place.inside(value, extra).fault("is not a language of a pack", "keep only `sr` and `en`")

    def schema(self) -> dict[str, Any]:
        return Record(self.members).schema()


_LANGUAGES: Mapping[str, Shape] = {language: Line() for language in LANGUAGES}


@dataclass(frozen=True)
class Whole:
    """A whole number between `least` and `most`."""

    least: int
    most: int

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            yield place.fault("is not such a number", f"write a whole number from {self.least} to {self.most}")

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Truth:
    """true or false."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield place.fault("must be true or false", "write `true` or `false`, without quotes")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day:
    """A date, without quotes."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, date):
            yield place.fault("is not a date", "write year-month-day without quotes, for example 2026-11-22")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class OneOf:
    """One of some fixed words or numbers."""

    choices: tuple[str | int, ...]

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, bool) or value not in self.choices:
            yield place.fault(f"cannot be `{value}`", f"write one of: {', '.join(map(str, self.choices))}")

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


@dataclass(frozen=True)
class Either:
    """A value that fits one of some shapes."""

    shapes: tuple[Shape, ...]
    advice: str

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if all(any(True for _fault in shape.faults(value, place)) for shape in self.shapes):
            yield place.fault(f"cannot be `{value}`", self.advice)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@dataclass(frozen=True)
class Many:
    """A list of `member`s, from `least` to `most` of them."""

    member: Shape
    least: int = 1
    most: int = 500

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Seq):
            yield place.fault("must be a list", "write each member on a line of its own that starts with `- `")
            return
        if not self.least <= len(value) <= self.most:
            yield place.fault(f"has {len(value)} members", f"write {self.least} to {self.most} of them")
        for number, member in enumerate(value):
            yield from self.member.faults(member, place.inside(value, number))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.member.schema(), "minItems": self.least, "maxItems": self.most}


@dataclass(frozen=True)
class Record:
    """A mapping with fixed keys. An optional key may be left out or be null.

    `order` names the keys as they are written one after another; empty: the required, then the optional ones.
    """

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    order: str = ""

    @cached_property
    def members(self) -> Mapping[str, Shape]:
        """The shape of each key's value, in the order in which the keys are written."""
        shapes = {**self.required, **self.optional}
        return {name: shapes[name] for name in self.order.split()} or shapes

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Map):
            yield place.fault("must be a mapping", f"write `key: value` lines: {', '.join(self.required)}")
            return
        for name in self.required:
            if name not in value:
                yield place.fault(f"has no `{name}`" if place.name else f"`{name}` is missing", f"add `{name}: …`")
        for name, member in value.items():
            there = place.inside(value, name)
            if shape := self.required.get(name):
                yield from shape.faults(member, there)
            elif name not in self.optional:
                known = ", ".join((*self.required, *self.optional))
                yield there.fault("is an unknown key", f"remove it or correct its name; known are: {known}")
            elif member is not None:
                yield from self.optional[name].faults(member, there)

    def schema(self) -> dict[str, Any]:
        optional = {name: {"anyOf": [shape.schema(), {"type": "null"}]} for name, shape in self.optional.items()}
        return {
            "type": "object",
            "required": list(self.required),
            "properties": {name: shape.schema() for name, shape in self.required.items()} | optional,
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class Named:
    """A mapping from keys of the author's choice to values of one shape."""

    member: Shape

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Map):
            yield place.fault("must be a mapping", "write `name: …` lines")
            return
        for name, member in value.items():
            yield from key().faults(name, place.inside(value, name))
            yield from self.member.faults(member, place.inside(value, name))

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "propertyNames": key().schema(), "additionalProperties": self.member.schema()}
