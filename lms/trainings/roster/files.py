"""An uploaded file as sheets of text. Says in a sentence what to do when it cannot be one."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from lms.errors import Refused
from lms.trainings.roster.text_files import decode, split_table

MOST_PEOPLE = 5_000
MOST_UNPACKED = 80 * 1024 * 1024  # bytes; a list of 5,000 people needs about 3 MB
MOST_CELLS = 2_000_000  # of the rectangle that the sheet spans
LONGEST_CELL = 300


def N_(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


PICTURE = N_("This is a picture, not a table. Ask for the list as an Excel file (XLSX), or type it into one.")
PDF = N_(
    "This is a PDF, not a table. Ask for the Excel file (XLSX) that it was made from, or copy the table into a new one."
)
WORD = N_("This is a Word document. Copy its table into Excel, save it as XLSX and upload that.")
OTHER_TABLE = N_(
    "This kind of table cannot be read here. Open it in Excel or LibreOffice, save it as XLSX and upload that."
)
WEB_PAGE = N_("This is a web page with the name of a table. Open it in Excel, save it as XLSX and upload that.")
ARCHIVE = N_("This is an archive. Take the table out of it and upload the XLSX or CSV file itself.")
LOCKED = N_("The file is locked with a password. Open it in Excel, remove the password, save it and upload it again.")
DAMAGED = N_(
    "The file is damaged and cannot be read. Open it in Excel or LibreOffice, save it anew as XLSX and upload that."
)
EMPTY = N_("The file is empty. Check that the list is in it and upload it again.")
UNKNOWN = N_("This is not a table that can be read here. Save the list as XLSX or CSV and upload that.")
TOO_WIDE = N_(
    "There is something very far from the list, in row %(row)s. Copy the list alone into a new sheet, save it and upload that."
)
TOO_MANY = N_(
    "The file has %(count)s rows, a list may have 5,000. Is it the right file? Copy only the participants into a new sheet."
)

_SIGNS = (
    (b"%PDF", PDF), (b"\x89PNG", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE), (b"MM\x00*", PICTURE), (b"{\\rtf", WORD), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows from row 1 on, each a list of texts."""

    name: str
    rows: list[list[str]]


def read_file(content: bytes, file_name: str = "") -> list[Sheet]:
    """The sheets of an XLSX, XLS or CSV file. Raises Refused (422) with a sentence that says what to do instead."""
    if not content.strip():
        raise Refused(EMPTY, 422)
    if sentence := other_than_table(content):
        raise Refused(sentence, 422)
    sheets = read_workbook(content, _text) if is_workbook(content) else [_read_text(content, file_name)]
    return _checked(sheets)


def other_than_table(content: bytes) -> str:
    """What to do instead, when `content` is a picture, a document or an archive; empty when it may be a table."""
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp":
        return PICTURE
    return next((sentence for sign, sentence in _SIGNS if content.startswith(sign)), "")


def is_workbook(content: bytes) -> bool:
    """Whether `content` begins as XLSX or XLS."""
    return content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def read_workbook(content: bytes, text_of: Callable[[Any], str]) -> list[Sheet]:
    """The sheets that can be seen in an XLSX or XLS file; `text_of` says how a cell reads. Raises Refused (422)."""
    if content.startswith(b"PK"):
        _check_archive(content)
    else:
        _check_old_office(content)
    return _open_workbook(content, text_of)


def _checked(sheets: list[Sheet]) -> list[Sheet]:
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not filled:
        raise Refused(EMPTY, 422)
    count = sum(1 for sheet in filled for row in sheet.rows if any(row))
    if count > MOST_PEOPLE:
        raise Refused(TOO_MANY, 422, count=f"{count:,}")
    return filled


# ---- spreadsheets ------------------------------------------------------------------------------------------------------

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,9})"[^>/]*>')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,9})"[^>/]*>')


def _check_archive(content: bytes) -> None:
    """Refuses other documents, archives that swell, and sheets that span a huge area, before anything is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                raise Refused(_other_document(names), 422)
            too_large = len(entries) > 2000 or sum(entry.file_size for entry in entries) > MOST_UNPACKED
            if too_large or archive.testzip() is not None:  # testzip also finds sizes that lie
                raise Refused(DAMAGED, 422)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _check_extent(archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise Refused(DAMAGED, 422) from error


def _other_document(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return WORD
    if names & {"xl/workbook.bin", "content.xml", "Index.zip", "Index/Document.iwa"}:
        return OTHER_TABLE
    return ARCHIVE


def _check_extent(xml: bytes) -> None:
    rows, columns = 0, 0
    for match in _CELL.finditer(xml):
        columns = max(columns, _column_number(match[1]))
        rows = max(rows, int(match[2]))
    for match in _ROW.finditer(xml):
        rows = max(rows, int(match[1]))
    if rows * max(columns, 1) > MOST_CELLS:
        raise Refused(TOO_WIDE, 422, row=f"{rows:,}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_old_office(content: bytes) -> None:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Refused(LOCKED, 422)
    if holds("WordDocument"):
        raise Refused(WORD, 422)
    if not holds("Workbook") and not holds("Book"):
        raise Refused(UNKNOWN, 422)


def _open_workbook(content: bytes, text_of: Callable[[Any], str]) -> list[Sheet]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
        return [_read_sheet(book.get_sheet_by_name(name), text_of) for name in shown]
    except calamine.PasswordError as error:
        raise Refused(LOCKED, 422) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        locked = "password" in str(error).lower() or "encrypt" in str(error).lower()
        raise Refused(LOCKED if locked else DAMAGED, 422) from error


def _read_sheet(sheet: Any, text_of: Callable[[Any], str]) -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Refused(TOO_WIDE, 422, row=f"{sheet.total_height:,}")
    rows = [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_down(rows, sheet.merged_cell_ranges or [])
    return Sheet(sheet.name.strip(), rows)


def _fill_down(rows: list[list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows counts for each of them: one municipality beside its six people."""
    for (top, left), (bottom, right) in merged:
        if left == right and bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _text(cell: Any) -> str:
    """A cell as people see it: 7.0 is „7”, dates as 2026-05-14."""
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return clean(str(cell))


def clean(text: str) -> str:
    """One line, no control characters, one space between words, at most 300 characters."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: LONGEST_CELL * 4].replace("\u00ad", ""))
    return " ".join(visible.split())[:LONGEST_CELL]


# ---- text files --------------------------------------------------------------------------------------------------------


def _read_text(content: bytes, file_name: str) -> Sheet:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")):
        raise Refused(WEB_PAGE, 422)
    text = decode(content)
    if text is None:
        raise Refused(UNKNOWN, 422)
    rows = split_table(text, most=50_000)
    if rows is None:
        raise Refused(DAMAGED, 422)
    return Sheet("", [[clean(cell) for cell in row] for row in rows])
