"""The grid of attendance as data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms import clock
from lms.trainings.models import HalfDay, Participant, Training
from lms.trainings.rules import not_held_yet
from lms.trainings.screens.dashboard import is_open
from lms.trainings.tables import half_day_name


@dataclass(frozen=True)
class Column:
    """A half-day above its marks."""

    half_day: HalfDay
    name: str
    date: date
    is_open: bool
    was_open: bool
    present: int
    to_come: bool  # on a later day: nobody can be noted as present


@dataclass(frozen=True)
class Cell:
    """One mark: `key` is „participant-half-day”; `how` is empty when the person was not noted."""

    key: str
    how: str
    label: str
    shut: bool = False  # cannot be ticked yet


@dataclass(frozen=True)
class Row:
    """One person's marks, and their share of half-days in percent."""

    person: Participant
    cells: tuple[Cell, ...]
    percent: int
    enough: bool


@dataclass(frozen=True)
class Grid:
    """Everything on the page. `before` is what was marked when the page was made, for saving only what changed."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    before: str


def attendance_screen(
    training: Training,
    people: Sequence[Participant],
    half_days: Sequence[HalfDay],
    marks: Mapping[tuple[int, int], str],
) -> Grid:
    """The grid with everybody and every half-day."""
    columns = tuple(
        Column(
            half_day, half_day_name(half_day.number), training.starts_on + timedelta(days=half_day.day - 1),
            is_open(half_day), half_day.opens_at is not None, sum(1 for _, when in marks if when == half_day.id),
            not_held_yet(training.starts_on, half_day.day, half_day.opens_at is not None, clock.today()),
        )
        for half_day in half_days
    )  # fmt: skip
    rows = tuple(_row(person, columns, marks, training.attendance_percent) for person in people)
    return Grid(columns, rows, " ".join(f"{who}-{when}" for who, when in sorted(marks)))


def _row(person: Participant, columns: Sequence[Column], marks: Mapping[tuple[int, int], str], needed: int) -> Row:
    cells = tuple(_cell(person, column, marks.get((person.id, column.half_day.id), "")) for column in columns)
    percent = round(100 * sum(bool(cell.how) for cell in cells) / len(cells)) if cells else 0
    return Row(person, cells, percent, percent >= needed)


def _cell(person: Participant, column: Column, how: str) -> Cell:
    return Cell(f"{person.id}-{column.half_day.id}", how, f"{person.name}, {column.name}", column.to_come and not how)


def read_marks(text: str) -> set[tuple[int, int]]:
    """„12-3 12-4” as pairs; anything else is passed over."""
    pairs = re.findall(r"(?<!\S)(\d{1,9})-(\d{1,9})(?!\S)", text)
    return {(int(who), int(when)) for who, when in pairs}
