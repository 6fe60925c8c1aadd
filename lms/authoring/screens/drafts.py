"""The pages about a draft as a whole: what it consists of, what publishing would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from lms.authoring import documents
from lms.authoring.checking import ADVICE, Tally, all_faults, tally
from lms.authoring.differences.pieces import differences
from lms.authoring.differences.telling import Part as DifferencePart
from lms.authoring.differences.telling import tell
from lms.authoring.forms import choices
from lms.authoring.models import Draft
from lms.authoring.screens.beside import Tool
from lms.authoring.screens.editor import Check, address_of
from lms.authoring.screens.forks import origin_of
from lms.authoring.screens.whole import checks_of_all
from lms.authoring.words import KINDS
from lms.content.faults import Fault
from lms.content.formatting import format_files
from lms.content.models import CourseVersion
from lms.content.queries import all_versions, files_of_version
from lms.language import gettext, localise
from lms.ui import N_


@dataclass(frozen=True)
class Document:
    """One document of a draft: its title, the way there, and how far it is."""

    path: str
    title: str
    href: str
    tally: Tally
    removable: bool


@dataclass(frozen=True)
class Group:
    """Documents of one kind; `empty` is said when there is none."""

    kind: str
    title: str
    empty: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class DraftScreen:
    """The page of a draft."""

    draft: Draft
    title: str
    groups: tuple[Group, ...]
    tally: Tally
    figures: tuple[str, ...]
    tools: tuple[Tool, ...]


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
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(document_of(fault.file), []).append(fault)
    groups = tuple(
        Group(kind, title, empty, tuple(_document(draft, files, path, found.get(path, [])) for path in paths))
        for kind, title, empty, paths in _groups(files)
    )
    title = localise({"sr": draft.title_sr, "en": draft.title_en}) or draft.course_key
    figures = tuple(file for file in files if file.startswith("figures/"))
    return DraftScreen(draft, title, groups, tally(faults), figures, tuple(_tools(draft)))


def _tools(draft: Draft) -> Iterator[Tool]:
    yield Tool(
        gettext(N_("Take it away as a file (zip)")), url_for("authoring.draft_pack", draft_id=draft.id), "download"
    )
    if origin := origin_of(draft):
        words_ = gettext(N_("The original has changed")) if origin.newer else gettext(N_("The original"))
        yield Tool(words_, url_for("authoring.origin", draft_id=draft.id), "git-branch", bool(origin.newer))


def document_of(file: str) -> str:
    """The path of the document that a file belongs to."""
    return file.split(".", maxsplit=1)[0] if file.startswith("pages/") else file


def _groups(files: documents.Files) -> Iterator[tuple[str, str, str, list[str]]]:
    """Kinds of documents in the order of a course: kind, title, what is said when there is none, and their paths.

    Pages stand in the order in which the course names them.
    """
    course = documents.look_up(files, "course.yaml")
    paths = documents.paths_in(files)
    modules = [f"pages/{one['key']}" for one in course.get("modules") or () if isinstance(one, dict) and one.get("key")]
    others = [path for path in paths if path.startswith("pages/") and path not in modules]
    yield "course", gettext(N_("Course")), "", ["course.yaml", "sources.yaml", "certificate.yaml"]
    yield "page", gettext(N_("Modules")), _no("page"), [path for path in modules if path in paths]
    looked_up = N_("Not taught in the programme: the procedure, indicators, a glossary.")
    yield "page", gettext(N_("To look things up")), gettext(looked_up), others
    yield "case", gettext(N_("Case simulations")), _no("case"), [path for path in paths if path.startswith("cases/")]
    yield "survey", gettext(N_("Surveys")), _no("survey"), [path for path in paths if path.startswith("surveys/")]


def _no(kind: str) -> str:
    return gettext(KINDS[kind].empty)


def _document(draft: Draft, files: documents.Files, path: str, faults: list[Fault]) -> Document:
    return Document(path, title_of(files, path), address_of(draft, path, ""), tally(faults), "/" in path)


def title_of(files: documents.Files, path: str) -> str:
    """What a document is called among those of a draft."""
    return gettext(N_("The course and its programme")) if path == "course.yaml" else choices.title_of(files, path)


def publish_screen(draft: Draft, files: documents.Files) -> PublishScreen:
    """What stands between a draft and a version."""
    found = tuple(checks_of_all(draft, files))
    parts = None
    if draft.base_hash:
        before = format_files(files_of_version(draft.base_hash))
        parts = tuple(tell(differences(before, files), before, files))
    title = localise({"sr": draft.title_sr, "en": draft.title_en}) or draft.course_key
    return PublishScreen(draft, title, found, sum(one.urgency != ADVICE for one in found), draft.version, parts)
