"""Pages as they are built: headings, blocks, citations, and what a module must have."""

from collections.abc import Iterator

from lms.content.checks.references import KEY_USED, OWN_KEY, no_such_source
from lms.content.faults import N_, Fault, fault_at
from lms.content.outline import Outline
from lms.content.pack import Pack
from lms.content.place import Place
from lms.content.yaml import Map

SECTIONS = (4, 6)
LEAST_WORDS, MOST_WORDS = 900, 1600
WORDS_A_MINUTE = 12  # a module planned for less than 75 minutes may be shorter
NO_RIGHT_ANSWER = N_("No answer is marked as right.")
MARK_RIGHT = N_("Mark at least one answer as right.")


def pages(pack: Pack) -> Iterator[Fault]:
    """Faults of every page that could be read."""
    minutes = {module["key"]: module["minutes"] for module in pack.course.get("modules", ())}
    for (key, _language), outline in pack.outlines.items():
        yield from outline.faults
        yield from _headings(outline)
        yield from _markdown(outline)
        yield from _citations(pack, outline)
        yield from _blocks(pack, outline)
        if key in minutes:
            yield from _module(outline)
            yield from _size(outline, min(LEAST_WORDS, WORDS_A_MINUTE * minutes[key]))


def _headings(outline: Outline) -> Iterator[Fault]:
    page = outline.page
    for section in outline.sections:
        line = outline.line(section.line)
        if not section.headed:
            message = N_("There is text before the first heading.")
            yield fault_at(page.file, line, message, N_("Start every section with a line such as: ## A heading"))
        elif not section.title:
            yield fault_at(page.file, line, N_("A heading has no words."), N_("Write it in a few words."))
        elif not section.tokens:
            message = N_("There is nothing under the heading “%(title)s”.")
            yield fault_at(page.file, line, message, N_("Write it, or remove the heading."), title=section.title)
    if not outline.sections:
        advice = N_("Write it in sections; each begins with a heading.")
        yield fault_at(page.file, page.body_line, N_("The page has no text."), advice, "a line such as: ## A heading")


def _markdown(outline: Outline) -> Iterator[Fault]:
    page = outline.page
    for token, line in outline.tokens():
        if token.type == "heading_open" and token.tag == "h1":
            message = N_("This heading is as large as the title of the page.")
            advice = N_("Start it with ## when a section begins, or with ### inside a section.")
            yield fault_at(page.file, line, message, advice, "the title stands in the header")
        if token.type == "code_block":
            message = N_("Because of the spaces in front of it, this text would be printed like program code.")
            yield fault_at(page.file, line, message, N_("Remove the spaces at the start of the line."))


def _citations(pack: Pack, outline: Outline) -> Iterator[Fault]:
    for citation, line, _section in outline.citations:
        place = Place(outline.page.file, line)
        if citation.source not in pack.source_keys:
            yield no_such_source(place, citation.source)
        if (citation.certainty == "dated") != bool(citation.when):
            message = N_("Only what was true at a certain time has a date, and it has to have one.")
            yield place.fault(message, N_("Write it like this: [@%(source)s|dated:2012]"), source=citation.source)


def _blocks(pack: Pack, outline: Outline) -> Iterator[Fault]:
    keys: set[str] = set()
    for block in outline.blocks:
        if block.kind == "check":
            right = [option for option in block.value["options"] if option.get("right")]
            if not right:
                yield block.place.fault(NO_RIGHT_ANSWER, MARK_RIGHT, "`right: true`")
            if block.value["key"] in keys:
                yield block.place.fault(KEY_USED, OWN_KEY, key=block.value["key"])
            keys.add(block.value["key"])
        if block.kind == "figure":
            yield from _figure(pack, outline, block.value, block.place)
        if block.kind == "cards":
            yield from _cards(block.value, block.place)


def _figure(pack: Pack, outline: Outline, figure: Map, place: Place) -> Iterator[Fault]:
    image = figure["image"]
    here = place.inside(figure, "image")
    if image not in pack.files:
        yield here.fault(N_("There is no such drawing: %(file)s"), N_("Add it, or choose another one."), file=image)
    other = "en" if outline.page.language == "sr" else "sr"
    if image.endswith(f".{other}.svg"):
        message = N_("This drawing is in the other language: %(file)s")
        syntax = "the name ends with .%(language)s.svg"
        advice = N_("Choose the one in the language of this page.")
        yield here.fault(message, advice, syntax, file=image, language=outline.page.language)


def _cards(cards: Map, place: Place) -> Iterator[Fault]:
    for number, card in enumerate(cards["cards"]):
        here = place.inside(cards, "cards").inside(cards["cards"], number)
        if not card.get("title") and not card.get("sector"):
            message, advice = N_("This card has no heading."), N_("Choose a sector, or write a title.")
            yield here.fault(message, advice, "`sector: …` or `title: …`")
        if not any(card.get(name) for name in ("text", "does", "avoids")):
            message, advice = (
                N_("This card says nothing."),
                N_("Write a text, what the service does, or what it avoids."),
            )
            yield here.fault(message, advice, "`text`, `does` or `avoids`")


def _module(outline: Outline) -> Iterator[Fault]:
    place = Place(outline.page.file, 1)
    if not any(map(outline.of_kind, ("figure", "flow", "cards"))) and not outline.has("table_open"):
        message = N_("There is nothing to look at in this module, only text.")
        yield place.fault(
            message, N_("Add a figure, a table, cards or a procedure in two lanes."), "`figure`, `flow`, `cards`"
        )
    if not outline.of_kind("check"):
        message = N_("This module has no question with which readers can check themselves.")
        yield place.fault(message, N_("Add one."), "a `check` block")
    if len(outline.of_kind("takeaways")) != 1:
        message = N_("This module does not have exactly one list of what to take along.")
        yield place.fault(message, N_("Close the module with one such list."), "a `takeaways` block")


def _size(outline: Outline, least: int) -> Iterator[Fault]:
    file = outline.page.file
    count = len(outline.sections)
    if not SECTIONS[0] <= count <= SECTIONS[1]:
        message = N_("Sections in this module: %(count)s.")
        advice = N_("Divide it into %(least)s to %(most)s sections, so that readers find their way.")
        yield fault_at(file, 1, message, advice, count=count, least=SECTIONS[0], most=SECTIONS[1]).as_warning()
    if not least <= outline.words <= MOST_WORDS:
        message = N_("Words in this module: %(count)s.")
        advice = N_("A module of this length reads well with %(least)s to %(most)s words.")
        yield fault_at(file, 1, message, advice, count=outline.words, least=least, most=MOST_WORDS).as_warning()
