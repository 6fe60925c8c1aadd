"""The trainee's home as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask import url_for

from lms import clock
from lms.content.course import Course
from lms.language import ngettext
from lms.sectors import RING
from lms.simulations.own import OwnSeat
from lms.surveys.queries.states import OwnState
from lms.today.rules import Mark, Moment, SurveyState, Task, by_programme, mark, task
from lms.trainings.models import ParticipantRow, TrainingRow
from lms.trainings.rules import Slot, day_number, following_slot, present_slot


class Line(NamedTuple):
    """One line of the programme, as this trainee sees it now."""

    slot: Slot
    length: str  # „45 минута”
    mark: Mark
    link: str
    survey: str  # open, sent, or empty


class Day(NamedTuple):
    """One day of the programme."""

    number: int
    date: date
    lines: tuple[Line, ...]


class Unsent(NamedTuple):
    """An open survey that waits behind what is to be done now. `line` of the programme: None when it stands in none."""

    line: Line | None
    link: str
    state: SurveyState

    @property
    def begun(self) -> bool:
        """Some of it is answered, and how much is known."""
        return bool(self.state.answered and self.state.asked and not self.state.anonymous)


@dataclass(frozen=True)
class Home:
    """Everything on the trainee's home."""

    person: ParticipantRow
    task: Task
    line: Line | None  # that the task belongs to
    link: str
    following: Line | None
    days: list[Day]
    sectors: set[str]
    team_size: int
    seat: OwnSeat | None  # in an exercise that is not over
    unsent: list[Unsent]  # that an exercise or another survey has pushed from the front
    mark_yourself: bool  # attendance is open, and this person not yet marked


def survey_states(course: Course, states: Mapping[tuple[str, str], OwnState]) -> list[SurveyState]:
    """Each opened survey as this trainee meets it."""
    return [
        SurveyState(
            survey=survey,
            moment=moment,
            open=own.state == "open",
            answered=own.answered,
            asked=len(course.surveys[survey].asked) if survey in course.surveys else 0,
            submitted=own.submitted,
            anonymous=course.surveys[survey].kind == "evaluation",
        )
        for (survey, moment), own in states.items()
        if survey in course.surveys and course.surveys[survey].kind != "follow-up"
    ]


@dataclass(frozen=True)
class Facts:
    """What the home is made of."""

    training: TrainingRow
    person: ParticipantRow
    programme: list[Slot]
    surveys: list[SurveyState]
    team: dict[str, int]  # people by sector
    seat: OwnSeat | None
    unmarked: list[tuple[datetime | None, datetime | None]]  # half-days: when they open and close


def home(facts: Facts) -> Home:
    """Put the home together for this moment."""
    training, slots, now = facts.training, facts.programme, clock.now()
    clock_time = clock.local(now).time()
    day = day_number(training.starts_on, training.ends_on, clock.local(now).date())
    days = (training.ends_on - training.starts_on).days + 1
    lengths = {minutes: _length(minutes) for minutes in {slot.minutes for slot in slots}}
    surveys = by_programme(facts.surveys, slots)
    states = {(state.survey, state.moment): state for state in surveys}
    present = present_slot(slots, day, clock_time)
    lines = []
    for slot in slots:
        state = states.get((slot.survey, slot.moment))
        sent, waiting = bool(state and state.submitted), bool(state and state.waiting)
        shown = mark(slot, day, clock_time, present, sent, waiting=waiting)
        survey = "sent" if sent else "open" if waiting else ""
        lines.append(Line(slot, lengths[slot.minutes], shown, _link(training.id, slot, survey), survey))
    exercise = ("running" if facts.seat.running else "preparing") if facts.seat else ""
    doing = task(slots, Moment(day, days, clock_time), surveys, exercise)
    following = following_slot(slots, day, clock_time)
    doing_line = (
        _line_of(doing.survey, lines) if doing.survey else next((x for x in lines if x.slot is doing.slot), None)
    )
    return Home(
        person=facts.person,
        task=doing,
        line=doing_line,
        link=_task_link(training.id, doing, doing_line, states),
        following=next((line for line in lines if line.slot is following), None),
        days=[
            Day(number, training.starts_on + timedelta(number - 1), tuple(x for x in lines if x.slot.day == number))
            for number in range(1, days + 1)
        ],
        sectors=set(facts.team) & set(RING),
        team_size=sum(facts.team.values()),
        seat=facts.seat,
        unsent=_unsent(training.id, [one for one in surveys if one is not doing.survey], lines),
        mark_yourself=any(_is_open(opens, closes, now) for opens, closes in facts.unmarked),
    )


def _line_of(state: SurveyState, lines: list[Line]) -> Line | None:
    return next((x for x in lines if (x.slot.survey, x.slot.moment) == (state.survey, state.moment)), None)


def _is_open(opens: datetime | None, closes: datetime | None, now: datetime) -> bool:
    return opens is not None and opens <= now and (not closes or now < closes)


def _task_link(training_id: int, doing: Task, line: Line | None, states: Mapping[tuple[str, str], SurveyState]) -> str:
    if doing.kind == "exercise":
        return ""
    if doing.survey:
        return survey_link(training_id, doing.survey.survey, doing.survey.moment)
    asked = line is not None and (line.slot.survey, line.slot.moment) in states
    return line.link if line and not asked else ""  # a survey that is sent or closed is no task


def _unsent(training_id: int, surveys: list[SurveyState], lines: list[Line]) -> list[Unsent]:
    return [
        Unsent(_line_of(one, lines), survey_link(training_id, one.survey, one.moment), one)
        for one in surveys
        if one.waiting
    ]


def survey_link(training_id: int, survey: str, moment: str) -> str:
    """Where a survey is answered."""
    return url_for("surveys.survey", training_id=training_id, survey=survey, moment=moment or "once")


def _link(training_id: int, slot: Slot, survey: str) -> str:
    if survey:
        return survey_link(training_id, slot.survey, slot.moment)
    if slot.page:
        return url_for("trainings.page", training_id=training_id, key=slot.page, part=1)
    return url_for("certificates.download", training_id=training_id) if slot.kind == "certificate" else ""


def _length(minutes: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
