"""What the buttons of a form ask for: `add:stages`, `remove:stages[first]`, `up:…`, `down:…`, and `by:…:3` of what was dragged. Pure."""

import re
from typing import Any

from lms.authoring.documents import Kind
from lms.authoring.editing import Change, add, move, put, remove, seen_at, shape_inside
from lms.authoring.forms.beginnings import beginning, new_key
from lms.authoring.forms.hours import laid_out
from lms.authoring.forms.kinds import kind_inside
from lms.content.addresses import NoSuchPlace, joined, member_of, parts, value_at, within
from lms.content.shapes import Many, Named, Record, Shape
from lms.errors import Refused

NO_SUCH_BUTTON = Refused("There is no such button. Reload the page and try again.", status=422)


def carry_out(document: Any, kind: Kind, command: str) -> tuple[list[Change], str]:
    """Change `document` as `command` says; the changes, and the address to look at then. Raises NoSuchPlace, Refused."""
    word, _, address = command.partition(":")
    if word == "add":
        address, _, block = address.partition(":")
        return _add(document, kind, address, block)
    if word == "remove":
        around = within(address)
        return [_remove(document, kind, address, around)], around
    if word in ("up", "down", "by"):
        address, _, places = address.partition(":") if word == "by" else (address, "", "-1" if word == "up" else "1")
        changed = move(document, address, _places(places))
        return ([changed, *laid_out(document, changed)] if changed else []), address
    raise NO_SUCH_BUTTON


def _places(typed: str) -> int:
    if not re.fullmatch(r"-?\d{1,3}", typed):
        raise NO_SUCH_BUTTON
    return int(typed)


def _remove(document: Any, kind: Kind, address: str, around: str) -> Change:
    if isinstance(value_at(document, around) if around else document, list):
        return remove(document, address)
    value_at(document, address)
    if not isinstance(_list_at(document, kind, around)[2], Named):
        raise NO_SUCH_BUTTON
    return put(document, address, None)


def _add(document: Any, kind: Kind, address: str, block: str) -> tuple[list[Change], str]:
    holder, name, shape = _list_at(document, kind, address)
    if isinstance(shape, Named):
        key = new_key(document, kind_inside(holder, name))
        there = joined(address, key)
        return [put(document, there, beginning(document, kind_inside(holder, name), shape.member))], there
    if not isinstance(shape, Many):
        raise NO_SUCH_BUTTON
    members = seen_at(document, address) if address else document
    if members and len(members) >= shape.most:
        raise Refused("There can be no more than %(most)s of these. Remove one first.", status=422, most=shape.most)
    example = {"kind": block} if block else None
    inner = kind_inside(holder, name, example)
    member = shape_inside(shape, 0, example)
    if member is None:  # a block of no kind that there is
        raise NO_SUCH_BUTTON
    record = beginning(document, inner, member)
    change = add(document, address, record)
    members = value_at(document, address) if address else document
    return [change], joined(address, member_of(members, len(members) - 1))


def _list_at(document: Any, kind: Kind, address: str) -> tuple[str, str, Shape | None]:
    """The kind of the record that holds the list at `address`, the name of the list, and its shape."""
    holder, name, value = kind.name, "", document
    shape: Shape | None = kind.shape
    for step in parts(address):
        if shape is None:
            raise NoSuchPlace(address)
        if isinstance(value, list):
            value = value_at(value, joined("", step))
            shape = shape_inside(shape, step, value)
            holder, name = kind_inside(holder, name, value), ""
        else:
            if name and isinstance(shape, Record | Named):
                holder, name = kind_inside(holder, name, value) or holder, ""
            inner = value.get(step) if isinstance(value, dict) else None
            shape, value, name = shape_inside(shape, step, inner), inner, str(step)
    return holder, name, shape
