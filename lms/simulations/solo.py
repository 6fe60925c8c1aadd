"""Practice by one person: who plays one role, or the whole table, while the others play what the case holds to be right. Pure.

Nobody is cut off: the run is paused whenever it is the person's turn, so the clock stands while they read and think. Every list of
moves starts the clock, plays, and stops it at the same moment. The story's time goes by jumps, from one timed event to the next,
when the person goes on (`onward`); decisions keep what time they have. `as_one` makes one move of a list and of all that the
others do in answer, to be stored at once.
"""

from lms.content.case import ACCEPTABLE, FORBIDDEN, NEEDED, RIGHT, Case, CaseOption, Decision, Handoff
from lms.errors import Refused
from lms.simulations import facilitation, log, moves
from lms.simulations.clockwork import is_complete, next_timed
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, facts_of, made
from lms.simulations.replay import who_answers_alone
from lms.simulations.state import ALONE, RUNNING, State, Voting, speakers

WHOLE_TABLE = ""  # the role of a person who decides for everybody
MOST_ANSWERS = 100  # rounds in which the others may act on one another


def begin(case: Case, role: str) -> list[Move]:
    """Everybody sits down and the story begins."""
    return [*map(moves.sit_down, case.role), facilitation.start(), facilitation.pause()]


def mine(move: Move) -> list[Move]:
    """The person's own sharing of a fact or handing over."""
    return [facilitation.resume(), move, facilitation.pause()]


def choose(case: Case, state: State, role: str, decision: str, option: str) -> list[Move]:
    """The person's choice: everybody asked chooses the same, alone and at the table, so that its consequences are seen.

    Raises Refused when the decision is not open or the role has no voice in it.
    """
    voting = state.decisions.get(decision)
    if voting is None or voting not in state.open_decisions:
        raise Refused("This decision is closed; your choice came too late and was not counted.")
    if not has_voice(case, role, case.decision[decision]):
        raise Refused("Your role does not decide here.")
    return _as_played(all_choose(case, state, voting, option))


def onward(case: Case, state: State) -> list[Move]:
    """What follows when the person goes on: the next timed event, else the next stage; nothing while a decision waits."""
    if state.phase != RUNNING:
        return []
    if (clock := next_timed(case, state)) is not None:
        return mine(_pass_time(state.stage, clock))
    return mine(facilitation.go_on(state.stage)) if is_complete(case, state) else []


def others(case: Case, state: State, role: str) -> list[Move]:
    """What the others do now: share what the decisions of the stage need, hand over, and decide where `role` has no voice.

    Empty when it is the person's turn; ask again after the moves were made, for one thing leads to another.
    """
    if state.phase != RUNNING:
        return []
    answers = [*_facts(case, state, role), *_handoffs(case, state, role)]
    for voting in state.open_decisions:
        decision = case.decision[voting.decision]
        if not has_voice(case, role, decision) and (option := right_option(decision, voting)):
            answers += all_choose(case, state, voting, option)
    return _as_played(answers)


def as_one(role: str, what: list[Move]) -> Move:
    """One move of `what` the person does, of everything the others do then, until it is the person's turn again."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        events: list[Event] = []
        for _ in range(MOST_ANSWERS):
            state, new = _made(case, state, now, what if not events else others(case, state, role))
            events += new
            if not new:
                break
        return events

    return move


def one_after_another(what: list[Move]) -> Move:
    """Several moves as one."""
    return lambda case, state, now: _made(case, state, now, what)[1]


def has_voice(case: Case, role: str, decision: Decision) -> bool:
    """Whether the person decides here: their role is asked, or they are the whole table."""
    return role == WHOLE_TABLE or role in case.voters(decision)


def right_option(decision: Decision, voting: Voting) -> str:
    """What the others choose: the first right option that is offered, else an acceptable one, else the first; empty without any."""
    offered = [option for option in decision.options if option.key in voting.offered]

    def grade(option: CaseOption) -> int:
        return (RIGHT, ACCEPTABLE).index(option.grade) if option.grade in (RIGHT, ACCEPTABLE) else 2

    return min(offered, key=grade).key if offered else ""


def _as_played(what: list[Move]) -> list[Move]:
    return [facilitation.resume(), *what, facilitation.pause()] if what else []


def _made(case: Case, state: State, now: Moment, what: list[Move]) -> tuple[State, list[Event]]:
    events: list[Event] = []
    for move in what:
        state, new = made(case, state, now, move)
        events += new
    return state, events


def all_choose(case: Case, state: State, voting: Voting, option: str) -> list[Move]:
    """Everybody asked chooses the same option, alone and at the table."""
    decision = case.decision[voting.decision]
    table = sorted(speakers(case, state, case.voters(decision)))
    alone = sorted(speakers(case, state, who_answers_alone(case, decision))) if voting.phase == ALONE else []
    return [moves.vote(seat, decision.key, option) for seat in (*alone, *table)]


def _pass_time(stage: str, clock: int) -> Move:
    def move(case: Case, state: State, now: Moment) -> list[Event]:
        ahead = clock - state.clock(now)
        return [log.TimePassed(at=now, milliseconds=ahead)] if state.stage == stage and ahead > 0 else []

    return move


def _facts(case: Case, state: State, role: str) -> list[Move]:
    needed = {fact for decision in case.stage[state.stage].decisions for fact in decision.needs} - state.facts.keys()
    found = []
    for fact in sorted(needed):
        holder = case.fact_holder[fact].key
        if holder != role and fact in facts_of(case, state, holder):
            found.append(moves.share(holder, fact))
    return found


def _handoffs(case: Case, state: State, role: str) -> list[Move]:
    """The next hand-off that is not the person's: made once, as it should be. One at a time, for it may change what is offered."""
    if role == WHOLE_TABLE:
        return []
    made_already = {one.handoff for one in state.passed}
    for handoff in case.stage[state.stage].handoffs:
        offered = handoff.key not in made_already and handoff.when.holds(state.flags)
        if offered and role not in handoff.roles and (move := as_it_should_be(handoff)):
            return [move]
    return []


def as_it_should_be(handoff: Handoff) -> Move | None:
    """The hand-off with everything needed and nothing else, by a safe channel, with consent; None if that cannot be."""
    needed = tuple(item.key for item in handoff.items if item.need == NEEDED)
    items = needed or tuple(item.key for item in handoff.items if item.need != FORBIDDEN)[:1]
    channel = next((channel.key for channel in handoff.channels if channel.safe), "")
    if not items or not channel:
        return None
    return moves.hand_over(handoff.roles[0], handoff.key, items=items, channel=channel, consent="given")
