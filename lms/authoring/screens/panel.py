"""What an author sees beside a trial: where the story stands, what may come, what is remembered, and what the facilitator can do."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from lms.content.case import Case, Inject, Stage
from lms.content.conditions import Condition
from lms.content.course import Text
from lms.language import gettext as _
from lms.simulations import log
from lms.simulations.clockwork import is_complete, next_due, settle, way_on
from lms.simulations.log import Event
from lms.simulations.printing.conditions import flag_name, in_words
from lms.simulations.retelling import LETTERS
from lms.simulations.screens.steps import StepLine, step_lines
from lms.simulations.state import CLOSED, FINISHED, State, Voting, minutes_of

CAME, HELD, SKIPPED, WAITS = "sent", "held", "skipped", "waits"


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag: what it means, its value now and at the beginning, in words."""

    name: str
    value: str
    start: str
    href: str

    @property
    def changed(self) -> bool:
        """It has another value than at the beginning."""
        return self.value != self.start


@dataclass(frozen=True, slots=True)
class InjectLine:
    """An inject of the stage. `status`: sent, held, skipped, waits; `way` says in words how it comes."""

    key: str
    title: Text
    status: str
    way: str
    by_hand: bool
    softer: bool
    href: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact: who holds it, whether they have learnt it and shared it, and whether an open decision needs it."""

    text: Text
    holder: Text
    known: bool
    shared: bool
    needed: bool
    href: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition that is asked in this stage: in words, what depends on it, and whether it holds now."""

    words: str
    what: str  # branch, inject, decision, option, handoff
    title: Text
    holds: bool
    href: str


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option that is offered, with its grade, which players do not see."""

    key: str
    letter: str
    text: Text
    grade: str
    votes: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of this stage that was opened. `taken` is the letter of what was taken."""

    key: str
    title: Text
    open: bool
    alone: bool
    options: tuple[OptionLine, ...]
    taken: str
    href: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens next if nobody does anything. `kind` is the event; `minutes` of the case until then."""

    kind: str
    title: Text
    minutes: int


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything beside the players' screens."""

    stage: str
    title: Text
    number: int
    minutes: int  # case time
    running: bool
    complete: bool
    leads_to: Text | None
    coming: Coming | None
    decisions: tuple[DecisionLine, ...]
    injects: tuple[InjectLine, ...]
    flags: tuple[FlagLine, ...]
    steps: tuple[StepLine, ...]
    facts: tuple[FactLine, ...]
    conditions: tuple[ConditionLine, ...]
    href: str


class Addresses:
    """Links to the forms of a case in a draft."""

    def __init__(self, draft_id: int, case_key: str) -> None:
        self._draft, self._path = draft_id, f"cases/{case_key}.yaml"

    def to(self, address: str) -> str:
        """The form of what stands at `address` in the document."""
        return url_for("authoring.document", draft_id=self._draft, path=self._path, at=address or None)


def panel(case: Case, state: State, to: Addresses) -> Panel:
    """The panel of a trial that stands so."""
    stage = case.stage[state.stage]
    here = f"stages[{stage.key}]"
    running = state.phase != FINISHED
    leads_to = way_on(case, state) if running else state.ending
    return Panel(
        stage=stage.key, title=stage.title, number=len(state.stages), minutes=minutes_of(case, state.clock(state.at)),
        running=running, complete=is_complete(case, state), leads_to=_title_of(case, leads_to), coming=_coming(case, state),
        decisions=tuple(_decision(case, voting, to, here) for voting in state.decisions.values()),
        injects=tuple(_inject(case, state, inject, to, here) for inject in stage.injects),
        flags=tuple(_flags(case, state, to)), steps=tuple(step_lines(case, state, state.at)),
        facts=tuple(_facts(case, state, to)),
        conditions=tuple(
            ConditionLine(in_words(case, condition), what, title, condition.holds(state.flags), to.to(address))
            for condition, what, title, address in _conditions(case, stage, here) if condition.tree
        ),
        href=to.to(here),
    )  # fmt: skip


