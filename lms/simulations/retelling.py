"""The log of a finished run told again, entry by entry: what the services did, and what the person lived through because of it. Pure.

Minutes are whole case minutes. What was taken back by opening a decision again is not told here: it stands among the overrides.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lms.content.case import FORBIDDEN, TRUST, Case, CaseOption, Decision, Handoff
from lms.content.course import Text
from lms.simulations import log
from lms.simulations.log import Event
from lms.simulations.replay import beginning, follow
from lms.simulations.state import Passed, State, Verdict, clock_of, minutes_of

LETTERS = "12345678"  # of options: letters would be mixed up between the scripts at one table
IN_TIME, TOO_LATE, NEVER = "in-time", "late", "never"


@dataclass(frozen=True, slots=True)
class Lived:
    """What the person lived through at a moment: own words, trust after it, and by how much it changed."""

    voices: tuple[Text, ...]
    trust: int
    change: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a decision that was made. `letter` is empty when it was not offered."""

    letter: str
    text: Text
    grade: str
    reason: Text
    cites: Text
    sources: tuple[str, ...]
    voice: Text | None
    taken: bool
    alone: int  # how many answered so by themselves
    votes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the seat of a role answered alone and at the table, as letters; empty: nothing. `apart`: not what was taken."""

    role: Text
    sector: str
    alone: str
    vote: str
    apart: bool
    alone_grade: str


@dataclass(frozen=True, slots=True)
class NeededFact:
    """A fact that should have been on the table before a decision. `status`: in-time, late, never."""

    text: Text
    holder: Text
    status: str
    minute: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A closed decision. `way` is how it had to be decided, `how` what closed it: votes, time, facilitator, dropped."""

    key: str
    title: Text
    question: Text
    scene: Text
    minute: int
    way: str
    how: str
    why: str  # the facilitator's reason
    choices: tuple[Choice, ...]
    answers: tuple[Answer, ...]
    facts: tuple[NeededFact, ...]
    questions: tuple[Text, ...]

    @property
    def taken(self) -> Choice | None:
        """The option that was taken; None when the facilitator went on without the decision."""
        return next((choice for choice in self.choices if choice.taken), None)

    @property
    def grade(self) -> str:
        """The grade of what was taken; empty without a decision."""
        return self.taken.grade if self.taken else ""

    @property
    def apart(self) -> tuple[Answer, ...]:
        """The seats that wanted something else."""
        return tuple(answer for answer in self.answers if answer.apart)


