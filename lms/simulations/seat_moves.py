"""What the holder of a seat does, in a group or in practice alone: the same buttons, and in practice everybody else answers at once."""

from lms.content.case import Case
from lms.errors import Refused
from lms.simulations import moves, solo
from lms.simulations.forms_player import HandoffSent
from lms.simulations.log import Event, Moment, Paused, Resumed
from lms.simulations.models import Run, RunRow
from lms.simulations.moves import Move
from lms.simulations.state import CLOSED, PREPARING, State


def enter(run: Run | RunRow, role: str) -> Move:
    """Sit down. In practice the story begins."""
    if run.mode != "solo":
        return moves.sit_down(role)

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        begun = solo.begin(case, run.solo_role) if state.phase == PREPARING else []
        return solo.as_one(run.solo_role, begun)(case, state, now)

    return move


def vote(run: Run | RunRow, role: str, decision: str, option: str, phase: str) -> Move:
    """Choose an option. In practice the decision closes; the same choice once more changes nothing."""
    if run.mode != "solo":
        return moves.vote(role, decision, option, phase)

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        voting = state.decisions.get(decision)
        if voting and voting.phase == CLOSED and voting.option == option:
            return []
        chosen = solo.choose(case, state, run.solo_role, decision, option)
        return solo.as_one(run.solo_role, chosen)(case, state, now)

    return move


def share(run: Run | RunRow, role: str, fact: str) -> Move:
    """Put a fact on the table."""
    if run.mode != "solo":
        return moves.share(role, fact)

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        holder = case.fact_holder.get(fact)
        seat = holder.key if holder and not run.solo_role else role
        return _alone(run, moves.share(seat, fact))(case, state, now)

    return move


def hand_over(run: Run | RunRow, role: str, sent: HandoffSent) -> Move:
    """Tell somebody something."""

    def made_by(seat: str) -> Move:
        return moves.hand_over(
            seat, sent.handoff, items=sent.items, channel=sent.channel, consent=sent.consent, note=sent.note,
            token=sent.token,
        )  # fmt: skip

    if run.mode != "solo":
        return made_by(role)

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        known = case.handoff.get(sent.handoff)
        seat = known.roles[0] if known and not run.solo_role else role
        return _alone(run, made_by(seat))(case, state, now)

    return move


def go_on(run: Run | RunRow, seen: int) -> Move:
    """Practice: on to what comes next, from the version that was `seen` (a double press does not skip anything)."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if run.mode != "solo":
            raise Refused("Only the facilitator can go on.", status=403)
        onward = solo.onward(case, state) if state.version == seen else []
        return solo.as_one(run.solo_role, onward)(case, state, now)

    return move


def _alone(run: Run | RunRow, own: Move) -> Move:
    """One's own move in practice, with what the others do then. What changes nothing does not start and stop the clock either."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        events = solo.as_one(run.solo_role, solo.mine(own))(case, state, now)
        return events if any(not isinstance(event, Resumed | Paused) for event in events) else []

    return move
