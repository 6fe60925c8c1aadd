"""What a value in a pack's YAML must look like. One description gives both the faults and the JSON Schema.

A shape says of a value what is wrong with it (`faults`) and describes itself as JSON Schema (`schema`), so the checker and
`docs/schema/` cannot disagree.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from lms.content.faults import N_, Fault, Word
from lms.content.place import Place
from lms.content.yaml import Map, Seq

LANGUAGES = ("sr", "en")
KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_SHOWN = 60  # characters of what was typed that are repeated in a sentence

NOT_FILLED_IN = N_("Nothing has been chosen or written here yet.")
FILL_IN = N_("Fill it in.")
NOTHING_WRITTEN = N_("Nothing has been written here yet.")
NOTHING_LISTED, TOO_LITTLE_LISTED = N_("Nothing is listed here yet."), N_("Too little is listed here: %(count)s.")
NO_SERBIAN = N_("This text is only in English; the Serbian is missing.")
NO_ENGLISH = N_("This text is only in Serbian; the English is missing.")
CANNOT_STAND = N_("“%(typed)s” cannot stand here.")
YES, NO = N_("yes"), N_("no")
CHOOSE_ANOTHER = N_("Choose one of those offered.")
WRITE_NUMBER = N_("Write a whole number from %(least)s to %(most)s.")
ADD_PARTS = N_("Fill in its parts one by one.")
NOT_IN_PARTS = N_("This should consist of several parts.")


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
    advice: str = N_("Write a text.")
    empty: bool = False
    syntax: str = "numbers, times and dates that are text go in quotes"

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield place.fault(N_("This must be a text."), self.advice, self.syntax)
        elif not value.strip() and not self.empty:
            yield place.fault(NOT_FILLED_IN if self.pattern else NOTHING_WRITTEN, FILL_IN, self.syntax)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield place.fault(CANNOT_STAND, self.advice, self.syntax, typed=as_typed(value))

    def schema(self) -> dict[str, Any]:
        if self.pattern:
            return {"type": "string", "pattern": f"^({self.pattern})$"}
        return {"type": "string"} if self.empty else {"type": "string", "pattern": r"\S"}


def as_typed(value: Any) -> str:
    """What was typed, as it can be repeated to people."""
    if value is None or isinstance(value, Map | Seq):
        return "…"
    return Word(YES if value else NO) if isinstance(value, bool) else str(value)[:LONGEST_SHOWN]


def key() -> Line:
    """A key."""
    advice = N_("Use only small letters of the English alphabet, digits and hyphens, for example: follow-up-3")
    return Line(KEY, advice, syntax="")


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    @property
    def members(self) -> Mapping[str, Shape]:
        """The shape of each language's text, in the order in which they are written."""
        return _LANGUAGES

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Map):
            advice = N_("Write it in Serbian Cyrillic and in English.")
            yield place.fault(N_("This must be a text in both languages."), advice, "{sr: …, en: …}")
        elif all(_is_blank(value.get(language)) for language in LANGUAGES):
            yield place.fault(NOTHING_WRITTEN, N_("Write it in Serbian Cyrillic and in English."), "{sr: …, en: …}")
        else:
            yield from self._languages(value, place)

    def _languages(self, value: Map, place: Place) -> Iterator[Fault]:
        for language, message, advice in (
            ("sr", NO_SERBIAN, N_("Write it in Serbian Cyrillic; the Latin is made from it.")),
            ("en", NO_ENGLISH, N_("Translate it into English.")),
        ):
            there = place.inside(value, language) if language in value else place.missing(language)
            if _is_blank(value.get(language)):
                yield there.fault(message, advice, f"`{language}: …`")
            else:
                yield from Line().faults(value[language], there)
        for extra in sorted(value.keys() - set(LANGUAGES)):
            message, advice = (
                N_("“%(language)s” is not a language of the course."),
                N_("Keep only Serbian and English."),
            )
            yield place.inside(value, extra).fault(message, advice, "keep only `sr` and `en`", language=extra)

    def schema(self) -> dict[str, Any]:
        return Record(self.members).schema()


