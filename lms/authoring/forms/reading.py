"""What was typed into a form, as edits of the document; and what cannot be taken, beside its field."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from lms.authoring.editing import Edit
from lms.authoring.forms.conditions import AND, COUNTED, Clause, put_together
from lms.authoring.forms.drawn import Field
from lms.authoring.forms.fields import leaves
from lms.content.checks.privacy import NO_REAL_PEOPLE, guard
from lms.content.conditions import ConditionFaulty, parse
from lms.content.shapes import Line
from lms.language import gettext
from lms.ui import N_

LONGEST = 20_000  # characters of one text
PUBLISHED = "hotlines["  # telephones for help: the only place for numbers that a service publishes
WAS = "was:"  # before the address, in the name of the field that holds the print
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Sent(Protocol):
    """A form that was sent, as Werkzeug gives it."""

    def get(self, name: str, default: str = ...) -> str: ...
    def getlist(self, name: str) -> list[str]: ...
    def __contains__(self, name: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...


class Untakeable(ValueError):
    """What was typed cannot be taken; the message says why, in the reader's language."""


@dataclass
class Typed:
    """What a form brought: edits to carry out, and sentences beside the fields that cannot be taken."""

    edits: list[Edit] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)  # the prints that were sent
    lost: list[str] = field(default_factory=list)  # texts typed into fields that are no longer there


def read(fields: tuple[Field, ...], sent: Sent, contacts: Collection[str]) -> Typed:
    """The edits in `sent` for the leaves of `fields`. `contacts` are published numbers that may stand in texts."""
    typed = Typed()
    known = set()
    for one in leaves(fields):
        known.add(one.address)
        if WAS + one.address not in sent:
            continue
        raw: Any = sent.getlist(one.address) if one.widget == "several" else sent.get(one.address, "")
        try:
            value = _value(one, _put_together(one, sent) if f"{one.address}::flag" in sent else raw)
            if not one.address.startswith(PUBLISHED):
                refuse_real_people(value, contacts)
        except Untakeable as error:
            typed.errors[one.address], typed.values[one.address] = str(error), raw
            continue
        typed.values[one.address] = value
        if isinstance(value, str) and value == clean(str(one.typed)):
            continue  # a form does not change the spaces round what it shows
        typed.seen[one.address] = sent.get(WAS + one.address)
        typed.edits.append(Edit(one.address, value, typed.seen[one.address]))
    typed.lost = [
        text
        for name in sent
        if name.startswith(WAS) and (at := name[len(WAS) :]) not in known and (text := sent.get(at, "").strip())
    ]
    return typed


def _put_together(one: Field, sent: Sent) -> str:
    """A condition that was put together by choosing."""
    parts = [sent.getlist(f"{one.address}::{name}") for name in ("flag", "how", "number")]
    lines = []
    for flag, how, number in zip(*parts, strict=False):
        counted = bool(flag) and how in COUNTED
        if counted and not _WHOLE.fullmatch(number.strip()):
            raise Untakeable(gettext(N_("Write a whole number beside “at least”, “at most” or “exactly”.")))
        lines.append(Clause(flag, how, int(number) if counted else 0))
    return put_together(sent.get(f"{one.address}::joint", AND), lines)


_WHOLE = re.compile(r"-?\d{1,6}")
_HOURS = re.compile(r"(\d{1,2})[.:,h ]\s?(\d\d)h?")  # as people write them: 9.30, 09:30, 9 30


def _hours(text: str) -> str:
    """Hours and minutes as the document has them."""
    match = _HOURS.fullmatch(text)
    return f"{int(match[1]):02d}:{match[2]}" if match else text


def refuse_real_people(value: Any, contacts: Collection[str]) -> None:
    """Real people's data are refused wherever an author types, with the reason and what to do instead."""
    if isinstance(value, str) and (found := guard(value, contacts)):
        told = [fault.sentence(gettext) for fault in found]
        advice = dict.fromkeys(fault.what_to_do(gettext) for fault in found)  # said once, however many kinds need it
        raise Untakeable(" ".join([gettext(N_("This was not saved.")), *told, *advice, gettext(NO_REAL_PEOPLE)]))


