"""How a trial begins: the case out of an unfinished text, at any of its stages, with other values of its flags. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lms.content.case import Case, Flag, Role
from lms.content.checks.cases.story import reached, ways
from lms.content.completing import Completed, Remark, completed
from lms.content.faults import N_, PackFaulty
from lms.content.yaml import read_yaml
from lms.simulations import facilitation, log, moves, solo
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move
from lms.simulations.state import State

SOLO, ALL = MODES = ("solo", "all")
NOT_READABLE = N_("The document of this case cannot be read.")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Who plays, and where the story is entered. `role` is empty for the whole table; `flags` are values that differ from the
    case's own."""

    mode: str = ALL
    role: str = ""
    stage: str = ""
    flags: Mapping[str, int] = field(default_factory=dict)


@lru_cache(maxsize=16)
def case_in(text: str) -> Completed:
    """The case in a document as it is in a draft, made playable."""
    try:
        return completed(read_yaml(text, "case.yaml"))
    except PackFaulty:
        return Completed(None, obstacles=(Remark(NOT_READABLE),))


@lru_cache(maxsize=32)
def case_at(text: str, stage: str, flags: tuple[tuple[str, int], ...]) -> Case:
    """The case in `text` as a trial plays it that begins at `stage` with `flags`. It must be playable."""
    case = case_in(text).case
    assert case is not None
    return entered_at(case, stage, dict(flags))


def entered_at(case: Case, stage: str, flags: Mapping[str, int]) -> Case:
    """The case whose story begins at `stage`: flags start as given, and roles know what they learn before it."""
    known = frozenset(_learnt_before(case, stage))
    return replace(
        case,
        flags=tuple(_started(flag, flags.get(flag.key, flag.start)) for flag in case.flags),
        roles=tuple(_knowing(role, known) for role in case.roles),
    )


def _started(flag: Flag, value: int) -> Flag:
    return replace(flag, start=min(flag.most, max(flag.least, value)))


def _knowing(role: Role, known: frozenset[str]) -> Role:
    return replace(role, facts=tuple(replace(fact, since="") if fact.since in known else fact for fact in role.facts))


def _learnt_before(case: Case, stage: str) -> Iterator[str]:
    """The stages that may come before `stage`, and what happens in them."""
    there = ways(case)
    for key, one in case.stage.items():
        if key != stage and stage in reached(there, key):
            yield key
            yield from (inject.key for inject in one.injects)


def begin(beginning: Beginning) -> Move:
    """Everybody sits down and the story begins; in `solo` the others do what they can at once."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        first = [*map(moves.sit_down, case.role), _enter(beginning.stage or case.stages[0].key)]
        if beginning.mode == ALL:
            return solo.one_after_another(first)(case, state, now)
        return solo.as_one(beginning.role, [*first, facilitation.pause()])(case, state, now)

    return move


def _enter(stage: str) -> Move:
    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [log.RunStarted(at=now), log.StageBegan(at=now, stage=stage)]

    return move
