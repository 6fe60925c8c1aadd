"""Decisions as one seat sees them: before the close who has answered, never what; afterwards what the table has taken."""

from collections import Counter
from dataclasses import dataclass

from lms.content.case import AUTHORITY, Case, Decision
from lms.content.course import Text
from lms.simulations.clockwork import asked_now
from lms.simulations.retelling import LETTERS
from lms.simulations.solo import has_voice
from lms.simulations.state import ALONE, CLOSED, TABLE, State, Voting, minutes_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its text, whether it is one's own, and counts once they may be known (None before, and in practice)."""

    key: str
    letter: str
    text: Text
    mine: bool
    taken: bool
    alone: int | None
    votes: int | None


@dataclass(frozen=True, slots=True)
class Voter:
    """A seat whose answer is wanted, and whether it has answered."""

    role: Text
    sector: str
    voted: bool
    you: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """What stands behind an option: shown when everything is over, or at once in solo practice."""

    grade: str
    reason: Text
    cites: Text
    voice: Text | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A decision of the present stage. `until`: moment of its limit, 0 while the clock stands; `left`: milliseconds at that time."""

    key: str
    title: Text
    question: Text
    how: str
    phase: str
    decider: Text | None  # where one role decides: that role
    until: int
    left: int
    may_choose: bool
    choices: tuple[Choice, ...]
    voters: tuple[Voter, ...]
    closed_by: str
    feedback: Feedback | None
    unanswered: bool  # the time for answering alone ran out, and nobody had
    yours: bool  # practice: the person decides it

    @property
    def chosen(self) -> Choice | None:
        """One's own choice in this phase."""
        return next((choice for choice in self.choices if choice.mine), None)

    @property
    def taken(self) -> Choice | None:
        """What the table has taken."""
        return next((choice for choice in self.choices if choice.taken), None)

    @property
    def voted(self) -> int:
        """How many of those asked have answered."""
        return sum(voter.voted for voter in self.voters)


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was closed: `option` is None when it was left undecided."""

    title: Text
    option: Text | None
    closed_by: str
    minute: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes: the seat `me`, the roles it speaks for, their tables; `alone`: practice by one person, who plays `solo_role`."""

    me: str
    voices: tuple[str, ...]
    places: frozenset[str]
    alone: bool = False
    solo_role: str = ""


def ballots(case: Case, state: State, sight: Sight) -> tuple[Ballot, ...]:
    """The decisions of this stage that concern one's table; at a table of several people the open ones first."""
    found = [
        _ballot(case, state, voting, sight)
        for voting in state.decisions.values()
        if at_table(case, case.decision[voting.decision], sight)
    ]
    return tuple(found if sight.alone else sorted(found, key=lambda one: one.phase == CLOSED))


def at_table(case: Case, decision: Decision, sight: Sight) -> bool:
    """True at a table whose decision it is: one answers it, or advises those who do."""
    return any(case.role[role].place in sight.places for role in case.voters(decision))


def _ballot(case: Case, state: State, voting: Voting, sight: Sight) -> Ballot:
    decision = case.decision[voting.decision]
    closed = voting.phase == CLOSED
    limit = voting.alone_until if voting.phase == ALONE else voting.until
    asked = frozenset() if closed else asked_now(case, state, voting)
    given = voting.alone if voting.phase == ALONE else voting.votes
    yours = sight.alone and has_voice(case, sight.solo_role, decision)
    may_choose = yours or (not sight.alone and sight.me in asked)
    feedback = feedback_of(decision, voting.option) if sight.alone and closed and voting.option else None
    voters = [(role, role in given) for role in case.role if role in asked]
    decides = decision.how == AUTHORITY
    return Ballot(
        key=decision.key,
        title=decision.title,
        question=decision.question,
        how=decision.how,
        phase=voting.phase,
        decider=case.role[decision.roles[0]].name if decides else None,
        until=0 if closed or state.paused else state.moment(limit),
        left=0 if closed else max(0, limit - state.clock(state.at)),
        may_choose=may_choose and not closed,
        choices=_choices(decision, voting, given.get(sight.me, ""), counted=not sight.alone),
        voters=tuple(
            Voter(case.role[role].name, case.role[role].sector, voted, role == sight.me) for role, voted in voters
        ),
        closed_by=voting.how,
        feedback=feedback,
        unanswered=bool(decision.alone) and voting.phase == TABLE and not voting.alone,
        yours=yours,
    )


def _choices(decision: Decision, voting: Voting, mine: str, counted: bool) -> tuple[Choice, ...]:
    """Counts of the answers given alone are known once the table is asked; those of votes once it is closed."""
    alone = Counter(voting.alone.values()) if counted and decision.alone and voting.phase != ALONE else None
    votes = Counter(voting.votes.values()) if counted and voting.phase == CLOSED else None
    offered = [option for option in decision.options if option.key in voting.offered]
    return tuple(
        Choice(
            key=option.key,
            letter=LETTERS[place],
            text=option.text,
            mine=option.key == mine,
            taken=voting.phase == CLOSED and option.key == voting.option,
            alone=None if alone is None else alone[option.key],
            votes=None if votes is None else votes[option.key],
        )
        for place, option in enumerate(offered)
    )


def feedback_of(decision: Decision, option: str) -> Feedback:
    """What was hidden about an option. Only for what is over."""
    known = decision.option(option)
    return Feedback(known.grade, known.reason, known.cites, known.effect.voice)


def taken(case: Case, state: State, sight: Sight) -> tuple[Taken, ...]:
    """What one's table has decided so far, in order."""
    found = []
    for verdict in state.verdicts:
        decision = case.decision[verdict.decision]
        if at_table(case, decision, sight):
            option = decision.option(verdict.option).text if verdict.option else None
            found.append(Taken(decision.title, option, verdict.how, minutes_of(case, verdict.clock)))
    return tuple(found)
