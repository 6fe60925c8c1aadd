"""The wrapper round typst: data in, tagged PDF out, from any thread."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from lms import pdf
from lms.language import speaking

TEMPLATE = """
#import "house.typ": *
#show: sheet.with(paper: "a5")
= #data.name
#mark()
#qr(data.code, 40mm, "code")
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in pdf.TEMPLATES.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "probe.typ").write_text(TEMPLATE)
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    monkeypatch.setattr(pdf, "_thread", pdf.threading.local())


def made(name: str) -> bytes:
    return pdf.compile("probe", {"name": name, "code": pdf.qr_svg("https://example.org")}, title="Проба")


@pytest.mark.usefixtures("template")
def test_text_is_printed_as_it_is_and_never_read_as_markup(app: Flask) -> None:
    name = 'Ђорђе *#panic()* $x$ „Његош” <a> {{7*7}} #import "x"'
    with app.test_request_context(), speaking("sr"):
        reader = pypdf.PdfReader(io.BytesIO(made(name)))
    assert " ".join(reader.pages[0].extract_text().split()) == name


@pytest.mark.usefixtures("template")
def test_the_document_is_tagged_titled_and_says_its_language(app: Flask) -> None:
    with app.test_request_context(), speaking("sr_Latn"):
        root = pypdf.PdfReader(io.BytesIO(made("Jelena"))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sr"
    assert "/StructTreeRoot" in root


@pytest.mark.usefixtures("template")
def test_a_letter_that_no_font_has_still_gives_a_document(app: Flask) -> None:
    with app.test_request_context():
        assert made("王 Ли").startswith(b"%PDF")


@pytest.mark.usefixtures("template")
def test_many_threads_print_at_once(app: Flask) -> None:
    def print_one(number: int) -> bool:
        with app.test_request_context():
            return made(f"Особа {number}").startswith(b"%PDF")

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(print_one, range(24)))


def test_bytes_travel_as_numbers() -> None:
    assert json.dumps({"logo": b"\x00\xff"}, default=pdf._plain) == '{"logo": [0, 255]}'
