"""Changing a document by addresses, so that it can be shown, taken back, and never overwrites what somebody else wrote. Pure.

A change is a plain mapping that can be stored: what was done (`set`, `add`, `remove`, `move`), where, and the values before and after.
"""

import hashlib
import json
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.content.addresses import Member, NoSuchPlace, joined, member_of, parts, place_of, value_at, within
from lms.content.kinds import OneOfKind
from lms.content.shapes import Many, Named, Record, Shape
from lms.content.yaml import Map, Seq

Change = dict[str, Any]
_DAY = "$date"


@dataclass(frozen=True, slots=True)
class Edit:
    """A new `value` for an address; `was` is the print of what the editor had seen there."""

    address: str
    value: Any
    was: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit of something that has changed meanwhile: what the editor typed, and what stands there now."""

    address: str
    mine: Any
    theirs: Any


def is_blank(value: Any) -> bool:
    """Whether nothing is said: no value, an empty text or list, a text that is empty in both languages."""
    if isinstance(value, dict):
        return all(map(is_blank, value.values()))
    return value is None or value in ("", [])


def print_of(value: Any) -> str:
    """Twelve characters that tell one value from another; all blank values are the same."""
    plain = None if is_blank(value) else as_stored(value)
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def as_stored(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {name: as_stored(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_stored(member) for member in value]
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def as_written(value: Any) -> Any:
    """The other way round: a value of a document."""
    if isinstance(value, dict):
        if set(value) == {_DAY}:
            return date.fromisoformat(value[_DAY])
        found = Map(0)
        found.update({name: as_written(member) for name, member in value.items()})
        return found
    if isinstance(value, list):
        sequence = Seq(0)
        sequence.extend(map(as_written, value))
        return sequence
    return value


def seen_at(document: Any, address: str) -> Any:
    """What stands at `address`, nothing when there is nothing."""
    try:
        return value_at(document, address)
    except NoSuchPlace:
        return None


def write(document: Any, edits: Iterable[Edit]) -> tuple[list[Change], list[Conflict]]:
    """Carry out `edits` in `document`, and say what has changed and what could not be without overwriting somebody's text.

    Raises NoSuchPlace when what an edit belongs to has been removed.
    """
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    for edit in edits:
        _holder(document, edit.address, make=False)  # it must be there
        now = seen_at(document, edit.address)
        mine, theirs = print_of(edit.value), print_of(now)
        if mine in (theirs, edit.was):
            continue  # the same, or not touched by this editor
        if theirs != edit.was:
            conflicts.append(Conflict(edit.address, edit.value, now))
        else:
            changes.append(put(document, edit.address, edit.value))
    return changes, conflicts


def put(document: Any, address: str, value: Any) -> Change:
    """Set the value at `address`; None removes it. Mappings on the way are made. Raises NoSuchPlace for a list's member."""
    before = seen_at(document, address)
    holder = _holder(document, address, make=value is not None)
    last = parts(address)[-1]
    if isinstance(holder, list):
        holder[place_of(holder, last)] = value
    elif holder is not None:
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = value
    return {"do": "set", "at": address, "before": as_stored(before), "after": as_stored(value)}


def _holder(document: Any, address: str, make: bool) -> Any:
    holder = document
    for part in parts(address)[:-1]:
        if isinstance(holder, list):
            holder = holder[place_of(holder, part)]
        elif isinstance(holder, dict):
            if part not in holder and not make:
                return None
            if holder.get(str(part)) is None:
                holder[str(part)] = Map(0)
            holder = holder[str(part)]
        else:
            raise NoSuchPlace(address)
    return holder


def add(document: Any, address: str, record: Any, place: int | None = None) -> Change:
    """Put `record` into the list at `address`, which is made if need be; at its end, or at `place`."""
    sequence = seen_at(document, address) if address else document
    if sequence is None:
        put(document, address, sequence := Seq(0))
    if not isinstance(sequence, list):
        raise NoSuchPlace(address)
    place = len(sequence) if place is None else min(place, len(sequence))
    sequence.insert(place, record)
    return {"do": "add", "at": address, "place": place, "value": as_stored(record)}


