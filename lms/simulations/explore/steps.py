"""What can be done at a moment of a scene, by the real rules: close a question, hand over, send by hand, wait, go on. Pure.

Nobody sits at these tables: what a table takes is put into the log as if it had voted. Times looked at are those at which something
happens: a question opens, an inject comes, a limit is reached. Facts that are shared change nothing here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from lms.content.case import FORBIDDEN, NEEDED, Case, Effect, Handoff, Inject
from lms.simulations import log
from lms.simulations.clockwork import is_complete, next_timed, settle
from lms.simulations.log import Event, Moment
from lms.simulations.replay import beginning, follow
from lms.simulations.state import State, Voting

RIGHTLY, WRONGLY, SENT, LEFT = "rightly", "wrongly", "sent", "left out"


@dataclass(frozen=True, slots=True)
class Point:
    """A moment at which somebody can do something. `extras`: what was done about hand-offs and injects sent by hand."""

    state: State
    extras: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done, and where it leads. `what`: option, extra or wait; a key; how."""

    what: tuple[str, ...]
    make: Callable[[], Point]


def at_the_beginning(case: Case, stage: str, flags: Mapping[str, int]) -> Point:
    """The first moment of a stage, entered with `flags`."""
    state = follow(case, beginning(case), [log.RunStarted(at=0)])
    state.flags = dict(flags)
    state.happened = {}
    return entered(case, Point(state, {}), stage)


def entered(case: Case, point: Point, stage: str) -> Point:
    """The first moment of the stage that follows."""
    return _after(case, Point(point.state, {}), log.StageBegan(at=point.state.at, stage=stage))


def deeds(case: Case, point: Point) -> list[Deed]:
    """Everything that can be done at a point, short of leaving the stage."""
    state = point.state
    complete = is_complete(case, state)
    found = [*_choices(case, point), *_interfering(case, point)]
    if complete:
        found += _at_the_end(case, point)
    if not complete or _worth_waiting(case, state):
        found += _waiting(case, point)
    return found


def may_leave(case: Case, point: Point) -> bool:
    """The stage is complete, and nothing is left to be done about its hand-offs."""
    return is_complete(case, point.state) and not any(True for _ in _undone(case, point))


def matters(case: Case, inject: Inject) -> bool:
    """Whether an inject changes anything; others are only heard."""
    effect = inject.effect
    return bool(effect.set or effect.add or effect.done) or inject.key in anchors(case)


@cache
def asked_within(case: Case, key: str) -> frozenset[str]:
    """The flags on which it depends what can happen in a stage, and those whose raising starts a deadline."""
    stage = case.stage[key]
    conditions = [one.when for one in stage.injects if one.when and matters(case, one)]
    conditions += [one.when for one in stage.handoffs]
    for decision in stage.decisions:
        conditions += [decision.opens.when, *(option.when for option in decision.options)]
    return frozenset[str]().union(*(one.flags for one in conditions)) | (anchors(case) & case.flag.keys())


@cache
def anchors(case: Case) -> frozenset[str]:
    """The stages, injects and flags with which a deadline begins."""
    return frozenset(step.due.key for step in case.procedure if step.due)


def _after(case: Case, point: Point, event: Event, **extras: str) -> Point:
    state = follow(case, point.state, [event])
    state, _events = settle(case, state, event.at)
    return Point(state, {**point.extras, **extras})


def _choices(case: Case, point: Point) -> Iterator[Deed]:
    for voting in point.state.open_decisions:
        for option in voting.offered:
            yield _close(case, point, voting, option, point.state.at)


def _close(case: Case, point: Point, voting: Voting, option: str, at: Moment) -> Deed:
    event = log.DecisionClosed(at=at, decision=voting.decision, option=option, how="votes")
    return Deed(("option", voting.decision, option), partial(_after, case, point, event))


def _interfering(case: Case, point: Point) -> Iterator[Deed]:
    """What may be done at any time because something else in the stage depends on it."""
    asked = asked_within(case, point.state.stage)
    for deed, effects in _undone(case, point):
        if any(asked & (effect.set.keys() | effect.add.keys()) for effect in effects):
            yield deed