@dataclass(frozen=True, slots=True)
class ItemPassed:
    """A piece of information of a hand-off, and whether it was passed this time. `need`: needed, allowed, forbidden."""

    text: Text
    need: str
    passed: bool
    reason: Text | None


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A hand-off that was made. `consent` is empty when none was needed; `enough`: everything needed has been passed by now."""

    key: str
    title: Text
    role: Text
    to: Text
    minute: int
    items: tuple[ItemPassed, ...]
    channel: Text
    safe: bool
    consent: str
    note: str
    breach: bool
    enough: bool
    late: bool

    @property
    def forbidden(self) -> tuple[ItemPassed, ...]:
        """What should not have been passed, and was."""
        return tuple(item for item in self.items if item.passed and item.need == FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Told:
    """Words in the story: a scene, an inject, a shared fact, a message, a note, an ending. `role` is who shared it."""

    title: Text | None = None
    text: Text | None = None
    typed: str = ""
    role: Text | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment of the story. `kind`: scene, inject, fact, decision, handoff, message, note, ending; `about` is of that kind."""

    kind: str
    minute: int
    about: Told | Decided | HandedOn
    lived: Lived | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the run before and after it."""

    number: int
    event: Event
    before: State
    after: State


def steps(case: Case, events: Sequence[Event]) -> list[Step]:
    """Every event of the log with the state before and after."""
    state, found = beginning(case), []
    for number, event in enumerate(events):
        after = follow(case, state, [event])
        found.append(Step(number, event, state, after))
        state = after
    return found


def taken_back(walked: Sequence[Step]) -> dict[int, Step]:
    """Closings of decisions that were opened again: number of the closing -> the opening."""
    closed: dict[str, int] = {}
    found: dict[int, Step] = {}
    for step in walked:
        if isinstance(step.event, log.DecisionClosed | log.DecisionDropped):
            closed[step.event.decision] = step.number
        elif isinstance(step.event, log.DecisionReopened) and step.event.decision in closed:
            found[closed.pop(step.event.decision)] = step
    return found


def entries(case: Case, walked: Sequence[Step]) -> Iterator[Entry]:
    """The story in the order of the log."""
    without = taken_back(walked)
    final = walked[-1].after if walked else beginning(case)
    for step in walked:
        tell = _TELLING.get(type(step.event))
        if tell and step.number not in without:
            kind, about = tell(case, step, final)
            minute = minutes_of(case, step.after.clock(step.event.at))
            yield Entry(kind, minute, about, _lived(step))


def _lived(step: Step) -> Lived | None:
    new = step.after.effects[len(step.before.effects) :]
    voices = tuple(one.effect.voice for one in new if one.effect.voice)
    trust = step.after.flags[TRUST]
    change = trust - step.before.flags[TRUST] if new else 0
    return Lived(voices, trust, change) if voices or change else None


def _scene(case: Case, step: Step, final: State) -> tuple[str, Told]:
    stage = case.stage[step.after.stage]
    return "scene", Told(stage.title)


def _inject(case: Case, step: Step, final: State) -> tuple[str, Told]:
    inject = case.inject[step.after.feed[-1].key]
    text = inject.softer if step.after.feed[-1].softer and inject.softer else inject.text
    return "inject", Told(inject.title, text, person=inject.person)


def _fact(case: Case, step: Step, final: State) -> tuple[str, Told]:
    told = step.after.feed[-1]
    return "fact", Told(text=case.fact[told.key].text, role=case.role[told.role].name)


def _message(case: Case, step: Step, final: State) -> tuple[str, Told]:
    return "message", Told(typed=step.after.feed[-1].text)


def _note(case: Case, step: Step, final: State) -> tuple[str, Told]:
    return "note", Told(typed=step.after.notes[-1][1])


def _ending(case: Case, step: Step, final: State) -> tuple[str, Told]:
    ending = case.ending.get(step.after.ending)
    return "ending", Told(ending.title, ending.text) if ending else Told()


def _handoff(case: Case, step: Step, final: State) -> tuple[str, HandedOn]:
    return "handoff", handed_on(case, step.after, step.after.passed[-1])


def handed_on(case: Case, state: State, passed: Passed) -> HandedOn:
    """A hand-off as the debrief tells it; `state` is the run when it was made."""
    handoff: Handoff = case.handoff[passed.handoff]
    channel = next(one for one in handoff.channels if one.key == passed.channel)
    limit = None if handoff.due is None else state.stage_clock + clock_of(case, handoff.due)
    return HandedOn(
        key=handoff.key, title=handoff.title, role=case.role[passed.role].name, to=handoff.to,
        minute=minutes_of(case, passed.clock),
        items=tuple(ItemPassed(item.text, item.need, item.key in passed.items, item.reason) for item in handoff.items),
        channel=channel.text, safe=channel.safe, consent=passed.consent if handoff.consent else "", note=passed.note,
        breach=passed.breach, enough=passed.enough, late=limit is not None and passed.clock > limit,
    )  # fmt: skip


def _decision(case: Case, step: Step, final: State) -> tuple[str, Decided]:
    verdict = step.after.verdicts[-1]
    decision = case.decision[verdict.decision]
    letters = dict(zip(step.after.decisions[decision.key].offered, LETTERS, strict=False))
    return "decision", Decided(
        key=decision.key, title=decision.title, question=decision.question, scene=case.stage[verdict.stage].title,
        minute=minutes_of(case, verdict.clock), way=decision.how, how=verdict.how, why=verdict.reason,
        choices=tuple(_choice(option, verdict, letters.get(option.key, "")) for option in decision.options),
        answers=_answers(case, decision, verdict, letters),
        facts=tuple(_needed(case, fact, verdict, final) for fact in decision.needs),
        questions=decision.debrief,
    )  # fmt: skip


def _choice(option: CaseOption, verdict: Verdict, letter: str) -> Choice:
    alone, votes = list(verdict.alone.values()), list(verdict.votes.values())
    return Choice(
        letter=letter, text=option.text, grade=option.grade, reason=option.reason, cites=option.cites,
        sources=option.sources, voice=option.effect.voice, taken=option.key == verdict.option,
        alone=alone.count(option.key), votes=votes.count(option.key),
    )  # fmt: skip


def _answers(case: Case, decision: Decision, verdict: Verdict, letters: dict[str, str]) -> tuple[Answer, ...]:
    found = []
    for role in case.roles:
        alone, vote = verdict.alone.get(role.key, ""), verdict.votes.get(role.key, "")
        if alone or vote:
            grade = decision.option(alone).grade if alone else ""
            apart = bool(verdict.option) and (vote or alone) != verdict.option
            found.append(Answer(role.name, role.sector, letters.get(alone, ""), letters.get(vote, ""), apart, grade))
    return tuple(found)


def _needed(case: Case, fact: str, verdict: Verdict, final: State) -> NeededFact:
    shared = final.facts.get(fact)
    status = IN_TIME if fact in verdict.facts else TOO_LATE if shared is not None else NEVER
    minute = None if shared is None else minutes_of(case, shared)
    return NeededFact(case.fact[fact].text, case.fact_holder[fact].name, status, minute)


_TELLING: dict[type[Event], Callable[[Case, Step, State], tuple[str, Any]]] = {
    log.StageBegan: _scene, log.InjectSent: _inject, log.FactShared: _fact, log.MessageSent: _message,
    log.NoteWritten: _note, log.RunEnded: _ending, log.HandedOver: _handoff, log.DecisionClosed: _decision,
    log.DecisionDropped: _decision,
}  # fmt: skip
