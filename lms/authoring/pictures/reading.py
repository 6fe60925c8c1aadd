"""Reads a case document that may be unfinished: whatever is missing or of the wrong kind is empty, and nothing raises. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lms.content.addresses import Member, Part, joined
from lms.content.course import Text
from lms.language import localise

_NAME = re.compile(r"[A-Za-z0-9][\w-]*")  # what an address can name a member by


@dataclass(frozen=True)
class Piece:
    """A record of the document and its address, empty for the document itself."""

    address: str
    record: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Its key; empty while it has none."""
        return self.word("key")

    def word(self, name: str) -> str:
        """A short text that is not for readers: a key, a condition, one of a few words."""
        value = self.record.get(name)
        return value.strip() if isinstance(value, str) else ""

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self.record.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def truth(self, name: str, otherwise: bool = False) -> bool:
        """Yes or no."""
        value = self.record.get(name)
        return value if isinstance(value, bool) else otherwise

    def text(self, name: str) -> Text:
        """A text for readers in its languages; empty while nothing is written."""
        return _text(self.record.get(name))

    def words(self, name: str) -> str:
        """A text for readers in the language in force."""
        return localise(self.text(name))

    def keys(self, name: str) -> tuple[str, ...]:
        """A list of keys, each once."""
        value = self.record.get(name)
        members = value if isinstance(value, list) else ()
        return tuple(dict.fromkeys(one for one in members if isinstance(one, str) and one))

    def named(self, name: str) -> dict[str, Text]:
        """Texts by key, such as the private texts of a stage; those that are not written yet left out."""
        value = self.record.get(name)
        found = {key: _text(text) for key, text in value.items()} if isinstance(value, Mapping) else {}
        return {key: text for key, text in found.items() if text}

    def piece(self, name: str) -> "Piece":
        """The record under `name`, such as `opens` of a decision."""
        value = self.record.get(name)
        return Piece(self.at(name), value if isinstance(value, Mapping) else {})

    def pieces(self, name: str) -> tuple["Piece", ...]:
        """The records of the list under `name`; what is no record is left out."""
        value = self.record.get(name)
        return tuple(_members(value, self.at(name))) if isinstance(value, list) else ()

    def at(self, *names: str) -> str:
        """The address of what is, or would be, under these names."""
        address = self.address
        for name in names:
            address = joined(address, name)
        return address


def _text(value: Any) -> Text:
    if isinstance(value, str):
        value = {"sr": value}
    if not isinstance(value, Mapping):
        return {}
    return {locale: words for locale, words in value.items() if isinstance(words, str) and words.strip()}


def _members(sequence: list[Any], address: str) -> Iterator[Piece]:
    """Each with an address of its own: the second of two with one key is named by its place."""
    seen: set[str] = set()
    for number, record in enumerate(sequence):
        if not isinstance(record, Mapping):
            continue
        key = record.get("key")
        fresh = isinstance(key, str) and bool(_NAME.fullmatch(key)) and key not in seen
        part: Part = Member(key) if fresh else number
        seen.add(str(key))
        yield Piece(joined(address, part), record)


class CaseDraft:
    """The parts of a case document that pictures are made of."""

    def __init__(self, document: Any) -> None:
        self.top = Piece("", document if isinstance(document, Mapping) else {})

    @cached_property
    def stages(self) -> tuple[Piece, ...]:
        """The stages, in the order of the document."""
        return self.top.pieces("stages")

    @cached_property
    def endings(self) -> tuple[Piece, ...]:
        """The endings."""
        return self.top.pieces("endings")

    @cached_property
    def roles(self) -> tuple[Piece, ...]:
        """The roles."""
        return self.top.pieces("roles")

    @cached_property
    def places(self) -> tuple[Piece, ...]:
        """The places; each is a table."""
        return self.top.pieces("places")

    @cached_property
    def steps(self) -> tuple[Piece, ...]:
        """The steps of the procedure that the case exercises."""
        return self.top.pieces("procedure")

    @cached_property
    def targets(self) -> dict[str, Piece]:
        """Stages and endings by key, where a way may lead; the first of two that share a key."""
        found: dict[str, Piece] = {}
        for one in (*self.stages, *self.endings):
            if one.key:
                found.setdefault(one.key, one)
        return found

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What flags mean, by key, without the full stop: „Послодавац зна”."""
        flags = {flag.key: flag.words("meaning").rstrip(". ") for flag in self.top.pieces("flags")}
        return {key: words for key, words in flags.items() if key and words}

    def name_of(self, kind: str, key: str) -> str:
        """How readers call a role or a place (`kind`: roles, places); the key while it has no name."""
        return next((one.words("name") for one in self.top.pieces(kind) if one.key == key), "") or key

    def audience(self, piece: Piece) -> tuple[Piece, ...]:
        """The roles that `piece` (a decision, an inject) names, else those of its place, else all."""
        wanted, place = piece.keys("roles"), piece.word("place")
        if wanted:
            return tuple(role for role in self.roles if role.key in wanted)
        return tuple(role for role in self.roles if not place or role.word("place") == place)

    def ways(self, stage: Piece) -> Iterator[str]:
        """The keys where the story may go on from a stage, as they are written."""
        for decision in stage.pieces("decisions"):
            yield from (option.word("go") for option in decision.pieces("options") if option.word("go"))
        yield from (branch.word("to") for branch in stage.pieces("next") if branch.word("to"))

    @cached_property
    def before(self) -> dict[str, frozenset[str]]:
        """By the address of a stage: the keys of the stages that may have been played before it, its own left out."""
        onward = {stage.key: tuple(self.ways(stage)) for stage in reversed(self.stages)}
        found: dict[str, frozenset[str]] = {}
        for stage in self.stages:
            earlier = {key for key in onward if key != stage.key and stage.key in _reached(onward, key)}
            found[stage.address] = frozenset(earlier)
        return found


def _reached(onward: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(onward.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += onward.get(key, ())
    return found
