"""A group that plays a case as a good team does that still has something to learn: mostly right, sometimes hurried. Pure.

Everything goes through the same moves as with people, at moments of its own; the same chance gives the same run.
"""

from collections.abc import Sequence
from random import Random

from lms.content.case import CONSENSUS, HARMFUL, RIGHT, Case, Decision
from lms.simulations import facilitation, moves
from lms.simulations.clockwork import asked_now, is_complete
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, facts_of, made
from lms.simulations.replay import beginning
from lms.simulations.state import ALONE, FINISHED, State, Voting

SECOND = 1000  # milliseconds
WEIGHTS = {RIGHT: 10, "acceptable": 5, HARMFUL: 2}
MOST_STEPS = 3000


class Rehearsal:
    """One run from the first person at the table on. It may stop, paused, in a decision that waits for one person."""

    def __init__(
        self, case: Case, seats: Sequence[str], begin: Moment, chance: Random, notes: Sequence[str] = ()
    ) -> None:
        self.case, self.seats, self.chance = case, list(seats), chance
        self.now = begin
        self.state: State = beginning(case)
        self.log: list[Event] = []
        self.notes = list(notes)
        self.leanings: dict[str, str] = {}  # decision -> what the table leans to

    def play(self, until: str = "", whom: str = "") -> list[Event]:
        """The log of the whole run; or of its way to a decision in `until` or later that waits for the seat `whom`."""
        for seat in self.seats:
            self._make(moves.sit_down(seat), 4, 15)
        self._make(facilitation.start("Празна места покривају друге улоге."), 60, 90)
        for _ in range(MOST_STEPS):
            if self.state.phase == FINISHED:
                return self.log
            if until and self._waits_for(whom, until):
                self._make(facilitation.pause(), 5, 10)
                return self.log
            self._step()
        raise AssertionError(f"{self.case.key} does not end")

    def _make(self, move: Move | None, least: int, most: int) -> None:
        self.now += self.chance.randint(least, most) * SECOND
        self.state, events = made(self.case, self.state, self.now, move)
        self.log += events

    def _waits_for(self, seat: str, stage: str) -> bool:
        if stage not in {one for one, _clock in self.state.stages}:
            return False
        for voting in self.state.open_decisions:
            answered = voting.alone if voting.phase == ALONE else voting.votes
            if answered and seat in asked_now(self.case, self.state, voting) - answered.keys():
                return True
        return False

    def _step(self) -> None:
        self._make(None, 9, 32)
        if self.state.phase == FINISHED:
            return
        if is_complete(self.case, self.state) and self.chance.random() < 0.25:
            if self.notes:
                self._make(facilitation.note(self.notes.pop(0)), 5, 20)
            self._make(facilitation.go_on(self.state.stage), 10, 30)
        elif move := self._share() or self._vote() or self._hand_over():
            self._make(move, 0, 0)  # at once: the moment in which it was offered

    def _vote(self) -> Move | None:
        for voting in self.state.open_decisions:
            answered = voting.alone if voting.phase == ALONE else voting.votes
            waiting = sorted(asked_now(self.case, self.state, voting) - answered.keys())
            if waiting and self.chance.random() < 0.8:
                seat = self.chance.choice(waiting)
                return moves.vote(seat, voting.decision, self._choice(voting, voting.phase == ALONE))
        return None

    def _choice(self, voting: Voting, alone: bool) -> str:
        """Alone people differ; the table leans to one option, and in a consensus everybody comes round."""
        decision = self.case.decision[voting.decision]
        if alone:
            return self._any(decision, voting)
        leaning = self.leanings.setdefault(decision.key, self._any(decision, voting))
        dissents = decision.how != CONSENSUS and self.chance.random() < 0.15
        return self._any(decision, voting) if dissents else leaning

    def _any(self, decision: Decision, voting: Voting) -> str:
        weights = [WEIGHTS[decision.option(key).grade] for key in voting.offered]
        return self.chance.choices(voting.offered, weights)[0]

    def _share(self) -> Move | None:
        """Mostly what the open decisions need; sometimes too late, sometimes never."""
        needed = {fact for voting in self.state.open_decisions for fact in self.case.decision[voting.decision].needs}
        held = [(seat, fact) for seat in self.seats for fact in facts_of(self.case, self.state, seat)]
        new = [one for one in held if one[1] not in self.state.facts]
        wanted = [one for one in new if one[1] in needed]
        if wanted and self.chance.random() < 0.22:
            return moves.share(*self.chance.choice(wanted))
        return moves.share(*self.chance.choice(new)) if new and self.chance.random() < 0.02 else None

    def _hand_over(self) -> Move | None:
        made_already = {one.handoff for one in self.state.passed}
        for handoff in self.case.stage[self.state.stage].handoffs:
            able = [seat for seat in handoff.roles if seat in self.seats and self.state.seats[seat].present]
            if (
                handoff.key in made_already
                or not able
                or not handoff.when.holds(self.state.flags)
                or self.chance.random() > 0.1
            ):
                continue
            careless = self.chance.random() < 0.2
            items = tuple(item.key for item in handoff.items if item.need != "forbidden" or careless)
            channel = next(one.key for one in handoff.channels if one.safe)
            return moves.hand_over(able[0], handoff.key, items=items, channel=channel, consent="given")
        return None
