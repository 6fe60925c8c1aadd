"""Beginning: a draft of a published course, a course of one's own, a new document in a draft, and removing one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from lms import clock
from lms.authoring import documents
from lms.authoring.actions.drafting import start_draft, write_files
from lms.authoring.editing import as_written, put, seen_at
from lms.authoring.forms.drafts import CASE, MODULE, PAGE, SURVEY
from lms.authoring.models import Draft
from lms.authoring.queries import draft_of_course, files_of_draft
from lms.authoring.sketching import Sketch, sketched_case
from lms.authoring.starting import slug, starter_document, starter_sources
from lms.content.formatting import format_files
from lms.content.queries import files_of_version, latest
from lms.content.yaml import Seq
from lms.errors import Refused

_LISTS = {MODULE: "modules", PAGE: "library", SURVEY: "surveys", CASE: "cases"}
_FOLDERS = {MODULE: "pages", PAGE: "pages", SURVEY: "surveys", CASE: "cases"}


def continue_course(course_key: str) -> Draft:
    """The draft of a published course: the one under way, else a new one of its newest version. Refused when there is no such course."""
    if draft := draft_of_course(course_key):
        return draft
    version = latest(course_key)
    if version is None:
        raise Refused("There is no such course.", status=404)
    return start_draft(course_key, format_files(files_of_version(version.hash)), base_hash=version.hash)


def new_course(title_sr: str, title_en: str) -> Draft:
    """A course with nothing in it but a title and the wording of its certificate."""
    wish, number = slug(title_en or title_sr) or "course", 1
    key = wish
    while draft_of_course(key) or latest(key):
        number += 1
        key = f"{wish}-{number}"
    course = {
        "key": key, "title": {"sr": title_sr, "en": title_en}, "summary": _words(), "audience": _words(), "licence": "CC BY 4.0",
        "verified_on": clock.today(), "teaching_hours": 8, "modules": [], "library": [], "surveys": [],
        "programme": [{"day": 1, "items": []}], "hotlines": [],
    }  # fmt: skip
    files = {"course.yaml": course, "sources.yaml": [], "certificate.yaml": CERTIFICATE}
    written = {path: documents.write(path, as_written(document), {})[path] for path, document in files.items()}
    return start_draft(key, written)


def new_document(draft: Draft, kind: str, starter: str, title_sr: str, title_en: str) -> str:
    """Add a document and list it in the course; its path."""
    title = {"sr": title_sr, "en": title_en}

    def document(key: str) -> Any:
        if kind == CASE:
            return starter_document(starter, key, title_sr, title_en)
        if kind == SURVEY:
            empty = {name: _words() for name in ("intro", "thanks")}
            return {"key": key, "kind": "follow-up", "title": title, **empty, "minutes": 5, "items": []}
        return {"title": title, "summary": _words(), "notice": _words(), "blocks": []}

    return _add_document(draft, kind, slug(title_en or title_sr), document)


def case_of_sketch(draft: Draft, sketch: Sketch) -> str:
    """Add the case that `sketch` gives and list it in the course; its path."""
    return _add_document(draft, CASE, slug(sketch.title_en or sketch.title), partial(sketched_case, sketch))


def _add_document(draft: Draft, kind: str, wish: str, document: Callable[[str], Any]) -> str:
    """Add what `document` makes for a key like the `wish`; a case brings the sources that starters cite."""
    files = files_of_draft(draft)
    folder = _FOLDERS[kind]
    key = _free(files, folder, wish or kind)
    path = f"{folder}/{key}" + ("" if folder == "pages" else ".yaml")
    changed: dict[str, str | None] = dict(documents.write(path, as_written(document(key)), {}))
    if kind == CASE:
        changed |= _with_sources(files)
    entry = {"key": key, "minutes": 45} if kind == MODULE else key
    changed |= _listing(files, lambda course: _add(course, _LISTS[kind], entry))
    write_files(draft, changed, "add")
    return path


def remove_document(draft: Draft, path: str) -> None:
    """Remove a case, survey or page, and its name from the course's lists. Refused for what every course has."""
    what = documents.kind_of(path)
    if what is None or what.name not in ("case", "survey", "page"):
        raise Refused("Every course has this; it cannot be removed.", status=422)
    files = files_of_draft(draft)
    key = documents.key_of(path)

    def leave_out(course: Any) -> None:
        for name in {"case": ("cases",), "survey": ("surveys",), "page": ("modules", "library")}[what.name]:
            listed = seen_at(course, name) or []
            kept = Seq(0)
            kept.extend(one for one in listed if key not in (one, one.get("key") if isinstance(one, dict) else one))
            if len(kept) != len(listed):
                put(course, name, kept)

    removed: dict[str, str | None] = dict.fromkeys(file for file in documents.files_of(path) if file in files)
    write_files(draft, removed | _listing(files, leave_out), "remove")


def _free(files: documents.Files, folder: str, wish: str) -> str:
    taken = {documents.key_of(path) for path in documents.paths_in(files) if path.startswith(f"{folder}/")}
    key, number = wish, 1
    while key in taken:
        number += 1
        key = f"{wish}-{number}"
    return key


def _listing(files: documents.Files, change: Any) -> dict[str, str | None]:
    """The course document with its lists changed."""
    course = documents.read(files, "course.yaml")
    change(course)
    return dict(documents.write("course.yaml", course, files))


def _add(course: Any, name: str, entry: Any) -> None:
    listed = seen_at(course, name)
    if not isinstance(listed, list):
        put(course, name, listed := Seq(0))
    listed.append(as_written(entry))


def _with_sources(files: documents.Files) -> dict[str, str | None]:
    """The sources that starters cite, where the course does not have them yet."""
    sources = documents.read(files, "sources.yaml")
    known = {one.get("key") for one in sources if isinstance(one, dict)}
    new = [source for source in starter_sources() if source["key"] not in known]
    if not new:
        return {}
    sources.extend(map(as_written, new))
    return dict(documents.write("sources.yaml", sources, files))


def _words() -> dict[str, str]:
    return {"sr": "", "en": ""}


CERTIFICATE = {
    "title": {"sr": "Уверење", "en": "Certificate of attendance"},
    "statement": {
        "sr": "Овим се потврђује похађање обуке „{course}”, одржане у месту {place}, {dates}. Број наставних часова: {hours}.",
        "en": "This is to certify attendance at the training “{course}”, held in {place}, {dates}. Teaching hours: {hours}.",
    },
    "conditions": {
        "sr": "Испуњен услов: присуство на најмање {percent}% програма. Наставни час траје 45 минута.",
        "en": "Condition fulfilled: attendance at no less than {percent}% of the programme. A teaching hour is 45 minutes.",
    },
    "competencies": [{"sr": "", "en": ""}],
    "footer": {
        "sr": "Уверење издаје организатор обуке. Важност може да се провери помоћу QR кода или броја уверења.",
        "en": "The certificate is issued by the organiser of the training. Its validity can be checked by the QR code or the certificate number.",
    },
}
