"""A pack as it was typed: every document read but nothing joined yet. The checks look at this; `build` makes a Course of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lms.content.case_formats import CASE
from lms.content.faults import N_, Fault, PackFaulty, fault_at
from lms.content.files import Files
from lms.content.formats import CERTIFICATE, COURSE, PAGE_HEADER, SOURCES, SURVEY
from lms.content.outline import Outline, PageFile, outline_of
from lms.content.place import Place
from lms.content.shapes import LANGUAGES, Shape
from lms.content.unwritten import only_unwritten, put_blanks
from lms.content.yaml import Map, Seq, read_yaml

_HEADER = re.compile(r"---\n(.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass
class Pack:
    """The documents of a pack by name; those that could not be read are missing and have left a fault."""

    files: Files
    course: Map = field(default_factory=lambda: Map(1))
    sources: Seq = field(default_factory=lambda: Seq(1))
    certificate: Map = field(default_factory=lambda: Map(1))
    surveys: dict[str, Map] = field(default_factory=dict)  # by the name of the file
    cases: dict[str, Map] = field(default_factory=dict)  # by the name of the file
    pages: dict[tuple[str, str], PageFile] = field(default_factory=dict)  # by key and language
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def module_keys(self) -> list[str]:
        """The pages that are taught, in order."""
        return [module["key"] for module in self.course.get("modules", ())]

    @cached_property
    def page_keys(self) -> list[str]:
        """Every page the course names, modules first."""
        return [*self.module_keys, *self.course.get("library", ())]

    @cached_property
    def source_keys(self) -> set[str]:
        """The keys that may be cited."""
        return {source["key"] for source in self.sources}

    @cached_property
    def outlines(self) -> dict[tuple[str, str], Outline]:
        """Every page taken apart, by key and language."""
        return {name: outline_of(page) for name, page in self.pages.items()}

    def documents(self) -> Iterator[tuple[str, Map | Seq]]:
        """Every YAML document that could be read, with its file, but the cases: they are asked by themselves."""
        yield "course.yaml", self.course
        yield "sources.yaml", self.sources
        yield "certificate.yaml", self.certificate
        yield from ((f"surveys/{name}.yaml", survey) for name, survey in self.surveys.items())


def read_pack(files: Files) -> Pack:
    """Read every document of a pack. What cannot be read or has the wrong shape is left out and told in `faults`."""
    pack = Pack(files)
    pack.course = _document(pack, "course.yaml", COURSE) or pack.course
    pack.sources = _document(pack, "sources.yaml", SOURCES) or pack.sources
    pack.certificate = _document(pack, "certificate.yaml", CERTIFICATE) or pack.certificate
    for file in sorted(files):
        folder, _, name = file.rpartition("/")
        if folder == "surveys" and (survey := _document(pack, file, SURVEY)):
            pack.surveys[name.removesuffix(".yaml")] = survey
        elif folder == "cases" and (case := _document(pack, file, CASE)):
            pack.cases[name.removesuffix(".yaml")] = case
        elif folder == "pages" and (page := _page(pack, file)):
            pack.pages[page.key, page.language] = page
    return pack


def _document(pack: Pack, file: str, shape: Shape) -> Any:
    if file not in pack.files:
        message, advice = N_("This document is missing; every course has one."), N_("Add it.")
        pack.faults.append(fault_at(file, 1, message, advice, "see docs/courses.md"))
        return None
    try:
        value = read_yaml(pack.files[file], file)
    except PackFaulty as error:
        pack.faults += error.faults
        return None
    faults = list(shape.faults(value, Place(file, 1)))
    pack.faults += faults
    if not only_unwritten(faults):
        return None
    if faults:
        put_blanks(value, shape)
    return value


def _page(pack: Pack, file: str) -> PageFile | None:
    key, language, _ = file.removeprefix("pages/").split(".")
    text = pack.files[file]
    match = _HEADER.match(text)
    if not match:
        message = N_("The page has no title, summary and content notice.")
        syntax = "start with a line ---, then title, summary and notice, then a line ---"
        pack.faults.append(fault_at(file, 1, message, N_("Write all three before the text."), syntax))
        return None
    try:
        header = read_yaml(match[1], file, first_line=2)
    except PackFaulty as error:
        pack.faults += error.faults
        return None
    pack.faults += (faults := list(PAGE_HEADER.faults(header, Place(file, 1))))
    if not only_unwritten(faults):
        return None
    return PageFile(file, key, language, header, text[match.end() :], text.count("\n", 0, match.end()) + 1)


def texts_in(value: Any, place: Place) -> Iterator[tuple[Map, Place]]:
    """Every text in both languages inside `value`, with its place."""
    if isinstance(value, Map) and set(value) == set(LANGUAGES):
        yield value, place
    elif isinstance(value, Map):
        for name, member in value.items():
            yield from texts_in(member, place.inside(value, name))
    elif isinstance(value, Seq):
        for number, member in enumerate(value):
            yield from texts_in(member, place.inside(value, number))