def _at_the_end(case: Case, point: Point) -> Iterator[Deed]:
    """What is done or left out before the stage is left, one thing after another."""
    open_still = [deed for deed, _effects in _undone(case, point)]
    if open_still:
        key = open_still[0].what[1]
        yield from (deed for deed in open_still if deed.what[1] == key)
        yield Deed(("extra", key, LEFT), lambda: Point(point.state, {**point.extras, key: LEFT}))


def _undone(case: Case, point: Point) -> Iterator[tuple[Deed, tuple[Effect, ...]]]:
    """Hand-offs that are offered and injects by hand that matter, about which nothing was done, with what they may change."""
    state, stage = point.state, case.stage[point.state.stage]
    for handoff in stage.handoffs:
        if handoff.key not in point.extras and handoff.when.holds(state.flags):
            for how in (RIGHTLY, WRONGLY):
                if event := handed(handoff, how, state.at):
                    yield _extra(case, point, event, handoff.key, how), (handoff.effect, handoff.breach)
    for inject in stage.injects:
        if inject.by_hand and inject.key not in point.extras and matters(case, inject):
            sent = log.InjectSent(at=state.at, inject=inject.key, how="hand")
            yield _extra(case, point, sent, inject.key, SENT), (inject.effect,)


def _extra(case: Case, point: Point, event: Event, key: str, how: str) -> Deed:
    return Deed(("extra", key, how), partial(_after, case, point, event, **{key: how}))


def handed(handoff: Handoff, how: str, at: Moment) -> log.HandedOver | None:
    """Everything needed is passed: rightly, or with something forbidden, by an unsafe channel or without consent."""
    needed = tuple(item.key for item in handoff.items if item.need == NEEDED)
    items = needed or tuple(item.key for item in handoff.items if item.need != FORBIDDEN)[:1]
    forbidden = tuple(item.key for item in handoff.items if item.need == FORBIDDEN)[:1]
    safe = [channel.key for channel in handoff.channels if channel.safe]
    unsafe = [channel.key for channel in handoff.channels if not channel.safe]
    consent = "given" if handoff.consent else ""
    channel = safe[0] if safe else ""
    if how == WRONGLY:
        if forbidden:
            items += forbidden
        elif unsafe:
            channel = unsafe[0]
        elif handoff.consent:
            consent = "refused"
        else:
            return None
        channel = channel or handoff.channels[0].key
    if not items or not channel:
        return None
    return log.HandedOver(
        at=at, handoff=handoff.key, role=handoff.roles[0], items=items, channel=channel, consent=consent
    )


def _worth_waiting(case: Case, state: State) -> bool:
    return any(
        one.at is not None and one.key not in state.injects and matters(case, one)
        for one in case.stage[state.stage].injects
    )


def _waiting(case: Case, point: Point) -> Iterator[Deed]:
    """Nobody does anything until something happens: a question opens, an inject that matters comes, a limit is reached."""
    state = point.state
    while True:
        limits = sorted((voting.until, voting.decision) for voting in state.open_decisions)
        timed = next_timed(case, state)
        if limits and (timed is None or limits[0][0] <= timed):
            yield from _at_the_limit(case, Point(state, point.extras), *limits[0])
            return
        if timed is None:
            return
        state, events = settle(case, state, state.moment(timed))
        if any(_happens(case, event) for event in events):
            yield Deed(("wait",), partial(Point, state, point.extras))
            return


def _happens(case: Case, event: Event) -> bool:
    return isinstance(event, log.DecisionOpened) or (
        isinstance(event, log.InjectSent) and matters(case, case.inject[event.inject])
    )


def _at_the_limit(case: Case, point: Point, until: int, decision: str) -> Iterator[Deed]:
    """In the last millisecond the table takes any option; after it, what is taken `otherwise`."""
    at = point.state.moment(until) - 1
    state, _events = settle(case, point.state, at)
    voting = state.decisions[decision]
    for option in voting.offered:
        yield _close(case, Point(state, point.extras), voting, option, at)
    otherwise = case.decision[decision].otherwise
    if otherwise not in voting.offered:
        state, _events = settle(case, point.state, point.state.moment(until))
        yield Deed(("option", decision, otherwise), partial(Point, state, point.extras))
