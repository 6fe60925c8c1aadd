"""Lists of people as they are really sent, made on the spot."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from lms.serbian import fold
from lms.trainings.roster.entries import Entry, stored_rows, understand
from lms.trainings.roster.files import read_file
from lms.trainings.roster.places import Places
from lms.trainings.roster.tables import Table, find_table

NAMES = {
    "kragujevac": "Крагујевац", "nis": "Ниш", "novi-sad": "Нови Сад", "palilula": "Палилула", "palilula-nis": "Палилула",
    "crveni-krst": "Црвени Крст", "leskovac": "Лесковац", "sremska-mitrovica": "Сремска Митровица", "bor": "Бор",
    "backa-palanka": "Бачка Паланка", "cacak": "Чачак",
}  # fmt: skip
PLACES = Places((code, fold(name)) for code, name in NAMES.items())


def workbook(
    *sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), merges: Sequence[Sequence[Any]] = ()
) -> bytes:
    """An XLSX file with `sheets` of rows; `merges` are (first row, first column, last row, last column, text) in the first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for index, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[index] if names else None)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
        if index == 0:
            for top, left, bottom, right, text in merges:
                sheet.merge_range(top, left, bottom, right, text)
    book.close()
    return buffer.getvalue()


def tables(content: bytes) -> list[Table]:
    """The lists in a file."""
    found = [find_table(sheet, PLACES.is_place) for sheet in read_file(content)]
    return [table for table in found if table]


def entries(content: bytes, known: set[str] = frozenset()) -> list[Entry]:  # type: ignore[assignment]
    """The people in a file, as they are understood."""
    return understand(stored_rows(tables(content), PLACES), PLACES, set(known))


def people(content: bytes) -> list[tuple[str, str, str]]:
    """(name, sector, municipality) of each row."""
    return [(entry.name, entry.sector, entry.municipality) for entry in entries(content)]
