"""XLSX with typed cells. Memory stays the same however many rows there are; no text ever becomes a formula."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from lms.evaluation.tables.table import Cell, Percent, Table, reads

LONGEST_TEXT = 32_767  # characters in a cell; Excel's limit
ILLEGAL = dict.fromkeys(i for i in range(32) if i not in (9, 10, 13))  # control characters that XML cannot hold
WIDEST = 60  # characters


def write(sheets: Mapping[str, Sequence[Table]], file: IO[bytes]) -> None:
    """Write a workbook: one sheet a name, its tables one below the other. Rows are read once, in order."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    formats = _formats(workbook)
    for name, tables in sheets.items():
        sheet = workbook.add_worksheet(name[:31])
        _widths(sheet, tables)
        row = 0
        for table in tables:
            row = _table(sheet, table, row, formats) + 1
    workbook.close()


def _formats(workbook: Any) -> dict[str, Any]:
    kinds = {
        "title": {"bold": True, "font_size": 13},
        "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
        "text": {"text_wrap": True, "valign": "top"},
        "count": {"num_format": "#,##0", "valign": "top"},
        "number": {"num_format": "0.00", "valign": "top"},
        "percent": {"num_format": "0.00%", "valign": "top"},
        "date": {"num_format": "d.m.yyyy", "align": "left", "valign": "top"},
        "note": {"italic": True, "font_color": "#435761"},
    }
    return {name: workbook.add_format(look) for name, look in kinds.items()}


def _widths(sheet: Any, tables: Sequence[Table]) -> None:
    """Columns as wide as their headings; tables that are in memory also show what their cells need."""
    needed: dict[int, int] = {}
    for table in tables:
        rows = table.rows if isinstance(table.rows, tuple) else ()
        for line in (table.headers, *rows):
            for place, cell in enumerate(line):
                needed[place] = max(needed.get(place, 10), min(len(reads(cell)) + 2, WIDEST))
    for place, width in needed.items():
        sheet.set_column(place, place, width)


def _table(sheet: Any, table: Table, row: int, formats: dict[str, Any]) -> int:
    """The table from `row` on; the number of the row after it."""
    sheet.write_string(row, 0, table.title, formats["title"])
    for place, head in enumerate(table.headers):
        sheet.write_string(row + 1, place, head, formats["head"])
    row += 2
    for cells in table.rows:
        for place, cell in enumerate(cells):
            _cell(sheet, row, place, cell, formats)
        row += 1
    if table.note:
        sheet.write_string(row, 0, table.note, formats["note"])
        row += 1
    return row


def _cell(sheet: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell.translate(ILLEGAL)[:LONGEST_TEXT], formats["text"])
    elif isinstance(cell, Percent):
        sheet.write_number(row, place, float(cell.value / 100), formats["percent"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, formats["date"])
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, place, float(cell), formats["number" if isinstance(cell, Decimal) else "count"])
    else:
        sheet.write_string(row, place, reads(cell), formats["text"])
