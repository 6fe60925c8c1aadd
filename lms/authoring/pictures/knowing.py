"""Who knows what when: what each role gets and can do in each scene. Pure; any part of the document may be missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.content.checks.cases.people import MOST_IDLE

BRIEFING, FACT, PRIVATE, LEARNS, INJECT, DECISION, HANDOFF = "briefing", "fact", "private", "learns", "inject", "decision", "handoff"  # fmt: skip
TABLE_TEXT, TABLE_INJECT = "table-text", "table-inject"  # for everybody at a table: shown, but it keeps nobody busy
KINDS = (BRIEFING, FACT, PRIVATE, LEARNS, INJECT, DECISION, HANDOFF, TABLE_TEXT, TABLE_INJECT)
_IDLE_KINDS = (BRIEFING, TABLE_TEXT, TABLE_INJECT)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a role gets or can do in a scene, by its address."""

    kind: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """All of it in one scene. `in_row`: the role has nothing to do here and in the scenes beside it, three at least."""

    stage: Piece
    items: tuple[Item, ...]
    in_row: bool = False

    @property
    def idle(self) -> bool:
        """Whether there is nothing that the role has to do: what a whole table gets keeps nobody busy."""
        return all(item.kind in _IDLE_KINDS for item in self.items)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role through the whole story. `idle_way`: the addresses of scenes, one after the other, without anything to do."""

    role: Piece
    cells: tuple[Cell, ...]
    idle_way: tuple[str, ...]


def roles_by_stages(draft: CaseDraft) -> tuple[RoleRow, ...]:
    """A row for each role, a cell for each stage, both in the order of the document."""
    return tuple(_row(draft, role) for role in draft.roles)


def _row(draft: CaseDraft, role: Piece) -> RoleRow:
    cells = [Cell(stage, tuple(_items(draft, role, stage))) for stage in draft.stages]
    way = _idle_way(draft, {cell.stage.address for cell in cells if cell.idle})
    marked = tuple(Cell(cell.stage, cell.items, cell.stage.address in way) for cell in cells)
    return RoleRow(role, marked, way)


def _items(draft: CaseDraft, role: Piece, stage: Piece) -> Iterator[Item]:
    yield from _at_the_start(draft, role, stage)
    yield from _text(PRIVATE, stage, "private", role.key)
    yield from _learnt(role, stage)
    yield from _called(INJECT, role, stage.pieces("injects"))
    for decision in stage.pieces("decisions"):
        if any(one is role for one in draft.audience(decision)):
            yield Item(DECISION, decision.address, decision.words("title") or decision.words("question"))
    yield from _called(HANDOFF, role, stage.pieces("handoffs"))
    yield from _text(TABLE_TEXT, stage, "at_place", role.word("place"))
    for inject in stage.pieces("injects"):
        if not inject.keys("roles") and inject.word("place") and inject.word("place") == role.word("place"):
            yield Item(TABLE_INJECT, inject.address, inject.words("title"))


def _text(kind: str, stage: Piece, name: str, key: str) -> Iterator[Item]:
    """What a scene says to one role (`private`) or one table (`at_place`)."""
    if key and key in stage.named(name):
        yield Item(kind, stage.at(name, key), stage.piece(name).words(key))


def _called(kind: str, role: Piece, pieces: Sequence[Piece]) -> Iterator[Item]:
    """Events and hand-offs that name the role."""
    for piece in pieces:
        if role.key and role.key in piece.keys("roles"):
            yield Item(kind, piece.address, piece.words("title"))


def _at_the_start(draft: CaseDraft, role: Piece, stage: Piece) -> Iterator[Item]:
    if stage is not draft.stages[0]:
        return
    if role.text("briefing"):
        yield Item(BRIEFING, role.at("briefing"), role.words("briefing"))
    for fact in role.pieces("facts"):
        if not fact.word("since"):
            yield Item(FACT, fact.address, fact.words("text"))


def _learnt(role: Piece, stage: Piece) -> Iterator[Item]:
    since = {stage.key, *(inject.key for inject in stage.pieces("injects"))} - {""}
    for fact in role.pieces("facts"):
        if fact.word("since") in since:
            yield Item(LEARNS, fact.address, fact.words("text"))


def _idle_way(draft: CaseDraft, idle: set[str]) -> tuple[str, ...]:
    """Scenes, more than MOST_IDLE of them one after the other, in which there is nothing to do."""
    onward = {
        stage.address: [draft.targets[key].address for key in draft.ways(stage) if key in draft.targets]
        for stage in draft.stages
    }

    def walk(way: tuple[str, ...]) -> tuple[str, ...]:
        if len(way) > MOST_IDLE:
            return way
        further = (walk((*way, one)) for one in onward.get(way[-1], ()) if one in idle and one not in way)
        return next(filter(None, further), ())

    return next(filter(None, (walk((stage.address,)) for stage in draft.stages if stage.address in idle)), ())
