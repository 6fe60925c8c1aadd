"""What the log means: `replay(case, events) -> State`. The same log gives the same state, on any machine, after any restart. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from lms.content.case import AUTHORITY, Case, Decision, Effect
from lms.simulations import log
from lms.simulations.log import Event
from lms.simulations.state import (
    ALONE,
    CLOSED,
    FINISHED,
    MINUTE,
    RUNNING,
    TABLE,
    Changed,
    Done,
    Passed,
    Sitting,
    State,
    Told,
    Verdict,
    Voting,
    flag_after,
)  # fmt: skip


def beginning(case: Case) -> State:
    """A run in which nothing has happened."""
    state = State(seats={role: Sitting() for role in case.role}, flags={flag.key: flag.start for flag in case.flags})
    _note_raised(state, {}, 0)
    return state


def replay(case: Case, events: Iterable[Event]) -> State:
    """The state after `events`, from the beginning."""
    state = beginning(case)
    for event in events:
        _apply(case, state, event)
    return state


def follow(case: Case, state: State, events: Iterable[Event]) -> State:
    """The state after `events` have followed on `state`, which stays as it is."""
    state = state.copy()
    for event in events:
        _apply(case, state, event)
    return state


def who_answers_alone(case: Case, decision: Decision) -> tuple[str, ...]:
    """The roles asked for their own answer first: those who decide; where one role decides, its whole table."""
    if decision.how == AUTHORITY:
        return case.audience((), case.role[decision.roles[0]].place)
    return case.voters(decision)


def _apply(case: Case, state: State, event: Event) -> None:
    _MEANING[type(event)](case, state, event)
    state.version += 1
    state.at = event.at


def _seat_taken(case: Case, state: State, event: log.SeatTaken) -> None:
    state.seats[event.role] = Sitting(held=True)


def _seat_left(case: Case, state: State, event: log.SeatLeft) -> None:
    seat = state.seats[event.role]
    state.seats[event.role] = (
        replace(seat, held=False, away="") if event.why == "freed" else replace(seat, away=event.why)
    )


def _seat_covered(case: Case, state: State, event: log.SeatCovered) -> None:
    state.seats[event.role] = replace(state.seats[event.role], by=event.by)


def _run_started(case: Case, state: State, event: log.RunStarted) -> None:
    state.phase = RUNNING
    state.since = event.at


def _paused(case: Case, state: State, event: log.Paused) -> None:
    state.ran = state.clock(event.at)
    state.paused = True


def _resumed(case: Case, state: State, event: log.Resumed) -> None:
    state.since = event.at
    state.paused = False


def _time_passed(case: Case, state: State, event: log.TimePassed) -> None:
    state.ran += event.milliseconds
    for key, voting in state.decisions.items():
        alone_until = voting.alone_until + event.milliseconds
        state.decisions[key] = replace(voting, until=voting.until + event.milliseconds, alone_until=alone_until)


def _stage_began(case: Case, state: State, event: log.StageBegan) -> None:
    clock = state.clock(event.at)
    state.stage = event.stage
    state.stage_clock = clock
    state.first_verdict, state.first_effect = len(state.verdicts), len(state.effects)
    state.decisions = {}
    state.injects = {}
    state.happened.setdefault(event.stage, clock)
    state.stages.append((event.stage, clock))


def _run_ended(case: Case, state: State, event: log.RunEnded) -> None:
    state.ran = state.clock(event.at)
    state.phase = FINISHED
    state.paused = False
    state.ending = event.ending


def _inject_sent(case: Case, state: State, event: log.InjectSent) -> None:
    inject = case.inject[event.inject]
    clock = state.clock(event.at)
    state.injects[inject.key] = "sent"
    state.happened.setdefault(inject.key, clock)
    roles = frozenset(case.audience(inject.roles, inject.place))
    told = Told("inject", inject.key, clock, event.at, state.version + 1, roles, softer=event.softer)
    state.feed.append(told)
    _change(case, state, Changed(inject.key, inject.effect, clock, ()))


def _inject_held(case: Case, state: State, event: log.InjectHeld) -> None:
    if event.held:
        state.injects[event.inject] = "held"
    else:
        del state.injects[event.inject]


def _inject_skipped(case: Case, state: State, event: log.InjectSkipped) -> None:
    state.injects[event.inject] = "skipped"


def _message_sent(case: Case, state: State, event: log.MessageSent) -> None:
    roles = frozenset(case.audience((), event.place))
    told = Told("message", "", state.clock(event.at), event.at, state.version + 1, roles, text=event.text)
    state.feed.append(told)


def _fact_shared(case: Case, state: State, event: log.FactShared) -> None:
    clock = state.clock(event.at)
    state.facts.setdefault(event.fact, clock)
    table = frozenset(case.audience((), case.fact_holder[event.fact].place))
    state.feed.append(Told("fact", event.fact, clock, event.at, state.version + 1, table, role=event.role))


def _decision_opened(case: Case, state: State, event: log.DecisionOpened) -> None:
    decision = case.decision[event.decision]
    clock = state.clock(event.at)
    alone_until = clock + decision.alone * MINUTE
    state.decisions[decision.key] = Voting(
        decision=decision.key,
        phase=ALONE if decision.alone else TABLE,
        opened=clock,
        alone_until=alone_until,
        until=alone_until + decision.minutes * MINUTE,
        offered=tuple(option.key for option in decision.options if option.when.holds(state.flags)),
    )


def _table_asked(case: Case, state: State, event: log.TableAsked) -> None:
    voting = state.decisions[event.decision]
    until = state.clock(event.at) + voting.until - voting.alone_until
    state.decisions[event.decision] = replace(voting, phase=TABLE, until=until)


def _vote_cast(case: Case, state: State, event: log.VoteCast) -> None:
    voting = state.decisions[event.decision]
    if voting.phase == ALONE:
        voting = replace(voting, alone={**voting.alone, event.role: event.option})
    else:
        voting = replace(voting, votes={**voting.votes, event.role: event.option})
    state.decisions[event.decision] = voting


def _decision_closed(case: Case, state: State, event: log.DecisionClosed) -> None:
    decision = case.decision[event.decision]
    clock = state.clock(event.at)
    voting = replace(state.decisions[decision.key], phase=CLOSED, option=event.option, how=event.how)
    state.decisions[decision.key] = voting
    changed = Changed(decision.key, decision.option(event.option).effect, clock, case.voters(decision))
    _change(case, state, changed)
    _judge(state, voting, clock, event.reason)


def _decision_dropped(case: Case, state: State, event: log.DecisionDropped) -> None:
    voting = replace(state.decisions[event.decision], phase=CLOSED, how="dropped")
    state.decisions[event.decision] = voting
    _judge(state, voting, state.clock(event.at), event.reason)


def _judge(state: State, voting: Voting, clock: int, reason: str) -> None:
    verdict = Verdict(
        decision=voting.decision, stage=state.stage, clock=clock, option=voting.option, how=voting.how, reason=reason,
        alone=voting.alone, votes=voting.votes, facts=frozenset(state.facts), trust=state.flags["trust"],
    )  # fmt: skip
    state.verdicts.append(verdict)


def _decision_reopened(case: Case, state: State, event: log.DecisionReopened) -> None:
    voting = state.decisions[event.decision]
    clock = state.clock(event.at)
    until = clock + case.decision[event.decision].minutes * MINUTE
    state.decisions[event.decision] = replace(voting, phase=TABLE, votes={}, option="", how="", until=until)
    before, here = state.verdicts[: state.first_verdict], state.verdicts[state.first_verdict :]
    state.verdicts = [*before, *(one for one in here if one.decision != event.decision)]
    _take_back(case, state, event.decision)


def _take_back(case: Case, state: State, source: str) -> None:
    """Flags, steps and moments as if the effect of `source` in this stage had never been; an earlier visit's stays."""
    before, here = state.effects[: state.first_effect], state.effects[state.first_effect :]
    kept = [*before, *(one for one in here if one.source != source)]
    raised = {key: clock for key, clock in state.happened.items() if key not in state.flags}
    state.effects, state.steps = [], {}
    state.happened, state.flags = raised, {flag.key: flag.start for flag in case.flags}
    _note_raised(state, {}, 0)
    for one in kept:
        _change(case, state, one)