def _is_blank(text: Any) -> bool:
    return text is None or (isinstance(text, str) and not text.strip())


_LANGUAGES: Mapping[str, Shape] = {language: Line() for language in LANGUAGES}


@dataclass(frozen=True)
class Whole:
    """A whole number between `least` and `most`."""

    least: int
    most: int

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            message = N_("“%(typed)s” is not a number that can stand here.")
            yield place.fault(message, WRITE_NUMBER, typed=as_typed(value), least=self.least, most=self.most)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Truth:
    """true or false."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, bool):
            message, advice = N_("Only yes or no can stand here."), N_("Choose yes or no.")
            yield place.fault(message, advice, "`true` or `false`, without quotes")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day:
    """A date, without quotes."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, date):
            message, advice = N_("“%(typed)s” is not a date."), N_("Write the year, the month and the day: 2026-11-22")
            yield place.fault(message, advice, "without quotes", typed=as_typed(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class OneOf:
    """One of some fixed words or numbers."""

    choices: tuple[str | int, ...]

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, bool) or value not in self.choices:
            choices = map(str, self.choices)
            yield place.fault(
                CANNOT_STAND, CHOOSE_ANOTHER, "one of: %(choices)s", typed=as_typed(value), choices=choices
            )

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


@dataclass(frozen=True)
class Either:
    """A value that fits one of some shapes."""

    shapes: tuple[Shape, ...]
    advice: str
    syntax: str = ""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if all(any(True for _fault in shape.faults(value, place)) for shape in self.shapes):
            yield place.fault(CANNOT_STAND, self.advice, self.syntax, typed=as_typed(value))

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@dataclass(frozen=True)
class Many:
    """A list of `member`s, from `least` to `most` of them. `few` and `more` say what is wrong and what to do when it is too short."""

    member: Shape
    least: int = 1
    most: int = 500
    few: str = ""
    more: str = ""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, Seq):
            syntax = "each on a line of its own that starts with `- `"
            yield place.fault(N_("This must be a list."), N_("List them one by one."), syntax)
            return
        if len(value) < self.least:
            few = self.few or (TOO_LITTLE_LISTED if value else NOTHING_LISTED)
            more = self.more or (N_("List at least %(least)s.") if self.least > 1 else N_("Add one."))
            yield place.fault(few, more, count=len(value), least=self.least)
        if len(value) > self.most:
            message = N_("Too much is listed here: %(count)s.")
            yield place.fault(message, N_("List at most %(most)s."), count=len(value), most=self.most)
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
            yield place.fault(NOT_IN_PARTS, ADD_PARTS, "lines `key: value` for %(names)s", names=self.required)
            return
        for name, wanted in self.required.items():
            if value.get(name) is None:
                there = place.inside(value, name) if name in value else place.missing(name)
                unwritten = NOTHING_WRITTEN if isinstance(wanted, Words) else NOT_FILLED_IN
                yield there.fault(unwritten, FILL_IN, "add `%(key)s: …`", key=name)
        for name, member in value.items():
            there = place.inside(value, name)
            shape = self.required.get(name) or self.optional.get(name)
            if not shape:
                known, message = (*self.required, *self.optional), N_("“%(key)s” is not known here.")
                yield there.fault(
                    message, N_("Remove it or correct its name."), "known are: %(known)s", key=name, known=known
                )
            elif member is not None:
                yield from shape.faults(member, there)

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
            yield place.fault(NOT_IN_PARTS, ADD_PARTS, "lines `name: …`")
            return
        for name, member in value.items():
            there = place.inside(value, name)
            yield from key().faults(name, there)
            if member is None:
                yield there.fault(NOT_FILLED_IN, FILL_IN)
            else:
                yield from self.member.faults(member, there)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "propertyNames": key().schema(), "additionalProperties": self.member.schema()}