def _value(one: Field, raw: Any) -> Any:
    if one.address.endswith(".starts"):
        return _hours(clean(raw))
    if one.widget == "several":
        return _several(one, [clean(value) for value in raw])
    text = clean(raw)
    if len(text) > LONGEST:
        raise Untakeable(
            gettext(
                N_("This text has more than %(most)s characters. Shorten it; nothing is lost meanwhile."), most=LONGEST
            )
        )
    if reader := _READERS.get(one.widget):
        return reader(one, text)
    return text if text or one.required else None


def clean(text: str) -> str:
    """The text without invisible signs, with Unix line ends, and nothing before and after it."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _number(_field: Field, text: str) -> int | None:
    if not text:
        return None
    try:
        number = int(text.replace(" ", "").replace("−", "-"))
    except ValueError:
        raise Untakeable(gettext(N_("Write a whole number, in figures."))) from None
    if abs(number) > 10**6:
        raise Untakeable(gettext(N_("This number is too large.")))
    return number


def _truth(one: Field, text: str) -> bool | None:
    ticked = bool(text)
    return None if one.fresh and ticked == one.typed else ticked


def _day(_field: Field, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Untakeable(gettext(N_("Write the date as year-month-day, for example 2026-11-22."))) from None


def _chosen(one: Field, text: str) -> Any:
    if not text:
        return "" if one.required and isinstance(one.shape, Line) else None
    if text not in {choice.value for choice in one.choices}:
        raise Untakeable(gettext(N_("Choose one of the list.")))
    fixed = getattr(one.shape, "choices", ())
    return next((value for value in fixed if str(value) == text), text)


def _several(one: Field, ticked: list[str]) -> list[Any]:
    """In the order in which they stood; what was ticked newly comes last."""
    if not one.choices:
        ticked = [word for text in ticked for part in text.split(",") if (word := part.strip())]
        return ticked
    there = [str(value) for value in one.typed or []]
    labels = {choice.label: choice.value for choice in one.choices}
    known = [choice.value for choice in one.choices]
    ticked = [labels.get(value, value) for value in ticked if value]
    if unknown := [value for value in ticked if value not in known]:
        raise Untakeable(gettext(N_("There is no “%(name)s” to choose."), name=unknown[0]))
    kept = [value for value in there if value in ticked]
    return kept + [value for value in known if value in ticked and value not in kept]


def _condition(_field: Field, text: str) -> str | None:
    if not text:
        return None
    try:
        parse(text)
    except ConditionFaulty:
        raise Untakeable(
            gettext(
                N_(
                    "This condition cannot be read. Write it like: not warned and trust >= 2. What may stand in it is listed below."
                )
            )
        ) from None
    return text


def _flag(one: Field, text: str) -> bool | int | None:
    return text == "true" if text in ("true", "false") else _number(one, text)


_READERS: dict[str, Callable[[Field, str], Any]] = {
    "number": _number, "truth": _truth, "day": _day, "flag": _flag, "choice": _chosen, "when": _condition,
}  # fmt: skip


def shown(fields: tuple[Field, ...], typed: Typed, others: Mapping[str, tuple[Any, str]]) -> tuple[Field, ...]:
    """The same fields with what was typed in them, what is wrong with it, and what somebody else has written meanwhile, and who."""

    def renew(one: Field) -> Field:
        if one.widget in ("pair", "group", "keyed"):
            return replace(one, fields=tuple(map(renew, one.fields)))
        if one.members:
            return replace(one, members=tuple(replace(m, fields=tuple(map(renew, m.fields))) for m in one.members))
        if one.address in typed.errors:
            return replace(one, error=typed.errors[one.address], typed=typed.values[one.address])
        if one.address in others:  # it stays a conflict until one of the two is chosen
            value, who = others[one.address]
            said = "" if value is None else str(value)
            return replace(one, theirs=said, who=who, typed=typed.values[one.address], was=typed.seen[one.address])
        return one

    return tuple(map(renew, fields))
