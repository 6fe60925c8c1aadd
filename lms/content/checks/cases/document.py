"""A case as it was typed, with a place for everything that has a key."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lms.content.faults import N_, Title
from lms.content.place import Place
from lms.content.shapes import LANGUAGES
from lms.content.yaml import Map, Seq

KINDS = {  # lists of records with keys, and what one of them is called
    "places": "place", "roles": "role", "facts": "fact", "flags": "flag", "procedure": "step", "stages": "stage",
    "injects": "inject", "decisions": "decision", "options": "option", "handoffs": "hand-off", "items": "item",
    "channels": "channel", "endings": "ending",
}  # fmt: skip
KEYED = ("private", "at_place", "set", "add")  # mappings whose keys are names of entries
IN_WORDS = {  # what people call them
    "place": N_("place in the case"), "role": N_("role"), "fact": N_("fact"), "flag": N_("story note"),
    "step": N_("procedure step"), "stage": N_("stage"), "inject": N_("event"), "decision": N_("decision"),
    "option": N_("option"), "hand-off": N_("hand-off"), "item": N_("piece of information"),
    "channel": N_("way of passing on"), "ending": N_("ending"), "stage or inject": N_("stage or event"),
    "stage or ending": N_("stage or ending"),
}  # fmt: skip
_NAMES = ("title", "name", "short", "text", "meaning")  # what an entry is called by: the first of these that it has


@dataclass(frozen=True)
class Entry:
    """A record with a key: what it is, how it was typed, where it stands and in what."""

    kind: str
    key: str
    value: Map
    place: Place
    inside: "Entry | None" = None

    def at(self, name: str) -> Place:
        """Where one of its values stands, or should stand."""
        return self.place.inside(self.value, name) if name in self.value else self.place.missing(name)

    @property
    def title(self) -> Title:
        """Its key, and the name by which people know it."""
        return Title(self.key, next((self.value[name] for name in _NAMES if isinstance(self.value.get(name), Map)), {}))


@dataclass(frozen=True)
class Field:
    """A value beside the name it was given, somewhere in the document."""

    name: str
    value: Any
    place: Place


@dataclass(frozen=True)
class _Found:
    entries: list[Entry] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    texts: list[tuple[Map, Place]] = field(default_factory=list)


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
    def _found(self) -> _Found:
        found = _Found()
        _look(self.value, Place(self.file, 1), None, found)
        return found

    @property
    def entries(self) -> list[Entry]:
        """Every record with a key, in the order of the document."""
        return self._found.entries

    @property
    def fields(self) -> list[Field]:
        """Every value with a name that the shape gives it, in the order of the document."""
        return self._found.fields

    @property
    def texts(self) -> list[tuple[Map, Place]]:
        """Every text in both languages, in the order of the document."""
        return self._found.texts

    @cached_property
    def keys(self) -> Mapping[str, Mapping[str, Entry]]:
        """The entries by kind and key."""
        found: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS.values()}
        for entry in self.entries:
            found[entry.kind].setdefault(entry.key, entry)
        return found

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind, in order."""
        return (entry for entry in self.entries if entry.kind == kind)

    def at(self, kind: str, key: str, name: str = "") -> Place:
        """Where an entry, or one of its values, stands or should stand. Raises KeyError."""
        entry = self.keys[kind][key]
        return entry.at(name) if name else entry.place

    def title(self, kind: str, key: str) -> Title:
        """What an entry is called. Raises KeyError."""
        return self.keys[kind][key].title

    def top(self, name: str) -> Place:
        """Where a key of the case itself stands. Raises KeyError."""
        return Place(self.file, 1).inside(self.value, name)


def _look(value: Map, place: Place, holder: Entry | None, found: _Found) -> None:
    """Collect what is in the record `value`, which is `holder` unless it has no key."""
    for name, member in value.items():
        here = place.inside(value, name)
        found.fields.append(Field(name, member, here))
        if isinstance(member, Seq):
            _look_in_list(name, member, here, holder, found)
        elif isinstance(member, Map) and name in KEYED:
            found.texts.extend((text, here.inside(member, key)) for key, text in member.items() if _is_text(text))
        elif _is_text(member):
            found.texts.append((member, here))
        elif isinstance(member, Map):
            _look(member, here, holder, found)


def _look_in_list(name: str, members: Seq, place: Place, holder: Entry | None, found: _Found) -> None:
    for number, member in enumerate(members):
        if _is_text(member):
            found.texts.append((member, place.inside(members, number)))
        elif isinstance(member, Map):
            there = place.inside(members, number)
            entry = Entry(KINDS[name], member["key"], member, there, holder) if name in KINDS else holder
            if entry and entry is not holder:
                found.entries.append(entry)
            _look(member, there, entry, found)


def _is_text(value: Any) -> bool:
    return (
        isinstance(value, Map)
        and len(value) == len(LANGUAGES)
        and all(isinstance(value.get(one), str) for one in LANGUAGES)
    )
