"""What the trainer should do now: one step, told by the hour, the programme and what is open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.trainings.timetable import Line, half_day_number

BEFORE_FIRST = 60  # minutes: so early people begin to arrive


class Step(StrEnum):
    """What is next. Each is one button."""

    REPORT = "report"  # the training is closed
    ROSTER = "roster"  # before it: nobody is on the list
    PRINT = "print"  # before it: everything is ready
    LOBBY = "lobby"  # people cannot come in yet
    ATTENDANCE = "attendance"  # the present half-day was not opened yet
    SURVEY = "survey"  # a survey is on
    CERTIFICATES = "certificates"
    WALL = "wall"  # all is open: show the code
    CLOSE = "close"  # all days are over


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a training stands. `minutes` since midnight on `day` (0 before the first, days + 1 after the last)."""

    state: str
    day: int
    days: int
    minutes: int
    lobby_open: bool
    people: int
    opened: frozenset[int]  # numbers of half-days that are or were open
    lines: Sequence[Line]

    @property
    def today(self) -> list[Line]:
        """The lines of this day in order."""
        return sorted((line for line in self.lines if line.day == self.day), key=lambda line: (line.starts, line.id))

    @property
    def present(self) -> Line | None:
        """The line that is going on."""
        return next((line for line in self.today if line.starts <= self.minutes < line.ends), None)

    @property
    def following(self) -> Line | None:
        """The next line of today that is not a break."""
        return next((line for line in self.today if line.starts > self.minutes and line.kind != "break"), None)

    @property
    def in_hours(self) -> bool:
        """From an hour before the first line of today to the end of the last."""
        today = self.today
        return bool(today) and today[0].starts - BEFORE_FIRST <= self.minutes < max(line.ends for line in today)

    @property
    def half_day(self) -> int:
        """The number of the present half-day."""
        return half_day_number(self.day, self.minutes)


def next_step(moment: Moment) -> Step:
    """The one thing to do now."""
    if moment.state == "closed":
        return Step.REPORT
    if moment.day == 0:
        return Step.PRINT if moment.people else Step.ROSTER
    if moment.day > moment.days:
        return Step.CLOSE
    if moment.state == "draft" or (not moment.lobby_open and moment.day == 1 and not moment.opened):
        return Step.LOBBY
    if moment.in_hours and moment.half_day not in moment.opened:
        return Step.ATTENDANCE
    kinds = {"survey": Step.SURVEY, "certificate": Step.CERTIFICATES}
    if moment.present and moment.present.kind in kinds:
        return kinds[moment.present.kind]
    last_day_over = moment.day == moment.days and not moment.in_hours and moment.opened
    return Step.CLOSE if last_day_over else Step.WALL
