"""The cases of a course and the runs of a training, as data for staff."""

from dataclasses import dataclass

from lms.content.case import Case
from lms.content.course import Course, Text
from lms.simulations.models import Run


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case that can be played."""

    key: str
    title: Text
    summary: Text
    notice: Text
    minutes: int
    roles: int
    required: int
    places: list[Text]
    rounds: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """A group that plays, will play or has played."""

    id: int
    name: str
    case: Text
    state: str
    mode: str
    seated: int
    seats: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page."""

    cases: list[CaseLine]
    runs: list[RunLine]


def overview(course: Course, runs: list[Run]) -> Overview:
    """Put the page together."""
    return Overview([case_line(case) for case in course.cases.values()], [_run_line(course, run) for run in runs])


def case_line(case: Case) -> CaseLine:
    """A case in one line."""
    return CaseLine(
        key=case.key, title=case.title, summary=case.summary, notice=case.notice, minutes=case.minutes,
        roles=len(case.roles), required=sum(role.required for role in case.roles),
        places=[place.name for place in case.places], rounds=max(stage.round for stage in case.stages),
    )  # fmt: skip


def _run_line(course: Course, run: Run) -> RunLine:
    case = course.cases.get(run.case_key)
    return RunLine(
        id=run.id, name=run.name, case=case.title if case else {"sr": run.case_key, "en": run.case_key}, state=run.state,
        mode=run.mode, seated=sum(seat.participant_id is not None for seat in run.seats), seats=len(run.seats),
    )  # fmt: skip
