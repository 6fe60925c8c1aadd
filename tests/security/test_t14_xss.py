"""T14: nothing that anybody typed becomes a part of a page. All text columns, the course and every form hold payloads.

A page made of hostile words must consist of the very tags and attributes of which pages of friendly words consist.
"""

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from lms import clock
from lms.authoring.actions.exploring import digest_of
from lms.authoring.packs.told import as_plain
from lms.certificates.models import Certificate
from lms.content import svg
from lms.content.faults import Fault
from lms.content.files import canonical, files_of, hash_of
from lms.content.markdown import block_html, inline_html, parser, prepare, sections
from lms.content.yaml import read_yaml
from lms.database import UtcDateTime
from lms.extensions import db
from lms.surveys.models import Answer
from lms.teams.models import LocalTeam
from lms.trainings.models import RosterImport
from tests.authoring.world import CASE_PATH
from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import Visit, visit
from tests.security.drafts import FORK
from tests.security.forms import Sheet, distinct
from tests.security.furnished import Furnished
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
    r"(?:/(?!/)[a-z0-9/._-]*)?\?[^\s\"'<>`\\]*", re.IGNORECASE
)  # a path of ours, or the page's own; what was asked stands coded in its query
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
    "data-announce",
    "name",
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
            echoed = name in ("href", "action", "hx-get", "hx-post") and bool(ECHO.fullmatch(value or ""))
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
def friendly(furnished: Furnished, visits: list[Visit], sheets: list[Sheet]) -> Friendly:
    """The pages, and what the editor renews on them while somebody types."""
    with furnished.entered() as (app, world):
        renewed = [
            visit(
                browser(app, world, one.actor),
                one.actor,
                one.endpoint,
                one.action,
                True,
                method="POST",
                data=one.filled(),
            )
            for one in distinct(sheets)
            if one.endpoint == "authoring.save_document"
        ]
    assert any("<hx-partial" in seen.html for seen in renewed)
    return Friendly([*visits, *renewed])


def poison() -> None:
    """Payloads into every text column that people fill, directly: as if every check at every door had failed."""
    words = mouthfuls()
    fill_texts(words)
    with db.engine.begin() as connection:
        _poison_documents(connection, words)
        _poison_drafts(connection, mouthfuls(AT_ONCE_IN_DRAFTS))
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
    used = "hash = (SELECT course_hash FROM trainings WHERE id = 1001)"
    document = connection.exec_driver_sql(f"SELECT document FROM course_versions WHERE {used}").scalar_one()
    changed = canonical({name: _poisoned_file(name, text, words) for name, text in files_of(document).items()})
    connection.execute(
        sa.text(
            f"INSERT INTO course_versions SELECT :hash, course_key, title_sr, title_en, :document, :now FROM course_versions WHERE {used}"
        ).bindparams(sa.bindparam("now", clock.now(), UtcDateTime)),
        {"hash": hash_of(changed), "document": changed.decode()},
    )
    connection.execute(sa.text("UPDATE trainings SET course_hash = :hash"), {"hash": hash_of(changed)})


