"""Reads questions from the sheets of a table: one row a question, columns in any order, headings in either script or in English."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lms.authoring.exchange import cells
from lms.authoring.exchange.columns import MOST_COLUMNS, Column, find_heading, letters, settle
from lms.authoring.exchange.gift import FEW_ANSWERS, MANY_ANSWERS
from lms.authoring.exchange.reading import (
    MOST_ITEMS,
    N_,
    NO_TEXT,
    TOO_MANY_ITEMS,
    Found,
    Problem,
    Reading,
    Where,
    key_from,
    read_text,
)
from lms.content.vocabulary import SOURCE_KEY
from lms.errors import Refused
from lms.serbian import fold

CODEBOOKS = {"sifarnik", "codebook"}  # the second sheet of what is exported here
NO_HEADING = N_(
    "No questions were found in this table. Above the questions there has to be a row of headings, one of them “Question”. The empty table that is offered here has them all."
)
PASSED_OVER = N_("The sheet “%(sheet)s” has no heading “Question” and was passed over.")
UNKNOWN_COLUMNS = N_("These columns are not known and were left out: %(columns)s.")
UNKNOWN_TYPE = N_(
    "“%(cell)s” is no way of answering that is known here. Write for example “one answer”, “several answers”, “scale”, “yes or no”, “number”, “few words” or “own words”."
)
NO_TYPE = N_("How it is answered is not said and does not follow from the row. Fill in the column for the type.")
UNKNOWN_MARK = N_(
    "“%(cell)s” marks none of the answers. Write the number or the letter of the right one, for example 2 or B."
)
SEVERAL_RIGHT = N_(
    "Two or more answers are right, but only one may be chosen. Mark one, or let several answers be chosen."
)
NOT_WHOLE = N_("“%(cell)s” is not a whole number. Write it in figures, for example 20.")
NOT_YES = N_("“%(cell)s” is neither yes nor no. Write yes, or leave the cell empty.")
NOT_DAY = N_("“%(cell)s” is not a date. Write day, month and year, for example 22. 11. 2026.")
NO_KEY = N_("“%(cell)s” cannot be a key. The question will get one of its own.")
NOT_CERTAINTY = N_("“%(cell)s” is no certainty. Write confirmed, general, dated or unclear.")
NOT_HEADLINE = N_(
    "“%(cell)s” is not such an answer. Write a number from 1 to 5 for a scale, yes or no for such a question."
)
NOT_SOURCE = N_("“%(cell)s” is not the key of a source. Write keys such as S4, with commas between them.")
FIVE_LABELS = N_(
    "A scale has five steps, here there are %(number)s. Write each on a line of its own, from the least to the most."
)


class Sheet(NamedTuple):
    """A sheet: its name, and its rows from row 1 on as texts."""

    name: str
    rows: list[list[str]]


def read(sheets: Sequence[Sheet], language: str) -> Reading:
    """The questions of a table; what does not say its language is in `language`. Raises Refused (422)."""
    reading = Reading("table")
    headings = [find_heading(sheet.rows) for sheet in sheets]
    fewest = min(2, max((_known(heading) for heading in headings if heading), default=0))
    if not fewest:
        raise Refused(NO_HEADING, 422)
    for sheet, heading in zip(sheets, headings, strict=True):
        if heading is None or _known(heading) < fewest:
            if fold(sheet.name) in CODEBOOKS:
                continue
            reading.problems.append(Problem(Where(sheet=sheet.name), PASSED_OVER, {"sheet": sheet.name}))
        else:
            _sheet(reading, sheet, heading, language)
    return reading


def _known(heading: tuple[int, list[Column | None]]) -> int:
    """How many different things a heading announces."""
    return len({column.kind for column in heading[1] if column})


def _sheet(reading: Reading, sheet: Sheet, heading: tuple[int, list[Column | None]], language: str) -> None:
    at, columns = heading
    labels = sheet.rows[at][:MOST_COLUMNS]
    settled = settle(columns, language)
    unknown = [label for label, column in zip(labels, settled, strict=True) if label and column is None]
    if unknown:
        where = Where(sheet=sheet.name, row=at + 1)
        reading.problems.append(Problem(where, UNKNOWN_COLUMNS, {"columns": ", ".join(unknown)[:400]}))
    for number, cells_ in enumerate(sheet.rows[at + 1 :], start=at + 2):
        filled = [
            cell for cell, column in zip(cells_, settled, strict=False) if cell and column and column.kind != "number"
        ]
        if filled and cells_[: len(labels)] != labels:
            if len(reading.found) == MOST_ITEMS:
                raise Refused(TOO_MANY_ITEMS, 422)
            reading.found.append(_Row(sheet.name, number, labels, settled, cells_).found)


class _Row:
    """One question."""

    def __init__(
        self, sheet: str, row: int, labels: list[str], columns: list[Column | None], row_cells: list[str]
    ) -> None:
        self.found = Found(Where(sheet=sheet, row=row), {})
        self.cells: dict[Column, str] = {}
        self.where: dict[Column, Where] = {}
        for place, (column, cell) in enumerate(zip(columns, row_cells, strict=False)):
            if column and cell.strip():
                self.cells[column] = cell.strip()
                self.where[column] = Where(sheet=sheet, row=row, column=f"{letters(place)}, {labels[place]}")
        self._key()
        self._texts()
        self._numbers()
        self._words()
        self._scale()
        self._type_and_options()

    def _put(self, name: str, value: object) -> None:
        if value not in (None, "", {}, []):
            self.found.item[name] = value

    def _cell(self, kind: str) -> tuple[str, Where]:
        column = Column(kind)
        return self.cells.get(column, ""), self.where.get(column, self.found.where)

    def _in_languages(self, kind: str, number: int = 0) -> dict[str, str]:
        """The texts of a column by language."""
        texts = {}
        for code in ("sr", "en"):
            column = Column(kind, code, number)
            if column in self.cells and (words := read_text(self.found, self.cells[column], self.where[column])):
                texts[code] = words
        return texts

    def _key(self) -> None:
        cell, where = self._cell("key")
        if cell and not key_from(cell):
            self.found.note(NO_KEY, where, cell=cell[:60])
        self._put("key", key_from(cell))

    def _texts(self) -> None:
        self.found.item["text"] = self._in_languages("text")
        if not self.found.item["text"]:
            self.found.stop(NO_TEXT)
        for name in ("hint", "explanation", "finding"):
            self._put(name, self._in_languages(name))

    def _numbers(self) -> None:
        for name in ("min", "max"):
            cell, where = self._cell(name)
            if cell and cells.read_whole(cell) is None:
                self.found.stop(NOT_WHOLE, where, cell=cell[:60])
            self._put(name, cells.read_whole(cell))
        for kind, name in (("required", "required"), ("quote", "quote"), ("quote permission", "quote_permission")):
            cell, where = self._cell(kind)
            if cells.read_truth(cell) is None:
                self.found.note(NOT_YES, where, cell=cell[:60])
            self._put(name, cells.read_truth(cell) or None)

    def _words(self) -> None:
        cell, where = self._cell("module")
        self._put("module", key_from(cell))
        cell, where = self._cell("sources")
        keys = cells.read_list(cell)
        if wrong := [key for key in keys if not _is_source(key)]:
            self.found.note(NOT_SOURCE, where, cell=", ".join(wrong)[:100])
        self._put("sources", [key for key in keys if _is_source(key)])
        cell, where = self._cell("certainty")
        if cell and cells.read_certainty(cell) is None:
            self.found.note(NOT_CERTAINTY, where, cell=cell[:60])
        self._put("certainty", cells.read_certainty(cell) if cell else None)
        cell, where = self._cell("verified on")
        day = cells.read_day(cell)
        if cell and day is None:
            self.found.note(NOT_DAY, where, cell=cell[:60])
        self._put("verified_on", day and day.isoformat())
        self._headline()

    def _headline(self) -> None:
        cell, where = self._cell("headline")
        if not cell:
            return
        number = cells.read_whole(cell)
        truth = cells.read_truth(cell)
        if number is not None and 1 <= number <= 5:
            self._put("headline", number)
        elif truth is not None:
            self._put("headline", "yes" if truth else "no")
        else:
            self.found.note(NOT_HEADLINE, where, cell=cell[:60])

    def _scale(self) -> None:
        self._put("scale", key_from(self._cell("scale")[0]))
        lines = {}
        for code in ("sr", "en"):
            column = Column("labels", code)
            if column in self.cells:
                lines[code] = [
                    read_text(self.found, line, self.where[column]) for line in cells.read_lines(self.cells[column])
                ]
                if len(lines[code]) not in (5, 6):
                    self.found.stop(FIVE_LABELS, self.where[column], number=len(lines[code]))
        if lines:
            texts = [{code: words[place] for code, words in lines.items() if place < len(words)} for place in range(6)]
            self._put("labels", texts[:5])
            self._put("cannot_judge", texts[5])
        if away := self._in_languages("cannot judge"):
            self._put("cannot_judge", away)

    # ---- how it is answered ----

    def _type_and_options(self) -> None:
        options, stars = self._options()
        cell, where = self._cell("type")
        kind = cells.read_type(cell) if cell else self._guess(len(options))
        if kind is None:
            self.found.stop(UNKNOWN_TYPE if cell else NO_TYPE, where, **({"cell": cell[:60]} if cell else {}))
            return
        if kind == "choice":
            kind = "multiple" if len(self._rights(options, stars, tell=False)) > 1 else "single"
        self._put("type", kind)
        if kind == "true-false":
            self._true_false()
        elif kind in ("single", "multiple"):
            self._keep_options(options, stars, kind)

    def _guess(self, options: int) -> str | None:
        item = self.found.item
        if options:
            return "choice"
        if "scale" in item or "labels" in item:
            return "scale"
        return "number" if "min" in item or "max" in item else None

    def _true_false(self) -> None:
        cell, where = self._cell("right")
        if cells.read_truth(cell) is None:
            self.found.stop(NOT_YES, where, cell=cell[:60])
        self.found.item["right"] = bool(cells.read_truth(cell))

    def _options(self) -> tuple[dict[int, dict[str, str]], set[int]]:
        """The words of the options by number and language, and the numbers of those that an asterisk marks."""
        texts: dict[int, dict[str, str]] = {}
        rights: set[int] = set()
        for number, code, cell, where in self._option_cells():
            words, right = cells.read_option(cell)
            if words := read_text(self.found, words, where):
                texts.setdefault(number, {})[code] = words
                rights |= {number} if right else set()
        return dict(sorted(texts.items())), rights

    def _option_cells(self) -> Iterator[tuple[int, str, str, Where]]:
        for column, cell in self.cells.items():
            if column.kind == "option":
                yield column.number, column.language, cell, self.where[column]
            elif column.kind == "options":
                for number, line in enumerate(cells.read_options(cell), start=1):
                    yield number, column.language, line, self.where[column]

    def _keep_options(self, options: dict[int, dict[str, str]], stars: set[int], kind: str) -> None:
        rights = self._rights(options, stars)
        if kind == "single" and len(rights) > 1:
            self.found.stop(SEVERAL_RIGHT, self._cell("right")[1])
        self.found.item["options"] = [{"text": text, "right": number in rights} for number, text in options.items()]
        keys = cells.read_list(self._cell("option keys")[0])
        if len(set(keys)) == len(keys) == len(options) and all(key_from(key) == key for key in keys):
            for option, key in zip(self.found.item["options"], keys, strict=True):
                option["key"] = key
        if len(options) < 2:
            self.found.stop(FEW_ANSWERS)
        elif len(options) > cells.MOST_OPTIONS:
            self.found.stop(MANY_ANSWERS)

    def _rights(self, options: dict[int, dict[str, str]], stars: set[int], tell: bool = True) -> set[int]:
        """The numbers of the right options: those that the column for them marks, else those with an asterisk."""
        cell, where = self._cell("right")
        if not cell:
            return stars
        known = [
            {fold(words) for words in options.get(number, {}).values()}
            for number in range(1, max(options, default=0) + 1)
        ]
        marked = cells.read_marks(cell, known)
        if marked is None or not set(marked) <= options.keys():
            if tell:
                self.found.stop(UNKNOWN_MARK, where, cell=cell[:60])
            return set()
        return set(marked)


def _is_source(key: str) -> bool:
    return bool(re.fullmatch(SOURCE_KEY, key))
