"""Lists that leave the system as tables: the same rows on the page, as XLSX and as PDF."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.language import gettext, in_script
from lms.sectors import sector
from lms.trainings.models import HalfDay, Participant

LONGEST_CELL = 32_000  # characters; XLSX allows 32,767
LONGEST_SHEET = 31  # characters of its name


@dataclass(frozen=True)
class Table:
    """A table of texts and numbers."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def half_day_name(number: int) -> str:
    """„1. дан, пре подне”."""
    day = (number + 1) // 2
    return gettext("Day %(day)d, morning", day=day) if number % 2 else gettext("Day %(day)d, afternoon", day=day)


def attendance_table(
    title: str,
    people: Sequence[Participant],
    half_days: Sequence[HalfDay],
    marks: Mapping[tuple[int, int], str],
) -> Table:
    """Who was there, half-day by half-day, with the share of half-days in percent."""
    head = (gettext("No."), gettext("Name"), gettext("Sector"), gettext("Institution"), gettext("Municipality"))
    yes = gettext("yes")
    rows: list[tuple[str | int, ...]] = []
    for number, person in enumerate(people, start=1):
        present = [(person.id, half_day.id) in marks for half_day in half_days]
        place = in_script(person.municipality.name_sr) if person.municipality else ""
        share = round(100 * sum(present) / len(present)) if present else 0
        cells = tuple(yes if here else "" for here in present)
        rows.append((number, person.name, sector(person.sector).name, person.institution, place, *cells, share))
    names = tuple(half_day_name(half_day.number) for half_day in half_days)
    return Table(title, (*head, *names, gettext("Attendance, %")), tuple(rows))


def xlsx(table: Table) -> bytes:
    """The table as XLSX. Texts stay texts: nothing that somebody typed becomes a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:LONGEST_SHEET])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    widths = [
        max([len(header) // 2, *(len(str(row[place])) for row in table.rows)])
        for place, header in enumerate(table.headers)
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 2, 8), 50))
    for place, header in enumerate(table.headers):
        sheet.write_string(0, place, header, bold)
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, place, cell)
            else:
                sheet.write_string(line, place, cell[:LONGEST_CELL])
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