def remove(document: Any, address: str) -> Change:
    """Take the member of a list at `address` out. Raises NoSuchPlace."""
    around = within(address)
    sequence = value_at(document, around) if around else document
    if not isinstance(sequence, list):
        raise NoSuchPlace(address)
    place = place_of(sequence, parts(address)[-1])
    return {"do": "remove", "at": around, "place": place, "value": as_stored(sequence.pop(place))}


def move(document: Any, address: str, by: int) -> Change | None:
    """Move the member of a list at `address` by so many places; None when it is at the end already. Raises NoSuchPlace."""
    around = within(address)
    sequence = value_at(document, around) if around else document
    if not isinstance(sequence, list):
        raise NoSuchPlace(address)
    place = place_of(sequence, parts(address)[-1])
    to = max(0, min(len(sequence) - 1, place + by))
    if to == place:
        return None
    sequence.insert(to, sequence.pop(place))
    return {"do": "move", "at": around, "place": place, "to": to, "value": member_print(sequence, to)}


def member_print(sequence: list[Any], place: int) -> str:
    """What tells a member of a list from its neighbours: its key, else its print."""
    part = member_of(sequence, place)
    return str(part) if isinstance(part, Member) else print_of(sequence[place])


class CannotTakeBack(Exception):
    """What a change made has been changed again since."""


def take_back(document: Any, change: Change) -> Change:
    """Undo `change`; the change that this makes. Raises CannotTakeBack, NoSuchPlace."""
    at = change["at"]
    if change["do"] == "set":
        if print_of(seen_at(document, at)) != print_of(as_written(change["after"])):
            raise CannotTakeBack(at)
        return put(document, at, as_written(change["before"]))
    if change["do"] == "remove":  # the list may have gone with its last member
        return add(document, at, as_written(deepcopy(change["value"])), change["place"])
    sequence = value_at(document, at) if at else document
    if change["do"] == "add":
        place = _same_member(sequence, change["value"], change["place"])
        return remove(document, joined(at, member_of(sequence, place)))
    place = change["to"]
    if place >= len(sequence) or member_print(sequence, place) != change["value"]:
        raise CannotTakeBack(at)
    return move(document, joined(at, member_of(sequence, place)), change["place"] - place) or change


def _same_member(sequence: list[Any], value: Any, place: int) -> int:
    """Where the member that was added stands now, unchanged."""
    wanted = print_of(_said(as_written(value)))
    for at in (place, *range(len(sequence))):
        if at < len(sequence) and print_of(_said(sequence[at])) == wanted:
            return at
    raise CannotTakeBack(str(place))


def _said(value: Any) -> Any:
    """A value without what says nothing: that may have been left out since."""
    if isinstance(value, dict):
        return {name: _said(member) for name, member in value.items() if not is_blank(member)}
    return [_said(member) for member in value] if isinstance(value, list) else value


def tidy(value: Any, shape: Shape) -> None:
    """Leave out what is optional and says nothing, everywhere in `value`."""
    if isinstance(value, dict):
        for name in [name for name, member in value.items() if _may_go(shape, name) and is_blank(member)]:
            del value[name]
    for part, member in _members(value):
        if (inner := shape_inside(shape, part, member)) is not None:
            tidy(member, inner)


def _may_go(shape: Shape, name: str) -> bool:
    if isinstance(shape, Record):
        return name in shape.optional
    return isinstance(shape, Named)


def _members(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def shape_inside(shape: Shape, part: Any, value: Any) -> Shape | None:
    """The shape of what `part` names in something of `shape`; None when it is a plain value or not foreseen."""
    if isinstance(shape, Record):
        return shape.members.get(part)
    inner = shape.member if isinstance(shape, Many | Named) else None
    return inner.record_of(value) if isinstance(inner, OneOfKind) else inner
