"""A page of a draft as trainees would read it, as far as it is written; what cannot be shown yet says so in its place."""

from datetime import date
from typing import Any

from jinja2 import UndefinedError
from markdown_it.token import Token
from markupsafe import Markup

from lms.authoring import documents
from lms.content.course import Page, Source
from lms.content.faults import PackFaulty
from lms.content.render import Printer, RenderedPage, printed
from lms.content.shapes import LANGUAGES
from lms.language import gettext
from lms.ui import N_

NOT_YET = N_("This block is not finished; it will be shown here when it is.")


def preview_of(files: documents.Files, path: str, locale: str) -> RenderedPage | None:
    """The page called `path` in `locale`; None when its two languages are not built alike. Needs an application context."""
    document = documents.shown(files, path)
    if document is None:
        return None
    texts = documents.write(path, document, files).values()
    bodies = {language: text.split("\n---\n", 1)[-1] for language, text in zip(LANGUAGES, texts, strict=True)}
    header: dict[str, Any] = {name: _words(document.get(name)) for name in ("title", "summary", "notice")}
    language = "en" if locale == "en" else "sr"
    figures = {file: text for file, text in files.items() if file.startswith("figures/")}
    return printed(
        _Patient(_sources(files), figures, language), Page(documents.key_of(path), body=bodies, **header), locale
    )


class _Patient(Printer):
    """Prints what can be printed."""

    def block(self, token: Token) -> Markup:
        """A special block; a sentence in its place while it is not finished."""
        try:
            return super().block(token)
        except (PackFaulty, UndefinedError, LookupError, TypeError, AttributeError):
            return Markup('<p class="muted">{}</p>').format(gettext(NOT_YET))


def _words(text: Any) -> dict[str, str]:
    return (
        {language: (text or {}).get(language) or "" for language in LANGUAGES} if isinstance(text, dict | None) else {}
    )


def _sources(files: documents.Files) -> dict[str, Source]:
    """The sources of the draft; what is not said of one yet is empty."""
    listed = documents.look_up(files, "sources.yaml")
    blank = {"title": _words(None), "publisher": None, "date": "", "read": "none", "verified_on": None, "note": None}
    return {one["key"]: Source(**_known(blank | one)) for one in listed if isinstance(one, dict) and one.get("key")}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    kept = {name: values[name] for name in ("key", "title", "publisher", "date", "read", "note", "verified_on")}
    return kept if isinstance(kept["verified_on"], date) else kept | {"read": "none", "verified_on": None}
