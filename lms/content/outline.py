"""A page taken apart for the checks: its sections, special blocks, citations and visible texts, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

from lms.content.faults import N_, Fault, PackFaulty, fault_at
from lms.content.formats import BLOCKS
from lms.content.markdown import Citation, Section, citations, sections
from lms.content.place import Place
from lms.content.unwritten import only_unwritten
from lms.content.yaml import Map, Seq, read_yaml

_SILENT = {"key", "kind", "image", "sector", "sectors", "right"}  # keys of blocks whose values nobody reads
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class PageFile:
    """One page in one language: its header, its Markdown, and the line on which the Markdown starts."""

    file: str
    key: str
    language: str
    header: Map
    body: str
    body_line: int


@dataclass(frozen=True)
class Block:
    """A fence with a meaning, its YAML read."""

    kind: str
    value: Any
    place: Place
    section: int


@dataclass
class Outline:
    """What one page in one language consists of. Blocks that could not be read are missing and have left a fault."""

    page: PageFile
    sections: list[Section]
    blocks: list[Block] = field(default_factory=list)
    citations: list[tuple[Citation, int, int]] = field(default_factory=list)  # with line and section
    faults: list[Fault] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Block]:
        """The blocks of one kind, in order."""
        return [block for block in self.blocks if block.kind == kind]

    def has(self, token_type: str) -> bool:
        """Whether the page's Markdown has such a token, for example `table_open`."""
        return any(token.type == token_type for section in self.sections for token in section.tokens)

    def line(self, line_of_body: int) -> int:
        """The line of the file for a line of the body, counted from 0."""
        return self.page.body_line + line_of_body

    def tokens(self) -> Iterator[tuple[Token, int]]:
        """Every token below the sections' headings, with its line in the file."""
        for section in self.sections:
            last = section.line
            for token in section.tokens:
                last = token.map[0] if token.map else last
                yield token, self.line(last)

    def texts(self) -> Iterator[tuple[str, int]]:
        """Everything on the page that is read by people, with lines."""
        header = self.page.header
        yield from ((header[name], header.lines[name]) for name in header)
        yield from ((section.title, self.line(section.line)) for section in self.sections)
        for token, line in self.tokens():
            if token.type == "inline":
                yield from ((typed, line + further) for further, typed in enumerate(token.content.split("\n")))
        for block in self.blocks:
            yield from _strings(block.value, block.place.line)

    @property
    def words(self) -> int:
        """How many words a reader meets, without the header and the headings."""
        spoken = [token.content for token, _line in self.tokens() if token.type == "inline"]
        spoken += [text for block in self.blocks for text, _line in _strings(block.value, 0) if block.kind != "figure"]
        return sum(len(_WORD.findall(text)) for text in spoken)


def _strings(value: Any, line: int) -> Iterator[tuple[str, int]]:
    if isinstance(value, str):
        yield value, line
    elif isinstance(value, Map):
        for name, member in value.items():
            if name not in _SILENT:
                yield from _strings(member, value.lines[name])
    elif isinstance(value, Seq):
        for number, member in enumerate(value):
            yield from _strings(member, value.lines[number])


# While a course is written it is checked again and again, and nearly all of its pages stay as they were.
_sections, _citations = lru_cache(maxsize=128)(sections), lru_cache(maxsize=128)(lambda body: tuple(citations(body)))


def outline_of(page: PageFile) -> Outline:
    """Take `page` apart."""
    outline = Outline(page, _sections(page.body))
    for number, section in enumerate(outline.sections):
        for token in section.tokens:
            if token.type == "fence":
                _read_block(outline, token, number)
    starts = [section.line for section in outline.sections]
    for citation, line in _citations(page.body):
        section_number = max(0, sum(start <= line for start in starts) - 1)
        outline.citations.append((citation, outline.line(line), section_number))
    return outline


def _read_block(outline: Outline, token: Token, section: int) -> None:
    kind = token.info.strip()
    line = outline.line(token.map[0] if token.map else 0)
    place = Place(outline.page.file, line, kind)
    if kind not in BLOCKS:
        message, advice = N_("A page can have no block called “%(kind)s”."), N_("Call it one of: %(known)s")
        outline.faults.append(fault_at(place.file, line, message, advice, kind=kind, known=BLOCKS))
        return
    try:
        value = read_yaml(token.content, place.file, first_line=line + 1)
    except PackFaulty as error:
        outline.faults += error.faults
        return
    faults = list(BLOCKS[kind].faults(value, place))
    outline.faults += faults
    if only_unwritten(faults):
        outline.blocks.append(Block(kind, value, place, section))
