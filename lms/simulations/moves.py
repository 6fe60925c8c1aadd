"""What players may do, judged: each move gives the events it makes, or is Refused with a sentence. Pure.

`made(case, state, now, move)` is the one way in: first what time has brought, then the move, then what follows from it.
"""

from collections.abc import Callable

from lms.content.case import Case
from lms.errors import Refused
from lms.simulations.clockwork import asked_now, settle
from lms.simulations.log import Event, FactShared, HandedOver, Moment, SeatLeft, SeatTaken, VoteCast
from lms.simulations.replay import follow
from lms.simulations.state import ALONE, CLOSED, FINISHED, PREPARING, State, spoken_for

LONGEST_NOTE = 300  # characters
CONSENTS = ("given", "refused", "not-asked")
Move = Callable[[Case, State, Moment], list[Event]]


def made(case: Case, state: State, now: Moment, move: Move | None = None) -> tuple[State, list[Event]]:
    """The state after `move` at `now`, and every event since `state`. Raises Refused; then nothing has happened."""
    now = max(now, state.at)  # a clock that was set back does not turn the story round
    state, events = settle(case, state, now)
    if move and (chosen := move(case, state, now)):
        state = follow(case, state, chosen)
        state, consequences = settle(case, state, now)
        events = [*events, *chosen, *consequences]
    return state, events


def must_run(state: State) -> None:
    """Refused unless the clock of the run is going."""
    if state.phase == PREPARING:
        raise Refused("The exercise has not started yet.")
    if state.phase == FINISHED:
        raise Refused("The exercise is over.")
    if state.paused:
        raise Refused("The exercise is paused. Go on when the facilitator starts it again.")


def sit_down(role: str) -> Move:
    """The person of `role` is there, for the first time or again."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if state.phase == FINISHED or state.seats[role].present:
            return []
        return [SeatTaken(at=now, role=role)]

    return move


def leave(role: str, why: str = "stepped-out", reason: str = "") -> Move:
    """The person of `role` is not there now; others cover the role, and are told nothing."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        seat = state.seats[role]
        if state.phase == FINISHED or (why != "freed" and not seat.present) or (why == "freed" and not seat.held):
            return []
        return [SeatLeft(at=now, role=role, why=why, reason=reason)]

    return move


def vote(seat: str, decision: str, option: str, phase: str = "") -> Move:
    """The person in `seat` chooses an option; the last choice before the decision closes counts.

    `phase` is what the screen asked for: an answer given alone that comes late, or a second time, is no vote at the table.
    """

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        voting = state.decisions.get(decision)
        if voting is None or voting.phase == CLOSED:
            raise Refused("This decision is closed; your choice came too late and was not counted.")
        if option not in voting.offered:
            raise Refused("This option is not offered. Choose one of those on the screen.", status=422)
        if seat not in asked_now(case, state, voting):
            raise Refused("Your role does not decide here.")
        if phase == ALONE and voting.phase != ALONE:
            if voting.alone.get(seat) == option:
                return []
            raise Refused("Everybody has answered alone, or the time for it is over. Now the table decides.")
        chosen = voting.alone if voting.phase == ALONE else voting.votes
        return [] if chosen.get(seat) == option else [VoteCast(at=now, decision=decision, role=seat, option=option)]

    return move


def share(seat: str, fact: str) -> Move:
    """The person in `seat` puts a fact of their role, or of a role they cover, on the table."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        if fact not in {one for role in spoken_for(case, state, seat) for one in facts_of(case, state, role)}:
            raise Refused("There is no such information on your card.", status=404)
        return [] if fact in state.facts else [FactShared(at=now, role=case.fact_holder[fact].key, fact=fact)]

    return move


def facts_of(case: Case, state: State, role: str) -> list[str]:
    """The facts that `role` holds by now."""
    return [fact.key for fact in case.role[role].facts if not fact.since or fact.since in state.happened]


def hand_over(
    seat: str, handoff: str, *, items: tuple[str, ...], channel: str, consent: str, note: str = "", token: str = ""
) -> Move:
    """The person in `seat` tells somebody something. A repeated sending (same `token`) changes nothing."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if token and token in state.tokens:
            return []
        must_run(state)
        role = _who_hands_over(case, state, seat, handoff)
        known = case.handoff[handoff]
        if not items or not set(items) <= {item.key for item in known.items}:
            raise Refused("Choose what you are passing on.", status=422)
        if channel not in {one.key for one in known.channels}:
            raise Refused("Choose how you are passing it on.", status=422)
        if known.consent and consent not in CONSENTS:
            raise Refused("Say whether the person agreed.", status=422)
        if len(note) > LONGEST_NOTE:
            raise Refused("The note is too long: %(most)d characters at most.", status=422, most=LONGEST_NOTE)
        given = consent if known.consent else ""
        ordered = tuple(item.key for item in known.items if item.key in items)
        return [
            HandedOver(
                at=now,
                handoff=handoff,
                role=role,
                items=ordered,
                channel=channel,
                consent=given,
                note=note,
                token=token,
            )
        ]

    return move


def _who_hands_over(case: Case, state: State, seat: str, handoff: str) -> str:
    offered = {one.key: one for one in case.stage[state.stage].handoffs if one.when.holds(state.flags)}
    if handoff not in offered:
        raise Refused("This can no longer be passed on in this part of the exercise.")
    for role in spoken_for(case, state, seat):
        if role in offered[handoff].roles:
            return role
    raise Refused("Your role does not pass this on.")
