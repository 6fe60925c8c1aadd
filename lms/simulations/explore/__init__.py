"""Playing every path of a case before anyone plays it: what can happen, what never can, and how it ends. Pure.

`steps` says what can be done at a moment, by the real rules; `scene` goes through one stage, `story` from stage to stage; `walk` takes
single paths. `explore` puts together what authors want to know.
"""

from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from lms.content.case import GRADES, HARMFUL, TRUST, Case, CaseOption
from lms.simulations.explore.scene import Tick, nothing
from lms.simulations.explore.story import Arrival, Explorer, Story
from lms.simulations.explore.walk import TEAMS, Walk, at_random, walk

WALKS = 300


@dataclass(frozen=True)
class Ending:
    """How often the story ends so: share of all paths, of random teams; the planned minutes of the stages on the way; steps done."""

    key: str
    share: float
    chance: float
    shortest: int
    longest: int
    least_steps: int
    most_steps: int
    step_sets: int


@dataclass(frozen=True)
class Team:
    """Where a team gets that always takes options of one grade."""

    grade: str
    ending: str
    trust: int
    steps: int


@dataclass(frozen=True)
class Explored:
    """What exploring a case has found. Lists name keys; empty ones are good news. `whole`: no bound was reached."""

    case: str
    whole: bool
    sets_whole: bool  # False: of the sets of steps only those with most and fewest were followed
    states: int
    paths: int
    endings: list[Ending]
    teams: list[Team]
    shortest: int  # real minutes, of 0 paths 0
    longest: int
    slot: int
    unreachable: dict[str, list[str]]
    dead_ends: list[str]  # stages from which no ending can be reached
    loops: list[str]  # stages to which the story can come back
    never_done: list[str]  # procedure steps
    never_in_time: list[str]
    outdone: list[
        str
    ]  # options that nobody should pick, though they are not harmful: another one is better in everything
    unpunished: list[str]  # harmful options after which nothing is worse

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def explore(case: Case, tick: Tick = nothing) -> Explored:
    """Play every path of `case`, within bounds, and some at random. `tick` is told of every moment (1) and every random
    walk (0): it may count, and stop everything by raising."""
    explorer = Explorer(case, tick)
    story = explorer.explore()
    arrivals = story.endings.values()
    paths = sum(arrival.paths for arrival in arrivals)
    seeds = range(WALKS if paths else 0)
    walks = [_random_walk(case, seed, tick) for seed in seeds]
    return Explored(
        case=case.key,
        whole=not story.cut,
        sets_whole=not story.sets_cut,
        states=story.states + sum(map(len, story.entries.values())),
        paths=paths,
        endings=[_ending(key, story.endings[key], paths, walks) for key in case.ending if key in story.endings],
        teams=[_team(grade, walk(case, choose)) for grade, choose in TEAMS.items()],
        shortest=min((arrival.shortest for arrival in arrivals), default=0),
        longest=max((arrival.longest for arrival in arrivals), default=0),
        slot=case.minutes,
        unreachable=_unreachable(case, story),
        dead_ends=explorer.dead_ends(),
        loops=explorer.loops,
        never_done=[step for step in case.step if step not in story.done],
        never_in_time=[step for step in case.step if step in story.done and step not in story.in_time],
        outdone=[f"{decision}.{option.key}" for decision, option in _options(case) if _outdone(case, decision, option)],
        unpunished=[
            f"{decision}.{one.key}" for decision, one in _options(case) if one.grade == HARMFUL and _harmless(one)
        ],
    )


def _random_walk(case: Case, seed: int, tick: Tick) -> Walk:
    tick(0)
    return walk(case, at_random(Random(seed)))  # noqa: S311 - the same paths again


def _ending(key: str, arrival: Arrival, paths: int, walks: list[Walk]) -> Ending:
    counts = [bits.bit_count() for bits in arrival.steps]
    chance = sum(one.ending == key for one in walks) / len(walks)
    return Ending(
        key,
        arrival.paths / paths,
        chance,
        arrival.shortest,
        arrival.longest,
        min(counts),
        max(counts),
        len(arrival.steps),
    )


def _team(grade: str, found: Walk) -> Team:
    return Team(grade, found.ending, found.trust, len(found.steps))


def _unreachable(case: Case, story: Story) -> dict[str, list[str]]:
    def missing(kind: str, keys: list[str]) -> list[str]:
        return [key for key in keys if (kind, *key.split(".")) not in story.seen]

    return {
        "stages": missing("stage", list(case.stage)),
        "endings": [key for key in case.ending if key not in story.endings],
        "options": missing("option", [f"{decision}.{option.key}" for decision, option in _options(case)]),
        "injects": missing("inject", list(case.inject)),
        "handoffs": missing("handoff", list(case.handoff)),
        "branches": missing("branch", [f"{stage.key}.{one.to}" for stage in case.stages for one in stage.next]),
    }


def _options(case: Case) -> list[tuple[str, CaseOption]]:
    return [(decision.key, option) for decision in case.decision.values() for option in decision.options]


def _outdone(case: Case, decision: str, option: CaseOption) -> bool:
    """Another option is better in trust and steps and the same in all else, though it is graded no better."""
    others = [one for one in case.decision[decision].options if one is not option and one.when == option.when]
    worse_graded = [one for one in others if GRADES.index(one.grade) >= GRADES.index(option.grade)]
    return option.grade != HARMFUL and any(_better(one, option) for one in worse_graded)


def _better(one: CaseOption, other: CaseOption) -> bool:
    first, second = one.effect, other.effect
    same = (dict(first.set), _besides_trust(one), one.go) == (dict(second.set), _besides_trust(other), other.go)
    more = (first.trust, set(first.done)) != (second.trust, set(second.done))
    return same and more and first.trust >= second.trust and set(first.done) >= set(second.done)


def _besides_trust(option: CaseOption) -> dict[str, int]:
    return {key: more for key, more in option.effect.add.items() if key != TRUST}


def _harmless(option: CaseOption) -> bool:
    """Nothing is worse after it: no trust lost, no flag changed, nowhere else to go."""
    effect = option.effect
    return effect.trust >= 0 and not effect.set and not _besides_trust(option) and not option.go
