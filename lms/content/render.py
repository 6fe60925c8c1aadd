"""Pages as HTML: once for each version, page and language; never in a request that has seen it before."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import current_app
from markdown_it.token import Token
from markupsafe import Markup

from lms.content import svg
from lms.content.course import Course, Day, Page, Source, Text
from lms.content.formats import BLOCKS
from lms.content.markdown import Citation, Section, block_html, inline_html, sections
from lms.content.yaml import read_yaml
from lms.language import gettext, localise, speaking
from lms.serbian import fold, to_latin, transliterate_html

_CELL_LABEL = re.compile('(?<=data-label=")[^"]*')
WIDE = {"flow", "cards"}  # wider than a column of text


@dataclass(frozen=True, slots=True)
class PageSection:
    """A part of a page. `kind` is its first special block (check, takeaways, flow, cards, figure, callout) or `text`."""

    id: str
    title: str
    html: Markup
    kind: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in the list at the foot; `number` is how the page cites it, `id` is where its marks lead."""

    number: int
    id: str
    title: Text
    publisher: Text | None
    date: str
    read: str
    verified_on: Day | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page ready to print. `uncertain`: something on it must be checked before use."""

    key: str
    title: str
    summary: str
    notice: str
    sections: tuple[PageSection, ...]
    sources: tuple[SourceLine, ...]
    uncertain: bool

    @property
    def toc(self) -> tuple[tuple[str, str], ...]:
        """Address and title of each section."""
        return tuple((section.id, section.title) for section in self.sections)


@lru_cache(maxsize=1024)
def render_page(course: Course, key: str, locale: str) -> RenderedPage:
    """The page `key` of `course` in `locale`. Raises LookupError when there is none. Needs an application context."""
    page = course.page(key)
    if page is None:
        raise LookupError(f"The course {course.key} has no page {key}.")
    return printed(Printer(course.sources, course.figures, "en" if locale == "en" else "sr"), page, locale)


def printed(printer: "Printer", page: Page, locale: str) -> RenderedPage:
    """`page` in `locale`, printed anew. Needs an application context."""
    with speaking(printer.language):
        parts = tuple(printer.section(part, name) for part, name in zip(*_parts(page, printer.language), strict=False))
    if locale == "sr_Latn":
        parts = tuple(map(_in_latin, parts))
    return RenderedPage(
        key=page.key,
        title=localise(page.title, locale),
        summary=localise(page.summary, locale),
        notice=localise(page.notice, locale),
        sections=parts,
        sources=printer.source_lines(),
        uncertain=printer.uncertain,
    )


def _parts(page: Page, language: str) -> tuple[list[Section], list[str]]:
    """The sections in `language`, and their addresses, made of the English titles: the same in every language."""
    seen: Counter[str] = Counter()
    names = []
    for section in sections(page.body["en"]):
        name = "s-" + (fold(section.title).replace(" ", "-") or "start")
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return sections(page.body[language]), names


def _in_latin(section: PageSection) -> PageSection:
    html = transliterate_html(_CELL_LABEL.sub(lambda label: to_latin(label[0]), str(section.html)))
    safe = Markup(html)  # noqa: S704 - letters change, marks do not
    return PageSection(section.id, localise(section.title, "sr_Latn"), safe, section.kind)


class Printer:
    """Prints the parts of one page and keeps count of the sources they cite."""

    def __init__(self, sources: Mapping[str, Source], figures: Mapping[str, str], language: str) -> None:
        self.sources = sources
        self.drawings = figures
        self.language = language
        self.cited: dict[str, int] = {}
        self.uncertain = False
        self.figures = 0
        self.environment = {"cite": self.cite, "language": language}

    def section(self, section: Section, name: str) -> PageSection:
        """One part of the page, its address `name`."""
        kinds = [_block_kind(token) for token in section.tokens if _block_kind(token)]
        pieces: list[Markup] = []
        for wide, tokens in groupby(section.tokens, key=lambda token: _block_kind(token) in WIDE):
            html = Markup("\n").join(self.pieces(tokens))
            pieces.append(Markup('<div class="{}">{}</div>').format("mt-5" if wide else "prose mt-3", html))
        return PageSection(name, section.title, Markup("\n").join(pieces), kinds[0] if kinds else "text")

    def pieces(self, tokens: Iterable[Token]) -> Iterator[Markup]:
        """Special blocks by their templates, what lies between them as ordinary Markdown."""
        for kind, group in groupby(tokens, key=_block_kind):
            if kind:
                yield from map(self.block, group)
            else:
                yield block_html(list(group), self.environment)

    def block(self, token: Token) -> Markup:
        """A special block, printed by its template."""
        kind = _block_kind(token)
        content = read_yaml(token.content, "page")
        values: dict[str, Any] = {"block": content, "inline": self.inline}
        if kind == "figure":
            values["drawing"] = self.drawing(content)
        template = current_app.jinja_env.get_template(f"content/_{kind}.html")
        return Markup(template.render(values))  # noqa: S704 - a template of ours, with autoescape

    def drawing(self, content: dict[str, str]) -> Markup:
        self.figures += 1
        return svg.inline(self.drawings[content["image"]], content["alt"], f"fig{self.figures}")

    def inline(self, text: str) -> Markup:
        return inline_html(text, self.environment)

    def cite(self, citation: Citation) -> Markup:
        """The number of the source as a link to it, and the mark of a claim that is not simply confirmed."""
        number = self.cited.setdefault(citation.source, len(self.cited) + 1)
        unsure = citation.certainty != "confirmed"
        self.uncertain |= unsure
        mark = Markup('<sup class="cite{}"><a href="#source-{}" aria-label="{}">{}</a></sup>').format(
            " cite--unsure" if unsure else "", citation.source, gettext("Source %(number)d", number=number), number
        )
        return (
            mark + Markup(' <small class="uncertain">({})</small>').format(_warning(citation, self.language))
            if unsure
            else mark
        )

    def source_lines(self) -> tuple[SourceLine, ...]:
        """The sources that were cited, in the order of their numbers."""
        known = ((number, self.sources[key]) for key, number in self.cited.items() if key in self.sources)
        return tuple(
            SourceLine(number, f"source-{source.key}", source.title, source.publisher, source.date, source.read,
                       source.verified_on, source.note)
            for number, source in known
        )  # fmt: skip


def _block_kind(token: Token) -> str:
    kind = token.info.strip() if token.type == "fence" else ""
    return kind if kind in BLOCKS else ""


def _warning(citation: Citation, language: str) -> str:
    if citation.certainty == "general":
        return gettext("check before use")
    if citation.certainty == "unclear":
        return gettext("sources differ")
    year = citation.when + ("." if language == "sr" and citation.when[-1:].isdigit() else "")
    return gettext("as of %(when)s", when=year)
