"""Compares states of a pack piece by piece, and takes over what was chosen. Pure.

Three states: `base`, which both began from; `theirs`, which it has become elsewhere; `ours`, which it has become here. A *piece* is one thing
that has changed in theirs and is not so in ours yet: a text, another value, a record that was added or removed, the order of a list.
With ours == base the pieces are simply what has changed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from lms.authoring import documents
from lms.authoring.differences.trees import COMMENT, MISSING, Group, Listed, Tree, same, told, trees, untree
from lms.content.files import Files


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way into a document: a key of a record, or a member of a list, which is then a `record`."""

    name: str
    record: Tree = None
    under: Tree = None  # of a block of a page: the heading that it stands under


Way = tuple[Step, ...]


class States(NamedTuple):
    """The same thing in the three states."""

    base: Tree
    theirs: Tree
    ours: Tree

    def inside(self, name: str) -> "States":
        """What they hold under a name."""
        return States(*(state.get(name, MISSING) for state in self))


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is different. `kind` is added, removed, changed or moved; of what was moved the three states are names in order."""

    path: str
    way: Way
    kind: str
    base: Tree
    theirs: Tree
    ours: Tree
    records: Mapping[str, Tree] = field(default_factory=dict, compare=False)  # of what was moved: the members by name

    @property
    def touched(self) -> bool:
        """Whether it has been changed here as well, and differently."""
        return not same(self.base, self.ours)

    @property
    def id(self) -> str:
        """A name that stays while nothing of the piece changes in any of the three states."""
        marks = (
            self.path,
            *(step.name for step in self.way),
            self.kind,
            *map(told, (self.base, self.theirs, self.ours)),
        )
        return sha256("\n".join(marks).encode()).hexdigest()[:16]


Difference = Piece  # between two states: `base` before, `theirs` after
Decide = Callable[[Piece], bool]


def differences(before: Files, after: Files) -> list[Difference]:
    """What has changed from one state to the other, in the order of documents."""
    return pieces(before, after, before)


def pieces(base: Files, theirs: Files, ours: Files) -> list[Piece]:
    """What has changed in theirs since base and is not so in ours."""
    found: list[Piece] = []

    def note(piece: Piece) -> bool:
        found.append(piece)
        return False

    for path, states in _beside(base, theirs, ours):
        _Merger(path, note).merge(states, ())
    return found


def taken(base: Files, theirs: Files, ours: Files, chosen: Collection[str]) -> dict[str, str | None]:
    """The files of ours that change when the pieces whose ids are `chosen` are taken over; None: the file goes."""
    merged: dict[str, Tree] = {}
    changed: set[str] = set()
    for path, states in _beside(base, theirs, ours):
        merged[path] = _Merger(path, lambda piece: piece.id in chosen).merge(states, ())
        if not same(merged[path], states.ours):
            changed.add(path.removesuffix(COMMENT))
    return {file: text for path in sorted(changed) for file, text in _written(path, merged).items()}


def _beside(*packs: Files) -> Iterable[tuple[str, States]]:
    found = trees(*packs)
    for path in sorted({path for one in found for path in one}, key=in_order):
        yield path, States(*(one.get(path, MISSING) for one in found))


def in_order(path: str) -> tuple[int, str]:
    """Documents in the order in which people think of a course."""
    parts = ("course.yaml", "pages/", "cases/", "surveys/", "figures/", "sources.yaml", "certificate.yaml")
    return next((number for number, part in enumerate(parts) if path.startswith(part)), len(parts)), path


def _written(path: str, merged: Mapping[str, Tree]) -> dict[str, str | None]:
    value = merged.get(path, MISSING)
    own = documents.files_of(path)
    if value is MISSING:
        return dict.fromkeys(own)
    if isinstance(value, str):
        return {path: value}
    comment = merged.get(path + COMMENT, MISSING)
    return dict(documents.write(path, untree(value), {path: comment if isinstance(comment, str) else ""}))


@dataclass(frozen=True)
class _Merger:
    """Goes through one document; `decide` is asked for each piece whether it is taken over."""

    path: str
    decide: Decide

    def merge(self, states: States, way: Way) -> Tree:
        """What ours becomes."""
        base, theirs, ours = states
        if same(base, theirs) or same(theirs, ours):
            return ours
        if isinstance(theirs, Group) and isinstance(ours, Group) and (base is MISSING or isinstance(base, Group)):
            return self._records(States(Group() if base is MISSING else base, theirs, ours), way)
        if any(isinstance(state, Listed) for state in states) and all(map(_may_be_list, states)):
            lists = States(*(state if isinstance(state, Listed) else Listed() for state in states))
            found = self._lists(lists, way)
            return found or next(filter(_is_empty, (ours, theirs)), found)
        kind = "removed" if theirs is MISSING else "added" if base is MISSING and ours is MISSING else "changed"
        return theirs if self.decide(Piece(self.path, way, kind, *states)) else ours

    def _records(self, states: States, way: Way) -> Group:
        found = Group()
        for name in _arranged(states.theirs, states.ours):
            value = self.merge(states.inside(name), (*way, Step(name)))
            if value is not MISSING:
                found[name] = value
        return found

    def _lists(self, states: States, way: Way) -> Listed:
        members: dict[str, Tree] = {}
        heading: Tree = None
        for name in _arranged(states.theirs, states.ours):
            inside = states.inside(name)
            record = inside.ours if inside.theirs is MISSING else inside.theirs
            heading = record.get("title") if _is_heading(record) else heading
            value = self.merge(inside, (*way, Step(name, record, heading)))
            if value is not MISSING:
                members[name] = value
        order = _arranged(states.ours, states.theirs)
        if self._take_order(states, way):
            order = _arranged(states.theirs, states.ours)
        return Listed((name, members[name]) for name in order if name in members)

    def _take_order(self, states: States, way: Way) -> bool:
        """Whether the order of the list changes to theirs; asked only when they have changed it."""
        base, theirs, ours = states
        stayed = [name for name in base if name in theirs]
        if stayed == [name for name in theirs if name in base]:
            return False
        common = set(stayed) & ours.keys()
        orders = States(*(tuple(name for name in state if name in common) for state in states))
        if orders.theirs == orders.ours:
            return False
        return self.decide(Piece(self.path, way, "moved", *orders, records={**ours, **theirs}))


def _is_heading(record: Tree) -> bool:
    return isinstance(record, Group) and record.get("kind") == "section"


def _may_be_list(value: Tree) -> bool:
    return isinstance(value, Listed) or _is_empty(value)


def _is_empty(value: Tree) -> bool:
    return value is MISSING or value == []


def _arranged(first: Mapping[str, Tree], second: Mapping[str, Tree]) -> list[str]:
    """The names of `first` in order; each that only `second` has stands where it does there, behind its neighbour."""
    found = list(first)
    before = None
    for name in second:
        if name not in first:
            found.insert(0 if before is None else found.index(before) + 1, name)
        before = name
    return found
