"""What holds for the lines of a programme: no overlaps, moving the rest of a day, halves of days. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from lms.errors import Refused

NOON = 12 * 60 + 30  # minutes; what starts later belongs to the second half of the day
EVENING = 20 * 60
MIDNIGHT = 24 * 60
KINDS = ("registration", "talk", "module", "exercise", "simulation", "survey", "certificate", "break")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a programme. `starts` and `minutes` are minutes; `starts` counts from midnight."""

    id: int
    day: int
    starts: int
    minutes: int
    kind: str = "talk"

    @property
    def ends(self) -> int:
        return self.starts + self.minutes


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong with a line: `overlap` (with `other`, by `minutes`), `day` (no such day), `late` (goes past midnight)."""

    kind: str
    line: int
    other: int = 0
    minutes: int = 0


def minutes_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def time_of(minutes: int) -> time:
    """The time `minutes` after midnight; what lies outside the day is cut to it."""
    minutes = max(0, min(minutes, MIDNIGHT - 1))
    return time(minutes // 60, minutes % 60)


def half_day_number(day: int, starts: int) -> int:
    """Which half-day a moment belongs to: 1 is the first morning, 2 the first afternoon, 3 the second morning …"""
    return day * 2 - (1 if starts < NOON else 0)


def conflicts(lines: Iterable[Line], days: int) -> list[Conflict]:
    """Everything that cannot be held as it stands, in the order of the programme."""
    ordered = sorted(lines, key=lambda line: (line.day, line.starts, line.id))
    found: list[Conflict] = []
    latest: Line | None = None  # the one of this day that ends last so far
    for line in ordered:
        if not 1 <= line.day <= days:
            found.append(Conflict("day", line.id))
        if line.ends > MIDNIGHT:
            found.append(Conflict("late", line.id))
        if latest and latest.day == line.day and latest.ends > line.starts:
            found.append(Conflict("overlap", line.id, latest.id, min(latest.ends, line.ends) - line.starts))
        if latest is None or latest.day != line.day or line.ends > latest.ends:
            latest = line
    return found


def shifted(lines: Sequence[Line], after: int, minutes: int) -> dict[int, int]:
    """New starts (minutes from midnight) by id: everything later on the day of the line `after` moves by `minutes`.

    Raises Refused (422) when something would leave its day or come before the end of `after`.
    """
    pivot = next(line for line in lines if line.id == after)
    later = [line for line in lines if line.day == pivot.day and (line.starts, line.id) > (pivot.starts, pivot.id)]
    moved = {line.id: line.starts + minutes for line in later}
    if any(moved[line.id] < 0 or line.ends + minutes > MIDNIGHT for line in later):
        raise Refused("With this move the programme would leave its day. Choose fewer minutes.", 422)
    if minutes < 0 and any(start < pivot.ends for start in moved.values()):
        raise Refused("There is not that much time before the next line. Choose fewer minutes.", 422)
    return moved


def pause_after(lines: Iterable[Line], line_id: int) -> int:
    """Empty minutes between a line and the next one on its day; 0 when they overlap or nothing follows."""
    ours = list(lines)
    line = next(line for line in ours if line.id == line_id)
    later = [
        other.starts for other in ours if other.day == line.day and (other.starts, other.id) > (line.starts, line.id)
    ]
    return max(0, min(later, default=0) - line.ends)


def swapped(lines: Sequence[Line], line_id: int, down: bool) -> dict[int, int]:
    """New starts when a line changes places with its neighbour on the same day; the time that both fill stays the same.

    Empty when there is no neighbour on that side.
    """
    line = next(line for line in lines if line.id == line_id)
    day = sorted((other for other in lines if other.day == line.day), key=lambda other: (other.starts, other.id))
    place = day.index(line) + (1 if down else -1)
    if not 0 <= place < len(day):
        return {}
    first, second = (line, day[place]) if down else (day[place], line)
    pause = max(0, second.starts - first.ends)
    return {second.id: first.starts, first.id: first.starts + second.minutes + pause}


def end_of_day(lines: Iterable[Line], day: int) -> int:
    """When the last line of `day` ends, in minutes; a quarter past eight in the morning when there is none."""
    return max((line.ends for line in lines if line.day == day), default=8 * 60 + 15)
