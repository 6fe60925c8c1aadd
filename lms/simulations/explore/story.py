"""The whole story: from stage to stage with every value of the flags that can still matter, ways that come to the same merged. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from lms.content.case import Case, Effect, Inject
from lms.simulations.clockwork import branch_to
from lms.simulations.explore.scene import Changes, Scene, Tick, nothing, scene
from lms.simulations.explore.steps import asked_within, matters
from lms.simulations.state import clock_of

Flags = tuple[
    int, ...
]  # in the order of the case; a flag that nothing asks about any more has its value from the start
MOST_ENTRIES = 200_000
MOST_STAGES = 30  # that a path is followed where stages lead back to earlier ones
MOST_SETS = 10_000  # of steps done, remembered where ways meet; beyond, those with most and with fewest


@dataclass(slots=True)
class Arrival:
    """Where paths meet: how many, their planned minutes, clocks since a deadline began (-1: it has not), steps done (as bits)."""

    paths: int = 0
    shortest: int = 10**9
    longest: int = 0
    since: dict[str, int] = field(default_factory=dict)
    steps: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Leg:
    """What a scene makes of some flags."""

    paths: int
    clock: int
    since: Mapping[str, int]
    steps: set[int]


@dataclass(slots=True)
class Story:
    """What exploring has found."""

    endings: dict[str, Arrival] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    in_time: set[str] = field(
        default_factory=set
    )  # steps that some path does before they are due, or without a deadline
    done: set[str] = field(default_factory=set)  # steps that some path does
    entries: dict[str, set[Flags]] = field(
        default_factory=lambda: defaultdict(set)
    )  # stage -> flags with which it begins
    states: int = 0  # moments that were looked at
    cut: bool = False
    sets_cut: bool = False


class Explorer:
    """Explores one case; `story` is what it found. `tick` is told of every moment that is looked at."""

    def __init__(self, case: Case, tick: Tick = nothing) -> None:
        self.case, self.story, self.tick = case, Story(), tick
        self.order = [flag.key for flag in case.flags]
        self.index = {key: number for number, key in enumerate(self.order)}
        self.bit = {step.key: 1 << number for number, step in enumerate(case.procedure)}
        self.loops = stage_loops(case)
        self.rank = {} if self.loops else {key: number for number, key in enumerate(_in_order(case))}
        self.layers: dict[int, dict[tuple[str, Flags], Arrival]] = {}
        self.scenes: dict[tuple[str, Flags], Scene] = {}
        self.legs: dict[tuple[str, Flags], dict[tuple[str, Flags], _Leg]] = {}
        self.heard: set[tuple[str, Flags]] = set()

    def explore(self) -> Story:
        """Every path, from the first stage to an ending or to the bound."""
        first = self.case.stages[0].key
        start = tuple(flag.start for flag in self.case.flags)
        self._arrive(first, self.alive(first, start), -1, Arrival(1, 0, 0, {}, {0}))
        while self.layers:
            number = min(self.layers)
            for (stage, flags), arrival in self.layers.pop(number).items():
                if sum(map(len, self.story.entries.values())) >= MOST_ENTRIES or number > MOST_STAGES:
                    self.story.cut = True
                    return self.story
                self.story.entries[stage].add(flags)
                self.tick(1)
                self._play(stage, flags, arrival, number)
        return self.story

    def dead_ends(self) -> list[str]:
        """The stages that were played from which no ending is reached."""
        leaving = {
            stage for stage in self.case.stage if any(to in self.story.endings for to in _endings(self.case, stage))
        }
        return [
            stage
            for stage in self.case.stage
            if stage in self.story.entries and not leaving & {stage, *reachable(self.case, stage)}
        ]

    def _play(self, stage: str, flags: Flags, arrival: Arrival, number: int) -> None:
        found = self._scene(stage, flags)
        self._note_steps(found, arrival)
        self._listen(stage, flags, found)
        minutes = self.case.stage[stage].minutes
        touched = self._touched(stage)
        part = tuple(flags[one] for one in touched)
        if (stage, part) not in self.legs:
            self.legs[stage, part] = self._leave(stage, flags, found)
        for (target, new), leg in self.legs[stage, part].items():
            then = list(flags)
            for one, value in zip(touched, new, strict=True):
                then[one] = value
            anchors = arrival.since.keys() | leg.since.keys()
            since = {key: _since(arrival.since.get(key, -1), leg.since.get(key, -1), leg.clock) for key in anchors}
            steps = {old | more for old in arrival.steps for more in leg.steps}
            self._arrive(
                target, self.alive(target, tuple(then)), number,
                Arrival(arrival.paths * leg.paths, arrival.shortest + minutes, arrival.longest + minutes, since, steps),
            )  # fmt: skip

    def _arrive(self, target: str, flags: Flags, number: int, new: Arrival) -> None:
        if target in self.case.ending:
            known = self.story.endings.setdefault(target, Arrival())
        else:
            layer = self.layers.setdefault(self.rank.get(target, number + 1), {})
            known = layer.setdefault((target, flags), Arrival())
        first = not known.paths
        known.paths += new.paths
        known.shortest, known.longest = min(known.shortest, new.shortest), max(known.longest, new.longest)
        anchors = known.since.keys() | new.since.keys()
        known.since = new.since if first else {
            key: min(known.since.get(key, -1), new.since.get(key, -1)) for key in anchors
        }  # fmt: skip
        known.steps |= new.steps
        if len(known.steps) > MOST_SETS:
            ranked = sorted(known.steps, key=lambda bits: (bits.bit_count(), bits))
            known.steps = {*ranked[: MOST_SETS // 2], *ranked[-MOST_SETS // 2 :]}
            self.story.sets_cut = True

    def _scene(self, stage: str, flags: Flags) -> Scene:
        asked = tuple(flags[self.index[key]] for key in sorted(asked_within(self.case, stage)))
        if (stage, asked) not in self.scenes:
            found = scene(self.case, stage, dict(zip(self.order, flags, strict=True)), self.tick)
            self.scenes[stage, asked] = found
            self.story.seen |= found.seen | {("stage", stage)}
            self.story.states += found.points
            self.story.cut = self.story.cut or found.cut
        return self.scenes[stage, asked]

    @cache  # noqa: B019 - an explorer lives as long as one exploration
    def _touched(self, stage: str) -> tuple[int, ...]:
        """Which flags a stage changes or asks about, by number."""
        return tuple(self.index[key] for key in sorted(changed_in(self.case, stage) | branch_flags(self.case, stage)))

    def _leave(self, stage: str, flags: Flags, found: Scene) -> dict[tuple[str, Flags], _Leg]:
        """Where the ways of a scene lead, entered with `flags`; ways that change the same are merged."""
        legs: dict[tuple[str, Flags], _Leg] = {}
        for way in found.ways:
            values = self._changed(flags, way.changes)
            target = way.go
            if not target:
                target = branch_to(self.case.stage[stage], values)
                self.story.seen.add(("branch", stage, target))
            steps = sum(self.bit[step] for step in way.steps)
            key = (target, tuple(values[self.order[one]] for one in self._touched(stage)))
            leg = legs.setdefault(key, _Leg(0, way.clock, way.since, set()))
            leg.paths += way.paths
            leg.clock = min(leg.clock, way.clock)
            leg.since = {
                one: min(leg.since.get(one, -1), way.since.get(one, -1)) for one in leg.since.keys() | way.since.keys()
            }
            leg.steps.add(steps)
        return legs

    def _changed(self, flags: Flags, changes: Changes) -> dict[str, int]:
        values = dict(zip(self.order, flags, strict=True))
        for key, mapping in changes.items():
            values[key] = mapping[values[key] - self.case.flag[key].least]
        return values

    def _note_steps(self, found: Scene, arrival: Arrival) -> None:
        for way in found.ways:
            for step, clock in way.steps.items():
                self.story.done.add(step)
                if step not in self.story.in_time and self._in_time(step, clock, way.passed[step], arrival.since):
                    self.story.in_time.add(step)

    def _in_time(self, step: str, clock: int, passed: int, since: Mapping[str, int]) -> bool:
        due = self.case.step[step].due
        if due is None:
            return True
        before = since.get(due.key, -1)
        return (before + clock if before >= 0 else passed) <= clock_of(self.case, due.case_minutes)

    def _listen(self, stage: str, flags: Flags, found: Scene) -> None:
        """Which injects that change nothing can be heard."""
        for inject in self.case.stage[stage].injects:
            if inject.when and not matters(self.case, inject) and ("inject", inject.key) not in self.story.seen:
                part = tuple(flags[self.index[key]] for key in sorted(inject.when.flags))
                if (inject.key, part) in self.heard:
                    continue
                self.heard.add((inject.key, part))
                if self._is_heard(inject, flags, found):
                    self.story.seen.add(("inject", inject.key))

    def _is_heard(self, inject: Inject, flags: Flags, found: Scene) -> bool:
        when = inject.when
        assert when is not None
        return any(when.holds(self._changed(flags, changes)) for changes in found.moments)

    def alive(self, target: str, flags: Flags) -> Flags:
        """`flags` as they are kept when `target` begins: without what nothing asks about any more."""
        if target in self.case.ending:
            return ()
        alive = alive_in(self.case, target)
        return tuple(
            value if flag.key in alive else flag.start for flag, value in zip(self.case.flags, flags, strict=True)
        )


def _since(before: int, within: int, clock: int) -> int:
    return before + clock if before >= 0 else within


@cache
def targets(case: Case, stage: str) -> tuple[str, ...]:
    """The stages that may follow a stage."""
    found = [branch.to for branch in case.stage[stage].next]
    found += [option.go for decision in case.stage[stage].decisions for option in decision.options if option.go]
    return tuple(dict.fromkeys(target for target in found if target in case.stage))


@cache
def reachable(case: Case, stage: str) -> frozenset[str]:
    """The stages that may be played after a stage."""
    found: set[str] = set()
    waiting = [*targets(case, stage)]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += targets(case, key)
    return frozenset(found)


def _endings(case: Case, stage: str) -> set[str]:
    """The endings to which a stage may lead."""
    found = {branch.to for branch in case.stage[stage].next}
    found |= {option.go for decision in case.stage[stage].decisions for option in decision.options}
    return found & case.ending.keys()


def stage_loops(case: Case) -> list[str]:
    """The stages from which the story may come back to them."""
    return [stage.key for stage in case.stages if stage.key in reachable(case, stage.key)]


def _in_order(case: Case) -> list[str]:
    """The stages, each after all from which it can be reached; there must be no loop."""
    return sorted(case.stage, key=lambda key: -len(reachable(case, key)))


@cache
def branch_flags(case: Case, stage: str) -> frozenset[str]:
    """The flags that decide where the story goes from a stage, and what can happen in it."""
    branches = [branch.when.flags for branch in case.stage[stage].next]
    return asked_within(case, stage).union(*branches)


@cache
def alive_in(case: Case, stage: str) -> frozenset[str]:
    """The flags that something asks about in a stage or after it."""
    found: set[str] = set()
    for key in {stage, *reachable(case, stage)}:
        found |= branch_flags(case, key)
        found |= {flag for inject in case.stage[key].injects if inject.when for flag in inject.when.flags}
    return frozenset(found)


@cache
def changed_in(case: Case, stage: str) -> frozenset[str]:
    """The flags that something in a stage may change."""
    return frozenset(key for effect in _effects(case, stage) for key in (*effect.set, *effect.add))


def _effects(case: Case, key: str) -> Iterator[Effect]:
    stage = case.stage[key]
    yield from (inject.effect for inject in stage.injects)
    yield from (option.effect for decision in stage.decisions for option in decision.options)
    for handoff in stage.handoffs:
        yield from (handoff.effect, handoff.breach)
