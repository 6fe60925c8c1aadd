"""A table of the small case with a clock in hand: the rules alone, no application and no database."""

from dataclasses import replace
from functools import cache

from lms.content.case import Case, Decision, Inject
from lms.content.cases import read_case
from lms.simulations import facilitation, moves
from lms.simulations.clockwork import settle
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, made
from lms.simulations.replay import beginning
from lms.simulations.state import State
from tests.builders import CASE

BEGIN: Moment = 1_800_000_000_000
ALL = ("police", "social", "health", "police-topolje")


@cache
def small() -> Case:
    """The case of tests/fixtures/cases/small.yaml."""
    return read_case(CASE)


def with_decision(case: Case, key: str, **changes: object) -> Case:
    """The case with one decision changed."""

    def changed(decision: Decision) -> Decision:
        return replace(decision, **changes) if decision.key == key else decision

    return with_stages(case, lambda stage: replace(stage, decisions=tuple(map(changed, stage.decisions))))


def with_inject(case: Case, key: str, **changes: object) -> Case:
    """The case with one inject changed."""

    def changed(inject: Inject) -> Inject:
        return replace(inject, **changes) if inject.key == key else inject

    return with_stages(case, lambda stage: replace(stage, injects=tuple(map(changed, stage.injects))))


def with_stage(case: Case, key: str, **changes: object) -> Case:
    """The case with one stage changed."""
    return with_stages(case, lambda stage: replace(stage, **changes) if stage.key == key else stage)


def with_stages(case: Case, change) -> Case:
    """The case with every stage changed."""
    return replace(case, stages=tuple(map(change, case.stages)))


class Table:
    """One run: what was done, the whole log, and where it stands."""

    def __init__(self, case: Case | None = None, *, seated: tuple[str, ...] = ALL) -> None:
        self.case = case or small()
        self.state: State = beginning(self.case)
        self.now: Moment = BEGIN
        self.log: list[Event] = []
        for role in seated:
            self.do(moves.sit_down(role))

    def do(self, *made_now: Move | None) -> list[Event]:
        """Make moves at this moment; the events of all of them."""
        events: list[Event] = []
        for move in made_now:
            self.state, new = made(self.case, self.state, self.now, move)
            events += new
        self.log += events
        return events

    def start(self) -> "Table":
        """Begin with the first stage."""
        self.do(facilitation.start("for a test"))
        return self

    def wait(self, seconds: float) -> list[Event]:
        """Let time pass, and let it bring what is due."""
        self.now += int(seconds * 1000)
        return self.do(None)

    def vote(self, option: str, *seats: str, decision: str = "first") -> list[Event]:
        """Each of the seats votes."""
        return self.do(*(moves.vote(seat, decision, option) for seat in seats))

    def go_on(self, reason: str = "") -> list[Event]:
        """Leave the stage."""
        return self.do(facilitation.go_on(self.state.stage, reason))

    def later(self, seconds: float) -> State:
        """How it would stand later, without anything having been asked in between."""
        return settle(self.case, self.state, self.now + int(seconds * 1000))[0]

    def kinds(self, events: list[Event] | None = None) -> list[str]:
        """What sort of events they are."""
        return [type(event).__name__ for event in (self.log if events is None else events)]
