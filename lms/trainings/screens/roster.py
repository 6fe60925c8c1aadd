"""The preview of an uploaded roster: columns, rows, and in words what each row lacks."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.language import gettext, in_script
from lms.teams.models import Municipality
from lms.trainings.models import RosterImport
from lms.trainings.roster.entries import SURNAME_FIRST, Entry, name_key, understand
from lms.trainings.roster.places import Places
from lms.trainings.roster.tables import KINDS
from lms.ui import N_

ROWS_A_PAGE = 100
COLUMNS = {
    "": N_("leave out"), "name": N_("first and last name"), "surname first": N_("last and first name"),
    "first name": N_("first name"), "last name": N_("last name"), "sector": N_("sector"),
    "institution": N_("institution"), "position": N_("position"), "municipality": N_("city or municipality"),
    "sex": N_("sex"), "email": N_("e-mail address"),
}  # fmt: skip
SHOWS = ("", "stopped", "twice", "left")


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading, what it holds, what stands in it."""

    label: str
    kind: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class SheetScreen:
    """One sheet: where it begins, its columns, what was not kept."""

    number: int
    name: str
    header: int
    columns: tuple[Column, ...]
    dropped: tuple[str, ...]
    removed: int
    footers: tuple[int, ...]  # numbers of rows
    trouble: str = ""  # what is wrong with the columns that were chosen just now


@dataclass(frozen=True)
class Preview:
    """The whole preview."""

    upload_id: int
    file_name: str
    sheets: tuple[SheetScreen, ...]
    entries: tuple[Entry, ...]  # all
    shown: tuple[Entry, ...]  # on this page
    counts: dict[str, int]
    show: str
    page: int
    pages: int
    places: dict[str, str]  # names of municipalities by code
    kinds: tuple[tuple[str, str], ...]

    @property
    def turned(self) -> int:
        """In how many rows that may be added the surname came first."""
        return sum(SURNAME_FIRST in entry.notes and entry.choice != "leave" for entry in self.entries)

    def entry(self, place: int) -> Entry | None:
        """The entry stored at `place`."""
        return next((entry for entry in self.entries if entry.place == place), None)


def preview(
    upload: RosterImport, municipalities: Sequence[Municipality], names: Collection[str], show: str, page: int
) -> Preview:
    """The upload as it is understood now. `names`: of those on the list; `show`: ready, stopped, twice, left or all."""
    rows: list[dict[str, Any]] = list(upload.rows)
    places = Places((place.code, place.folded) for place in municipalities)
    entries = understand(rows, places, {name_key(name) for name in names})
    chosen = [entry for entry in entries if not show or entry.state == show]
    pages = max(1, -(-len(chosen) // ROWS_A_PAGE))
    page = min(max(1, page), pages)
    return Preview(
        upload_id=upload.id, file_name=upload.file_name, sheets=tuple(_sheets(rows)), entries=tuple(entries),
        shown=tuple(chosen[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]),
        counts=dict(Counter(entry.state for entry in entries)), show=show, page=page, pages=pages,
        places=_place_names(municipalities),
        kinds=tuple((kind, gettext(COLUMNS[kind])) for kind in ("", *KINDS)),
    )  # fmt: skip


def _place_names(municipalities: Sequence[Municipality]) -> dict[str, str]:
    """Names by code; namesakes with their district."""
    often = Counter(place.name_sr for place in municipalities)
    return {
        place.code: in_script(place.name_sr if often[place.name_sr] == 1 else f"{place.name_sr} ({place.district_sr})")
        for place in municipalities
    }


def _sheets(rows: Sequence[dict[str, Any]]) -> list[SheetScreen]:
    screens = []
    sheets = [row for row in rows if row["kind"] == "sheet"]
    for number, sheet in enumerate(sheets):
        cells = [row["cells"] for row in rows if row["kind"] == "row" and row["sheet"] == number][:50]
        columns = []
        for place, (label, kind) in enumerate(zip(sheet["labels"], sheet["kinds"], strict=True)):
            examples = tuple(dict.fromkeys(row[place] for row in cells if row[place]))[:2]
            columns.append(Column(label, kind, examples))
        dropped = tuple(sheet["dropped"])
        screens.append(
            SheetScreen(
                number,
                sheet["name"],
                sheet["header"],
                tuple(columns),
                dropped,
                sheet["removed"],
                tuple(sheet.get("footers", ())),
            )
        )
    return screens


def with_choice(screen: Preview, number: int, kinds: Sequence[str], trouble: str) -> Preview:
    """The preview with columns as they were chosen just now and could not be taken, and why."""
    sheets = list(screen.sheets)
    columns = zip(sheets[number].columns, kinds, strict=True)
    chosen = tuple(replace(column, kind=kind) for column, kind in columns)
    sheets[number] = replace(sheets[number], columns=chosen, trouble=trouble)
    return replace(screen, sheets=tuple(sheets))


LISTED = 10  # rows that are named in a message
SHORT = 40  # characters of each


def rows_in_words(entries: Sequence[Entry]) -> str:
    """„5 (Вук Илић), 7”: where the rows stand in the file, with the sheet when there are several, and whom they name; the first ten."""
    several = len({entry.sheet for entry in entries}) > 1
    rows = []
    for entry in entries[:LISTED]:
        number, said = f"{entry.sheet} {entry.row}" if several else str(entry.row), entry.name or entry.institution
        rows.append(f"{number} ({said[:SHORT]})" if said else number)
    return ", ".join(rows) + (" …" if len(entries) > LISTED else "")
