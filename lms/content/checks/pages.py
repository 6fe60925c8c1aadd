"""Pages as they are written: blocks, links, citations, and what a module must have."""

import re
from collections.abc import Iterator

from lms.content.faults import Fault
from lms.content.markdown import CITATION, CITATION_LIKE, INTERNAL
from lms.content.outline import Outline
from lms.content.pack import Pack
from lms.content.shapes import Place
from lms.content.yaml import Map

SECTIONS = (4, 6)
LEAST_WORDS, MOST_WORDS = 900, 1600
WORDS_A_MINUTE = 12  # a module planned for less than 75 minutes may be shorter
_HTML = re.compile(r"</?[A-Za-z][^>\n]*>|<!--")
_LINK = re.compile(r"(!?)\[[^\]\n]*\]\(([^)\s]*)[^)\n]*\)")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]*`")


def pages(pack: Pack) -> Iterator[Fault]:
    """Faults of every page that could be read."""
    minutes = {module["key"]: module["minutes"] for module in pack.course.get("modules", ())}
    for (key, _language), outline in pack.outlines.items():
        yield from outline.faults
        yield from _headings(outline)
        yield from _lines(pack, outline)
        yield from _citations(pack, outline)
        yield from _blocks(pack, outline)
        if key in minutes:
            yield from _module(outline)
            yield from _size(outline, min(LEAST_WORDS, WORDS_A_MINUTE * minutes[key]))


def _headings(outline: Outline) -> Iterator[Fault]:
    page = outline.page
    for section in outline.sections:
        line = outline.line(section.line)
        if not section.title:
            message = "there is text before the first `##`" if section is outline.sections[0] else "a heading is empty"
            yield Fault(page.file, line, message, "start every part of a page with `## A heading`")
        elif not section.tokens:
            yield Fault(page.file, line, f"the section `{section.title}` is empty", "write it, or remove the heading")
    if not outline.sections:
        yield Fault(page.file, page.body_line, "the page has no text", "write sections that start with `## `")
    for token, line in outline.tokens():
        if token.type == "heading_open" and token.tag == "h1":
            advice = "write `##` for a section or `###` inside one; the title stands in the header"
            yield Fault(page.file, line, "there is a heading of the first level", advice)
        if token.type == "code_block":
            yield Fault(
                page.file, line, "indented text becomes a block of code", "remove the spaces at the start of the line"
            )


def _lines(pack: Pack, outline: Outline) -> Iterator[Fault]:
    """HTML, links, addresses and malformed citations, line by line."""
    for number, typed in enumerate(outline.page.body.split("\n")):
        text = _CODE.sub("", typed)
        place = Place(outline.page.file, outline.line(number))
        if found := _HTML.search(text):
            yield place.fault(f"there is HTML: {found[0][:40]}", "write Markdown; HTML is not allowed")
        for link in _LINK.finditer(text):
            yield from _link(pack, link[1], link[2], place)
        if _ADDRESS.search(_LINK.sub("", text)):
            yield place.fault("there is an address of another site", "name it in sources.yaml and cite the source")
        for mark in CITATION_LIKE.finditer(text):
            if not CITATION.match(text, mark.start()):
                advice = "write [@S4], [@S4|general], [@S4|dated:2012] or [@S4|unclear]"
                yield place.fault(f"this is not a citation: {mark[0][:40]}", advice)


def _link(pack: Pack, picture: str, address: str, place: Place) -> Iterator[Fault]:
    if picture:
        yield place.fault("there is a picture in the text", "write a `figure` block, which has a description")
    elif not address.startswith(INTERNAL):
        advice = "link only to pages (page:m2), cite other things as sources"
        yield place.fault(f"there is a link to {address[:60]}", advice)
    elif pack.course and address.removeprefix(INTERNAL) not in pack.page_keys:
        advice = f"link to one of: {', '.join(pack.page_keys)}"
        yield place.fault(f"the link leads to {address}, which there is not", advice)


def _citations(pack: Pack, outline: Outline) -> Iterator[Fault]:
    for citation, line, _section in outline.citations:
        place = Place(outline.page.file, line)
        if citation.source not in pack.source_keys:
            yield place.fault(
                f"the source `{citation.source}` is cited, but there is none",
                "add it to sources.yaml or correct the key",
            )
        if (citation.certainty == "dated") != bool(citation.when):
            yield place.fault(
                "only a dated claim has a date, and it needs one", f"write [@{citation.source}|dated:2012]"
            )


def _blocks(pack: Pack, outline: Outline) -> Iterator[Fault]:
    keys: set[str] = set()
    for block in outline.blocks:
        if block.kind == "check":
            right = [option for option in block.value["options"] if option.get("right")]
            if not right:
                yield block.place.fault("has no right answer", "add `right: true` to an option")
            if block.value["key"] in keys:
                yield block.place.fault(
                    f"has the key `{block.value['key']}`, which was used before", "give each its own key"
                )
            keys.add(block.value["key"])
        if block.kind == "figure":
            yield from _figure(pack, outline, block.value, block.place)
        if block.kind == "cards":
            yield from _cards(block.value, block.place)


def _figure(pack: Pack, outline: Outline, figure: Map, place: Place) -> Iterator[Fault]:
    image = figure["image"]
    here = place.inside(figure, "image")
    if image not in pack.files:
        yield here.fault(f"names {image}, which there is not", "add the file or correct the name")
    other = "en" if outline.page.language == "sr" else "sr"
    if image.endswith(f".{other}.svg"):
        yield here.fault(f"is the figure of the other language: {image}", f"name the one for `{outline.page.language}`")


def _cards(cards: Map, place: Place) -> Iterator[Fault]:
    for number, card in enumerate(cards["cards"]):
        here = place.inside(cards, "cards").inside(cards["cards"], number)
        if not card.get("title") and not card.get("sector"):
            yield here.fault("has no heading", "add `sector: …` or `title: …`")
        if not any(card.get(name) for name in ("text", "does", "avoids")):
            yield here.fault("says nothing", "add `text`, `does` or `avoids`")


def _module(outline: Outline) -> Iterator[Fault]:
    place = Place(outline.page.file, 1)
    if not any(map(outline.of_kind, ("figure", "flow", "cards"))) and not outline.has("table_open"):
        yield place.fault(
            "the module has no figure, flow, table or cards", "add one, so that there is something to look at"
        )
    if not outline.of_kind("check"):
        yield place.fault("the module has no `check`", "add a question that the reader can try")
    if len(outline.of_kind("takeaways")) != 1:
        yield place.fault("the module does not have one `takeaways`", "close it with one list of what to take along")


def _size(outline: Outline, least: int) -> Iterator[Fault]:
    file = outline.page.file
    count = len(outline.sections)
    if not SECTIONS[0] <= count <= SECTIONS[1]:
        advice = f"divide a module into {SECTIONS[0]} to {SECTIONS[1]} sections"
        yield Fault(file, 1, f"the module has {count} sections", advice, warning=True)
    if not least <= outline.words <= MOST_WORDS:
        advice = f"a module of this length reads well with {least} to {MOST_WORDS} words"
        yield Fault(file, 1, f"the module has {outline.words} words", advice, warning=True)
