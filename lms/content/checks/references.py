"""Whatever is named exists, once, and is used."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.content.shapes import LANGUAGES, Place
from lms.content.yaml import Map, Seq


def references(pack: Pack) -> Iterator[Fault]:
    """Pages, surveys, cases, sources and scales that are named but missing, present but unused, or named twice."""
    yield from _pages(pack)
    yield from _listed(pack, "surveys", pack.surveys)
    yield from _listed(pack, "cases", pack.cases)
    yield from _programme(pack)
    yield from _hotlines(pack)
    yield from repeated(pack.sources, Place("sources.yaml", 1, "sources"))


def repeated(records: Iterable[Any], place: Place) -> Iterator[Fault]:
    """Records of a list whose key was used before."""
    assert isinstance(records, Seq)
    seen: set[str] = set()
    for number, record in enumerate(records):
        if record["key"] in seen:
            yield place.inside(records, number).fault("has a key that was used before", "give each its own key")
        seen.add(record["key"])


def _pages(pack: Pack) -> Iterator[Fault]:
    if not pack.course:
        return
    place = Place("course.yaml", 1)
    named = [(pack.course["modules"], number, module["key"]) for number, module in enumerate(pack.course["modules"])]
    named += [(pack.course["library"], number, key) for number, key in enumerate(pack.course["library"])]
    seen: set[str] = set()
    for container, number, key in named:
        line = Place(place.file, container.lines[number], key)
        for language in LANGUAGES:
            if f"pages/{key}.{language}.md" not in pack.files:
                yield line.fault(f"has no page pages/{key}.{language}.md", "write the page, or remove the key")
        if key in seen:
            yield line.fault("is listed twice", "list each page once, as a module or in the library")
        seen.add(key)
    for (key, _language), page in pack.pages.items():
        if key not in seen:
            yield Fault(page.file, 1, "the course does not list this page", "add its key to `modules` or `library`")


def _listed(pack: Pack, folder: str, documents: Mapping[str, Map]) -> Iterator[Fault]:
    """Where the list in course.yaml and the files of the folder with its name do not agree."""
    keys = pack.course.get(folder) or Seq(1)
    place = Place("course.yaml", 1, folder)
    for number, key in enumerate(keys):
        if f"{folder}/{key}.yaml" not in pack.files:
            yield place.inside(keys, number).fault(f"has no file {folder}/{key}.yaml", "write it, or remove the key")
        if key in keys[:number]:
            yield place.inside(keys, number).fault("is listed twice", "list each once")
    for name, document in documents.items():
        here = Place(f"{folder}/{name}.yaml", document.lines["key"], "key")
        if document["key"] != name:
            yield here.fault(f"is `{document['key']}`", f"write `key: {name}`, like the name of the file")
        if pack.course and name not in keys:
            yield here.fault("is not listed in course.yaml", f"add it to `{folder}`, or remove the file")


def _programme(pack: Pack) -> Iterator[Fault]:
    days: Any = pack.course.get("programme", Seq(1))
    seen: set[str] = set()
    for number, day in enumerate(days):
        for entry_number, entry in enumerate(day["items"]):
            place = Place("course.yaml", 1, f"programme[{number + 1}]").inside(day["items"], entry_number)
            if entry["key"] in seen:
                yield place.fault("has a key that was used before", "give each entry its own key")
            seen.add(entry["key"])
            yield from _named_by_entry(pack, entry, place)


def _named_by_entry(pack: Pack, entry: Map, place: Place) -> Iterator[Fault]:
    kind = entry["kind"]
    for name, wanted, known in (("page", "module", pack.module_keys), ("survey", "survey", pack.course["surveys"])):
        value = entry.get(name)
        if kind == wanted and not value:
            yield place.fault(f"has no `{name}`", f"an entry of kind `{wanted}` names its {name}: add `{name}: …`")
        elif kind != wanted and value:
            yield place.fault(f"has `{name}` but is of kind `{kind}`", f"remove `{name}`, or write `kind: {wanted}`")
        elif value and value not in known:
            yield place.fault(f"names the {name} `{value}`, which there is not", f"name one of: {', '.join(known)}")
    survey = pack.surveys.get(entry.get("survey") or "")
    is_test = bool(survey and survey["kind"] == "test")
    if is_test and not entry.get("moment"):
        yield place.fault("does not say which moment of the test it is", "add `moment: pre` or `moment: post`")
    if survey and not is_test and entry.get("moment"):
        yield place.fault("has a `moment`", "remove it; only a test is taken twice")


def _hotlines(pack: Pack) -> Iterator[Fault]:
    hotlines = pack.course.get("hotlines", Seq(1))
    place = Place("course.yaml", 1, "hotlines")
    yield from repeated(hotlines, place)
    for number, hotline in enumerate(hotlines):
        if hotline["source"] not in pack.source_keys:
            here = place.inside(hotlines, number)
            yield here.fault(f"names the source `{hotline['source']}`, which there is not", "add it to sources.yaml")
