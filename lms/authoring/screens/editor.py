"""The editor of one document: outline, form, checks. One screen for the page and for the parts that a saving renews."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import url_for

from lms.authoring import documents, words
from lms.authoring.actions.drafting import me
from lms.authoring.checking import URGENCY, Tally, faults_in, tally, urgency
from lms.authoring.forms import choices
from lms.authoring.forms.drawn import Choice, Field, id_of
from lms.authoring.forms.fields import form_fields, leaves, list_field
from lms.authoring.forms.naming import named_place
from lms.authoring.forms.parts import Line, Part, outline, part_at
from lms.authoring.models import Draft
from lms.authoring.pictures.conditions import in_full
from lms.authoring.pictures.reading import CaseDraft
from lms.authoring.queries import last_step_of
from lms.authoring.screens.beside import Beside, Tool, besides, tools
from lms.content.addresses import within
from lms.content.faults import Fault
from lms.content.page_shapes import BLOCK
from lms.content.shapes import Record
from lms.errors import NotAllowed
from lms.language import gettext, localise


@dataclass(frozen=True)
class Check:
    """One fault or piece of advice: what, what to do, where it is called, and the way there."""

    sentence: str
    advice: str
    urgency: str
    where: str
    href: str


@dataclass(frozen=True)
class Entry:
    """One line of the outline with its way, and what the checks say of it."""

    line: Line
    href: str
    here: bool
    tally: Tally


@dataclass(frozen=True)
class Editor:
    """Everything of the editor's page."""

    draft: Draft
    path: str
    kind: str
    title: str
    part: Part
    heading: str
    part_words: str
    fields: tuple[Field, ...]
    entries: tuple[Entry, ...]
    checks: tuple[Check, ...]
    tally: Tally
    version: int
    in_list: bool
    back: str | None
    onward: str | None
    tools: tuple[Tool, ...]
    beside: tuple[Beside, ...]
    undo: int | None  # the reader's own last step

    @property
    def mark(self) -> str:
        """How texts cite the source that is written."""
        return f"[@{self.part.value['key']}]" if self.part.kind == "source" and self.part.value.get("key") else ""

    @property
    def part_id(self) -> str:
        """Where a fault of the part as a whole leads to."""
        return id_of(self.part.address)

    @property
    def lists(self) -> dict[str, tuple[Choice, ...]]:
        """The lists that one types and chooses from, by their ids."""
        return {one.listed: one.choices for one in leaves(self.fields) if one.listed}


def editor(draft: Draft, files: documents.Files, path: str, document: object, at: str) -> Editor:
    """The editor at the part `at`. Raises NoSuchPlace when there is nothing there."""
    kind = documents.kind_of(path)
    if kind is None:
        raise NotAllowed()
    part = part_at(kind.name, kind.shape, document, at)
    lines = outline(kind.name, kind.shape, document)
    faults = faults_in(files, path)
    source = choices.Draft(files, path, document)
    where = [line.address for line in lines if not (line.group and line.level == 0 and line.add)]
    place = where.index(part.address) if part.address in where else 0
    return Editor(
        draft=draft, path=path, kind=kind.name, title=choices.title_of(files, path), part=part,
        heading=_heading(part, lines), part_words=_part_words(part),
        fields=_part_fields(source, part), entries=tuple(_entries(draft, path, lines, part, faults)),
        checks=tuple(checks(draft, faults, path, document, lines)), tally=tally(faults), version=draft.version, in_list=part.address.endswith("]"),
        back=address_of(draft, path, where[place - 1]) if place else None,
        onward=address_of(draft, path, where[place + 1]) if place + 1 < len(where) else None,
        tools=tools(draft.id, path, part.address), beside=besides(draft.id, path, part.address), undo=last_step_of(draft, me()),
    )  # fmt: skip


def fields_at(files: documents.Files, path: str, document: object, at: str) -> tuple[Field, ...]:
    """The fields of the part at `at`. Raises NoSuchPlace when there is nothing there."""
    kind = documents.kind_of(path)
    if kind is None:
        raise NotAllowed()
    return _part_fields(choices.Draft(files, path, document), part_at(kind.name, kind.shape, document, at))


def blocks_of(part: Part) -> list[tuple[str, str]]:
    """The blocks that can be added to a page, with the words of their buttons."""
    return (
        [(kind, gettext(words.KINDS[kind].add)) for kind in BLOCK.records if kind in words.KINDS]
        if part.name == "blocks"
        else []
    )


def _part_fields(source: choices.Draft, part: Part) -> tuple[Field, ...]:
    if part.name or not isinstance(part.shape, Record):
        return (list_field(source, part.kind, part.name, part.shape, part.value),)
    return form_fields(source, part.kind, part.shape, part.value, part.address)


def _heading(part: Part, lines: list[Line]) -> str:
    line = next((line for line in lines if line.address == part.address), None)
    return line.title if line else _part_words(part)


def _part_words(part: Part) -> str:
    said = words.KINDS.get(part.kind)
    return gettext(said.one) if said else ""


def address_of(draft: Draft, path: str, address: str, field: bool = False) -> str:
    """The way to the form of what stands at `address`; to the field itself when asked."""
    way = url_for("authoring.document", draft_id=draft.id, path=path, at=address or None)
    return f"{way}#{id_of(address)}" if field and address else way


def _entries(draft: Draft, path: str, lines: list[Line], part: Part, faults: Iterable[Fault]) -> Iterable[Entry]:
    known = {line.address for line in lines}
    owned: dict[str, list[Fault]] = {}
    for fault in faults:
        owned.setdefault(_owner(known, fault.name), []).append(fault)
    for line in lines:
        here = line.address == part.address and not line.add
        yield Entry(line, address_of(draft, path, line.address), here, tally(owned.get(line.address, ())))


def _owner(known: set[str], address: str) -> str:
    """The line of the outline that `address` belongs to."""
    while address and address not in known:
        address = within(address)
    return address


def _in_words(draft: CaseDraft, name: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A condition of a case as people say it."""
    return (name, tuple(in_full(draft, value) for value in values)) if name == "condition" else (name, values)


def checks(draft: Draft, faults: Iterable[Fault], path: str, document: object, lines: list[Line]) -> Iterable[Check]:
    """The faults in the reader's words, those that must be mended first."""
    titles = {line.address: line.title for line in lines}
    draft_of_case = CaseDraft(document)
    for typed in sorted(faults, key=lambda fault: URGENCY.index(urgency(fault))):
        fault = replace(typed, values=tuple(_in_words(draft_of_case, *value) for value in typed.values))
        where = named_place(path, document, fault.name) or titles.get(_owner(set(titles), fault.name), "")
        yield Check(
            fault.sentence(gettext, localise), fault.what_to_do(gettext, localise), urgency(fault), where,
            address_of(draft, path, fault.name, field=True),
        )  # fmt: skip
