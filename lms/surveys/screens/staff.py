"""What the trainer sees of surveys: states, counts, whom to remind of a test. Never who has sent an evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from lms import clock
from lms.content.course import Course, Survey
from lms.language import gettext, show_date, show_time
from lms.surveys import keys
from lms.surveys.models import Remark
from lms.surveys.queries.states import (
    Moment,
    Progress,
    joined,
    joined_count,
    links,
    progress,
    started_pseudonyms,
    survey_times,
)
from lms.surveys.rules import FEWEST_FOR_REMARKS, moments, planned_day, proposed
from lms.surveys.sitting import survey_name
from lms.trainings.models import Participant, ProgrammeItem, Training

NEVER = Progress("not-open", 0, 0)


@dataclass(frozen=True)
class Line:
    """One survey at one moment."""

    survey: Survey
    moment: str  # as in addresses: pre, post, once
    name: str
    when: datetime | None
    planned: str  # the same in words: „2. дан у 16:05”
    progress: Progress
    proposed: bool
    not_started: list[str] | None  # names, for an open test; None where it is nobody's business
    links: tuple[int, int]  # follow-ups: all, sent by mail


@dataclass(frozen=True)
class Overview:
    """All surveys of a training."""

    lines: list[Line]
    people: int
    remarks_ready: bool


def overview(training: Training, course: Course) -> Overview:
    """Five statements, however many surveys and people."""
    states, people = progress(training.id), joined(training.id)
    times = {(item.survey, item.moment): item for item in survey_times(training.id)}
    started, every_link = started_pseudonyms(training.id), links(training.id)
    planned = {
        (survey.key, moment): _planned(training, survey, times.get((survey.key, moment)))
        for survey in course.surveys.values()
        for moment in moments(survey)
    }
    chosen = _proposed(planned, states)
    lines = [
        Line(
            survey=course.surveys[key[0]],
            moment=key[1] or "once",
            name=survey_name(course.surveys[key[0]], key[1]),
            when=when,
            planned=_in_words(training, when, times.get(key)),
            progress=states.get(key, NEVER),
            proposed=key == chosen,
            not_started=_not_started(
                training, course.surveys[key[0]], people, started.get(key, set()), states.get(key)
            ),
            links=every_link.get(key[0], (0, 0)),
        )
        for key, when in planned.items()
    ]
    lines.sort(key=lambda line: (line.survey.kind == "follow-up", line.when or _END))
    return Overview(lines, len(people), _remarks_ready(course, states))


_END = datetime.max.replace(tzinfo=clock.BELGRADE)


def _planned(training: Training, survey: Survey, item: ProgrammeItem | None) -> datetime | None:
    """When the programme or the calendar wants it."""
    if item is not None:
        day = training.starts_on + timedelta(days=item.day - 1)
        return datetime.combine(day, item.starts, clock.BELGRADE)
    if survey.kind == "follow-up":
        return datetime.combine(planned_day(survey, training.ends_on), time(8), clock.BELGRADE)
    return None


def _proposed(planned: Mapping[Moment, datetime | None], states: Mapping[Moment, Progress]) -> Moment | None:
    never_opened = {key: when for key, when in planned.items() if when and states.get(key, NEVER).state == "not-open"}
    return proposed(never_opened, [key for key, now in states.items() if now.state == "open"], clock.now())


def _in_words(training: Training, when: datetime | None, item: ProgrammeItem | None) -> str:
    if when is None:
        return gettext("not in the programme")
    if item is None:
        return show_date(when.date())
    return gettext("day %(day)d at %(time)s", day=item.day, time=show_time(item.starts))


def _not_started(
    training: Training, survey: Survey, people: Sequence[Participant], started: set[bytes], now: Progress | None
) -> list[str] | None:
    if survey.kind != "test" or now is None or now.state != "open" or not keys.alive(training.id):
        return None
    return [person.name for person in people if keys.pseudonym(training.id, person.id) not in started]


def _remarks_ready(course: Course, states: Mapping[Moment, Progress]) -> bool:
    evaluation = course.evaluation
    now = states.get((evaluation.key, ""), NEVER) if evaluation else NEVER
    return now.state == "closed" and now.submitted >= FEWEST_FOR_REMARKS


@dataclass(frozen=True)
class UnderWay:
    """An open survey on the trainer's dashboard: how many have sent it, are at it, have not begun."""

    name: str
    anonymous: bool
    sent: int
    at_it: int
    not_begun: int

    @property
    def total(self) -> int:
        return max(self.sent + self.at_it + self.not_begun, 1)


def under_way(training: Training, course: Course) -> list[UnderWay]:
    """Every open test or evaluation of a training. Two statements."""
    people = joined_count(training.id)
    return [
        UnderWay(
            name=survey_name(course.surveys[key], moment),
            anonymous=course.surveys[key].kind == "evaluation",
            sent=now.submitted,
            at_it=now.started - now.submitted,
            not_begun=max(people - now.started, 0),
        )
        for (key, moment), now in progress(training.id).items()
        if now.state == "open" and course.surveys[key].kind != "follow-up"
    ]


@dataclass(frozen=True)
class RemarkGroup:
    """The free texts of one question."""

    question: Mapping[str, str]
    quotable: bool
    remarks: list[Remark]


def remark_groups(survey: Survey, remarks: Sequence[Remark]) -> list[RemarkGroup]:
    """Question by question, in the order of the form."""
    groups = [
        RemarkGroup(item.text, item.quote, [remark for remark in remarks if remark.item == item.key])
        for item in survey.items
    ]
    return [group for group in groups if group.remarks]
