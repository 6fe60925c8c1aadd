"""What a finished run is talked over with: `debrief(case, events) -> Debrief`. About roles, never about people. Pure.

Minutes are whole case minutes. Nothing here adds up to a mark, and nothing ranks groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lms.content.case import RIGHT, Case, Handoff
from lms.content.course import Text
from lms.simulations.log import Event, SeatTaken
from lms.simulations.overrides import Override, overrides
from lms.simulations.retelling import (
    IN_TIME,
    NEVER,
    TOO_LATE,
    Decided,
    Entry,
    HandedOn,
    NeededFact,
    Step,
    entries,
    steps,
)
from lms.simulations.screens.steps import ASLEEP, DONE, LATE, SKIPPED, StepLine, step_lines
from lms.simulations.state import State, minutes_of

IN_ORDER, INCOMPLETE, WRONG, NOT_MADE = "in-order", "incomplete", "wrong", "not-made"
REFERRAL = "referral"  # how the phase of such a step is called in English


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the case: who held it, when it reached a table (None: never), and the decisions that needed it."""

    text: Text
    holder: Text
    place: Text
    minute: int | None
    needed: tuple[tuple[Text, str], ...]  # title of the decision, status


@dataclass(frozen=True, slots=True)
class HandoffLine:
    """A hand-off that could be made. `status`: in-order, late, incomplete, wrong, not-made."""

    title: Text
    to: Text
    scene: Text
    due: int | None
    consent: bool
    made: tuple[HandedOn, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The four large figures. `key_step` is the first step of referral that has a limit."""

    key_step: StepLine | None
    steps: Share  # on time, of those that were due or done
    decisions: Share  # in line, of those closed or left open
    facts: Share  # of those that some decision needed: on the table before every decision that needed them
    not_own: int  # decisions that were closed, but not by the votes of those who were asked


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything about one run."""

    title: Text
    person: Text
    several_places: bool
    ending: Text | None  # None: the facilitator stopped before the end
    minutes: int  # the case took
    people: int  # roles that somebody played
    figures: Figures
    entries: tuple[Entry, ...]
    steps: tuple[StepLine, ...]
    facts: tuple[FactLine, ...]
    handoffs: tuple[HandoffLine, ...]
    overrides: tuple[Override, ...]
    questions: tuple[Text, ...]

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """The closed decisions, in the order of the story."""
        return tuple(entry.about for entry in self.entries if isinstance(entry.about, Decided))


def debrief(case: Case, events: Sequence[Event]) -> Debrief:
    """The debrief of the run with these events. A run that is not finished is told as far as it went."""
    walked = steps(case, events)
    told = tuple(entries(case, walked))
    decided = tuple(entry.about for entry in told if isinstance(entry.about, Decided))
    state = walked[-1].after
    lines = tuple(steps_at_end(case, state))
    ending = case.ending.get(state.ending)
    facts = _facts(case, state, decided)
    return Debrief(
        title=case.title, person=case.person, several_places=len(case.places) > 1, ending=ending.title if ending else None,
        minutes=minutes_of(case, state.clock(state.at)),
        people=len({event.role for event in events if isinstance(event, SeatTaken)}), figures=_figures(lines, decided, facts), entries=told, steps=lines,
        facts=facts, handoffs=tuple(_handoffs(case, walked, told)),
        overrides=tuple(overrides(case, walked)), questions=case.debrief,
    )  # fmt: skip


def steps_at_end(case: Case, state: State) -> Iterable[StepLine]:
    """The procedure steps; one that the story never asked for is asleep, not skipped."""
    for line in step_lines(case, state, state.at):
        limited = case.step[line.key].due is not None
        yield replace(line, status=ASLEEP) if line.status == SKIPPED and limited and line.due is None else line


def _figures(lines: Sequence[StepLine], decided: Sequence[Decided], facts: Sequence[FactLine]) -> Figures:
    counted = [line for line in lines if line.status in (DONE, LATE, SKIPPED)]
    needed = [{status for _title, status in fact.needed} for fact in facts if fact.needed]
    referral = [line for line in lines if line.due is not None and REFERRAL in line.phase["en"].lower()]
    return Figures(
        key_step=referral[0] if referral else None,
        steps=Share(sum(line.status == DONE for line in counted), len(counted)),
        decisions=Share(sum(one.grade == RIGHT for one in decided), len(decided)),
        facts=Share(needed.count({IN_TIME}), len(needed)),
        not_own=sum(one.taken is not None and not is_own(one) for one in decided),
    )


def is_own(one: Decided) -> bool:
    """Those who were asked took it themselves: by their votes, or time ran out on what most of them had chosen."""
    if one.taken is None or one.how == "facilitator":
        return False
    others = max((choice.votes for choice in one.choices if not choice.taken), default=0)
    return one.how == "votes" or one.taken.votes > others


def _facts(case: Case, state: State, decided: Sequence[Decided]) -> tuple[FactLine, ...]:
    """Needed facts first: those that never came, those that came late, those in time; then the others."""
    by_text: dict[int, list[tuple[Text, NeededFact]]] = {}
    for one in decided:
        for wanted in one.facts:
            by_text.setdefault(id(wanted.text), []).append((one.title, wanted))
    places = {place.key: place.name for place in case.places}
    lines = []
    for key, fact in case.fact.items():
        needed = tuple((title, one.status) for title, one in by_text.get(id(fact.text), ()))
        shared = state.facts.get(key)
        minute = None if shared is None else minutes_of(case, shared)
        holder = case.fact_holder[key]
        lines.append(FactLine(fact.text, holder.name, places[holder.place], minute, needed))
    return tuple(sorted(lines, key=_by_need))


def _by_need(line: FactLine) -> int:
    statuses = {status for _title, status in line.needed}
    return 0 if NEVER in statuses else 1 if TOO_LATE in statuses else 2 if statuses else 3


def _handoffs(case: Case, walked: Sequence[Step], told: Sequence[Entry]) -> Iterable[HandoffLine]:
    """The hand-offs of the scenes that were played, if they could be made for at least a moment."""
    for stage in case.stages:
        for handoff in stage.handoffs:
            made = tuple(one.about for one in told if isinstance(one.about, HandedOn) and one.about.key == handoff.key)
            began = [step.after for step in walked if step.after.stage == stage.key]
            if made or any(handoff.when.holds(state.flags) for state in began):
                due = None if handoff.due is None else minutes_of(case, began[0].stage_clock) + handoff.due
                status = _handoff_status(handoff, made)
                yield HandoffLine(handoff.title, handoff.to, stage.title, due, handoff.consent, made, status)


def _handoff_status(handoff: Handoff, made: Sequence[HandedOn]) -> str:
    if not made:
        return NOT_MADE
    if any(one.breach for one in made):
        return WRONG
    enough = next((one for one in made if one.enough), None)
    if enough is None:
        return INCOMPLETE
    return LATE if enough.late else IN_ORDER
