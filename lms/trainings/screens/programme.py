"""The programme as its editor shows it, and as a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from flask import Response, request
from wtforms import Field

from lms import clock
from lms.language import gettext, in_script, localise, ngettext
from lms.trainings.actions.programme import LineText
from lms.trainings.calendar import Event, calendar_text
from lms.trainings.forms.staff import LINE_KINDS, LineForm
from lms.trainings.models import ProgrammeItem, Training
from lms.trainings.screens.dashboard import day_dates, lines_of
from lms.trainings.timetable import (
    EVENING,
    Conflict,
    Line,
    conflicts,
    end_of_day,
    half_day_number,
    minutes_of,
    pause_after,
    time_of,
)

EDITED = set(LineText.__dataclass_fields__)


@dataclass(frozen=True)
class EditedLine:
    """One line in the editor; `wrong` says in words what does not fit."""

    item: ProgrammeItem
    ends: str
    wrong: tuple[str, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class EditedDay:
    """One day in the editor. `date` is None for lines on a day that the training does not have."""

    number: int
    date: date | None
    lines: tuple[EditedLine, ...]
    teaching: int  # minutes without breaks


@dataclass(frozen=True)
class Programme:
    """The whole editor."""

    days: tuple[EditedDay, ...]
    conflicts: int

    def end_of(self, day: int) -> int:
        """When the last line of `day` ends, in minutes since midnight."""
        return end_of_day(lines_of([line.item for edited in self.days for line in edited.lines]), day)


def programme_screen(training: Training, items: Sequence[ProgrammeItem]) -> Programme:
    """All days of the training, and any other day that has lines."""
    dates = dict(day_dates(training))
    found = conflicts(lines_of(items), len(dates))
    by_id = {item.id: item for item in items}
    days = []
    for number in sorted(set(dates) | {item.day for item in items}):
        ours = [item for item in items if item.day == number]
        lines = tuple(
            EditedLine(
                item, _ends(item), tuple(_words(conflict, by_id) for conflict in found if conflict.line == item.id),
                first=place == 0, last=place == len(ours) - 1,
            )
            for place, item in enumerate(ours)
        )  # fmt: skip
        teaching = sum(item.minutes for item in ours if item.kind != "break")
        days.append(EditedDay(number, dates.get(number), lines, teaching))
    return Programme(tuple(days), len(found))


@dataclass(frozen=True)
class Difference:
    """A field of a line in which what is stored and what was typed are not the same."""

    label: str
    stored: str
    typed: str

    @property
    def row(self) -> tuple[str, str, str]:
        return self.label, self.stored or "–", self.typed or "–"


def differences(form: LineForm, item: ProgrammeItem) -> list[Difference]:
    """Where a form and the stored line differ, in words."""
    found = []
    for field in form:
        if field.name not in EDITED:
            continue
        stored, typed = _said(field, getattr(item, field.name)), _said(field, field.data)
        if stored != typed:
            found.append(Difference(field.label.text, stored, typed))
    return found


def _said(field: Field, value: object) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return gettext(LINE_KINDS[str(value)]) if field.name == "kind" else str(value or "").strip()


def after_shift(lines: Sequence[Line], item_id: int) -> list[str]:
    """What to look at when the rest of a day has moved: it ends in the evening, there is a hole."""
    day = next(line.day for line in lines if line.id == item_id)
    end, pause = end_of_day(lines, day), pause_after(lines, item_id)
    warnings = []
    if end > EVENING:
        warnings.append(gettext("The day now ends at %(time)s.", time=time_of(end).strftime("%H:%M")))
    if pause:
        warnings.append(
            ngettext("%(num)d minute after this line is empty.", "%(num)d minutes after this line are empty.", pause)
        )
    return warnings


def _ends(item: ProgrammeItem) -> str:
    return time_of(minutes_of(item.starts) + item.minutes).strftime("%H:%M")


def _words(conflict: Conflict, items: dict[int, ProgrammeItem]) -> str:
    if conflict.kind == "day":
        return gettext("The training does not have this day.")
    if conflict.kind == "late":
        return gettext("This goes past midnight.")
    other = localise(items[conflict.other].title)
    return ngettext(
        "Overlaps with “%(other)s” by %(num)d minute.", "Overlaps with “%(other)s” by %(num)d minutes.",
        conflict.minutes, other=other,
    )  # fmt: skip


def calendar_file(training: Training, items: Sequence[ProgrammeItem], by_line: bool) -> str:
    """The training as an iCalendar file in the language in force."""
    title = localise({"sr": training.title_sr, "en": training.title_en})
    place = ", ".join(filter(None, (in_script(training.venue), in_script(training.municipality.name_sr))))
    if by_line:
        events = [_line_event(training, item) for item in items if item.kind != "break"]
    else:
        events = _half_day_events(training, items, title)
    host = request.host.partition(":")[0]
    return calendar_text(title, place, events, host, clock.now())


def calendar_answer(training: Training, items: Sequence[ProgrammeItem], by_line: bool) -> Response:
    """The same as a download."""
    response = Response(calendar_file(training, items, by_line), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=training-{training.id}.ics"
    return response


def _line_event(training: Training, item: ProgrammeItem) -> Event:
    return Event(
        f"training-{training.id}-line-{item.id}", _date(training, item.day), minutes_of(item.starts), item.minutes,
        localise(item.title), localise(item.note),
    )  # fmt: skip


def _half_day_events(training: Training, items: Sequence[ProgrammeItem], title: str) -> list[Event]:
    """From the first to the last line of each half-day that is not a break; the lines are the description."""
    halves: dict[int, list[ProgrammeItem]] = {}
    for item in items:
        if item.kind != "break":
            halves.setdefault(half_day_number(item.day, minutes_of(item.starts)), []).append(item)
    events = []
    for number, lines in sorted(halves.items()):
        start = minutes_of(lines[0].starts)
        end = max(minutes_of(line.starts) + line.minutes for line in lines)
        words = "\n".join(f"{line.starts:%H:%M} {localise(line.title)}" for line in lines)
        day = _date(training, lines[0].day)
        events.append(Event(f"training-{training.id}-half-day-{number}", day, start, end - start, title, words))
    return events


def _date(training: Training, day: int) -> date:
    return training.starts_on + timedelta(days=day - 1)
