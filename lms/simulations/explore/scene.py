"""One stage, entered with some flags: every way through it, with moments that come to the same merged. Pure.

How a way through a scene changes a flag is kept as a mapping of all its values, so that a scene is explored once for all flags
that nothing in it asks about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lms.content.case import Case, Effect
from lms.simulations.clockwork import go_chosen
from lms.simulations.explore.steps import Point, anchors, at_the_beginning, deeds, matters, may_leave
from lms.simulations.state import State, flag_after

Tick = Callable[[int], None]  # told of every moment that is looked at: it may count, and stop everything by raising
Changes = Mapping[str, tuple[int, ...]]  # flag -> what each of its values becomes, from the least to the most
Clocks = Mapping[str, int]  # milliseconds; where ways meet, the least of each
MOST_POINTS = 20_000


@dataclass(slots=True)
class Way:
    """A way through a scene: what it changes, where it leads by an option's `go`, which steps it does, and how soon at best."""

    changes: Changes
    go: str
    steps: Clocks  # step -> when it is done
    passed: Clocks  # step -> how long after its deadline began; 0 when it had not
    since: Clocks  # stage, inject or flag with which a deadline began here -> how long ago, when the scene is left
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
    steps: Clocks  # as those of a way
    passed: Clocks
    since: Clocks
    paths: int


def nothing(_moments: int) -> None:
    """The tick of those who want none."""


def scene(case: Case, stage: str, flags: Mapping[str, int], tick: Tick = nothing) -> Scene:
    """Every way through `stage`, entered with `flags`."""
    found = Scene()
    start = at_the_beginning(case, stage, flags)
    first = _followed(case, _Node(Point(State(), {}), {}, {}, {}, {}, 1), start)
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
    after = _followed(case, node, point)
    layer = layers.setdefault(_depth(case, point), {})
    key = _key(case, after)
    known = layer.setdefault(key, after)
    if known is not after:
        _join(known, after)
        if point.state.at < known.point.state.at:
            known.point = point


def _followed(case: Case, node: _Node, point: Point) -> _Node:
    """What comes of a node at `point`, which follows."""
    before, state = node.point.state, point.state
    clock, gone = state.clock(state.at), state.at - before.at
    since = {
        key: node.since[key] + gone if key in node.since else clock - began
        for key, began in _begun(case, state).items()
    }
    steps = {key: node.steps.get(key, done.clock) for key, done in state.steps.items()}
    passed = {
        key: node.passed[key] if key in node.passed else _passed(case, key, clock - steps[key], since) for key in steps
    }
    changes = composed(case, node.changes, (one.effect for one in state.effects[len(before.effects) :]))
    return _Node(point, changes, steps, passed, since, node.paths)


def _passed(case: Case, step: str, ago: int, since: Clocks) -> int:
    due = case.step[step].due
    return max(0, since.get(due.key, 0) - ago) if due else 0


def _join(known: _Node | Way, other: _Node | Way) -> None:
    """Two that come to the same: paths of both, and the least of each time."""
    known.paths += other.paths
    known.steps, known.passed, known.since = (
        {key: min(clock, theirs[key]) for key, clock in ours.items()}
        for ours, theirs in ((known.steps, other.steps), (known.passed, other.passed), (known.since, other.since))
    )


def _leave(case: Case, ways: dict[object, Way], node: _Node) -> None:
    state = node.point.state
    way = Way(
        node.changes, go_chosen(case, state), node.steps, node.passed, node.since, state.clock(state.at), node.paths
    )
    key = (tuple(sorted(way.changes.items())), way.go, frozenset(way.steps), frozenset(way.since))
    known = ways.setdefault(key, way)
    if known is not way:
        _join(known, way)
        known.clock = min(known.clock, way.clock)


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
        _timing(case, state),
    )


def _begun(case: Case, state: State) -> dict[str, int]:
    return {key: clock for key, clock in state.happened.items() if key in anchors(case)}


def _timing(case: Case, state: State) -> tuple[int, ...]:
    """How far the clock is, as long as it matters to what can come next, and when the open questions reach their limits."""
    stage, open_now = case.stage[state.stage], state.open_decisions
    coming = [one.key for one in stage.decisions if one.key not in state.decisions]
    clock = state.clock(state.at)
    limits = tuple(voting.until - clock for voting in open_now) if len(open_now) + len(coming) > 1 else ()
    timed = any(one.at is not None and one.key not in state.injects and matters(case, one) for one in stage.injects)
    return (clock - state.stage_clock, *limits) if timed or coming else limits
