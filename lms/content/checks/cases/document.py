"""A case as it was typed, with a place for everything that has a key."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lms.content.faults import Fault
from lms.content.shapes import Place
from lms.content.yaml import Map, Seq

KINDS = {  # lists of records with keys, and what one of them is called
    "places": "place", "roles": "role", "facts": "fact", "flags": "flag", "procedure": "step", "stages": "stage",
    "injects": "inject", "decisions": "decision", "options": "option", "handoffs": "hand-off", "items": "item",
    "channels": "channel", "endings": "ending",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A record with a key: what it is, how it was typed, where it stands and in what."""

    kind: str
    key: str
    value: Map
    place: Place
    inside: "Entry | None" = None


@dataclass(frozen=True)
class Field:
    """A value beside the name it was given, somewhere in the document."""

    name: str
    value: Any
    place: Place


@dataclass(frozen=True)
class CaseDocument:
    """A case document of the right shape.

    `sources` tells how each source of the pack was read (`full`, `excerpt`, `none`); None: the pack is not known.
    `contacts` are published numbers and addresses that may stand in it.
    """

    file: str
    text: str
    value: Map
    sources: Mapping[str, str] | None = None
    contacts: Collection[str] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every record with a key, in the order of the document."""
        return tuple(_entries(self.value, Place(self.file, 1), None))

    @cached_property
    def keys(self) -> Mapping[str, Mapping[str, Entry]]:
        """The entries by kind and key."""
        found: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS.values()}
        for entry in self.entries:
            found[entry.kind].setdefault(entry.key, entry)
        return found

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every value that has a name, in the order of the document."""
        return tuple(_fields(self.value, Place(self.file, 1)))

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind, in order."""
        return (entry for entry in self.entries if entry.kind == kind)

    def at(self, kind: str, key: str) -> Place:
        """Where an entry stands. Raises KeyError."""
        return self.keys[kind][key].place

    def top(self, name: str) -> Place:
        """Where a key of the case itself stands. Raises KeyError."""
        return Place(self.file, 1).inside(self.value, name)


def advice(fault: Fault) -> Fault:
    """The same as a warning."""
    return replace(fault, warning=True)


def _entries(value: Map, place: Place, inside: Entry | None) -> Iterator[Entry]:
    for name, member in value.items():
        if name not in KINDS or not isinstance(member, Seq):
            continue
        listed = place.inside(value, name)
        for number, record in enumerate(member):
            if isinstance(record, Map):
                entry = Entry(KINDS[name], record["key"], record, listed.inside(member, number), inside)
                yield entry
                yield from _entries(record, entry.place, entry)


def _fields(value: Any, place: Place) -> Iterator[Field]:
    if isinstance(value, Map):
        for name, member in value.items():
            here = place.inside(value, name)
            yield Field(name, member, here)
            yield from _fields(member, here)
    elif isinstance(value, Seq):
        for number, member in enumerate(value):
            yield from _fields(member, place.inside(value, number))
