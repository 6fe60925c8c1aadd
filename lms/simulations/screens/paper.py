"""The sheet on which results from paper are typed in: one scene, what can be typed of it now, and what already is."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.content.case import Case, Decision, Handoff, Stage
from lms.content.course import Text
from lms.simulations.clockwork import can_open, is_complete
from lms.simulations.moves import facts_of
from lms.simulations.paper import unhurried
from lms.simulations.replay import who_answers_alone
from lms.simulations.retelling import LETTERS
from lms.simulations.state import ALONE, CLOSED, State, minutes_of, speaker, speakers

Named = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class DecisionField:
    """A decision that can be typed in. `alone` and `votes` are the seats whose answers may have been counted."""

    key: str
    title: Text
    question: Text
    options: Sequence[tuple[str, str, Text]]  # key, number as on the vote sheet, text
    alone: Sequence[Named]
    votes: Sequence[Named]


@dataclass(frozen=True, slots=True)
class HandoffField:
    """A hand-off that may have been made."""

    key: str
    title: Text
    to: Text
    roles: Sequence[Named]
    items: Sequence[Named]
    channels: Sequence[Named]
    consent: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of the present scene. `minute` is the last case minute that was typed."""

    title: Text
    stage: str
    number: int
    minute: int
    complete: bool
    closed: Sequence[tuple[Text, Text | None]]  # decisions of the scene that are typed in, with the option
    said: Sequence[Text]  # facts that are typed in, of all scenes
    passed: Sequence[Text]
    decisions: Sequence[DecisionField]
    facts: Sequence[tuple[str, Text, Text]]  # key, text, who holds it
    by_hand: Sequence[Named]
    timed: Sequence[Named]
    handoffs: Sequence[HandoffField]


def sheet(case: Case, state: State) -> Sheet:
    """The sheet for where the story stands. The run is not finished."""
    stage = case.stage[state.stage]
    coming = [inject for inject in stage.injects if inject.key not in state.injects]
    return Sheet(
        title=stage.title, stage=stage.key, number=len(state.stages), minute=minutes_of(case, state.clock(state.at)),
        complete=is_complete(unhurried(case), state),
        closed=[_closed(case, one.decision, one.option) for one in state.verdicts[state.first_verdict :]],
        said=[case.fact[key].text for key in state.facts],
        passed=[case.handoff[one.handoff].title for one in state.passed],
        decisions=[_decision(case, state, one) for one in _askable(stage, state)],
        facts=_facts(case, state, stage),
        by_hand=[(inject.key, inject.title) for inject in coming if inject.by_hand],
        timed=[(inject.key, inject.title) for inject in coming if not inject.by_hand],
        handoffs=[_handoff(case, state, one) for one in stage.handoffs if one.when.holds(state.flags)],
    )  # fmt: skip


def _closed(case: Case, key: str, option: str) -> tuple[Text, Text | None]:
    decision = case.decision[key]
    return decision.title, decision.option(option).text if option else None


def _askable(stage: Stage, state: State) -> list[Decision]:
    """Decisions that are open or can open; one that follows another of the sheet stands on the same sheet."""
    found: list[Decision] = []
    for decision in stage.decisions:
        voting = state.decisions.get(decision.key)
        follows = decision.opens.after in {one.key for one in found} and decision.opens.when.holds(state.flags)
        if (voting and voting.phase != CLOSED) or (voting is None and (can_open(state, decision) or follows)):
            found.append(decision)
    return found


def _decision(case: Case, state: State, decision: Decision) -> DecisionField:
    voting = state.decisions.get(decision.key)
    offered = voting.offered if voting else tuple(one.key for one in decision.options if one.when.holds(state.flags))
    asked_alone = bool(decision.alone) and (voting is None or voting.phase == ALONE)
    alone = speakers(case, state, who_answers_alone(case, decision)) if asked_alone else frozenset()
    return DecisionField(
        key=decision.key, title=decision.title, question=decision.question,
        options=[(one.key, LETTERS[number], one.text) for number, one in enumerate(decision.options) if one.key in offered],
        alone=_named(case, alone), votes=_named(case, speakers(case, state, case.voters(decision))),
    )  # fmt: skip


def _named(case: Case, roles: frozenset[str]) -> list[Named]:
    return [(role.key, role.name) for role in case.roles if role.key in roles]


def _facts(case: Case, state: State, stage: Stage) -> list[tuple[str, Text, Text]]:
    """Facts not typed yet that their holder has, or gets by a slip of this scene."""
    slips = {inject.key for inject in stage.injects}
    held = {key for role in case.role for key in facts_of(case, state, role)}
    held |= {key for key, fact in case.fact.items() if fact.since in slips}
    return [
        (key, fact.text, case.fact_holder[key].name)
        for key, fact in case.fact.items()
        if key in held and key not in state.facts and speaker(case, state, case.fact_holder[key].key)
    ]


def _handoff(case: Case, state: State, handoff: Handoff) -> HandoffField:
    return HandoffField(
        key=handoff.key, title=handoff.title, to=handoff.to,
        roles=_named(case, speakers(case, state, handoff.roles)),
        items=[(item.key, item.text) for item in handoff.items],
        channels=[(channel.key, channel.text) for channel in handoff.channels], consent=handoff.consent,
    )  # fmt: skip
