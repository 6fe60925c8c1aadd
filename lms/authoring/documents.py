"""The documents of a draft: which there are, of what shape, how each is read from its files and written back. Pure.

A document is named by its path in the pack; a page, whose two languages are one document here, by `pages/<key>`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lms.content.case_formats import CASE
from lms.content.checks.privacy import hotline_contacts
from lms.content.faults import N_, PackFaulty
from lms.content.formats import CERTIFICATE, COURSE, SOURCES, SURVEY
from lms.content.page_document import page_document, page_texts
from lms.content.page_shapes import PAGE
from lms.content.shapes import KEY, Shape
from lms.content.writing import head_comment, write_yaml
from lms.content.yaml import Map, Seq, read_yaml

Files = Mapping[str, str]
NOT_ALIKE = N_("The two languages of this page are not built alike, so they cannot be edited side by side.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: the name of its record, and its shape."""

    name: str
    shape: Shape


_FIXED = {
    "course.yaml": Kind("course", COURSE),
    "sources.yaml": Kind("sources", SOURCES),
    "certificate.yaml": Kind("certificate", CERTIFICATE),
}
_FOLDERS = {"surveys": Kind("survey", SURVEY), "cases": Kind("case", CASE), "pages": Kind("page", PAGE)}
_IN_FOLDER = re.compile(rf"(?P<folder>surveys|cases)/(?:{KEY})\.yaml|(?P<pages>pages)/(?:{KEY})")


def kind_of(path: str) -> Kind | None:
    """The kind of the document called `path`; None when there is no such document in a pack."""
    if path in _FIXED:
        return _FIXED[path]
    match = _IN_FOLDER.fullmatch(path)
    return _FOLDERS[match["folder"] or match["pages"]] if match else None


def key_of(path: str) -> str:
    """The key of a page, survey or case by its path."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def files_of(path: str) -> tuple[str, ...]:
    """The files that a document is kept in."""
    return (f"{path}.sr.md", f"{path}.en.md") if path.startswith("pages/") else (path,)


def paths_in(files: Files) -> list[str]:
    """The documents in `files`, in the order of their paths."""
    found = {file.split(".")[0] if file.startswith("pages/") else file for file in files}
    return sorted(path for path in found if kind_of(path))


def read(files: Files, path: str) -> Any:
    """The document called `path`, to be changed. None when a file is missing, or when a page's two languages are not built alike.

    Raises PackFaulty when it is not YAML.
    """
    return copied(shown(files, path))


def shown(files: Files, path: str) -> Any:
    """The same only to be looked at: read once for each text, and shared."""
    texts = [files.get(file) for file in files_of(path)]
    if texts[0] is None:
        return None
    return _page_once(texts[0], texts[1] or "") if path.startswith("pages/") else _read_once(texts[0], path)


def copied(value: Any) -> Any:
    """A document of its own, lines included."""
    if isinstance(value, Map):
        found = Map(value.line)
        found.lines = dict(value.lines)
        for name, member in value.items():
            found[name] = copied(member) if isinstance(member, Map | Seq) else member
        return found
    if isinstance(value, Seq):
        listed = Seq(value.line)
        listed.lines = list(value.lines)
        listed.extend(copied(member) if isinstance(member, Map | Seq) else member for member in value)
        return listed
    return value


def write(path: str, document: Any, before: Files) -> dict[str, str]:
    """The files of a document, canonical. A comment at the head of the file in `before` is kept."""
    kind = kind_of(path)
    assert kind is not None
    if kind.name == "page":
        return dict(zip(files_of(path), page_texts(document), strict=True))
    return {path: head_comment(before.get(path, "")) + write_yaml(document, kind.shape)}


@lru_cache(maxsize=32)
def _read_once(text: str, path: str) -> Any:
    return read_yaml(text, path)


@lru_cache(maxsize=32)
def _page_once(sr_text: str, en_text: str) -> Any:
    return page_document(sr_text, en_text)


def look_up(files: Files, path: str) -> Any:
    """A document to take names and lists from; empty when there is none that can be read."""
    try:
        return (_read_once(files[path], path) if path in files else None) or Map(1)
    except PackFaulty:
        return Map(1)


def contacts_of(files: Files) -> list[str]:
    """The published numbers and addresses that may stand in the texts of a draft."""
    value = look_up(files, "course.yaml")
    return hotline_contacts(value if isinstance(value, dict) else {})
