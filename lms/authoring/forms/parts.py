"""The parts of a document that have a page of their own: which record (or list) stands at an address, and the outline of all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lms.authoring import words
from lms.authoring.editing import shape_inside
from lms.authoring.forms.choices import called
from lms.authoring.forms.kinds import LIST_PAGE, OWN_PAGE, kind_inside
from lms.content.addresses import joined, member_of, parts, value_at
from lms.content.shapes import Many, Record, Shape
from lms.language import gettext


@dataclass(frozen=True)
class Part:
    """What stands at an address: the kind of the record (of the one that holds it, for a list), its shape and value."""

    address: str
    kind: str
    shape: Shape
    value: Any
    name: str = ""  # of the field, for a list that is a page by itself


@dataclass(frozen=True)
class Line:
    """One line of the outline. `add` is the address of the list to which one more can be added here."""

    address: str
    title: str
    kind: str
    level: int
    group: bool = False
    add: str | None = None
    add_label: str = ""


def part_at(kind: str, shape: Shape, document: Any, address: str) -> Part:
    """The part at `address`, or the innermost part round it. Raises NoSuchPlace when there is nothing there."""
    part = Part("", kind, shape, document)
    if (kind, address) in LIST_PAGE and isinstance(shape, Record) and address not in document:
        return Part(address, kind, shape.members[address], None, address)  # nothing is in it yet
    value_at(document, address)
    here, name, value = "", "", document
    for step in parts(address):
        member = isinstance(value, list)
        inner = shape_inside(shape, step, value)
        if inner is None:
            break
        here, shape, value = joined(here, step), inner, value_at(value, joined("", step))
        if not member:
            name = str(step)
            if (kind, name) in LIST_PAGE:
                return Part(here, kind, shape, value, name)
        elif (kind, name) in OWN_PAGE:
            kind, name = kind_inside(kind, name, value), ""
            part = Part(here, kind, shape, value)
        else:
            break
    return part


def outline(kind: str, shape: Shape, document: Any) -> list[Line]:
    """Every part in order: the document itself, lists that are a page, records with a page, and what is in them."""
    said = words.KINDS.get(kind)
    top = [] if kind == "sources" else [Line("", gettext(said.one) if said else "", kind, 0)]
    return top + list(_lines(kind, shape, document, "", 0))


def _lines(kind: str, shape: Shape, value: Any, address: str, level: int) -> Iterator[Line]:
    if isinstance(shape, Many) and not address:
        yield from _list(kind_inside(kind, ""), shape, value, address, level)
    if not isinstance(shape, Record):
        return
    for name, member in shape.members.items():
        here = joined(address, name)
        if (kind, name) in LIST_PAGE and not address:
            inside = words.KINDS.get(kind_inside(kind, name))
            yield Line(
                here,
                gettext(inside.many if inside else words.field_words(kind, name).label),
                kind_inside(kind, name) or name,
                level,
            )
        elif (kind, name) in OWN_PAGE and isinstance(member, Many):
            values = value.get(name) if isinstance(value, dict) else None
            yield from _list(kind_inside(kind, name), member, values, here, level)


def _list(inside: str, shape: Many, values: Any, address: str, level: int) -> Iterator[Line]:
    said = words.KINDS[inside]
    if level == 0:
        yield Line(address, gettext(said.many), inside, 0, group=True, add=address, add_label=gettext(said.add))
    for number, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            here = joined(address, member_of(values, number))
            yield Line(here, called(value) or gettext(said.one), inside, level + 1)
            yield from _lines(inside, shape.member, value, here, level + 1)
