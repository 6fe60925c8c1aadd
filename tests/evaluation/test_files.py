"""Files: typed cells, no formulas, a PDF that says the figures, and the audit log."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from lms.accounts.models import AuditEntry
from lms.evaluation.files import text, xlsx
from lms.evaluation.models import Finding
from lms.evaluation.rules.privacy import Band, Suppressed
from lms.evaluation.tables.table import Column, Percent, Table
from lms.extensions import db
from tests.builders import an_account, save, sign_in
from tests.evaluation.world import a_series_of_2022

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", "\r=1+1", "\0=1+1", '=HYPERLINK("http://example.org")', "＝1+1"]


@pytest.fixture
def office(client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("office", name="Канцеларија"))


def a_table(rows: Any, *labels: str) -> Table:
    columns = tuple(Column(f"c{place}", label) for place, label in enumerate(labels))
    return Table("t", "Табела", columns, rows)


def workbook(table: Table) -> CalamineWorkbook:
    out = io.BytesIO()
    xlsx.write({"sheet": [table]}, out)
    out.seek(0)
    return CalamineWorkbook.from_filelike(out)


@pytest.mark.parametrize("evil", FORMULAS)
def test_no_text_becomes_a_formula_in_a_workbook(app: Flask, evil: str) -> None:
    out = io.BytesIO()
    with app.test_request_context():
        xlsx.write({"sheet": [a_table(((evil, 1),), evil, "number")]}, out)
    parts = zipfile.ZipFile(out)
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    out.seek(0)
    rows = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    assert rows[2][0] == evil.replace("\0", "").replace("\r", "\n") or rows[2][0] == evil.replace("\0", "")
    assert rows[2][1] == 1.0


@pytest.mark.parametrize("evil", FORMULAS)
def test_csv_disarms_what_a_spreadsheet_would_run(app: Flask, evil: str) -> None:
    with app.test_request_context():
        file = io.BytesIO()
        text.write_table(a_table(((evil, -5, Decimal("-1.5")),), "text", "count", "number"), file)
        content = file.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\0" not in content
    line = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
    assert line[0].startswith("'")
    assert line[1:] == ["-5", "-1.5"]


def test_cells_keep_their_types(app: Flask) -> None:
    row = (
        "Ниш",
        72,
        Percent(Decimal("59.72")),
        Decimal("4.13"),
        date(2022, 5, 17),
        Suppressed("few"),
        Band(90, 100),
        None,
    )
    with app.test_request_context():
        cells = workbook(a_table((row,), *"abcdefgh")).get_sheet_by_index(0).to_python()[2]
    assert cells[:5] == ["Ниш", 72.0, 0.5972, 4.13, date(2022, 5, 17)]
    assert cells[5:] == ["мање од 5", "90–100%", ""]


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost_with_the_file(app: Flask) -> None:
    with app.test_request_context():
        rows = workbook(a_table((("а" * 40_000,),), "a")).get_sheet_by_index(0).to_python()
    assert len(rows[2][0]) == 32_767


def test_rows_may_come_one_by_one(app: Flask) -> None:
    def rows() -> Iterator[tuple[str, int]]:
        for number in range(3000):
            yield f"Ред {number}", number

    with app.test_request_context():
        read = workbook(a_table(rows(), "text", "number")).get_sheet_by_index(0).to_python()
    assert len(read) == 3002
    assert read[-1] == ["Ред 2999", 2999.0]


def test_the_workbook_of_2022_reads_back(office: FlaskClient) -> None:
    series = a_series_of_2022()
    answer = office.get(f"/reports/{series.id}.xlsx")
    assert 'filename="izvestaj-nis-novi-sad-subotica-2022.xlsx"' in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert book.sheet_names == [
        "Сажетак",
        "Учесници и учеснице",
        "Оцена обуке",
        "Знање",
        "Закључци и препоруке",
        "Шифарник",
    ]
    people = book.get_sheet_by_name("Учесници и учеснице").to_python()
    assert ["жене", 43.0, 0.5972, ""] in people
    assert ["Социјална заштита", 29.0, 0.4028, ""] in people
    figures = book.get_sheet_by_name("Оцена обуке").to_python()
    assert [row[2] for row in figures[2:6]] == [0.5972, 0.7083, 0.625, 0.9861]


def test_the_zip_holds_figures_codebook_and_every_table(office: FlaskClient) -> None:
    series = a_series_of_2022()
    archive = zipfile.ZipFile(io.BytesIO(office.get(f"/reports/{series.id}.zip").data))
    assert {"figures.csv", "codebook.csv", "tables/by-sector.csv"} <= set(archive.namelist())
    rows = list(csv.DictReader(io.StringIO(archive.read("figures.csv").decode("utf-8-sig"))))
    women = next(row for row in rows if row["table"] == "by-sex" and row["column"] == "count")
    assert (women["row"], women["value"], women["unit"]) == ("жене", "43", "number")


def test_json_holds_numbers_and_says_why_others_are_missing(office: FlaskClient) -> None:
    series = a_series_of_2022()
    tables = {table["key"]: table for table in json.loads(office.get(f"/reports/{series.id}.json").data)["tables"]}
    assert tables["headlines"]["rows"][0]["percent"] == {"percent": 59.72}
    assert tables["by-training"]["rows"][0]["e4"] == {"percent_from": 90, "percent_to": 100}
    assert tables["by-sector"]["rows"][0] == {"sector": "Социјална заштита", "count": 29, "percent": {"percent": 40.28}}


@pytest.mark.parametrize(
    ("language", "figure", "word"),
    [
        ("sr", "59,72%", "Ко је учествовао"),
        ("sr_Latn", "59,72%", "Ko je učestvovao"),
        ("en", "59.72%", "Who took part"),
    ],
)
def test_the_pdf_says_the_figures_and_is_tagged(office: FlaskClient, language: str, figure: str, word: str) -> None:
    series = a_series_of_2022()
    office.set_cookie("language", language)
    content = office.get(f"/reports/{series.id}.pdf").data
    reader = pypdf.PdfReader(io.BytesIO(content))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert 2 <= len(reader.pages) <= 4
    assert figure in said
    assert word in said
    document = pikepdf.open(io.BytesIO(content))
    assert document.Root.MarkInfo.Marked
    assert "pdfuaid:part" in str(document.Root.Metadata.read_bytes())
    assert str(document.Root.Lang) == ("en" if language == "en" else "sr")


def test_nothing_typed_acts_as_markup_in_the_pdf(office: FlaskClient) -> None:
    series = a_series_of_2022()
    save(Finding(series_id=series.id, kind="conclusion", position=9, text_sr='#panic("x") *б* $x$ {{7*7}} <b>'))
    reader = pypdf.PdfReader(io.BytesIO(office.get(f"/reports/{series.id}.pdf").data))
    assert '#panic("x") *б* $x$ {{7*7}} <b>' in " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_every_chart_is_a_picture_of_its_own(office: FlaskClient) -> None:
    series = a_series_of_2022()
    for name in ("participants", "sectors", "e1", "e4", "knowledge", "shifts"):
        svg = office.get(f"/reports/{series.id}/charts/{name}.svg")
        assert svg.mimetype == "image/svg+xml"
        assert b"style=" not in svg.data
        png = office.get(f"/reports/{series.id}/charts/{name}.png").data
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") > 500
    assert office.get(f"/reports/{series.id}/charts/answers.svg").status_code == 404


def test_taking_a_report_away_is_noted(office: FlaskClient) -> None:
    series = a_series_of_2022()
    office.get(f"/reports/{series.id}.xlsx")
    office.get(f"/trainings/{series.trainings[0].id}/report.pdf")
    rows = db.session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert [(row.account_name, row.action, row.subject) for row in rows[-2:]] == [
        ("Канцеларија", "report.exported", f"series {series.id}"),
        ("Канцеларија", "report.exported", f"training {series.trainings[0].id}"),
    ]
