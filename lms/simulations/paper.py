"""What was played on paper and is typed in afterwards: the same moves, judged by the same rules, at the moments that were written
down. Pure.

The time limits of decisions do not close anything here: at a table without phones the facilitator kept the time. Everything else that
time and conditions bring comes as it would have come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lms.content.case import Case, Decision
from lms.content.course import Text
from lms.errors import Refused
from lms.simulations import facilitation, log, moves
from lms.simulations.clockwork import asked_now, can_open
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, made
from lms.simulations.replay import beginning
from lms.simulations.state import ALONE, CLOSED, State, minutes_of, speaker

NO_LIMIT = 1_000_000  # real minutes
HOW = ("votes", "time", "facilitator")
_SENT, _FACT, _DECISION, _HANDOFF, _ONWARD = range(5)  # what comes first of things written down with the same minute


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was written down: when (milliseconds of the running clock), what it is about, and the moves it means."""

    clock: int
    rank: int
    about: Text | None
    moves: tuple[Move, ...]


class NotSo(Exception):
    """What was typed cannot have been; `about` says which line, `refusal` why."""

    def __init__(self, about: Text | None, refusal: Refused) -> None:
        super().__init__(refusal.message)
        self.about, self.refusal = about, refusal


@cache
def unhurried(case: Case) -> Case:
    """The case without time limits of its decisions."""

    def slow(decision: Decision) -> Decision:
        return replace(decision, minutes=NO_LIMIT, alone=NO_LIMIT if decision.alone else 0)

    stages = (replace(stage, decisions=tuple(map(slow, stage.decisions))) for stage in case.stages)
    return replace(case, stages=tuple(stages))


def begun(case: Case, at: Moment, roles: Iterable[str], reason: str) -> tuple[State, list[Event]]:
    """A run in which `roles` sat down and the first scene began at `at`. `reason` counts only when required roles are missing."""
    state, events = beginning(case), []
    for role in roles:
        state, new = made(case, state, at, moves.sit_down(role))
        events += new
    missing = facilitation.roles_without_voice(case, state)
    state, new = made(unhurried(case), state, at, facilitation.start(reason if missing else ""))
    return state, events + new


def typed(case: Case, state: State, entries: Sequence[Entry]) -> tuple[State, list[Event]]:
    """The state after what was typed, and its events. Raises NotSo; then nothing of it has happened."""
    slow = unhurried(case)
    events: list[Event] = []
    written = minutes_of(case, state.clock(state.at))
    for entry in sorted(entries, key=lambda one: (one.clock, one.rank)):
        try:
            if minutes_of(case, entry.clock) < written:
                raise Refused(
                    "This minute is before what has already been typed: %(minute)d.", status=422, minute=written
                )
            for move in entry.moves:
                state, new = made(slow, state, state.moment(entry.clock), move)
                events += new
        except Refused as refusal:
            raise NotSo(entry.about, refusal) from None
    return state, events


def fact(case: Case, key: str, clock: int) -> Entry:
    """A fact was said at its table."""
    holder = case.fact_holder[key].key

    def move(known: Case, state: State, now: Moment) -> list[Event]:
        seat = speaker(known, state, holder)
        if not seat:
            raise Refused("Nobody was there to say it.", status=422)
        return moves.share(seat, key)(known, state, now)

    return Entry(clock, _FACT, case.fact[key].text, (move,))


def slip(case: Case, key: str, clock: int, softer: bool = False) -> Entry:
    """A slip that the facilitator gave by own choice."""
    return Entry(clock, _SENT, case.inject[key].title, (facilitation.send(key, softer),))


def kept_back(case: Case, key: str, clock: int) -> Entry:
    """A slip that was not given although its time came."""
    return Entry(clock, _SENT, case.inject[key].title, (facilitation.skip(key),))


def decided(
    case: Case, key: str, clock: int, option: str, *, how: str = "votes", why: str = "",
    alone: Mapping[str, str], votes: Mapping[str, str],
) -> Entry:  # fmt: skip
    """A decision: what was taken, by what (`how`: votes, time, facilitator), and, if they were counted, the answers by seat."""
    given = [_answer(seat, key, chosen) for seat, chosen in alone.items()]
    cast = [_vote(seat, key, chosen) for seat, chosen in votes.items()]
    taken = (_opened(key), *given, _asked_together(key), *cast, _taken(key, option, how, why))
    return Entry(clock, _DECISION, case.decision[key].title, taken)


def handed_on(
    case: Case, key: str, clock: int, role: str, *, items: tuple[str, ...], channel: str, consent: str
) -> Entry:
    """A hand-off by the person in the seat of `role`."""
    move = moves.hand_over(role, key, items=items, channel=channel, consent=consent)
    return Entry(clock, _HANDOFF, case.handoff[key].title, (move,))


def onward(case: Case, stage: str, clock: int, why: str = "") -> Entry:
    """The scene ended, and the story went on."""
    return Entry(clock, _ONWARD, case.stage[stage].title, (facilitation.go_on(stage, why),))


def stopped(clock: int, why: str) -> Entry:
    """The exercise was stopped before its end."""
    return Entry(clock, _ONWARD, None, (facilitation.end(why),))


def _opened(key: str) -> Move:
    """On paper a question may be asked before its minute, but not before what has to come first."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if key in state.decisions:
            return []
        if key not in {one.key for one in case.stage[state.stage].decisions} or not can_open(state, case.decision[key]):
            raise Refused("By then this decision had not come up.", status=422)
        return [log.DecisionOpened(at=now, decision=key)]

    return move


def _answer(seat: str, key: str, option: str) -> Move:
    """An answer given alone; where the case asks for none it is not counted."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        voting = state.decisions[key]
        if voting.phase != ALONE or seat not in asked_now(case, state, voting):
            return []
        return moves.vote(seat, key, option, voting.phase)(case, state, now)

    return move


def _asked_together(key: str) -> Move:
    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [log.TableAsked(at=now, decision=key)] if state.decisions[key].phase == ALONE else []

    return move


def _vote(seat: str, key: str, option: str) -> Move:
    """A vote at the table. One that comes after the votes before it have decided must agree with nothing: it is not needed."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [] if state.decisions[key].phase == CLOSED else moves.vote(seat, key, option)(case, state, now)

    return move


def _taken(key: str, option: str, how: str, why: str) -> Move:
    def move(case: Case, state: State, now: Moment) -> list[Event]:
        voting = state.decisions[key]
        if voting.phase == CLOSED and voting.option == option:
            return []
        if voting.phase == CLOSED:
            raise Refused("By the votes that were typed another option was taken.", status=422)
        if how == "facilitator":
            return facilitation.decide(key, option, why)(case, state, now)
        if option not in voting.offered:
            raise Refused("This option was not offered then.", status=422)
        return [log.DecisionClosed(at=now, decision=key, option=option, how=how)]

    return move
