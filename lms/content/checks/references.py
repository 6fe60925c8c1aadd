"""Whatever is named exists, once, and is used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.faults import N_, Fault, Title, fault_at
from lms.content.pack import Pack
from lms.content.place import Place
from lms.content.yaml import Map, Seq

KEY_USED = N_("“%(key)s” was already used as a short name.")
_NO_PAGE = {
    "sr": N_("The page “%(key)s” is not written in Serbian."),
    "en": N_("The page “%(key)s” is not written in English."),
}
OWN_KEY = N_("Give each its own short name.")


def references(pack: Pack) -> Iterator[Fault]:
    """Pages, surveys, cases, sources and scales that are named but missing, present but unused, or named twice."""
    yield from _pages(pack)
    yield from _listed(pack, "surveys", pack.surveys)
    yield from _listed(pack, "cases", pack.cases)
    yield from _programme(pack)
    yield from _hotlines(pack)
    yield from repeated(pack.sources, Place("sources.yaml", 1))


def repeated(records: Iterable[Any], place: Place) -> Iterator[Fault]:
    """Records of a list whose key was used before."""
    assert isinstance(records, Seq)
    seen: set[str] = set()
    for number, record in enumerate(records):
        if record["key"] in seen:
            yield place.inside(records, number).fault(KEY_USED, OWN_KEY, "`key`", key=record["key"])
        seen.add(record["key"])


def no_such_source(place: Place, key: str) -> Fault:
    """A source that is cited, but that the course does not have."""
    message = N_("The source %(source)s is not in the list of sources.")
    advice = N_("Choose another one, or add it to the sources of the course.")
    return place.fault(message, advice, "sources.yaml", source=key)


def _pages(pack: Pack) -> Iterator[Fault]:
    if not pack.course:
        return
    place = Place("course.yaml", 1)
    modules, library = pack.course["modules"], pack.course["library"]
    named = [("modules", modules, number, module["key"]) for number, module in enumerate(modules)]
    named += [("library", library, number, key) for number, key in enumerate(library)]
    seen: set[str] = set()
    for listed, container, number, key in named:
        here = place.inside(pack.course, listed).inside(container, number)
        for language, message in _NO_PAGE.items():
            if (file := f"pages/{key}.{language}.md") not in pack.files:
                yield here.fault(
                    message, N_("Write it, or remove it from the course."), "no file %(file)s", key=key, file=file
                )
        if key in seen:
            message = N_("The page “%(key)s” is listed twice.")
            yield here.fault(message, N_("List it once, as a module or in the library."), key=key)
        seen.add(key)
    for (key, _language), page in pack.pages.items():
        if key not in seen:
            message, advice = N_("The course does not list this page."), N_("Add it to the modules or to the library.")
            yield fault_at(page.file, 1, message, advice, "`modules` or `library` of course.yaml")


def _listed(pack: Pack, folder: str, documents: Mapping[str, Map]) -> Iterator[Fault]:
    """Where the list in course.yaml and the files of the folder with its name do not agree."""
    keys = pack.course.get(folder) or Seq(1)
    place = Place("course.yaml", 1, folder)
    for number, key in enumerate(keys):
        if f"{folder}/{key}.yaml" not in pack.files:
            message = N_("“%(key)s” is listed here, but nobody has written it.")
            advice, syntax = N_("Write it, or remove it from the list."), "no file %(file)s"
            yield place.inside(keys, number).fault(message, advice, syntax, key=key, file=f"{folder}/{key}.yaml")
        if key in keys[:number]:
            message, advice = N_("“%(key)s” is listed twice."), N_("Keep one of the two.")
            yield place.inside(keys, number).fault(message, advice, key=key)
    for name, document in documents.items():
        here = Place(f"{folder}/{name}.yaml", document.lines["key"], "key")
        if document["key"] != name:
            message = N_("The short name “%(key)s” is not the one of the file, “%(name)s”.")
            yield here.fault(
                message, N_("Give both the same name."), "write `key: %(name)s`", key=document["key"], name=name
            )
        if pack.course and name not in keys:
            message, advice = N_("The course does not list this document."), N_("Add it to the course, or remove it.")
            yield here.fault(message, advice, f"`{folder}` of course.yaml")


def _programme(pack: Pack) -> Iterator[Fault]:
    days: Any = pack.course.get("programme", Seq(1))
    seen: set[str] = set()
    for number, day in enumerate(days):
        for entry_number, entry in enumerate(day["items"]):
            place = Place("course.yaml", 1, f"programme[#{number}].items").inside(day["items"], entry_number)
            if entry["key"] in seen:
                yield place.fault(KEY_USED, OWN_KEY, "`key`", key=entry["key"])
            seen.add(entry["key"])
            yield from _named_by_entry(pack, entry, place)


@dataclass(frozen=True)
class _Entry:
    """What is said of an entry of the programme that should name a page or a survey."""

    missing: str
    choose: str
    strange: str
    remove: str
    unknown: str


_ENTRIES = {
    "page": _Entry(
        N_("It is not said which module is taught."),
        N_("Choose a module of the course."),
        N_("A module is chosen, but nothing is taught here."),
        N_("Remove the module, or say that this is one."),
        N_("“%(key)s” is not a module of the course."),
    ),
    "survey": _Entry(
        N_("It is not said which survey is filled in."),
        N_("Choose a survey of the course."),
        N_("A survey is chosen, but none is filled in here."),
        N_("Remove the survey, or say that this is one."),
        N_("“%(key)s” is not a survey of the course."),
    ),
}


def _named_by_entry(pack: Pack, entry: Map, place: Place) -> Iterator[Fault]:
    kind = entry["kind"]
    for name, wanted, known in (("page", "module", pack.module_keys), ("survey", "survey", pack.course["surveys"])):
        value, words = entry.get(name), _ENTRIES[name]
        if kind == wanted and not value:
            yield place.missing(name).fault(words.missing, words.choose, "add `%(name)s: …`", name=name)
        elif kind != wanted and value:
            here, syntax = place.inside(entry, name), "remove `%(name)s`, or write `kind: %(kind)s`"
            yield here.fault(words.strange, words.remove, syntax, name=name, kind=wanted)
        elif value and value not in known:
            yield place.inside(entry, name).fault(
                words.unknown, words.choose, "one of: %(known)s", key=value, known=known
            )
    survey = pack.surveys.get(entry.get("survey") or "")
    is_test = bool(survey and survey["kind"] == "test")
    if is_test and not entry.get("moment"):
        message = N_("It is not said whether the test is taken at the start or at the end.")
        yield place.missing("moment").fault(message, N_("Choose one of the two."), "`moment: pre` or `moment: post`")
    if survey and not is_test and entry.get("moment"):
        message = N_("Only a test is taken at the start and at the end, and “%(survey)s” is none.")
        title = Title(entry["survey"], survey["title"])
        yield place.inside(entry, "moment").fault(
            message, N_("Remove the choice of before or after."), "`moment`", survey=title
        )


def _hotlines(pack: Pack) -> Iterator[Fault]:
    hotlines = pack.course.get("hotlines", Seq(1))
    place = Place("course.yaml", 1, "hotlines")
    yield from repeated(hotlines, place)
    for number, hotline in enumerate(hotlines):
        if hotline["source"] not in pack.source_keys:
            here = place.inside(hotlines, number).inside(hotline, "source")
            yield no_such_source(here, hotline["source"])
