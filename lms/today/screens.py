"""The trainee's home as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from lms import clock
from lms.content.course import Course
from lms.sectors import RING
from lms.surveys.queries.states import OwnState
from lms.today.rules import Mark, SurveyState, Task, mark, task
from lms.trainings.models import HalfDay, Participant, ProgrammeItem, Training
from lms.trainings.rules import Slot, day_number, following_slot, present_slot


@dataclass(frozen=True)
class Line:
    """One line of the programme."""

    item: ProgrammeItem
    mark: Mark
    link: str
    state: SurveyState | None


@dataclass(frozen=True)
class Day:
    """One day of the programme."""

    number: int
    date: date
    today: bool
    lines: list[Line]


@dataclass(frozen=True)
class Home:
    """Everything on the trainee's home."""

    person: Participant
    task: Task
    item: ProgrammeItem | None  # the line that the task belongs to
    link: str
    following: ProgrammeItem | None
    days: list[Day]
    sectors: set[str]
    team_size: int
    half_day: HalfDay | None  # open, and not yet marked


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

    training: Training
    person: Participant
    items: list[ProgrammeItem]
    surveys: list[SurveyState]
    team: dict[str, int]  # people by sector
    half_days: list[tuple[HalfDay, bool]]


def home(facts: Facts) -> Home:
    """Put the home together for this moment."""
    training, items = facts.training, facts.items
    now = clock.local(clock.now())
    day = day_number(training.starts_on, training.ends_on, now.date())
    days = (training.ends_on - training.starts_on).days + 1
    slots = {item.id: Slot(item.id, item.day, item.starts, item.minutes, item.kind) for item in items}
    order = list(slots.values())
    by_id = {item.id: item for item in items}
    states = {(state.survey, state.moment): state for state in facts.surveys}
    present = present_slot(order, day, now.time())
    doing = task(order, day, days, now.time(), facts.surveys)
    following = following_slot(order, day, now.time())
    lines = []
    for item in items:
        state = states.get((item.survey, item.moment)) if item.survey else None
        shown = mark(slots[item.id], day, now.time(), present, bool(state and state.submitted))
        lines.append(_line(training.id, item, shown, state))
    doing_item = _item_of(doing, items, by_id)
    return Home(
        person=facts.person,
        task=doing,
        item=doing_item,
        link=_task_link(training.id, doing, doing_item),
        following=by_id[following.id] if following else None,
        days=[
            Day(
                number,
                training.starts_on + timedelta(days=number - 1),
                number == day,
                [x for x in lines if x.item.day == number],
            )
            for number in range(1, days + 1)
        ],
        sectors=set(facts.team) & set(RING),
        team_size=sum(facts.team.values()),
        half_day=next((half for half, present_mark in facts.half_days if not present_mark and _is_open(half)), None),
    )


def _is_open(half_day: HalfDay) -> bool:
    now = clock.now()
    return (
        half_day.opens_at is not None
        and half_day.opens_at <= now
        and (not half_day.closes_at or now < half_day.closes_at)
    )


def _item_of(doing: Task, items: list[ProgrammeItem], by_id: dict[int, ProgrammeItem]) -> ProgrammeItem | None:
    if doing.survey:
        key = (doing.survey.survey, doing.survey.moment)
        return next((item for item in items if (item.survey, item.moment) == key), None)
    return by_id[doing.slot.id] if doing.slot else None


def _task_link(training_id: int, doing: Task, item: ProgrammeItem | None) -> str:
    if doing.survey:
        return survey_link(training_id, doing.survey.survey, doing.survey.moment)
    return page_link(training_id, item) if item else ""


def survey_link(training_id: int, survey: str, moment: str) -> str:
    """Where a survey is answered."""
    return url_for("surveys.survey", training_id=training_id, survey=survey, moment=moment or "once")


def page_link(training_id: int, item: ProgrammeItem) -> str:
    """Where a line of the programme leads: to its page, or nowhere."""
    if item.page:
        return url_for("trainings.page", training_id=training_id, key=item.page, part=1)
    if item.kind == "certificate":
        return url_for("certificates.download", training_id=training_id)
    return ""


def _line(training_id: int, item: ProgrammeItem, shown: Mark, state: SurveyState | None) -> Line:
    link = page_link(training_id, item)
    if state and (state.open or state.submitted):
        link = survey_link(training_id, item.survey, item.moment)
    return Line(item, shown, link, state)
