"""The pages about a draft as a whole: what it consists of, its steps in words, what publishing would change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from lms.authoring import documents
from lms.authoring.checking import all_faults
from lms.authoring.differences.pieces import differences
from lms.authoring.differences.telling import Part as DifferencePart
from lms.authoring.differences.telling import tell
from lms.authoring.editing import as_written, is_blank
from lms.authoring.forms import choices
from lms.authoring.forms.naming import named_place
from lms.authoring.models import Draft, DraftStep
from lms.authoring.screens.beside import Tool
from lms.authoring.screens.editor import Check, address_of
from lms.authoring.screens.forks import origin_of
from lms.authoring.screens.whole import checks_of_all
from lms.content.formatting import format_files
from lms.content.models import CourseVersion
from lms.content.queries import all_versions, files_of_version
from lms.language import gettext, localise
from lms.ui import N_

SHORT = 160  # characters of a text in the list of steps
WHOLE = {"add": N_("added"), "remove": N_("removed")}
DONE = {"set": N_("changed"), "add": N_("added"), "remove": N_("removed"), "move": N_("moved"), "file": N_("changed")}


@dataclass(frozen=True)
class Document:
    """One document of a draft: its title, the way there, and how far it is."""

    path: str
    title: str
    href: str
    errors: int
    advice: int
    removable: bool


@dataclass(frozen=True)
class Group:
    """Documents of one kind."""

    kind: str
    title: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class DraftScreen:
    """The page of a draft."""

    draft: Draft
    title: str
    groups: tuple[Group, ...]
    errors: int
    advice: int
    figures: tuple[str, ...]
    tools: tuple[Tool, ...]


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


@dataclass(frozen=True)
class PublishScreen:
    """What is to be mended and what has changed before a draft is published."""

    draft: Draft
    title: str
    checks: tuple[Check, ...]
    errors: int
    version: int
    parts: tuple[DifferencePart, ...] | None  # None: there is no version before


def course_choices() -> list[CourseVersion]:
    """The newest version of every published course."""
    newest: dict[str, CourseVersion] = {}
    for version in all_versions():
        newest.setdefault(version.course_key, version)
    return list(newest.values())


def draft_screen(draft: Draft, files: documents.Files) -> DraftScreen:
    """What a draft consists of and how far it is."""
    faults = all_faults(files)
    counts: dict[tuple[str, bool], int] = {}
    for fault in faults:
        key = (_document_of(fault.file), fault.warning)
        counts[key] = counts.get(key, 0) + 1
    groups = tuple(
        Group(kind, title, tuple(_document(draft, files, path, counts) for path in paths))
        for kind, title, paths in _groups(files)
    )
    title = localise({"sr": draft.title_sr, "en": draft.title_en}) or draft.course_key
    warnings = sum(fault.warning for fault in faults)
    figures = tuple(file for file in files if file.startswith("figures/"))
    return DraftScreen(draft, title, groups, len(faults) - warnings, warnings, figures, tuple(_tools(draft)))


def _tools(draft: Draft) -> Iterator[Tool]:
    yield Tool(
        gettext(N_("Take it away as a file (zip)")), url_for("authoring.draft_pack", draft_id=draft.id), "download"
    )
    if origin := origin_of(draft):
        words_ = gettext(N_("The original has changed")) if origin.newer else gettext(N_("The original"))
        yield Tool(words_, url_for("authoring.origin", draft_id=draft.id), "git-branch", bool(origin.newer))


def _document_of(file: str) -> str:
    return file.split(".", maxsplit=1)[0] if file.startswith("pages/") else file


def _groups(files: documents.Files) -> Iterator[tuple[str, str, list[str]]]:
    """Kinds of documents in the order of a course; pages in the order in which the course names them."""
    course = documents.look_up(files, "course.yaml")
    paths = documents.paths_in(files)
    modules = [f"pages/{one['key']}" for one in course.get("modules") or () if isinstance(one, dict) and one.get("key")]
    yield "course", gettext(N_("Course")), ["course.yaml", "sources.yaml", "certificate.yaml"]
    yield "page", gettext(N_("Modules")), [path for path in modules if path in paths]
    yield (
        "page",
        gettext(N_("To look things up")),
        [path for path in paths if path.startswith("pages/") and path not in modules],
    )
    yield "case", gettext(N_("Case simulations")), [path for path in paths if path.startswith("cases/")]
    yield "survey", gettext(N_("Surveys")), [path for path in paths if path.startswith("surveys/")]


def _document(draft: Draft, files: documents.Files, path: str, counts: dict[tuple[str, bool], int]) -> Document:
    fixed = {
        "course.yaml": N_("The course and its programme"), "sources.yaml": N_("Sources"),
        "certificate.yaml": N_("Wording of the certificate"),
    }  # fmt: skip
    title = gettext(fixed[path]) if path in fixed else choices.title_of(files, path)
    found = [counts.get((path, warning), 0) for warning in (False, True)]
    return Document(path, title, address_of(draft, path, ""), found[0], found[1], path not in fixed)


def step_lines(draft: Draft, files: documents.Files, steps: Iterable[DraftStep]) -> list[StepLine]:
    """The steps in words, as things are called now."""
    read = {}
    for path in documents.paths_in(files):
        read[path] = documents.shown(files, path)
    return [
        StepLine(
            step.version, step.account.name if step.account else "", step.at, step.kind,
            tuple(dict.fromkeys(_changed(draft, files, read, change) for change in step.changes)),  # a page has two files
        )
        for step in steps
    ]  # fmt: skip


def _changed(draft: Draft, files: documents.Files, read: dict[str, object], change: dict[str, object]) -> Changed:
    path = _document_of(str(change["path"]))
    title = (
        choices.title_of(files, path)
        if path not in ("course.yaml", "sources.yaml", "certificate.yaml")
        else _document(draft, files, path, {}).title
    )
    what = gettext(DONE[str(change["do"])])
    if change["do"] == "file":
        kept = change["after"] is not None
        word = WHOLE["add" if kept else "remove"]
        what = what if kept and change["before"] is not None else gettext(word)
        title = title if kept else choices.title_of({**files, str(change["path"]): str(change["before"])}, path)
    if change["do"] == "file" or path not in read:
        return Changed(
            title, what, address_of(draft, path, "") if path in read else url_for("authoring.draft", draft_id=draft.id)
        )
    at = str(change["at"])
    place = named_place(path, read[path], at)
    before, after = (_short(change.get(name)) if change["do"] == "set" else "" for name in ("before", "after"))
    if change["do"] in ("add", "remove"):
        after = choices.called(as_written(change["value"]))
        before, after = (after, "") if change["do"] == "remove" else ("", after)
    return Changed(
        " · ".join(filter(None, (title, place))), what, address_of(draft, path, at, field=True), before, after
    )


def _short(value: object) -> str:
    written = as_written(value)
    if is_blank(written):
        return ""
    if isinstance(written, bool):
        return gettext(N_("yes")) if written else gettext(N_("no"))
    if isinstance(written, list):
        text = ", ".join(_short(one) if isinstance(one, dict) else str(one) for one in written)
    elif isinstance(written, dict):
        text = localise(written) if written.keys() <= {"sr", "en"} else choices.called(written)
    else:
        text = str(written)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def publish_screen(draft: Draft, files: documents.Files) -> PublishScreen:
    """What stands between a draft and a version."""
    found = tuple(checks_of_all(draft, files))
    parts = None
    if draft.base_hash:
        before = format_files(files_of_version(draft.base_hash))
        parts = tuple(tell(differences(before, files), before, files))
    title = localise({"sr": draft.title_sr, "en": draft.title_en}) or draft.course_key
    return PublishScreen(draft, title, found, sum(not one.warning for one in found), draft.version, parts)