def _title_of(case: Case, target: str) -> Text | None:
    if target in case.ending:
        return case.ending[target].title
    return case.stage[target].title if target in case.stage else None


def _coming(case: Case, state: State) -> Coming | None:
    due = next_due(case, state)
    if due is None:
        return None
    event = settle(case, state, due)[1][0]
    minutes = minutes_of(case, state.clock(due)) - minutes_of(case, state.clock(state.at))
    return Coming(type(event).__name__, _about(case, event), minutes)


def _about(case: Case, event: Event) -> Text:
    if isinstance(event, log.InjectSent):
        return case.inject[event.inject].title
    assert isinstance(event, log.DecisionOpened | log.TableAsked | log.DecisionClosed)
    return case.decision[event.decision].title


def _decision(case: Case, voting: Voting, to: Addresses, here: str) -> DecisionLine:
    decision = case.decision[voting.decision]
    given = list((voting.votes or voting.alone).values())
    offered = [option for option in decision.options if option.key in voting.offered]
    options = tuple(
        OptionLine(option.key, LETTERS[place], option.text, option.grade, given.count(option.key))
        for place, option in enumerate(offered)
    )
    taken = next((one.letter for one in options if one.key == voting.option), "")
    return DecisionLine(
        decision.key, decision.title, voting.phase != CLOSED, voting.phase == "alone", options, taken,
        to.to(f"{here}.decisions[{decision.key}]"),
    )  # fmt: skip


def _inject(case: Case, state: State, inject: Inject, to: Addresses, here: str) -> InjectLine:
    if inject.at is not None:
        way = _("at minute %(minute)d of the scene", minute=inject.at)
    else:
        way = in_words(case, inject.when) if inject.when else _("only when you send it")
    status = state.injects.get(inject.key, WAITS)
    href = to.to(f"{here}.injects[{inject.key}]")
    return InjectLine(inject.key, inject.title, status, way, inject.by_hand, inject.softer is not None, href)


def _flags(case: Case, state: State, to: Addresses) -> Iterator[FlagLine]:
    for flag in case.flags:
        yes_no = (flag.least, flag.most) == (0, 1)
        value, start = (_shown(one, yes_no) for one in (state.flags[flag.key], flag.start))
        yield FlagLine(flag_name(case, flag.key), value, start, to.to(f"flags[{flag.key}]"))


def _shown(value: int, yes_no: bool) -> str:
    if yes_no:
        return _("yes") if value else _("no")
    return str(value).replace("-", "−")


def _facts(case: Case, state: State, to: Addresses) -> Iterator[FactLine]:
    needed = {fact for voting in state.open_decisions for fact in case.decision[voting.decision].needs}
    for role in case.roles:
        for fact in role.facts:
            known = not fact.since or fact.since in state.happened
            href = to.to(f"roles[{role.key}].facts[{fact.key}]")
            yield FactLine(fact.text, role.name, known, fact.key in state.facts, fact.key in needed, href)


def _conditions(case: Case, stage: Stage, here: str) -> Iterator[tuple[Condition, str, Text, str]]:
    """Every condition of a stage with what depends on it and its address."""
    for inject in stage.injects:
        if inject.when:
            yield inject.when, "inject", inject.title, f"{here}.injects[{inject.key}]"
    for decision in stage.decisions:
        yield decision.opens.when, "decision", decision.title, f"{here}.decisions[{decision.key}]"
        for option in decision.options:
            yield option.when, "option", option.text, f"{here}.decisions[{decision.key}].options[{option.key}]"
    for handoff in stage.handoffs:
        yield handoff.when, "handoff", handoff.title, f"{here}.handoffs[{handoff.key}]"
    for number, branch in enumerate(stage.next):
        title = _title_of(case, branch.to)
        assert title is not None
        yield branch.when, "branch", title, f"{here}.next[#{number}]"