def _poison_drafts(connection: sa.Connection, words: Iterator[str]) -> None:
    """Every text of every draft; of the forks every value that is no key, as if no form and no check had looked at it."""
    written, trials, explored, waiting, steps = (
        db.metadata.tables[name]
        for name in ("draft_files", "draft_trials", "draft_explorations", "pending_imports", "draft_steps")
    )
    for number, path, text in connection.execute(sa.select(written)).all():
        rewrite = _wrecked_file if number % 1000 == FORK else _poisoned_file
        values = {"text": rewrite(path, text, words)}
        connection.execute(written.update().where(written.c.draft_id == number, written.c.path == path).values(values))
        if path == CASE_PATH:
            digest = {"digest": digest_of(values["text"])}
            connection.execute(explored.update().where(explored.c.draft_id == number).values(digest))
    for number, text, events in connection.execute(sa.select(trials.c.id, trials.c.text, trials.c.events)).all():
        typed = [
            row | {"data": row["data"] | {name: next(words) for name in TYPED_IN_PLAY & row["data"].keys()}}
            for row in events
        ]
        values = {"text": _poisoned_file(CASE_PATH, text, words), "events": typed}
        connection.execute(trials.update().where(trials.c.id == number).values(values))
    for number, document in connection.execute(sa.select(waiting.c.id, waiting.c.document)).all():
        files = {name: _poisoned_file(name, text, words) for name, text in files_of(document).items()}
        fault = Fault("cases/small.yaml", 1, "%(what)s", "%(what)s", "title", (("what", (next(words),)),), warning=True)
        notes = {"faults": [as_plain(fault)], "more_faults": 0, "ignored": [next(words)]}
        connection.execute(
            waiting.update().where(waiting.c.id == number).values(document=canonical(files).decode(), notes=notes)
        )
    for number, version, changes in connection.execute(
        sa.select(steps.c.draft_id, steps.c.version, steps.c.changes)
    ).all():
        told = [one | {"before": next(words), "after": {"sr": next(words), "en": next(words)}} for one in changes]
        one = sa.and_(steps.c.draft_id == number, steps.c.version == version)
        connection.execute(steps.update().where(one).values(changes=told))


def _wrecked_file(name: str, text: str, words: Iterator[str]) -> str:
    """A document in which every value says what nobody expects there."""
    if not name.endswith(".yaml"):
        return SAID.sub(lambda found: f"{found[1]}: {_as_one_line(next(words))}", _poisoned_file(name, text, words))
    comment = "".join(sign for sign in next(words) if sign.isprintable())
    return f"# {comment}\n" + yaml.safe_dump(_wrecked(_plain(read_yaml(text, name)), words), allow_unicode=True)


