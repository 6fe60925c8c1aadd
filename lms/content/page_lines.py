"""Which line of a page's file says which value of the page's document: so that what is wrong is told beside the right field. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lms.content.addresses import by_line, joined, member_of, parts, value_at
from lms.content.faults import Fault
from lms.content.formats import PAGE_HEADER
from lms.content.page_document import piece_of
from lms.content.page_pieces import written
from lms.content.page_shapes import BLOCK, SECTION, TEXT
from lms.content.shapes import LANGUAGES, Record, Shape, Words
from lms.content.yaml import Map, read_yaml

FIRST_LINE = len(PAGE_HEADER.members) + 3  # of the text: after two lines of hyphens


def page_lines(document: Map, language: str) -> dict[int, str]:
    """The address on each line of the page in `language`, as `page_texts` writes it. `document` is as `page_document` gives it."""
    found = {line: f"{name}.{language}" for line, name in enumerate(PAGE_HEADER.members, start=2)}
    first = FIRST_LINE
    for number, block in enumerate(document["blocks"]):
        if not (text := written(piece_of(block, language))):
            continue
        address = joined("blocks", member_of(document["blocks"], number))
        found |= {first + line: there for line, there in _inside(block["kind"], address, text, language)}
        first += text.count("\n") + 2
    return found


def addressed(faults: Iterable[Fault], document: Map) -> list[Fault]:
    """The faults of a page's two files, named by addresses in its document; those of a file as a whole by none."""
    lines = {language: page_lines(document, language) for language in LANGUAGES}
    return [replace(fault, name=_address(fault, lines, document)) for fault in faults]


def _address(fault: Fault, lines: Mapping[str, Mapping[int, str]], document: Map) -> str:
    language = fault.file.split(".")[-2]
    there = lines[language].get(fault.line, "")
    if not there.startswith("blocks["):
        if not there and not document["blocks"] and fault.line == FIRST_LINE:
            return "blocks"
        return there or (f"{fault.name}.{language}" if fault.name in PAGE_HEADER.members else "")
    block = "blocks" + there.removeprefix("blocks").split("]")[0] + "]"
    kind = str(value_at(document, block)["kind"])
    way = fault.name.removeprefix(kind).removeprefix(".")
    if kind in (SECTION, TEXT) or way in ("", fault.name):
        return there
    return _in_document(kind, block, way, language)


def _inside(kind: str, address: str, text: str, language: str) -> Iterator[tuple[int, str]]:
    """The lines of a block, counted from 0, with their addresses."""
    last = text.count("\n")
    if kind in (SECTION, TEXT):
        name = "title" if kind == SECTION else "text"
        yield from ((line, f"{address}.{name}.{language}") for line in range(last + 1))
        return
    yield from ((line, address) for line in (0, last))
    value = read_yaml("\n".join(text.split("\n")[1:-1]), "page")
    for line, way in by_line(value).items():
        yield line, _in_document(kind, address, way, language)


def _in_document(kind: str, address: str, way: str, language: str) -> str:
    """The address in the document for a way inside a fence."""
    shape: Shape | None = BLOCK.records[kind]
    if kind == "takeaways":
        way = f"items{way}"
    elif kind == "callout" and way == "kind":
        way = "tone"
    for part in parts(way):
        address = joined(address, part)
        shape = shape.members.get(str(part)) if isinstance(shape, Record) else getattr(shape, "member", None)
    return f"{address}.{language}" if isinstance(shape, Words) else address