def _time_extended(case: Case, state: State, event: log.TimeExtended) -> None:
    voting = state.decisions[event.decision]
    more = event.seconds * 1000
    alone_until = voting.alone_until + more if voting.phase == ALONE else voting.alone_until
    state.decisions[event.decision] = replace(voting, until=voting.until + more, alone_until=alone_until)


def _handed_over(case: Case, state: State, event: log.HandedOver) -> None:
    handoff = case.handoff[event.handoff]
    clock = state.clock(event.at)
    before = state.given.get(handoff.key)
    passed = (before or frozenset()).union(event.items)
    state.given[handoff.key] = passed
    unsafe = any(channel.key == event.channel and not channel.safe for channel in handoff.channels)
    forbidden = any(item.need == "forbidden" and item.key in event.items for item in handoff.items)
    breach = unsafe or forbidden or (handoff.consent and event.consent != "given")
    enough = handoff.passed_enough(passed)
    roles = (event.role,)
    if breach:
        _change(case, state, Changed(handoff.key, handoff.breach, clock, roles))
    if enough and (before is None or not handoff.passed_enough(before)):
        _change(case, state, Changed(handoff.key, handoff.effect, clock, roles))
    state.passed.append(
        Passed(handoff.key, event.role, clock, event.items, event.channel, event.consent, event.note, breach, enough)
    )
    state.tokens.add(event.token)
    readers = set(case.audience((), case.role[event.role].place))
    if handoff.to_place:
        readers.update(case.audience((), handoff.to_place))
    state.feed.append(
        Told("handoff", handoff.key, clock, event.at, state.version + 1, frozenset(readers), text=event.note,
             role=event.role, items=event.items)
    )  # fmt: skip