def _wrecked(value: Any, words: Iterator[str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _wrecked(one, words, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_wrecked(one, words, name) for one in value]
    return next(words) if isinstance(value, str) and name != "key" else value


def _as_one_line(text: str) -> str:
    return yaml.safe_dump(text, default_style='"', width=10**6).strip()


SAID = re.compile(
    r"^( *(?:- )?(?:title|summary|notice|alt|caption|question|text|explanation)): .+$", re.MULTILINE
)  # in pages
AT_ONCE_IN_DRAFTS = 3  # they hold hundreds of texts each, so that every piece is in them many times all the same
TYPED_IN_PLAY = {"text", "note", "reason"}


def _poison_logs(connection: sa.Connection, words: Iterator[str]) -> None:
    """What people typed while they played: notes, messages, reasons."""
    events = db.metadata.tables["simulation_events"]
    for run, seq, data in connection.execute(sa.select(events.c.run_id, events.c.seq, events.c.data)).all():
        typed = {name: next(words) for name in data if name in TYPED_IN_PLAY}
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
            if (figure == 4 and "training_id" not in rule.arguments) or re.search(r"pdf|zip|/drafts", rule.rule):
                continue
            of_runs = crawl.addresses(house, world, rule, figure) if "run_id" in rule.arguments else ()
            for address in {crawl.address_of(house, world, rule, figure), *of_runs}:
                for fragment in (False, True):
                    seen = visit(client, actor, rule.endpoint, address, fragment)
                    faults += judge(seen, friendly)
                    hostile += MARK in seen.html
    assert not faults, "\n".join(faults)
    assert hostile >= {"anonymous": 2, "trainee": 8, "trainer": 40}.get(actor, 1)


def test_t14_what_an_author_writes_stays_words_in_every_view_of_the_editor(
    house: Flask, world: World, friendly: Friendly
) -> None:
    """Every page of two drafts with every question that it answers, every form of every document, a hostile case played."""
    poison()
    client, faults, hostile = browser(house, world, "trainer"), [], set()

    def look(endpoint: str, address: str, fragment: bool = False, **more: Any) -> str:
        seen = visit(client, "trainer", endpoint, address, fragment, **more)
        faults.extend(judge(seen, friendly))
        hostile.update({endpoint} if MARK in seen.html else ())
        return seen.html

    for rule in crawl.rules(house, "GET"):
        if rule.endpoint.startswith("authoring.") and not re.search(r"pdf|zip|export", rule.rule):
            asked = list(crawl.asked(house, world, rule))
            for address in dict.fromkeys([*asked, *(one.replace("1041", "1042") for one in asked)]):
                for fragment in (False, True)[: 1 + crawl.has_fragment(house, rule)]:
                    look(rule.endpoint, address, fragment)
    for draft in (1041, 1042):
        known = set()
        for path in crawl.PARTS_OF["authoring.document"]["path"]:
            page = look("authoring.document", f"/drafts/{draft}/files/{path}")
            known |= {unescape(address) for address in re.findall(r'href="(/drafts/[^"#]*\?at=[^"#]+)', page)}
        assert len(known) > 40
        for address in sorted(known):
            look("authoring.document", address)
    for move in ("pass", "send:van", "agree:first:talk", "next:call", "undo", "end"):
        look(
            "authoring.press_as_facilitator", "/drafts/1041/trials/1051/moves", True, method="POST", data={"move": move}
        )
    assert not faults, "\n".join(faults[:40])
    assert len(hostile) >= 20, hostile


def test_t14_what_is_typed_wrongly_comes_back_as_words(
    house: Flask, world: World, put_back: Any, sheets: list[Sheet], friendly: Friendly
) -> None:
    words, faults = mouthfuls(), []
    for sheet in distinct([one for one in sheets if one.texts]):
        for body, fragment in (
            (dict.fromkeys(sheet.fields, next(words)), False),
            (sheet.filled() | {name: next(words) for name in sheet.texts}, False),
            (sheet.filled() | {name: next(words) for name in sheet.texts}, True),
        ):
            if fragment and not sheet.endpoint.startswith("authoring."):
                continue
            client = browser(house, world, sheet.actor)
            seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, fragment, method="POST", data=body)
            faults += judge(seen, friendly)
        put_back()
    assert not faults, "\n".join(faults)


def test_t14_a_drawing_that_is_sent_is_told_of_in_words_or_drawn_harmlessly(
    house: Flask, world: World, friendly: Friendly
) -> None:
    trainer, faults, taken, shapes = browser(house, world, "trainer"), [], 0, {name.lower() for name in svg.ELEMENTS}
    for number, piece in enumerate(("", *ALL[::9])):
        drawn = SVG if number % 2 else SVG.replace("<rect ", f"<rect {piece} ")
        sent = (io.BytesIO(drawn.replace("</svg>", f"{piece}</svg>").encode()), f"{piece[:40]}.svg")
        body = {"drawing": sent, "name": "steps", "language": ".sr"}
        trainer.post("/drafts/1041/figures", data=body)
        for address in ("/drafts/1041", "/drafts/1041/pages/m1/preview"):
            seen = visit(trainer, "trainer", "", address)
            parts = Parts(seen.html)
            active = [
                f"{tag} {name}"
                for tag, name in parts.pairs - friendly.pairs
                if tag not in shapes or name.startswith(ACTIVE)
            ]
            faults += [f"{piece} {seen}: {what}" for what in (*parts.escaped, *active)]
            taken += 'width="5.5"' in seen.html
    assert not faults, "\n".join(faults[:20])
    assert taken


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5.5" height="5"/></svg>'


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
    for address in (
        "/no/{}", "/t/1001/pages/{}", "/join/{}", "/c/{}", "/trainings/1001/surveys/{}/pre/wall", "/{}", "/drafts/1041/files/{}",
        "/drafts/1041/cases/{}/play", "/drafts/1041/surveys/{}/exchange", "/drafts/1041/files/cases/small.yaml?at={}",
        "/drafts/1041/files/cases/small.yaml?at=stages[{}]",
    ):  # fmt: skip
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
