"""A table of typed cells, and how a cell reads in the language in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lms.evaluation.rules.privacy import Band, Suppressed
from lms.language import gettext, show_date, show_number
from lms.ui import N_


@dataclass(frozen=True)
class Percent:
    """A share in percent, as it is printed."""

    value: Decimal


Cell = str | int | Decimal | Percent | date | Band | Suppressed | None


class Column(NamedTuple):
    """A column: its key in files for machines, its heading, and what it holds (for the codebook)."""

    key: str
    label: str
    meaning: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under columns. Texts are in the language in force when the table was made; `rows` may be read once only."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    note: str = ""
    named_by: int = 1  # so many columns, from the left, name a row

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.label for column in self.columns)


REASONS = {
    "none": N_("no answers"),
    "few": N_("fewer than 5"),
    "detail": N_("fewer than 10"),
    "unanimous": N_("not shown"),
}


def share(value: Decimal | Band | Suppressed | None) -> Cell:
    """A share from the rules as a cell."""
    return Percent(value) if isinstance(value, Decimal) else value


def figure(value: Decimal) -> str:
    """A number with at most two decimals: „−0,04”."""
    return show_number(float(value), 2)


def reads(cell: Cell) -> str:
    """The cell in words: „59,72%”, „90–100%”, „мање од 5”; an empty cell is empty."""
    if cell is None:
        return ""
    if isinstance(cell, Suppressed):
        return gettext(REASONS[cell.reason])
    if isinstance(cell, Band):
        return f"{cell.low}–{cell.high}%"
    if isinstance(cell, Percent):
        return f"{figure(cell.value)}%"
    if isinstance(cell, date):
        return show_date(cell)
    if isinstance(cell, Decimal):
        return figure(cell)
    return show_number(cell) if isinstance(cell, int) else cell


class Printed(NamedTuple):
    """A table in words: headings with "r" where the column holds figures, and rows of texts."""

    title: str
    headers: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def printed(table: Table) -> Printed:
    """The table as a page or a sheet of paper shows it."""
    rows = tuple(table.rows)
    sides = ["r" if rows and all(_is_figure(row[place]) for row in rows) else "" for place in range(len(table.columns))]
    headers = tuple(zip(table.headers, sides, strict=True))
    return Printed(table.title, headers, tuple(tuple(reads(cell) for cell in row) for row in rows), table.note)


def _is_figure(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int | Decimal | Percent | Band | Suppressed) and not isinstance(cell, str))