def _note_written(case: Case, state: State, event: log.NoteWritten) -> None:
    state.notes.append((state.clock(event.at), event.text))


def _change(case: Case, state: State, changed: Changed) -> None:
    """Let an effect count: flags within their bounds, steps done once."""
    effect: Effect = changed.effect
    before = dict(state.flags)
    for key in (*effect.set, *effect.add):
        state.flags[key] = flag_after(case, key, before[key], effect)
    for step in effect.done:
        state.steps.setdefault(step, Done(changed.clock, changed.roles, changed.source))
    state.effects.append(changed)
    _note_raised(state, before, changed.clock)


def _note_raised(state: State, before: dict[str, int], clock: int) -> None:
    for key, value in state.flags.items():
        if value and not before.get(key):
            state.happened.setdefault(key, clock)


_MEANING: dict[type[Event], Callable[[Case, State, Any], None]] = {
    log.SeatTaken: _seat_taken, log.SeatLeft: _seat_left, log.SeatCovered: _seat_covered, log.RunStarted: _run_started,
    log.Paused: _paused, log.Resumed: _resumed, log.TimePassed: _time_passed, log.StageBegan: _stage_began, log.RunEnded: _run_ended,
    log.InjectSent: _inject_sent, log.InjectHeld: _inject_held, log.InjectSkipped: _inject_skipped,
    log.MessageSent: _message_sent, log.FactShared: _fact_shared, log.DecisionOpened: _decision_opened,
    log.TableAsked: _table_asked, log.VoteCast: _vote_cast, log.DecisionClosed: _decision_closed,
    log.DecisionDropped: _decision_dropped, log.DecisionReopened: _decision_reopened,
    log.TimeExtended: _time_extended, log.HandedOver: _handed_over, log.NoteWritten: _note_written,
}  # fmt: skip
