"""Which line of the programme is done, on, or to come, and what the trainee should do now. Pure."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from lms.trainings.rules import Slot, following_slot, is_past, present_slot


class Mark(StrEnum):
    """How a line of the programme looks."""

    DONE = "done"
    NOW = "now"
    BREAK = "break"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class SurveyState:
    """A survey as one trainee meets it."""

    survey: str
    moment: str
    open: bool
    answered: int
    asked: int
    submitted: bool
    anonymous: bool = False  # nothing of it is kept before it is sent

    @property
    def waiting(self) -> bool:
        """Open, and not sent yet."""
        return self.open and not self.submitted


@dataclass(frozen=True, slots=True)
class Task:
    """What to do now: an open survey, a line of the programme, or waiting for it."""

    kind: str  # exercise, survey, slot, waiting, over
    survey: SurveyState | None = None
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When one looks: the day of the training, of how many, and the time of day."""

    day: int
    days: int
    time: time


def task(slots: list[Slot], moment: Moment, surveys: list[SurveyState], exercise: str = "") -> Task:
    """An exercise that runs comes first, then an open, unsent survey: the trainer opened it for this moment; then an exercise
    for which people gather, then the programme. `exercise`: running, preparing, or empty."""
    day, clock_time = moment.day, moment.time
    present = present_slot(slots, day, clock_time)
    waiting = [state for state in surveys if state.waiting]
    if exercise == "running" or (exercise and not waiting):
        return Task("exercise", slot=present)
    if waiting:
        return Task("survey", survey=waiting[0], slot=present)
    if present:
        return Task("slot", slot=present)
    coming = following_slot(slots, day, clock_time)
    return Task("waiting", slot=coming) if coming and day <= moment.days else Task("over")


def by_programme(surveys: list[SurveyState], slots: list[Slot]) -> list[SurveyState]:
    """The surveys in the order in which the programme asks them; what it does not ask comes last."""
    asked = {(slot.survey, slot.moment): place for place, slot in reversed(list(enumerate(slots)))}
    return sorted(surveys, key=lambda state: asked.get((state.survey, state.moment), len(slots)))


def mark(
    slot: Slot, day: int, clock_time: time, present: Slot | None, submitted: bool, *, waiting: bool = False
) -> Mark:
    """How one line looks. What has been sent is done, and what is open and `waiting` to be sent is not, whatever the clock says."""
    if submitted:
        return Mark.DONE
    if present is not None and slot.id == present.id:
        return Mark.NOW
    if slot.kind == "break":
        return Mark.BREAK
    return Mark.DONE if is_past(slot, day, clock_time) and not waiting else Mark.LATER
