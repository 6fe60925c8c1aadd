"""CSV for spreadsheets and for scripts, and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from lms.evaluation.rules.privacy import Band, Suppressed
from lms.evaluation.tables.table import Cell, Percent, Table, reads

PLAIN = frozenset({int, Decimal, type(None)})  # csv writes these as they are meant
DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")


def write_table(table: Table, file: IO[bytes]) -> None:
    """One table as CSV, row by row. Values are for machines: a point for decimals, ISO dates; suppressed figures say why."""
    rows = ([cell if type(cell) in PLAIN else _plain(cell) for cell in row] for row in table.rows)
    _write(table.headers, rows, file)


def write_figures(tables: Iterable[Table], file: IO[bytes]) -> None:
    """Every table in one: a line a cell, with its table, the words that name its row, its column, and its unit."""
    lines = (line for table in tables for row in table.rows for line in _lines(table, row))
    _write(("table", "row", "column", "value", "unit"), ([harmless(text) for text in line] for line in lines), file)


def _lines(table: Table, row: tuple[Cell, ...]) -> Iterator[tuple[str, ...]]:
    name = " – ".join(reads(cell) for cell in row[: table.named_by])
    for column, cell in zip(table.columns[table.named_by :], row[table.named_by :], strict=True):
        if cell is not None:
            yield (table.key, name, column.key, _plain(cell), _unit(cell))


def _unit(cell: Cell) -> str:
    if isinstance(cell, Suppressed):
        return "suppressed"
    if isinstance(cell, Percent | Band):
        return "percent"
    if isinstance(cell, date):
        return "date"
    return "text" if isinstance(cell, str) else "number"


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, int | Decimal):
        return str(cell)
    if isinstance(cell, Percent):
        return str(cell.value)
    return cell.isoformat() if isinstance(cell, date) else harmless(reads(cell))


def _write(headers: Sequence[str], rows: Iterable[Sequence[Any]], file: IO[bytes]) -> None:
    """UTF-8 with a mark, so that spreadsheets read Cyrillic. Rows are read once, in order, and none is kept."""
    out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(text) for text in headers])
    writer.writerows(rows)
    out.detach()  # flushes, and leaves the file open


def harmless(text: str) -> str:
    """`text` so that no spreadsheet runs it: an apostrophe before = + - @, tab, line end or NUL; plain numbers stay."""
    if text[:1] not in DANGEROUS or _is_number(text):
        return text.replace("\0", "")
    return "'" + text.replace("\0", "")


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit() and text.isascii()


def write_json(title: str, tables: Sequence[Table], file: IO[bytes], **more: Any) -> None:
    """One object: title, and every table with its columns and rows; keys are stable, labels are in the language in force."""
    document = {"title": title, **more, "tables": [_document(table) for table in tables]}
    file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _document(table: Table) -> dict[str, Any]:
    columns = [{"key": column.key, "label": column.label, "meaning": column.meaning} for column in table.columns]
    rows = [{column.key: _value(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    return {"key": table.key, "title": table.title, "note": table.note, "columns": columns, "rows": rows}


def _value(cell: Cell) -> Any:
    if isinstance(cell, Percent):
        return {"percent": float(cell.value)}
    if isinstance(cell, Band):
        return {"percent_from": cell.low, "percent_to": cell.high}
    if isinstance(cell, Suppressed):
        return {"suppressed": cell.reason}
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell
