"""Single paths from the beginning to an ending, by the same deeds: at random, or of a team that always chooses alike. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from lms.content.case import ACCEPTABLE, HARMFUL, RIGHT, TRUST, Case
from lms.simulations.clockwork import way_on
from lms.simulations.explore.steps import LEFT, RIGHTLY, Deed, at_the_beginning, deeds, entered, may_leave
from lms.simulations.state import State

MOST_DEEDS = 600
Choose = Callable[[Case, list[Deed]], Deed]


@dataclass(slots=True)
class Walk:
    """A path: where it ended (empty: it went on beyond the bound), and what was taken and found on the way."""

    state: State
    ending: str = ""

    @property
    def trust(self) -> int:
        """The person's trust at the end."""
        return self.state.flags[TRUST]

    @property
    def steps(self) -> frozenset[str]:
        """Procedure steps that were done."""
        return frozenset(self.state.steps)


def walk(case: Case, choose: Choose) -> Walk:
    """The path on which `choose` takes one of the deeds at every point."""
    point = at_the_beginning(case, case.stages[0].key, {flag.key: flag.start for flag in case.flags})
    found = Walk(point.state)
    for _ in range(MOST_DEEDS):
        if may_leave(case, point):
            target = way_on(case, point.state)
            found.state = point.state
            if target in case.ending:
                found.ending = target
                return found
            point = entered(case, point, target)
        else:
            point = choose(case, deeds(case, point)).make()
    return found


def at_random(random: Random) -> Choose:
    """Any of the things that can be done, each as likely: first which question or hand-off, then how."""

    def choose(case: Case, possible: list[Deed]) -> Deed:
        about = random.choice(sorted({deed.what[:2] for deed in possible}))
        return random.choice([deed for deed in possible if deed.what[:2] == about])

    return choose


def graded(*grades: str) -> Choose:
    """A team that takes the first option of these grades, as soon as it is asked; hands over rightly if they begin with right."""

    def worth(case: Case, deed: Deed) -> int:
        kind, *rest = deed.what
        if kind == "option":
            return grades.index(case.decision[rest[0]].option(rest[1]).grade)
        if kind == "extra":
            return (rest[1] != RIGHTLY) if grades[0] == RIGHT else (rest[1] != LEFT)
        return 9

    def choose(case: Case, possible: list[Deed]) -> Deed:
        return min(possible, key=lambda deed: worth(case, deed))

    return choose


TEAMS = {
    RIGHT: graded(RIGHT, ACCEPTABLE, HARMFUL),
    ACCEPTABLE: graded(ACCEPTABLE, RIGHT, HARMFUL),
    HARMFUL: graded(HARMFUL, ACCEPTABLE, RIGHT),
}
