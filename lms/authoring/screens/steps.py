"""The steps of a draft in words: who changed what, when, what it said before and what it says now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from lms.authoring import documents
from lms.authoring.differences.saying import Sayer, Spot
from lms.authoring.editing import as_written, is_blank
from lms.authoring.forms import choices
from lms.authoring.forms.naming import named_place
from lms.authoring.models import Draft, DraftStep
from lms.authoring.screens.drafts import document_of, title_of
from lms.authoring.screens.editor import address_of
from lms.content.addresses import NoSuchPlace, joined, parts, value_at
from lms.language import current, gettext
from lms.ui import N_

SHORT = 160  # characters of a text in the list of steps
DONE = {"set": N_("changed"), "add": N_("added"), "remove": N_("removed"), "move": N_("moved"), "file": N_("changed")}


@dataclass(frozen=True)
class Changed:
    """One value that a step has changed, in words."""

    where: str
    what: str
    href: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class StepLine:
    """One step: who, when, what."""

    version: int
    who: str
    at: datetime
    kind: str
    changes: tuple[Changed, ...]


def step_lines(draft: Draft, files: documents.Files, steps: Iterable[DraftStep]) -> list[StepLine]:
    """The steps in words, as things are called now."""
    paths = {path: Sayer(path, files) for path in documents.paths_in(files)}
    return [
        StepLine(
            step.version, step.account.name if step.account else "", step.at, step.kind,
            tuple(dict.fromkeys(_changed(draft, files, paths, change) for change in step.changes)),  # a page has two files
        )
        for step in steps
    ]  # fmt: skip


def _changed(draft: Draft, files: documents.Files, paths: dict[str, Sayer], change: dict[str, Any]) -> Changed:
    path = document_of(str(change["path"]))
    if change["do"] == "file":
        return _whole_file(draft, files, path, change)
    what, title = gettext(DONE[str(change["do"])]), title_of(files, path)
    if path not in paths:
        return Changed(title, what, url_for("authoring.draft", draft_id=draft.id))
    at, document = str(change["at"]), documents.shown(files, path)
    before = after = ""
    if change["do"] == "set":
        before, after = (_said(paths[path], document, at, change[name]) for name in ("before", "after"))
    elif change["do"] in ("add", "remove"):
        name = choices.called(as_written(change["value"]))
        before, after = (name, "") if change["do"] == "remove" else ("", name)
    where = " · ".join(filter(None, (title, named_place(path, document, at))))
    return Changed(where, what, address_of(draft, path, at, field=True), before, after)


def _whole_file(draft: Draft, files: documents.Files, path: str, change: dict[str, Any]) -> Changed:
    """A document that came, went or was replaced."""
    came, went = change["before"] is None, change["after"] is None
    done = DONE["remove" if went else "add" if came else "file"]
    then = {**files, str(change["path"]): str(change["before"])} if went else files
    there = path in documents.paths_in(files)
    href = address_of(draft, path, "") if there else url_for("authoring.draft", draft_id=draft.id)
    return Changed(title_of(then, path), gettext(done), href)


def _said(sayer: Sayer, document: Any, address: str, value: Any) -> str:
    """A value in words, shortened: names of things instead of their keys, conditions as people say them."""
    written = as_written(value)
    if is_blank(written):
        return ""
    text = "; ".join(sayer.lines(written, _spot(sayer.path, document, address), current()))
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _spot(path: str, document: Any, address: str) -> Spot:
    """What stands at an address, as far as it is still there."""
    kind = documents.kind_of(path)
    assert kind is not None
    spot, value = Spot(kind.name, "", kind.shape), document
    for step in parts(address):
        try:
            inner = value_at(value, joined("", step))
        except NoSuchPlace:
            inner = None
        spot = spot.member(inner) if isinstance(value, list) else spot.inside(str(step), inner)
        value = inner
    return spot
