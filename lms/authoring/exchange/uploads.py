"""An uploaded file as the questions in it. Tells by its content what it is, and in a sentence what to do when it is none of these."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from lms.authoring.exchange import gift, moodle_xml, spreadsheet
from lms.authoring.exchange.columns import find_heading
from lms.authoring.exchange.reading import LARGEST_FILE, N_, Found, Problem, Reading, Where
from lms.authoring.exchange.spreadsheet import Sheet
from lms.errors import Refused
from lms.trainings.roster import files
from lms.trainings.roster.text_files import decode

TOO_LARGE = N_("The file is larger than 1 MB. Divide it and import one part after the other.")
PICTURE = N_(
    "This is a picture, not a list of questions. Ask for the questions as a table (XLSX), or type them into one."
)
PDF = N_(
    "This is a PDF, not a list of questions. Copy the questions into the empty table that is offered here and upload that."
)
WORD = N_("This is a Word document. Copy the questions into the empty table that is offered here and upload that.")
WEB_PAGE = N_(
    "This is a web page, not a list of questions. Export the questions as Moodle XML, GIFT or XLSX and upload that."
)
UNKNOWN = N_("This file cannot be read here. Upload the questions as XLSX, CSV, GIFT or Moodle XML.")
NOTHING = N_(
    "No question was found in this file. Is it the right one? Export the questions as Moodle XML, GIFT or XLSX."
)
_INSTEAD = {files.PICTURE: PICTURE, files.PDF: PDF, files.WORD: WORD}
_TABLES = (".xlsx", ".xlsm", ".xls")
_WEB = (b"<html", b"<!doctype html", b"<head", b"<body", b"<table", b"<meta")


def read_upload(content: bytes, language: str, name: str = "") -> Reading:
    """The questions of a GIFT, Moodle XML, XLSX, XLS or CSV file called `name`; texts that do not say it are in `language`.

    Raises Refused (422) when the file cannot be read at all.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(TOO_LARGE, 422)
    if not content.strip():
        raise Refused(files.EMPTY, 422)
    reading = _read(content, language)
    if not reading.found:
        raise Refused(NOTHING, 422)
    if name.lower().endswith(_TABLES) and not any(map(_can_be_answered, reading.found)):
        raise Refused(files.DAMAGED, 422)  # called a table, and as a text it asks nothing
    return reading


def _can_be_answered(found: Found) -> bool:
    return all(problem.message != gift.NO_ANSWERS for problem in found.problems)


def _read(content: bytes, language: str) -> Reading:
    if sentence := files.other_than_table(content):
        raise Refused(_INSTEAD.get(sentence, sentence), 422)
    if files.is_workbook(content):
        return spreadsheet.read(_workbook(content), language)
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_WEB):
        raise Refused(WEB_PAGE, 422)
    if _is_xml(start):
        return moodle_xml.read(content.removeprefix(b"\xef\xbb\xbf"), language)
    text = decode(content)
    if text is None:
        raise Refused(UNKNOWN, 422)
    rows = _rows(text)
    return spreadsheet.read([Sheet("", rows)], language) if _is_table(text, rows) else gift.read(text, language)


def _is_xml(start: bytes) -> bool:
    return start.startswith((b"<?xml", b"<quiz", b"<!")) or start.startswith((b"\xff\xfe<", b"\xfe\xff\x00<"))


def _workbook(content: bytes) -> list[Sheet]:
    try:
        return [Sheet(sheet.name, sheet.rows) for sheet in files.read_workbook(content, _text)]
    except Refused as refusal:
        raise Refused(_INSTEAD.get(refusal.message, refusal.message), 422, **refusal.values) from None


def _text(cell: Any) -> str:
    """A cell as people see it, its lines kept: 7.0 is „7”, dates as 2026-11-22."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").strip()


# ---- text with commas or semicolons ----


def _rows(text: str) -> list[list[str]]:
    """The rows of a table in text, with the sign between its columns under which most of its headings are known."""
    found: list[list[str]] = []
    most = 0
    for sign in ";,\t|":
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
        except csv.Error:
            continue
        heading = find_heading(rows)
        known = len([column for column in heading[1] if column]) if heading else 0
        if known > most:
            found, most = rows, known
    return found


def _is_table(text: str, rows: list[list[str]]) -> bool:
    """Whether a text is rather a table than GIFT: two of its headings are known, or one where no answers stand in brackets."""
    heading = find_heading(rows)
    known = len({column.kind for column in heading[1] if column}) if heading else 0
    return known > 1 or (known == 1 and "{" not in text)


# ---- as plain values, to be carried by a page ----


def as_plain(reading: Reading) -> dict[str, Any]:
    """A reading as values that JSON can hold."""
    return {
        "form": reading.form,
        "found": [
            [_place(one.where), one.item, [_problem(problem) for problem in one.problems]] for one in reading.found
        ],
        "problems": [_problem(problem) for problem in reading.problems],
    }


def from_plain(value: dict[str, Any]) -> Reading:
    """The reading that `as_plain` wrote down."""
    asked: Callable[[list[Any]], Problem] = lambda one: Problem(Where(*one[0]), one[1], one[2], one[3])  # noqa: E731
    found = [Found(Where(*where), item, [asked(one) for one in problems]) for where, item, problems in value["found"]]
    return Reading(value["form"], found, [asked(one) for one in value["problems"]])


def _place(where: Where) -> list[Any]:
    return [where.line, where.sheet, where.row, where.column]


def _problem(problem: Problem) -> list[Any]:
    return [_place(problem.where), problem.message, problem.values, problem.stops]
