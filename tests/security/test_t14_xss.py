"""T14: nothing that anybody typed becomes a part of a page. All text columns, the course and every form hold payloads.

A page made of hostile words must consist of the very tags and attributes of which pages of friendly words consist.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.certificates.models import Certificate
from lms.content import svg
from lms.content.files import canonical, files_of, hash_of
from lms.content.markdown import block_html, inline_html, parser, prepare, sections
from lms.content.yaml import read_yaml
from lms.extensions import db
from lms.surveys.models import Answer
from lms.teams.models import LocalTeam
from lms.trainings.models import RosterImport
from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import Visit, visit
from tests.security.forms import Sheet, distinct
from tests.security.payloads import ALL, MARK, mouthfuls
from tests.security.stored import fill_texts, forget_runs
from tests.security.world import World

ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "srcset",
    "poster",
    "data",
    "xlink:href",
    "background",
    "ping",
    "manifest",
}
ACTIVE = ("on", "hx-", "data-hx-", "style")
ECHO = re.compile(
    r"/[a-z0-9/._-]*\?[^\s\"'<>`\\]*", re.IGNORECASE
)  # a path of ours; what was asked stands coded in its query
OF_ERRORS = {"aria-invalid", "open", "data-js"}  # on pages that say what is wrong
PLAIN = {
    "value",
    "content",
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "data-label",
    "label",
    "placeholder",
    "data-confirm",
}
EMPTY_ELEMENTS = {"script", "style", "iframe", "object", "embed", "base", "template", "noscript"}


# What our Markdown can make.
TAGS = {
    *("p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "hr", "br", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "span", "sup", "small"),
}  # fmt: skip
ATTRIBUTES = {
    ("a", "href"),
    ("a", "aria-label"),
    ("ol", "start"),
    ("th", "scope"),
    ("td", "data-label"),
} | {(tag, "class") for tag in ("sup", "small", "div", "table")}


class Parts(HTMLParser):
    """What a page consists of: (tag, attribute) pairs; and where a payload has become more than text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pairs: set[tuple[str, str]] = set()
        self.escaped: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._open = [*self._open, tag] if tag in EMPTY_ELEMENTS else self._open
        self.pairs |= {(tag, ""), *((tag, name) for name, _ in attributes)}
        if MARK in tag:
            self.escaped.append(f"<{tag}>")
        for name, value in attributes:
            active = name in ADDRESSES or name.startswith(ACTIVE)
            echoed = name in ("href", "action") and bool(ECHO.fullmatch(value or ""))
            if MARK in name or (MARK in (value or "").lower() and not echoed and (active or name not in PLAIN)):
                self.escaped.append(f"<{tag} {name}={(value or '')[:60]}>")

    def handle_endtag(self, tag: str) -> None:
        self._open = [one for one in self._open if one != tag]

    def handle_data(self, data: str) -> None:
        if self._open and MARK in data:
            self.escaped.append(f"in <{self._open[-1]}>: {data[:60]}")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.escaped.append(f"<!--{data[:60]}")

    def unknown_decl(self, data: str) -> None:
        self.escaped.append(f"<![{data[:60]}")

    def handle_pi(self, data: str) -> None:
        self.escaped.append(f"<?{data[:60]}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.escaped.append(f"<!{decl[:60]}")


class Friendly:
    """Of what all pages consist as long as their words are friendly."""

    def __init__(self, visits: list[Visit]) -> None:
        self.pairs = set().union(*(Parts(seen.html).pairs for seen in visits if seen.html))
        self.tags = {tag for tag, _ in self.pairs} | TAGS
        self.names = {name for _, name in self.pairs} | OF_ERRORS

    def strange(self, pairs: set[tuple[str, str]]) -> list[str]:
        """Tags and attributes that no friendly page has; of those that do something, on any other tag."""
        return [
            f"<{tag} {name}>"
            for tag, name in sorted(pairs - self.pairs)
            if tag not in self.tags or name not in self.names or name in ADDRESSES or name.startswith(ACTIVE)
        ]


@pytest.fixture(scope="module")
def friendly(visits: list[Visit]) -> Friendly:
    return Friendly(visits)


def poison() -> None:
    """Payloads into every text column that people fill, directly: as if every check at every door had failed."""
    words = mouthfuls()
    fill_texts(words)
    with db.engine.begin() as connection:
        _poison_documents(connection, words)
        _poison_logs(connection, words)
    forget_runs()


def _poison_documents(connection: sa.Connection, words: Iterator[str]) -> None:
    for model, name in ((LocalTeam, "lead_bodies"), (LocalTeam, "tasks"), (RosterImport, "rows"), (Answer, "value")):
        table = model.__table__
        keys = list(table.primary_key.columns)
        for *row, value in connection.execute(sa.select(*keys, table.c[name])).all():
            which = (key == one for key, one in zip(keys, row, strict=True))
            connection.execute(table.update().where(*which).values({name: _poisoned(value, words)}))
    _poison_certificates(connection, words)
    document = connection.exec_driver_sql("SELECT document FROM course_versions").scalar_one()
    changed = canonical({name: _poisoned_file(name, text, words) for name, text in files_of(document).items()})
    connection.execute(
        sa.text(
            "INSERT INTO course_versions SELECT :hash, course_key, title_sr, title_en, :document, published_at FROM course_versions"
        ),
        {"hash": hash_of(changed), "document": changed.decode()},
    )
    connection.execute(sa.text("UPDATE trainings SET course_hash = :hash"), {"hash": hash_of(changed)})


def _poison_logs(connection: sa.Connection, words: Iterator[str]) -> None:
    """What people typed while they played: notes, messages, reasons."""
    events = db.metadata.tables["simulation_events"]
    for run, seq, data in connection.execute(sa.select(events.c.run_id, events.c.seq, events.c.data)).all():
        typed = {name: next(words) for name in data if name in ("text", "note", "reason")}
        one = sa.and_(events.c.run_id == run, events.c.seq == seq)
        connection.execute(events.update().where(one).values(data=data | typed))


def _poison_certificates(connection: sa.Connection, words: Iterator[str]) -> None:
    from lms.certificates.keys import sign

    for number, fields in connection.exec_driver_sql("SELECT id, fields FROM certificates").all():
        read = json.loads(fields)
        kept = {name: read[name] for name in ("serial", "token", "hours", "issued_on", "example")}
        text = json.dumps(_poisoned(read, words) | kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        signature, key = sign(text.encode())
        values = {"fields": text, "signature": signature, "key_id": key}
        connection.execute(sa.update(Certificate).where(Certificate.id == number).values(values))


def _poisoned(value: Any, words: Iterator[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _poisoned(one, words, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, words, key) for one in value]
    words_of_people = (
        isinstance(value, str) and len(value) > 3 and key not in ("kind", "kinds", "sector", "municipality", "logo")
    )
    return next(words) if words_of_people else value


def _poisoned_file(name: str, text: str, words: Iterator[str]) -> str:
    if name.endswith(".md"):
        return text + "".join(f"\n\n{piece}\n" for piece in ALL)
    if name.endswith(".yaml"):
        return yaml.safe_dump(_in_both(_plain(read_yaml(text, name)), words), allow_unicode=True)
    return text


def _plain(value: Any) -> Any:
    """Without the marks that tell where something stood."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _in_both(value: Any, words: Iterator[str]) -> Any:
    """The texts of a course are mappings {sr, en}; everything else in it is a key or a number."""
    if isinstance(value, dict) and value.keys() == {"sr", "en"}:
        return {language: f"{text} {next(words)}" for language, text in value.items()}
    if isinstance(value, dict):
        return {name: _in_both(one, words) for name, one in value.items()}
    return [_in_both(one, words) for one in value] if isinstance(value, list) else value


def judge(seen: Visit, friendly: Friendly) -> list[str]:
    """What is wrong with one page of hostile words."""
    if seen.status >= 500:
        return [f"{seen} {seen.error}"]
    if not seen.html or seen.status // 100 == 3:
        return []
    parts = Parts(seen.html)
    return [f"{seen}: {what}" for what in (*parts.escaped[:3], *friendly.strange(parts.pairs)[:3])]


@pytest.mark.parametrize(
    "actor",
    ["anonymous", "trainee", "trainee after the close", "trainer", "observer", "report reader", "administrator"],
)
def test_t14_stored_words_stay_words_on_every_page(house: Flask, world: World, friendly: Friendly, actor: str) -> None:
    poison()
    client, faults, hostile = browser(house, world, actor), [], 0
    for figure in (1, 4):
        for rule in crawl.rules(house, "GET"):
            if (figure == 4 and "training_id" not in rule.arguments) or re.search(r"pdf|zip", rule.rule):
                continue
            of_runs = crawl.addresses(house, world, rule, figure) if "run_id" in rule.arguments else ()
            for address in {crawl.address_of(house, world, rule, figure), *of_runs}:
                for fragment in (False, True):
                    seen = visit(client, actor, rule.endpoint, address, fragment)
                    faults += judge(seen, friendly)
                    hostile += MARK in seen.html
    assert not faults, "\n".join(faults)
    assert hostile >= {"anonymous": 2, "trainee": 8, "trainer": 40}.get(actor, 1)


def test_t14_what_is_typed_wrongly_comes_back_as_words(
    house: Flask, world: World, put_back: Any, sheets: list[Sheet], friendly: Friendly
) -> None:
    words, faults = mouthfuls(), []
    for sheet in distinct([one for one in sheets if one.texts]):
        for body in (
            dict.fromkeys(sheet.fields, next(words)),
            sheet.filled() | {name: next(words) for name in sheet.texts},
        ):
            client = browser(house, world, sheet.actor)
            seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
            faults += judge(seen, friendly)
        put_back()
    assert not faults, "\n".join(faults)


def test_t14_what_stands_in_an_address_comes_back_as_words(house: Flask, world: World, friendly: Friendly) -> None:
    faults, words = [], mouthfuls()
    for actor in ("anonymous", "trainee", "trainer", "administrator"):
        client = browser(house, world, actor)
        for rule in crawl.rules(house, "GET"):
            names = crawl.parameters(house, rule)
            address = crawl.address_of(house, world, rule)
            if names or rule.endpoint in crawl.QUERIES_OF:
                query = {name: next(words)[:300] for name in [*names, "q", "status", "district", "form"]}
                seen = visit(client, actor, rule.endpoint, address, query_string=query)
                faults += [fault for fault in judge(seen, friendly) if "next" not in names]
    for address in ("/no/{}", "/t/1001/pages/{}", "/join/{}", "/c/{}", "/trainings/1001/surveys/{}/pre/wall", "/{}"):
        for piece in ALL[::7]:
            faults += judge(
                visit(browser(house, world, "trainer"), "trainer", "", address.format(_quoted(piece))), friendly
            )
    assert not faults, "\n".join(faults[:20])


def _quoted(piece: str) -> str:
    from urllib.parse import quote

    return quote(piece, safe="")


# ---- the sanitiser by itself ----

pieces = st.one_of(
    st.sampled_from(ALL),
    st.text(max_size=12),
    st.sampled_from(["\n", "\n\n", "| ", "](", "[", "`", "**", "&", "<", ">", "|---|\n"]),
)


class Links(HTMLParser):
    """All addresses of links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attributes if name == "href"]


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=12))
def test_t14_markdown_makes_only_what_it_may(words: list[str]) -> None:
    text = "".join(words)
    for html in (
        str(inline_html(text, {})),
        str(block_html(parser().parse(prepare(text)), {})),
        *(str(block_html(section.tokens, {})) for section in sections(text)),
    ):
        parts = Parts(html)
        assert {tag for tag, _ in parts.pairs} <= TAGS
        assert {(tag, name) for tag, name in parts.pairs if name} <= ATTRIBUTES
        for link in Links(html).found:
            assert ":" not in link.split("/")[0].split("#")[0], link  # no scheme
            assert not link.startswith(("//", "\\")), link


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(ALL), st.sampled_from(["<g>", "</g>", "<text>", "</text>"])), max_size=4),
    st.sampled_from(ALL),
)
def test_t14_a_figure_is_drawn_of_shapes_only_or_not_at_all(inside: list[str], alt: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{"".join(inside)}</svg>'
    try:
        html = str(svg.inline(text, alt, "fig1"))
    except ValueError:
        return
    parts = Parts(html)
    allowed = {name.lower() for name in svg.ELEMENTS}
    assert {tag for tag, _ in parts.pairs} <= allowed
    names = {name.lower() for name in svg.ATTRIBUTES} | {"role", "aria-label", ""}
    assert {name for _, name in parts.pairs} <= names
    for link in Links(html).found:
        assert link.startswith("#fig1-")


@pytest.mark.parametrize("piece", ALL)
def test_t14_a_figure_with_such_a_thing_in_it_is_refused_or_harmless(piece: str) -> None:
    for place in (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>{}</svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect fill='{}'/></svg>",
    ):
        try:
            html = str(svg.inline(place.format(piece), "x", "fig1"))
        except ValueError:
            continue
        assert not [what for what in Parts(html).escaped if "fill" not in what], html
        assert not any(name.startswith(("on", "hx-", "data-hx")) for _, name in Parts(html).pairs)


def test_t14_there_are_about_three_hundred_pieces() -> None:
    assert len(ALL) >= 250
    assert all(MARK in piece.lower() for piece in ALL)
