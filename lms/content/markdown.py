"""The Markdown of pages: CommonMark, tables, citations `[@S4|dated:2012]`. No raw HTML, no pictures. Pure, and safe to print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

BAR = "\u00a6"  # stands for the bar inside a citation, so that a table does not split its cell there
CITATION = re.compile(rf"\[@([A-Za-z0-9-]+)(?:[|{BAR}](general|unclear|dated)(?::([^\]|{BAR}\n]{{1,40}}))?)?\]")
CITATION_LIKE = re.compile(r"\[@[^\[\]\n]*\]?")
INTERNAL = "page:"  # [the glossary](page:glossary)

_SERBIAN = re.compile("[Ѐ-ӿ]+(?:[ -][Ѐ-ӿ]+)*")
_CELL = re.compile(r"(<td[^>]*>)(.*?)(</td>)", re.DOTALL)
_TAGS = {
    *("p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "hr", "br", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "span", "sup", "small"),
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "aria-label"}, "ol": {"start"}, "th": {"scope"}, "td": {"data-label"}, "span": {"lang"}, "*": set(),
}  # fmt: skip
_CLASSES = {
    "sup": {"cite", "cite--unsure"}, "small": {"uncertain"}, "div": {"scroll-x"},
    "table": {"table", "table--stack", "table--top"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark that says what a claim rests on."""

    source: str
    certainty: str = "confirmed"
    when: str = ""  # of a dated claim


@dataclass(frozen=True)
class Section:
    """A part of a page: its heading, and the Markdown under it as tokens."""

    title: str
    line: int  # of the heading, counted from the start of the body
    tokens: list[Token]
    headed: bool = True  # not what stands before the first heading


def prepare(body: str) -> str:
    """`body` with the bars inside citations replaced; line numbers stay."""
    return CITATION.sub(lambda match: match[0].replace("|", BAR), body)


def citations(text: str) -> list[tuple[Citation, int]]:
    """Every citation in `text`, with its line counted from 0."""
    return [(_citation(match), text.count("\n", 0, match.start())) for match in CITATION.finditer(text)]


def _citation(match: re.Match[str]) -> Citation:
    return Citation(match[1], match[2] or "confirmed", match[3] or "")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The one Markdown parser; it keeps nothing between texts."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_inline", "html_block"])
    markdown.inline.ruler.before("link", "citation", _citation_rule)
    markdown.add_render_rule("citation", _print_citation)
    markdown.add_render_rule("text", _print_text)
    return markdown


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")  # the mark stands close to what it belongs to
        token = state.push("citation", "sup", 0)
        token.meta = {"citation": _citation(match)}
    state.pos = match.end()
    return True


def _print_citation(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    return str(env["cite"](tokens[index].meta["citation"])) if "cite" in env else ""


def _print_text(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    """Text; Serbian words on an English page say that they are, for the sake of speech and of letter forms."""
    text = str(escape(tokens[index].content))
    return _SERBIAN.sub(r'<span lang="sr-Cyrl">\g<0></span>', text) if env.get("language") == "en" else text


def sections(body: str) -> list[Section]:
    """The parts of a page, one for each `##`. What stands before the first has no title."""
    parts = [Section("", 0, [], headed=False)]
    tokens = iter(parser().parse(prepare(body)))
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            title = next(tokens)
            parts.append(Section(plain(title.content), token.map[0] if token.map else 0, []))
            next(tokens)
        else:
            parts[-1].tokens.append(token)
    return parts if parts[0].tokens else parts[1:]


def plain(text: str) -> str:
    """A line of Markdown without its marks."""
    tokens = parser().parseInline(prepare(text))
    children = tokens[0].children or []
    return "".join(
        child.content if child.type in ("text", "code_inline") else " " * (child.type == "softbreak")
        for child in children
    ).strip()


def inline_html(text: str, env: dict[str, Any]) -> Markup:
    """One paragraph of Markdown as safe HTML. `env["cite"]` prints a citation, `env["language"]` is the page's."""
    return _clean(parser().renderInline(prepare(text), env))


def block_html(tokens: list[Token], env: dict[str, Any]) -> Markup:
    """Ordinary tokens (no fences with a meaning) as safe HTML."""
    markdown = parser()
    tokens = list(_with_cards_for_phones(tokens))
    html = markdown.renderer.render(tokens, markdown.options, env)
    html = html.replace("<table ", '<div class="scroll-x"><table ').replace("</table>", "</table></div>")
    return _clean(_CELL.sub(r"\1<span>\2</span>\3", html))  # on a phone a cell is a grid: its label, then one whole


def _clean(html: str) -> Markup:
    """The second lock: only what our own Markdown can make gets through."""
    safe = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes={"page"}, link_rel=None,
        attribute_filter=_attribute,
    )  # fmt: skip
    return Markup(safe)  # noqa: S704 - cleaned just above


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Links lead to a source at the foot, or to a page, which stands beside this one; nowhere else."""
    if name != "href" or re.fullmatch(r"#source-[A-Za-z0-9-]+", value):
        return value
    page = re.fullmatch(rf"{INTERNAL}([a-z0-9-]+)", value)
    return page[1] if page else None


def _with_cards_for_phones(tokens: list[Token]) -> Iterator[Token]:
    """Tables that become cards on a phone: each cell knows its heading; a nameless first column holds row headings."""
    headings: list[str] = []
    column = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            headings = []
            yield token.copy(attrs={"class": "table table--stack table--top"})
        elif token.type == "th_open":
            headings.append(plain(tokens[index + 1].content))
            yield _heading(token, headings[-1])
        elif token.type == "th_close":
            yield _heading(token, headings[-1])
        elif token.type in ("td_open", "td_close"):
            yield _cell(token, headings[column], first=column == 0)
            column = (column + (token.type == "td_close")) % len(headings)
        else:
            yield token


def _heading(token: Token, heading: str) -> Token:
    """A heading of a column; an empty corner is an ordinary cell."""
    if heading:
        return token.copy(attrs={"scope": "col"} if token.nesting == 1 else {})
    return token.copy(type=token.type.replace("th", "td"), tag="td", attrs={})


def _cell(token: Token, heading: str, first: bool) -> Token:
    if first and not heading:
        return token.copy(
            type=token.type.replace("td", "th"), tag="th", attrs={"scope": "row"} if token.nesting == 1 else {}
        )
    return token.copy(attrs={"data-label": heading} if token.nesting == 1 else {})
