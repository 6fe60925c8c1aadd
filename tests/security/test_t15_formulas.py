"""T15: no exported cell becomes a formula, and numbers stay numbers. T17: what people typed stands in PDFs as they typed it."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle

import pytest
from flask import Flask

from lms import clock
from lms.authoring.editing import put
from lms.authoring.models import DraftFile
from lms.content.addresses import inside
from lms.content.formats import SURVEY
from lms.content.writing import write_yaml
from lms.content.yaml import read_yaml
from lms.database import writing
from lms.extensions import db
from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import Visit, visit
from tests.security.forms import Sheet, distinct
from tests.security.furnished import Furnished
from tests.security.stored import fill_texts
from tests.security.world import World

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "=cmd|'/c calc'!A0", "=HYPERLINK(\"//zqx\")",
    "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "\x00=1+1", "=IMPORTXML(1)", "'=1+1", "\u200b=1+1", "%0A=1+1", "=\"\"", ";=1+1", ",=1+1",
)  # fmt: skip
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d[\d.,\s\u202f\xa0]*%?|–|-")


def downloads(
    app: Flask, world: World, sheets: list[Sheet], actors: tuple[str, ...], only: str = ""
) -> Iterator[Visit]:
    """Every file that `actors` can take away, by address (with `only` in it) or by form, in A and the closed training."""
    for actor in actors:
        client = browser(app, world, actor)
        for figure in (1, 4):
            for rule in crawl.rules(app, "GET"):
                if only not in rule.rule or (figure == 4 and "training_id" not in rule.arguments):
                    continue
                for address in crawl.addresses(app, world, rule, figure):
                    for query in crawl.QUERIES_OF.get(rule.endpoint, ("",)):
                        asked = query.replace("{year}", str(clock.today().year))
                        seen = visit(client, actor, rule.endpoint, address + asked)
                        if seen.status >= 500 or (seen.status == 200 and seen.kind not in ("text/html", "image/png")):
                            yield seen
    for sheet in distinct(sheets):
        if sheet.actor in actors and any(word in sheet.action for word in ("export", "slips", ".xlsx", ".csv")):
            client = browser(app, world, sheet.actor)
            for kind in ("xlsx", "pdf", "csv"):
                body = sheet.filled() | {"as": kind, "form": kind}
                yield visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)


def tables(seen: Visit) -> Iterator[tuple[str, bytes]]:
    """The tables in a file, archives opened."""
    if seen.kind == "text/csv":
        yield "csv", seen.body
    elif seen.kind.endswith("spreadsheetml.sheet"):
        yield "xlsx", seen.body
    elif seen.body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(seen.body)) as archive:
            for name in archive.namelist():
                if name.endswith((".csv", ".xlsx")):
                    yield name.rpartition(".")[2], archive.read(name)


def faults_of_csv(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") else ","):
        for cell in row:
            if cell.startswith(BEGINS) and not NUMBER.fullmatch(cell):
                yield repr(cell[:40])


def faults_of_xlsx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            text = book.read(name).decode("utf-8", "replace") if name.endswith((".xml", ".rels")) else ""
            if name.startswith("xl/worksheets/"):
                yield from (f"{name}: {found}" for found in re.findall(r"<f[ >].{0,40}|t=\"e\"", text))
            if "externalLink" in name or "vba" in name.lower() or 'TargetMode="External"' in text:
                yield name


@pytest.fixture(scope="module")
def files(furnished: Furnished, sheets: list[Sheet]) -> list[Visit]:
    """Every download of a house whose people are called like formulas."""
    with furnished.entered() as (app, world):
        fill_texts(cycle(FORMULAS))
        fill_survey(1041, "knowledge", cycle(FORMULAS))
        return list(downloads(app, world, sheets, ("trainee", "trainer", "report reader", "administrator")))


def fill_survey(draft: int, key: str, words: Iterator[str]) -> None:
    """Every text of a survey of a draft."""
    path = f"surveys/{key}.yaml"
    survey = read_yaml(db.session.get_one(DraftFile, (draft, path)).text, path)
    texts = [at for at, value in inside(survey) if isinstance(value, str) and at.endswith((".sr", ".en"))]
    for at in texts:
        put(survey, at, next(words))
    with writing() as session:
        session.get_one(DraftFile, (draft, path)).text = write_yaml(survey, SURVEY)


def test_t15_no_cell_is_a_formula(files: list[Visit]) -> None:
    assert not [f"{seen} {seen.error}" for seen in files if seen.status >= 500]
    judges = {"csv": faults_of_csv, "xlsx": faults_of_xlsx}
    seen_kinds = [kind for seen in files for kind, _ in tables(seen)]
    assert not [
        f"{seen}: {fault}" for seen in files for kind, content in tables(seen) for fault in judges[kind](content)
    ]
    assert {"csv", "xlsx"} <= set(seen_kinds)
    assert len(seen_kinds) >= 6
    surveys = [seen for seen in files if seen.endpoint == "authoring.survey_export" and seen.kind.endswith("sheet")]
    assert any("sum(a1)" in seen.text for seen in surveys)


def test_t15_numbers_stay_numbers(files: list[Visit]) -> None:
    book = next(
        seen for seen in files if seen.endpoint == "trainings.export_attendance" and seen.kind.endswith("sheet")
    )
    with zipfile.ZipFile(io.BytesIO(book.body)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="A2"(?: s="\d+")?><v>1</v></c>', text)


def test_t15_a_calendar_holds_no_lines_of_others(files: list[Visit], world: World) -> None:
    calendars = [seen for seen in files if seen.kind == "text/calendar"]
    assert calendars
    known = re.compile(r"(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|LOCATION|DESCRIPTION|URL|TZ\w+|"
                       r"RRULE|X-WR-\w+|X-LIC-LOCATION|STATUS|TRANSP|LAST-MODIFIED|SEQUENCE|NAME|CATEGORIES|REFRESH-INTERVAL|X-PUBLISHED-TTL)[:;]")  # fmt: skip
    for seen in calendars:
        for line in re.sub(r"\r\n[ \t]", "", seen.body.decode()).split("\r\n"):
            assert not line or known.match(line), line


def test_t15_file_names_cannot_break_out_of_their_header(files: list[Visit]) -> None:
    for seen in files:
        for name, value in seen.headers:
            assert "\n" not in value, name
            if name == "Content-Disposition":
                assert re.fullmatch(
                    r"(attachment|inline); filename=\"?[\w .()-]+\"?(; filename\*=UTF-8''[\w.%~!$&+^`|-]+)?", value
                ), value


LITERAL = (
    "{{7*7}}", "{% raw %}x", "${7*7}", "#{7*7}", "#eval(1+1)", "#read(x)", "$x^2$", "*bold*", "_it_", "`raw`", "@label", "<label>",
    "= head", "//comment", "/*c*/x", "#import x", "[brackets]", "a~b", "a--b", "\\u{41}x", "#sys.inputs", "-item", "%(name)s", "{name}", "%s",
)  # fmt: skip


def test_t17_names_and_titles_stand_in_pdfs_as_they_were_typed(house: Flask, world: World, sheets: list[Sheet]) -> None:
    fill_texts(cycle(LITERAL))
    known, broken = set(), []
    for seen in downloads(house, world, sheets, ("trainer",), ".pdf"):
        if seen.status >= 500:
            broken.append(f"{seen} {seen.error}")
        if seen.body.startswith(b"%PDF"):
            text = re.sub(r"\s+", "", seen.text)
            assert "49" not in re.sub(r"[^{}0-9a-z]", " ", text).split(), seen
            known |= {piece for piece in LITERAL if re.sub(r"\s+", "", piece).lower() in text}
            assert b"/JavaScript" not in seen.body
            assert b"/Launch" not in seen.body
    assert not broken
    assert known == set(LITERAL)


def test_t17_making_a_pdf_opens_no_connection_and_no_file_of_others(
    house: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    fill_texts(cycle(['#image("http://127.0.0.1/x.png")', '#read("/etc/passwd")', "file:///etc/passwd"]))
    trainer = browser(house, world, "trainer")
    for what in ("poster", "name-tags", "programme", "signatures-1"):
        answer = trainer.get(f"/trainings/1001/print/{what}.pdf")
        assert answer.status_code == 200
        assert b"root:" not in answer.data
