"""One stage, entered with some flags: every way through it, with moments that come to the same merged. Pure.

How a way through a scene changes a flag is kept as a mapping of all its values, so that a scene is explored once for all flags
that nothing in it asks about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lms.content.case import Case, Effect
from lms.simulations.clockwork import go_chosen, next_timed
from lms.simulations.explore.steps import Point, anchors, at_the_beginning, deeds, matters, may_leave
from lms.simulations.state import State, clock_of, flag_after

Tick = Callable[[int], None]  # told of every moment that is looked at: it may count, and stop everything by raising
Changes = Mapping[str, tuple[int, ...]]  # flag -> what each of its values becomes, from the least to the most
MOST_POINTS = 20_000


@dataclass(slots=True)
class Way:
    """A way through a scene: what it changes, where it leads by an option's `go`, which steps it does, and when at the earliest."""

    changes: Changes
    go: str
    steps: Mapping[str, int]  # step -> clock
    happened: Mapping[str, int]  # stage, inject or flag with which a deadline begins -> clock
    clock: int  # at which the scene can be left
    paths: int


@dataclass(slots=True)
class Scene:
    """What can happen in a stage. `moments`: every change that can have come about while it lasts."""

    ways: list[Way] = field(default_factory=list)
    moments: list[Changes] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(
        default_factory=set
    )  # ("option", decision, option), ("handoff", key), ("inject", key)
    points: int = 0
    cut: bool = False  # there was more than could be looked at


@dataclass(slots=True)
class _Node:
    point: Point
    changes: Changes
    paths: int


def nothing(_moments: int) -> None:
    """The tick of those who want none."""


def scene(case: Case, stage: str, flags: Mapping[str, int], tick: Tick = nothing) -> Scene:
    """Every way through `stage`, entered with `flags`."""
    found = Scene()
    start = at_the_beginning(case, stage, flags)
    first = _Node(start, composed(case, {}, (one.effect for one in start.state.effects)), 1)
    layers: dict[int, dict[object, _Node]] = {_depth(case, start): {_key(case, first): first}}
    ways: dict[object, Way] = {}
    while layers:
        depth = min(layers)
        for node in layers.pop(depth).values():
            found.points += 1
            tick(1)
            _note(case, found, node)
            if may_leave(case, node.point):
                _leave(case, ways, node)
            if found.points + sum(map(len, layers.values())) > MOST_POINTS:
                found.cut = True
                continue
            for deed in deeds(case, node.point):
                _merge(case, layers, node, deed.make())
    found.ways = list(ways.values())
    found.moments = list({tuple(sorted(one.items())): one for one in found.moments}.values())
    return found


def _merge(case: Case, layers: dict[int, dict[object, _Node]], node: _Node, point: Point) -> None:
    """Put what follows where its like is; of the two, the earlier moment stays."""
    before = len(node.point.state.effects)
    after = _Node(point, composed(case, node.changes, (one.effect for one in point.state.effects[before:])), node.paths)
    layer = layers.setdefault(_depth(case, point), {})
    key = _key(case, after)
    known = layer.setdefault(key, after)
    if known is not after:
        known.paths += after.paths
        if point.state.at < known.point.state.at:
            known.point = point


def _leave(case: Case, ways: dict[object, Way], node: _Node) -> None:
    state = node.point.state
    way = Way(
        node.changes, go_chosen(case, state), {key: done.clock for key, done in state.steps.items()}, _begun(case, state),
        state.clock(state.at), node.paths,
    )  # fmt: skip
    key = (tuple(sorted(way.changes.items())), way.go, frozenset(way.steps), frozenset(way.happened))
    known = ways.setdefault(key, way)
    if known is not way:
        known.paths += way.paths
        known.clock = min(known.clock, way.clock)
        known.steps = {one: min(clock, known.steps[one]) for one, clock in way.steps.items()}
        known.happened = {one: min(clock, known.happened[one]) for one, clock in way.happened.items()}


def _note(case: Case, found: Scene, node: _Node) -> None:
    state = node.point.state
    found.moments.append(node.changes)
    for voting in state.decisions.values():
        found.seen.update(("option", voting.decision, option) for option in voting.offered)
        if voting.option:
            found.seen.add(("option", voting.decision, voting.option))
    stage = case.stage[state.stage]
    found.seen.update(("handoff", one.key) for one in stage.handoffs if one.when.holds(state.flags))
    found.seen.update(("inject", one.key) for one in stage.injects if one.when is None or one.key in state.injects)


def composed(case: Case, changes: Changes, effects: Iterable[Effect]) -> Changes:
    """`changes`, and then those of `effects`."""
    new = dict(changes)
    for effect in effects:
        for key in {*effect.set, *effect.add}:
            flag = case.flag[key]
            before = new.get(key) or tuple(range(flag.least, flag.most + 1))
            new[key] = tuple(flag_after(case, key, value, effect) for value in before)
    return new


def _depth(case: Case, point: Point) -> int:
    """How much has happened: it only grows, and moments that are alike have it alike."""
    state = point.state
    closed = sum(1 for voting in state.decisions.values() if voting.option)
    sent = sum(1 for key in state.injects if matters(case, case.inject[key]))
    return len(state.decisions) + closed + sent + len(point.extras)


def _key(case: Case, node: _Node) -> object:
    """What the rest of the scene depends on."""
    state, point = node.point.state, node.point
    return (
        tuple((voting.decision, bool(voting.option)) for voting in state.decisions.values()),
        tuple(sorted(key for key in state.injects if matters(case, case.inject[key]) and not case.inject[key].by_hand)),
        tuple(sorted(point.extras.items())),
        tuple(sorted(node.changes.items())),
        go_chosen(case, state),
        frozenset(state.steps),
        frozenset(_begun(case, state)),
        _order(case, state),
        _held_back(case, state),
    )


def _begun(case: Case, state: State) -> dict[str, int]:
    return {key: clock for key, clock in state.happened.items() if key in anchors(case)}


def _held_back(case: Case, state: State) -> frozenset[str]:
    """Decisions whose minute has come, and which something else still keeps from opening: they open as soon as that is done."""
    clock = state.clock(state.at) - state.stage_clock
    return frozenset(
        one.key
        for one in case.stage[state.stage].decisions
        if one.key not in state.decisions and 0 < clock_of(case, one.opens.minute) <= clock
    )


def _order(case: Case, state: State) -> tuple[str, ...]:
    """In which order limits and timed events would come if nobody did anything."""
    coming = [(voting.until, voting.decision) for voting in state.open_decisions]
    if not coming:
        return ()
    timed = next_timed(case, state)
    if timed is None:
        return ()
    stage = case.stage[state.stage]
    for inject in stage.injects:
        if inject.at is not None and inject.key not in state.injects and matters(case, inject):
            coming.append((state.stage_clock + clock_of(case, inject.at), inject.key))
    for decision in stage.decisions:
        if decision.key not in state.decisions:
            coming.append((state.stage_clock + clock_of(case, decision.opens.minute), decision.key))
    return tuple(key for _clock, key in sorted(coming))
