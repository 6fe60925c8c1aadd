"""Where a run stands: what `replay` makes of its log. Pure; nothing here is stored.

`clock` values are milliseconds that the run has been running, pauses not counted.
"""

from dataclasses import dataclass, field, fields, replace

from lms.content.case import Case, Effect
from lms.simulations.log import Moment

PREPARING, RUNNING, FINISHED = "preparing", "running", "finished"
ALONE, TABLE, CLOSED = "alone", "table", "closed"
MINUTE = 60_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat: whether a person holds it, why that person is away, who was told to cover it."""

    held: bool = False
    away: str = ""
    by: str = ""

    @property
    def present(self) -> bool:
        """A person is there."""
        return self.held and not self.away


@dataclass(frozen=True, slots=True)
class Voting:
    """A decision of the current stage. `until` is the clock of its time limit, `alone_until` that of answering alone."""

    decision: str
    phase: str
    opened: int
    until: int
    alone_until: int
    offered: tuple[str, ...]
    alone: dict[str, str] = field(default_factory=dict)  # seat -> option, answered alone
    votes: dict[str, str] = field(default_factory=dict)  # seat -> option, at the table
    option: str = ""  # taken
    how: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A closed decision, as the debrief wants it. `option` is empty when the facilitator went on without it."""

    decision: str
    stage: str
    clock: int
    option: str
    how: str
    reason: str
    alone: dict[str, str]
    votes: dict[str, str]
    facts: frozenset[str]  # that were on a table by then
    trust: int  # after it


@dataclass(frozen=True, slots=True)
class Passed:
    """A hand-off that was made."""

    handoff: str
    role: str
    clock: int
    items: tuple[str, ...]
    channel: str
    consent: str
    note: str
    breach: bool
    enough: bool  # every needed item has been passed by now


@dataclass(frozen=True, slots=True)
class Done:
    """A procedure step that was done: when, by which roles, because of what."""

    clock: int
    roles: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the feed: an inject, a message, a shared fact, a hand-off. `roles` may read it; empty: nobody is left out."""

    kind: str  # inject, message, fact, handoff
    key: str
    clock: int
    at: Moment
    seq: int
    roles: frozenset[str] | None = None
    softer: bool = False
    text: str = ""
    role: str = ""  # who shared or passed it
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """An effect that counts, in the order in which effects came; `source` is the option, inject or hand-off."""

    source: str
    effect: Effect
    clock: int
    roles: tuple[str, ...]


@dataclass(slots=True)
class State:
    """Everything the rules need to know. Changed only by `replay`; everybody else reads."""

    version: int = 0
    at: Moment = 0  # of the last event
    phase: str = PREPARING
    paused: bool = False
    ran: int = 0  # clock at `since`
    since: Moment = 0  # when the clock last started
    stage: str = ""
    stage_clock: int = 0
    first_verdict: int = 0  # in `verdicts`, of the current visit to the stage
    first_effect: int = 0  # in `effects`, likewise
    ending: str = ""
    flags: dict[str, int] = field(default_factory=dict)
    effects: list[Changed] = field(default_factory=list)
    seats: dict[str, Sitting] = field(default_factory=dict)
    decisions: dict[str, Voting] = field(default_factory=dict)  # of the current stage
    verdicts: list[Verdict] = field(default_factory=list)
    injects: dict[str, str] = field(default_factory=dict)  # of the current stage: sent, held, skipped
    happened: dict[str, int] = field(default_factory=dict)  # stage, inject or raised flag -> clock of the first time
    stages: list[tuple[str, int]] = field(default_factory=list)  # the way of the story, with clocks
    facts: dict[str, int] = field(default_factory=dict)  # shared fact -> clock
    passed: list[Passed] = field(default_factory=list)
    given: dict[str, frozenset[str]] = field(default_factory=dict)  # hand-off -> every item that was passed with it
    steps: dict[str, Done] = field(default_factory=dict)
    feed: list[Told] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)  # clock, text
    tokens: set[str] = field(default_factory=set)

    def copy(self) -> "State":
        """A state that can be changed without changing this one."""
        new = replace(self)
        for name in _CONTAINERS:
            setattr(new, name, getattr(self, name).copy())
        return new

    def clock(self, now: Moment) -> int:
        """Milliseconds that the run has been running at `now`."""
        if self.phase != RUNNING or self.paused:
            return self.ran
        return self.ran + now - self.since

    def moment(self, clock: int) -> Moment:
        """When the running clock shows or showed `clock`. Only meaningful while it runs."""
        return self.since + clock - self.ran

    @property
    def open_decisions(self) -> list[Voting]:
        """What is being decided now."""
        return [voting for voting in self.decisions.values() if voting.phase != CLOSED]


_CONTAINERS = tuple(one.name for one in fields(State) if one.name in (
    "flags", "effects", "seats", "decisions", "verdicts", "injects", "happened", "stages", "facts", "passed", "given", "steps", "feed",
    "notes", "tokens",
))  # fmt: skip


def speaker(case: Case, state: State, role: str) -> str:
    """The seat that speaks for `role` now: its own person, the one told to cover it, the first present of its `cover` list;
    empty when nobody does."""
    seats = state.seats
    sitting = seats[role]
    if sitting.present:
        return role
    for other in (sitting.by, *case.role[role].cover):
        if other and seats[other].present:
            return other
    return ""


def speakers(case: Case, state: State, roles: tuple[str, ...]) -> frozenset[str]:
    """The seats that speak for `roles` now: each is one person and has one voice."""
    return frozenset(speaker(case, state, role) for role in roles) - {""}


def spoken_for(case: Case, state: State, seat: str) -> tuple[str, ...]:
    """The roles that a seat speaks for: its own first, then those it covers. Its own always, present or not."""
    return (seat, *(role for role in case.role if role != seat and speaker(case, state, role) == seat))


def flag_after(case: Case, key: str, value: int, effect: Effect) -> int:
    """What `effect` makes of a flag that has `value`: a change beyond a bound stops there."""
    value = effect.set.get(key, value)
    if key in effect.add:
        flag = case.flag[key]
        value = min(flag.most, max(flag.least, value + effect.add[key]))
    return value


def minutes_of(case: Case, clock: int) -> int:
    """Whole case minutes at `clock`."""
    return clock * case.pace // MINUTE


def clock_of(case: Case, case_minutes: int) -> int:
    """The clock at which so many case minutes have passed."""
    return -(-case_minutes * MINUTE // case.pace)
