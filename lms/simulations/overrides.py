"""What the facilitator changed in a run, each with its reason. Pure.

Who was away and why is nobody's business: seats stand here only when somebody was told to cover them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lms.content.case import Case
from lms.content.course import Text
from lms.simulations import log
from lms.simulations.log import Event
from lms.simulations.retelling import Step
from lms.simulations.state import minutes_of


@dataclass(frozen=True, slots=True)
class Override:
    """An intervention. `kind` is the event, `what` what it was about, `was` the option taken back, `detail` a word or number."""

    kind: str
    minute: int
    what: Text | None
    detail: str
    reason: str
    was: Text | None = None


def overrides(case: Case, walked: Sequence[Step]) -> Iterator[Override]:
    """The interventions in the order of the log."""
    for step in walked:
        known = _KNOWN.get(type(step.event))
        found = known(case, step.event) if known else None
        if found:
            what, detail = found
            minute = minutes_of(case, step.after.clock(step.event.at))
            reason = getattr(step.event, "reason", "")
            yield Override(type(step.event).__name__, minute, what, detail, reason, _was(case, step))


def _was(case: Case, step: Step) -> Text | None:
    if not isinstance(step.event, log.DecisionReopened):
        return None
    taken = step.before.decisions[step.event.decision].option
    return case.decision[step.event.decision].option(taken).text if taken else None


Found = tuple[Text | None, str] | None


def _sent(case: Case, event: log.InjectSent) -> Found:
    if event.how != "hand":
        return None
    return case.inject[event.inject].title, "softer" if event.softer else ""


def _held(case: Case, event: log.InjectHeld) -> Found:
    return case.inject[event.inject].title, "held" if event.held else "released"


def _skipped(case: Case, event: log.InjectSkipped) -> Found:
    return case.inject[event.inject].title, ""


def _closed(case: Case, event: log.DecisionClosed) -> Found:
    return (case.decision[event.decision].title, "") if event.how == "facilitator" else None


def _of_decision(case: Case, event: Any) -> Found:
    return case.decision[event.decision].title, ""


def _opened(case: Case, event: log.DecisionOpened) -> Found:
    return (case.decision[event.decision].title, "") if event.reason else None


def _extended(case: Case, event: log.TimeExtended) -> Found:
    return case.decision[event.decision].title, str(event.seconds)


def _covered(case: Case, event: log.SeatCovered) -> Found:
    return (case.role[event.role].name, "") if event.by else None


def _with_reason(case: Case, event: Any) -> Found:
    return (None, "") if event.reason else None


_KNOWN: dict[type[Event], Callable[[Case, Any], Found]] = {
    log.InjectSent: _sent, log.InjectHeld: _held, log.InjectSkipped: _skipped, log.DecisionClosed: _closed,
    log.DecisionReopened: _of_decision, log.DecisionDropped: _of_decision, log.TimeExtended: _extended,
    log.SeatCovered: _covered, log.RunStarted: _with_reason, log.Paused: _with_reason, log.StageBegan: _with_reason,
    log.RunEnded: _with_reason, log.DecisionOpened: _opened,
}  # fmt: skip
