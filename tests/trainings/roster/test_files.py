"""What may be uploaded, and what is answered to everything else."""

import io
import time
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms.errors import Refused
from lms.trainings.roster import files
from lms.trainings.roster.files import read_file
from tests.trainings.roster.lists import entries, people, workbook

TABLE = [
    ["Ime i prezime", "Institucija", "Grad"],
    ["Jelena Đorđević", "Dom zdravlja", "Čačak"],
    ["Љиљана Његуш", "Суд", "Ниш"],
]
WANTED = [("Jelena Đorđević", "health", "cacak"), ("Љиљана Његуш", "judiciary", "nis")]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_file(content)
    assert caught.value.status == 422
    return caught.value.message


def lines(rows: list[list[str]], sign: str) -> str:
    return "\r\n".join(sign.join(row) for row in rows)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_unicode_with_any_delimiter(sign: str, encoding: str) -> None:
    assert people(lines(TABLE, sign).encode(encoding)) == WANTED


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_text_in_an_old_latin_encoding(encoding: str) -> None:
    rows = [
        ["Prezime i ime", "Ustanova", "Opština"],
        ["Đorđević Željka", "Više javno tužilaštvo", "Niš"],
        ["Žarić Šćepan", "Sud", "Čačak"],
    ]
    assert people(lines(rows, ";").encode(encoding)) == [
        ("Željka Đorđević", "prosecution", "nis"),
        ("Šćepan Žarić", "judiciary", "cacak"),
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "iso8859-5"])
def test_text_in_an_old_cyrillic_encoding(encoding: str) -> None:
    rows = [
        ["Име и презиме", "Установа", "Општина"],
        ["Ђорђе Љубић", "Школа", "Ниш"],
        ["Џејна Ћирић", "Полиција", "Чачак"],
    ]
    assert people(lines(rows, ";").encode(encoding)) == [
        ("Ђорђе Љубић", "education", "nis"),
        ("Џејна Ћирић", "police", "cacak"),
    ]


def test_the_first_line_may_say_the_delimiter_and_cells_may_hold_it() -> None:
    assert people('sep=;\r\nИме и презиме;Сектор\r\n"Анић; Ана";НВО\r\n'.encode())[0][1] == "ngo"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", files.EMPTY),
        (b"  \n", files.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), files.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(50), files.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", files.PICTURE),
        (b"%PDF-1.7 ...", files.PDF),
        (b"{\\rtf1 abc}", files.WORD),
        (b"<html><table><tr><td>Ime", files.WEB_PAGE),
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "WordDocument".encode("utf-16-le"), files.WORD),
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"), files.LOCKED),
        (b"\xd0\xcf\x11\xe0" + bytes(60), files.UNKNOWN),
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "Workbook".encode("utf-16-le"), files.DAMAGED),
        (b"PK\x03\x04 broken", files.DAMAGED),
        (bytes(range(256)) * 20, files.UNKNOWN),
    ],
)  # fmt: skip
def test_everything_else_is_answered_by_what_to_do(content: bytes, sentence: str) -> None:
    assert refusal(content) == sentence


def archive(**entries_: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries_.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_other_documents_in_a_zip_are_told_apart() -> None:
    assert refusal(archive(**{"word__document.xml": b"x"})) == files.WORD
    assert refusal(archive(**{"content.xml": b"x"})) == files.OTHER_TABLE
    assert refusal(archive(**{"list.xlsx": b"x"})) == files.ARCHIVE


def test_an_archive_that_swells_is_refused_before_it_is_read() -> None:
    bomb = archive(**{"xl__workbook.xml": b"x", "xl__sharedStrings.xml": bytes(files.MOST_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    assert refusal(bomb) == files.DAMAGED


def test_a_cell_at_the_end_of_the_world_is_refused_with_its_row() -> None:
    rows = workbook([["Ime i prezime"], ["Ana Anić"]])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rows)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            target.writestr(name, content)
    started = time.monotonic()
    assert refusal(buffer.getvalue()) == files.TOO_WIDE
    assert time.monotonic() - started < 2


def test_five_thousand_people_are_read_and_fifty_thousand_refused() -> None:
    head = ["Ime i prezime", "Institucija", "Grad"]
    many = [[f"Ana Anić {number}", "Dom zdravlja", "Niš"] for number in range(4_999)]
    started = time.monotonic()
    assert len(entries(workbook([head, *many]))) == 4_999
    assert time.monotonic() - started < 20
    assert refusal(workbook([head, *([["Ana Anić", "Sud", "Niš"]] * 50_000)])) == files.TOO_MANY


def test_numbers_and_dates_are_read_as_people_see_them() -> None:
    (sheet,) = read_file(workbook([["Rb", 7.0, 2.5, True, "a\nb\u200b"]]))
    assert sheet.rows == [["Rb", "7", "2.5", "", "a b"]]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b"PK\x05\x06" + bytes(18))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    try:
        sheets = read_file(content)
    except Refused:
        return
    assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)


cells = st.text(max_size=60) | st.sampled_from(
    ["Ime", "Презиме", "Ниш", "Полиција", "ана@", "1.", "Ukupno", "Учесник", "=1+1"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=20))
def test_any_table_of_texts_is_understood_or_refused(rows: list[list[str]]) -> None:
    text = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    try:
        found = entries(text.encode("utf-8", "replace"))
    except Refused:
        return
    for entry in found:
        assert entry.state in ("ready", "stopped", "twice", "left")
        assert entry.state != "ready" or (entry.name and len(entry.name) <= 120 and entry.sector)
