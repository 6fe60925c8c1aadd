"""What the text of a page may not hold: HTML, pictures, ways out of the course, marks that are none."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lms.content.faults import N_, Fault
from lms.content.markdown import CITATION, CITATION_LIKE, INTERNAL
from lms.content.outline import Outline
from lms.content.pack import Pack
from lms.content.place import Place

# None of these goes over a bracket that opens: a text full of them is read in one go, not again from each.
_HTML = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--")
_LINK = re.compile(r"(!\[[^\[\]\n]*)?\]\(<?([^()\s<>]*)")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]*`")


def markup(pack: Pack) -> Iterator[Fault]:
    """Faults of every page that could be read, line by line."""
    for outline in pack.outlines.values():
        yield from _lines(pack, outline)
        yield from _other_links(pack, outline)


def _lines(pack: Pack, outline: Outline) -> Iterator[Fault]:
    """HTML, links, addresses and malformed citations, line by line."""
    for number, typed in enumerate(outline.page.body.split("\n")):
        text = _CODE.sub("", typed)
        place = Place(outline.page.file, outline.line(number))
        if found := _HTML.search(text):
            message = N_("There is HTML, the code of web pages, in the text: %(typed)s")
            yield place.fault(message, N_("Remove it."), "write Markdown; HTML is not allowed", typed=found[0][:40])
        for link in _LINK.finditer(text):
            yield from _link(pack, link[1], link[2], place)
        if _ADDRESS.search(_LINK.sub("", text)):
            message = N_("There is an address of another site in the text.")
            advice = N_("Add the site to the sources of the course, and cite the source here.")
            yield place.fault(message, advice, "sources.yaml")
        for mark in CITATION_LIKE.finditer(text):
            if not CITATION.match(text, mark.start()):
                message = N_("This is not a mark of a source: %(typed)s")
                advice = N_("Write it like one of these: [@S4], [@S4|general], [@S4|dated:2012], [@S4|unclear]")
                yield place.fault(message, advice, typed=mark[0][:40])


def _other_links(pack: Pack, outline: Outline) -> Iterator[Fault]:
    """Links that are written in another way than one sees: over two lines, with brackets in their words, with their address elsewhere."""
    for token, line in outline.tokens():
        for inner in token.children or ():
            if inner.type == "link_open":
                yield from _link(pack, "", unquote(str(inner.attrs["href"])), Place(outline.page.file, line))


def _link(pack: Pack, picture: str, address: str, place: Place) -> Iterator[Fault]:
    if picture:
        message = N_("There is a picture in the text.")
        advice = N_("Add it as a figure, which also has a description for those who cannot see it.")
        yield place.fault(message, advice, "a `figure` block")
    elif not address.startswith(INTERNAL):
        message = N_("The link leads out of the course: %(address)s")
        advice = N_("Link only to pages of the course, as (page:m2), and cite other things as sources.")
        yield place.fault(message, advice, address=address[:60])
    elif pack.course and address.removeprefix(INTERNAL) not in pack.page_keys:
        message = N_("The link leads to a page that is not in the course: %(address)s")
        yield place.fault(message, N_("Link to one of: %(known)s"), address=address, known=pack.page_keys)
