"""A page in one language, cut into its pieces and put together again: headings of sections, special fences, and Markdown. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from lms.content.faults import Fault, PackFaulty
from lms.content.formats import BLOCKS, PAGE_HEADER
from lms.content.markdown import BAR, CITATION, parser, prepare
from lms.content.page_shapes import SECTION, TEXT
from lms.content.shapes import Line, Many, Record, Shape
from lms.content.writing import write_yaml
from lms.content.yaml import Map, Seq, read_yaml

HEADER = re.compile(r"---\n(.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_STARTS = re.compile(
    r"(?:^|\r) {0,3}(?:#|`{3}|~{3}|-+[ \t\r]*$)", re.MULTILINE
)  # of headings of sections, and of fences
_SPACE = re.compile(r"[ \t\r\n]+")
_LINE_ENDS = re.compile(r"\r\n?")
_CLOSING = re.compile(r"(?:\A|(?<=\s))(?=#+\Z)")  # hashes at the end of a heading would be read as decoration


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a page: a heading or Markdown, or the value in a fence of that `kind`."""

    kind: str
    content: Any
    line: int = field(default=0, compare=False)  # of its Markdown, counted from 0


def read_page(text: str) -> tuple[Map, list[Piece]]:
    """The header and the pieces of a page. Raises PackFaulty when it has no header that can be read."""
    match = HEADER.match(text := _LINE_ENDS.sub("\n", text))
    header = read_yaml(match[1], "page") if match else None
    if match is None or not isinstance(header, Map | None):
        raise PackFaulty([Fault("page", 1, "the page has no header", "start it with a line ---")])
    return header or Map(1), list(pieces(text[match.end() :]))


def pieces(body: str) -> Iterator[Piece]:
    """The pieces of the Markdown of a page. Between two headings or fences there is at most one of Markdown.

    A fence that cannot be read or is built quite differently stays part of the Markdown around it.
    """
    body = _LINE_ENDS.sub("\n", body)
    lines = body.split("\n")
    done = 0
    tokens = _blocks_of(body)
    for number, token in enumerate(tokens):
        if token.level == 0 and token.map and (piece := _piece(token, tokens[number : number + 2])):
            yield from _between(lines, done, token.map[0])
            yield piece
            done = token.map[1]
    yield from _between(lines, done, len(lines))


def may_hold_pieces(text: str) -> bool:
    """Whether Markdown could be more than one piece; quickly told, and never wrongly denied."""
    return bool(_STARTS.search(text))


def _blocks_of(body: str) -> list[Token]:
    """The tokens of Markdown without what is inside its lines."""
    tokens: list[Token] = []
    parser().block.parse(prepare(body), parser(), {}, tokens)
    return tokens


def _piece(token: Token, following: list[Token]) -> Piece | None:
    line = token.map[0] if token.map else 0
    if token.type == "heading_open" and token.tag == "h2":
        return Piece(SECTION, _heading(following[1].content), line)
    kind = token.info.strip() if token.type == "fence" else ""
    if kind not in BLOCKS:
        return None
    try:
        value = read_yaml(token.content, "page")
    except PackFaulty:
        return None
    return Piece(kind, value, line) if _fits(value, BLOCKS[kind]) else None


def _fits(value: Any, shape: Shape | None) -> bool:
    """Whether `value` is built as `shape` says, however unfinished it is."""
    if value is None:
        return True
    if isinstance(shape, Record):
        known = shape.members
        return isinstance(value, Map) and all(name in known and _fits(value[name], known[name]) for name in value)
    if isinstance(shape, Many):
        return isinstance(value, Seq) and all(_fits(member, shape.member) for member in value)
    if isinstance(shape, Line) and not shape.pattern:
        return isinstance(value, str)
    return not isinstance(value, dict | list)


def _heading(content: str) -> str:
    return _one_line(CITATION.sub(lambda mark: mark[0].replace(BAR, "|"), content.replace("\\\n", "\n")))


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _between(lines: list[str], start: int, end: int) -> Iterator[Piece]:
    if text := trimmed("\n".join(lines[start:end])):
        empty = next(number for number, line in enumerate(lines[start:end]) if line.strip(" \t"))
        yield Piece(TEXT, text, start + empty)


def trimmed(text: str) -> str:
    """Markdown without empty lines around it; the spaces before its first word mean something and stay."""
    return _BLANK_LINES.sub("", _LINE_ENDS.sub("\n", text) + "\n").rstrip(" \t\n")


def written_page(header: dict[str, str], parts: list[Piece]) -> str:
    """The text of a page, in the one canonical way."""
    body = "\n\n".join(filter(None, map(written, parts)))
    return "".join(("---\n", write_yaml(header, PAGE_HEADER), "---\n", body, "\n" * bool(body)))


def written(piece: Piece) -> str:
    """One piece as it stands on the page; empty when it says nothing."""
    if piece.kind == SECTION:
        title = _CLOSING.sub(r"\\", _one_line(piece.content))
        return f"## {title}".rstrip()
    if piece.kind == TEXT:
        return _closed(trimmed(piece.content))
    return f"```{piece.kind}\n{write_yaml(piece.content, BLOCKS[piece.kind])}```"


def _closed(text: str) -> str:
    """Markdown with its last fence closed, so that it does not swallow what follows."""
    tokens = _blocks_of(text) if "```" in text or "~~~" in text else []
    if not tokens or tokens[-1].type != "fence" or not tokens[-1].map:
        return text
    start, end = tokens[-1].map
    lines = text.split("\n")
    last = lines[end - 1].strip()
    mark = tokens[-1].markup
    if end - start > 1 and last.startswith(mark) and not last.strip(mark[0]):
        return text
    return f"{text}\n{mark}"
