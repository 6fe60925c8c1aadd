"""The small course with a case, written canonically, and courses that came of it by changes nobody chose."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import strategies as st

from lms.authoring import documents
from lms.authoring.editing import tidy
from lms.content.files import read_folder
from tests.builders import CASE, COURSE

Files = dict[str, str]


def canonical(files: Files) -> Files:
    """Every document of `files` written anew."""
    found = dict(files)
    for path in documents.paths_in(files):
        found |= documents.write(path, documents.read(files, path), files)
    return found


def _whole() -> Files:
    files = read_folder(COURSE) | {"cases/small.yaml": CASE.read_text()}
    files["course.yaml"] += "cases:\n  - small\n"
    return canonical(files)


WHOLE = _whole()


def edited(files: Files, path: str, change: Callable[[Any], Any]) -> Files:
    """`files` with one document changed."""
    document = deepcopy(documents.read(files, path))
    change(document)
    kind = documents.kind_of(path)
    assert kind
    tidy(document, kind.shape)
    return files | documents.write(path, document, files)


def without(files: Files, path: str) -> Files:
    """`files` without one document."""
    return {file: text for file, text in files.items() if file not in documents.files_of(path)}


def _containers(value: Any) -> list[Any]:
    """Every mapping and list in a document, itself included."""
    if isinstance(value, dict):
        return [value, *(inner for member in value.values() for inner in _containers(member))]
    if isinstance(value, list):
        return [value, *(inner for member in value for inner in _containers(member))]
    return []


@st.composite
def changed(draw: st.DrawFn, paths: tuple[str, ...] = (), most: int = 4) -> Files:
    """The whole course after up to `most` changes, in `paths` or anywhere: values, records added, removed and moved, documents gone."""
    files = WHOLE
    for _ in range(draw(st.integers(0, most))):
        there = documents.paths_in(files)
        path = draw(st.sampled_from([path for path in paths if path in there] or there))
        if draw(st.integers(0, 19)) == 0 and path.count("/"):
            files = without(files, path)
        elif documents.read(files, path) is not None:
            files = edited(files, path, lambda document: _change(draw, document))
    return files


def _change(draw: st.DrawFn, document: Any) -> None:
    container = draw(st.sampled_from([one for one in _containers(document) if one] or [None]))
    if container is None:
        return
    if isinstance(container, dict):
        name = draw(st.sampled_from(sorted(container)))
        if name not in ("key", "kind", "day"):
            container[name] = _other(draw, container[name])
        return
    place = draw(st.integers(0, len(container) - 1))
    what = draw(st.sampled_from(["remove", "move", "add", "value"]))
    if what == "remove":
        container.pop(place)
    elif what == "move":
        container.insert(draw(st.integers(0, len(container) - 1)), container.pop(place))
    elif what == "add":
        container.insert(place, _further(draw, container[place]))
    elif not isinstance(container[place], dict | list):
        container[place] = _other(draw, container[place])


def _further(draw: st.DrawFn, member: Any) -> Any:
    member = deepcopy(member)
    if isinstance(member, dict) and isinstance(member.get("key"), str):
        member["key"] = draw(st.sampled_from(["new", "newer", "newest"]))
    if isinstance(member, dict) and "day" in member:
        member["day"] = draw(st.integers(5, 7))
    return member


def _other(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw(st.integers(-2, 2))
    if isinstance(value, date):
        return date(2027, 1, draw(st.integers(1, 28)))
    if isinstance(value, str):
        return value + draw(st.sampled_from([" a", " б", " both"]))
    return value
