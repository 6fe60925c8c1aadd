"""Where the list begins in a sheet, and what each of its columns holds."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lms import personal_data
from lms.serbian import fold
from lms.trainings.roster.files import Sheet
from lms.trainings.roster.words import column_kind, guess_sector

HEADER_WITHIN = 15  # rows from the top
MOST_COLUMNS = 40
KINDS = (
    "name",
    "surname first",
    "first name",
    "last name",
    "sector",
    "institution",
    "municipality",
    "sex",
    "email",
    "position",
)
NAMES = {"name", "surname first", "first name", "last name"}
_FOOTER = re.compile(
    r"(ukupno|svega|total|broj ucesnika|napomena|legenda|potpis|pecat|m ?p$|(odgovorno|ovlasceno) lice|signature)\b"
)


@dataclass(frozen=True)
class Table:
    """A list found in a sheet. `kinds` and `labels` stand for its columns; `rows` are (number in the sheet, cells)."""

    sheet: str
    header_row: int  # 1-based; 0: there is no header, the columns were told by what is in them
    labels: list[str]
    kinds: list[str]
    rows: list[tuple[int, list[str]]]
    dropped: list[str]  # labels of columns that must not be stored
    removed: int  # single cells from which such data was taken out
    footers: list[int]  # numbers of rows that are totals, signatures or stamps


def find_table(sheet: Sheet, is_place: Callable[[str], bool]) -> Table | None:
    """The list in `sheet`, or None when there is none. `is_place` tells whether a text names a municipality."""
    width = min(max(len(row) for row in sheet.rows), MOST_COLUMNS)
    rows = [(row + [""] * width)[:width] for row in sheet.rows]
    start, height, kinds = _find_header(rows)
    labels = [_label(rows, start, height, column) for column in range(width)]
    body = [(number, row) for number, row in enumerate(rows[start + height :], start + height + 1) if _is_entry(row)]
    body = [(number, row) for number, row in body if not _repeats(row, labels)]
    footers = [number for number, row in body if _is_footer(row)]
    body = [(number, row) for number, row in body if number not in footers]
    found = [kind or "" for kind in kinds] or [""] * width
    if not height or not set(found) & NAMES:
        found = _by_content(found, [row for _, row in body], is_place)
    if not set(found) & NAMES and not height:
        return None
    found = _institutions(_settle(found), [row for _, row in body])
    body, removed = _without_secrets(body, found)
    dropped = [label for label, kind in zip(labels, found, strict=True) if kind == "secret"]
    kinds_kept = [kind if kind in KINDS else "" for kind in found]
    return Table(sheet.name, start + 1 if height else 0, labels, kinds_kept, body, dropped, removed, footers)


# ---- the header --------------------------------------------------------------------------------------------------------


def _find_header(rows: list[list[str]]) -> tuple[int, int, list[str | None]]:
    """(index of the first header row, how many rows it has, kinds). Height 0: no header."""
    best: tuple[int, int, int, list[str | None]] = (0, 0, 0, [])
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        single = [column_kind(cell) for cell in row]
        best = max(best, (_score(single), -index, 1, single), key=lambda found: found[:2])
        if index + 1 < len(rows) and (_explains(rows[index + 1]) or _may_continue(rows[index + 1])):
            joined = [_joined(upper, lower) for upper, lower in zip(row, rows[index + 1], strict=True)]
            if _explains(rows[index + 1]):
                best = max(best, (_score(joined), -index, 2, joined), key=lambda found: found[:3])
            elif _score(joined) > _score([column_kind(cell) for cell in rows[index + 1]]):
                best = max(best, (_score(joined), -index, 2, joined), key=lambda found: found[:2])
    score, index, height, kinds = best
    return (-index, height, kinds) if score else (0, 0, [])


def _score(kinds: list[str | None]) -> int:
    """How many different things the row announces; nothing when no name is among them."""
    announced = {kind for kind in kinds if kind}
    return len(announced) if announced & NAMES else 0


def _explains(row: list[str]) -> bool:
    """Whether a row only explains the header above it: „(штампаним словима)”, „(назив, сектор)”."""
    filled = [cell for cell in row if cell]
    return bool(filled) and all(cell.startswith("(") for cell in filled)


def _may_continue(row: list[str]) -> bool:
    """Whether a row can be the second line of a header: at least half of its cells are words of headers."""
    filled = [cell for cell in row if cell]
    return bool(filled) and sum(column_kind(cell) is not None for cell in filled) * 2 >= len(filled)


def _joined(upper: str, lower: str) -> str | None:
    """„Учесник” over „Презиме” is a last name; „Назив” over „установе” an institution, as is „Установа” over „(сектор)”."""
    below = column_kind(lower)
    if below == "sector" and lower.startswith("("):
        return column_kind(upper) or below
    return below if below else column_kind(f"{upper} {lower}") or column_kind(upper)


def _label(rows: list[list[str]], start: int, height: int, column: int) -> str:
    return " ".join(dict.fromkeys(rows[line][column] for line in range(start, start + height) if rows[line][column]))


# ---- the rows ----------------------------------------------------------------------------------------------------------


def _is_entry(row: list[str]) -> bool:
    """Not blank, not a line of column numbers."""
    filled = [cell for cell in row if cell]
    if not filled or all(re.fullmatch(r"[\W_]*", cell) for cell in filled):
        return False
    return not all(re.fullmatch(r"\(?\d{1,4}[.)]?", cell) for cell in filled)


def _is_footer(row: list[str]) -> bool:
    """A total, or the place for a signature and a stamp („Потпис: ____”, „М.П.”)."""
    return bool(_FOOTER.match(" ".join(re.findall(r"[^\W_]+", fold(next(cell for cell in row if cell))))))


def _repeats(row: list[str], labels: list[str]) -> bool:
    """The header once more, at the top of a printed page."""
    filled = [fold(cell) for cell in row if cell]
    known = {fold(label) for label in labels if label}
    return len(filled) > 1 and all(cell in known for cell in filled)


def _without_secrets(body: list[tuple[int, list[str]]], kinds: list[str]) -> tuple[list[tuple[int, list[str]]], int]:
    """Rows without what must not be stored: whole columns, and JMBG, telephone and document numbers in other cells."""
    removed, clean = 0, []
    for number, row in body:
        cells = []
        for cell, kind in zip(row, kinds, strict=True):
            kept = "" if kind == "secret" else _scrub(cell) if sum(map(str.isdigit, cell)) > 5 else cell
            removed += kept != cell and kind != "secret"
            cells.append(kept)
        clean.append((number, cells))
    return clean, removed


def _scrub(cell: str) -> str:
    for finding in reversed(personal_data.find(cell)):
        if finding.kind in ("jmbg", "phone", "document"):
            cell = cell[: finding.start] + cell[finding.end :]
    return "" if re.fullmatch(r"[\d\W]{9,}", cell) else " ".join(cell.split())


# ---- the columns -------------------------------------------------------------------------------------------------------


def _settle(kinds: list[str]) -> list[str]:
    """Each kind once; „Име” beside „Презиме” is a first name, alone it is the whole name."""
    settled: list[str] = []
    for kind in kinds:
        settled.append(kind if kind in ("", "secret") or kind not in settled else "")
    if "last name" in settled and "first name" not in settled and "name" in settled:
        settled[settled.index("name")] = "first name"
    if "last name" not in settled and "first name" in settled and "name" not in settled:
        settled[settled.index("first name")] = "name"
    if {"name", "surname first"} & set(settled):
        settled = ["" if kind in ("first name", "last name") else kind for kind in settled]
    return settled


def _institutions(kinds: list[str], rows: list[list[str]]) -> list[str]:
    """„Сектор” over „Центар за социјални рад Ниш” holds institutions; their sector is told by their names."""
    if "sector" in kinds and "institution" not in kinds:
        column = kinds.index("sector")
        if _share(rows, column, lambda cell: len(cell.split()) > 2) >= 0.5:
            return [*kinds[:column], "institution", *kinds[column + 1 :]]
    return kinds


def _by_content(kinds: list[str], rows: list[list[str]], is_place: Callable[[str], bool]) -> list[str]:
    """Tell columns without a header by what is in them."""
    found = list(kinds)
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("email", lambda cell: "@" in cell),
        ("municipality", is_place),
        ("institution", lambda cell: guess_sector(cell) is not None),
        ("name", _looks_like_a_name),
    )
    for kind, test in tests:
        shares = [(_share(rows, column, test), -column) for column in range(len(found)) if not found[column]]
        share, column = max(shares, default=(0.0, 0))
        if kind not in found and share >= 0.5:
            found[-column] = kind
    return found


def _share(rows: list[list[str]], column: int, test: Callable[[str], bool]) -> float:
    filled = [row[column] for row in rows[:200] if row[column]]
    return sum(map(test, filled)) / len(filled) if filled and len(filled) * 2 >= len(rows[:200]) else 0.0


def _looks_like_a_name(cell: str) -> bool:
    words = re.split(r"[\s,]+", cell)
    return 2 <= len(words) <= 4 and all(word[:1].isupper() and word.replace("-", "").isalpha() for word in words)
