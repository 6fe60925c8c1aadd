"""Two tables of a case: who knows and does what in which scene, and where each step of the procedure can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.authoring.pictures.conditions import flag_named
from lms.authoring.pictures.doing import EITHER, LATE, NOWHERE, Chance, StepRow, steps_by_stages
from lms.authoring.pictures.drawing import Href
from lms.authoring.pictures.knowing import Cell, RoleRow, roles_by_stages
from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.language import gettext as _
from lms.language import ngettext

LONGEST = 72  # letters of a text in a cell
MOST_NAMES = 5  # in a sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in a cell: what it is (one of the kinds of `knowing`, or a word of `doing`), its text and the way to its form."""

    kind: str
    words: str
    whole: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """A scene at the head of a table."""

    number: int
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell. `idle`: nothing to do here; `in_row`: nor in the scenes beside it."""

    entries: tuple[Entry, ...]
    idle: bool = False
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role's row."""

    name: str
    sector: str
    href: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The roles of one place."""

    place: str
    rows: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class RolesMatrix:
    """Roles by scenes. `sentences` say what stands out."""

    case_key: str
    title: str
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step's row. `verdict` is one of the words of `doing`; `missed`: a way through the story leads past it."""

    short: str
    text: str
    href: str
    due: str
    verdict: str
    missed: bool
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class StepsMatrix:
    """Steps of the procedure by scenes."""

    case_key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[StepLine, ...]
    sentences: tuple[str, ...]


def roles_matrix(document: object, case_key: str, href: Href) -> RolesMatrix:
    """Who knows and does what in which scene, of a case finished or not."""
    draft = CaseDraft(document)
    rows = roles_by_stages(draft)
    places = [place.key for place in draft.places if place.key]
    keys: list[str | None] = [*places, ""] if len(places) > 1 else [None]
    tables: list[Table] = []
    for key in keys:
        own = [row for row in rows if key is None or _place_of(row.role, places) == key]
        if own:
            name = draft.name_of("places", key) if key else ""
            tables.append(Table(name, tuple(_role_line(row, href) for row in own)))
    sentences = (*_idle_stages(draft, rows), *_idle_ways(draft, rows))
    return RolesMatrix(case_key, draft.top.words("title"), _columns(draft, href), tuple(tables), sentences)


def steps_matrix(document: object, case_key: str, href: Href) -> StepsMatrix:
    """Where each step of the procedure can be done, of a case finished or not."""
    draft = CaseDraft(document)
    rows = steps_by_stages(draft)
    lines = tuple(_step_line(draft, row, href) for row in rows)
    sentences = tuple(_step_sentences(lines))
    return StepsMatrix(case_key, draft.top.words("title"), _columns(draft, href), lines, sentences)


def _place_of(role: Piece, places: Sequence[str]) -> str:
    return role.word("place") if role.word("place") in places else ""


def _columns(draft: CaseDraft, href: Href) -> tuple[Column, ...]:
    return tuple(
        Column(number, stage.words("title") or _("no title yet"), href(stage.address))
        for number, stage in enumerate(draft.stages, 1)
    )


def _role_line(row: RoleRow, href: Href) -> RoleLine:
    name = row.role.words("name") or _("no name yet")
    cells = tuple(_role_cell(cell, href) for cell in row.cells)
    return RoleLine(name, row.role.word("sector"), href(row.role.address), cells)


def _role_cell(cell: Cell, href: Href) -> Shown:
    entries = tuple(_entry(item.kind, item.words, href(item.address)) for item in cell.items)
    return Shown(entries, cell.idle, cell.in_row)


def _entry(kind: str, words: str, href: str, before: str = "") -> Entry:
    words = " ".join(words.split()) or _("no text yet")
    short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.–") + "…"
    return Entry(kind, before + short, before + words, href)


def _idle_stages(draft: CaseDraft, rows: Sequence[RoleRow]) -> Iterator[str]:
    for at in range(len(draft.stages)):
        idle = [row.role.words("name") or row.role.key for row in rows if row.cells[at].idle]
        if idle:
            said = ngettext("%(num)d role has nothing to do in scene %(scene)d", "%(num)d roles have nothing to do in scene %(scene)d", len(idle), scene=at + 1)  # fmt: skip
            yield f"{said}: {'; '.join(idle)}." if len(idle) <= MOST_NAMES else f"{said}."


def _idle_ways(draft: CaseDraft, rows: Sequence[RoleRow]) -> Iterator[str]:
    number = {stage.address: str(at) for at, stage in enumerate(draft.stages, 1)}
    for row in rows:
        if row.idle_way:
            scenes = ", ".join(number[address] for address in row.idle_way)
            name = row.role.words("name") or row.role.key
            yield _("%(role)s: nothing to do in scenes %(scenes)s, one after the other.", role=name, scenes=scenes)


def _step_line(draft: CaseDraft, row: StepRow, href: Href) -> StepLine:
    step = row.step
    cells = tuple(
        Shown(tuple(_chance(chance, href) for chance in row.chances if chance.stage is stage)) for stage in draft.stages
    )
    return StepLine(
        short=step.words("short") or step.words("text") or _("no text yet"), text=step.words("text"),
        href=href(step.address), due=_due(draft, step.piece("due")), verdict=row.verdict, missed=row.missed, cells=cells,
    )  # fmt: skip


def _chance(chance: Chance, href: Href) -> Entry:
    before = {
        "option": _("option %(number)d, ", number=chance.number),
        "inject": _("event: "),
        "handoff": _("hand-off: "),
    }
    return _entry(chance.when, chance.words, href(chance.address), before[chance.kind])


def _due(draft: CaseDraft, due: Piece) -> str:
    """Until when, in words; empty when a step has no time."""
    minutes = due.whole("case_minutes")
    if minutes is None:
        return ""
    names = {stage.key: stage.words("title") or stage.key for stage in draft.stages}
    names |= {one.key: one.words("title") or one.key for stage in draft.stages for one in stage.pieces("injects")}
    key = due.word("stage") or due.word("inject")
    since = names.get(key, key) if key else flag_named(draft, due.word("flag"))
    return _("within %(minutes)d min of the story after: %(what)s", minutes=minutes, what=since or "–")


def _step_sentences(lines: Sequence[StepLine]) -> Iterator[str]:
    if nowhere := [line.short for line in lines if line.verdict == NOWHERE]:
        which = ", ".join(nowhere)
        yield ngettext("%(num)d step can be done nowhere: %(which)s.", "%(num)d steps can be done nowhere: %(which)s.", len(nowhere), which=which)  # fmt: skip
    if late := [line.short for line in lines if line.verdict == LATE]:
        which = ", ".join(late)
        yield ngettext("%(num)d step can only be done too late: %(which)s.", "%(num)d steps can only be done too late: %(which)s.", len(late), which=which)  # fmt: skip
    if either := [line.short for line in lines if line.verdict == EITHER]:
        which = ", ".join(either)
        yield ngettext("%(num)d step may be in time or late: %(which)s.", "%(num)d steps may be in time or late: %(which)s.", len(either), which=which)  # fmt: skip
    if missed := [line.short for line in lines if line.missed]:
        which = ", ".join(missed)
        yield ngettext("A way through the story leads past %(num)d step: %(which)s.", "A way through the story leads past %(num)d steps: %(which)s.", len(missed), which=which)  # fmt: skip
    if lines and not nowhere and not late and not either and not missed:
        yield _("Every step can be done, and in time.")
