"""What the facilitator may do, judged. Every override is an event with a reason. Pure; used through `moves.made`."""

from lms.content.case import Case
from lms.errors import Refused
from lms.simulations import log
from lms.simulations.clockwork import can_open, is_complete, way_on
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, must_run
from lms.simulations.state import CLOSED, FINISHED, PREPARING, RUNNING, State, Voting, speaker

LONGEST_TEXT = 600  # characters


def start(reason: str = "") -> Move:
    """Begin with the first stage. Every required role must be spoken for, unless a reason is given."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if state.phase != PREPARING:
            return []
        if not any(seat.present for seat in state.seats.values()):
            raise Refused("Nobody is at the table yet.")
        if not reason and roles_without_voice(case, state):
            raise Refused("A required role has nobody. Seat or cover it, or say why you start without it.")
        return [log.RunStarted(at=now, reason=reason), log.StageBegan(at=now, stage=case.stages[0].key)]

    return move


def roles_without_voice(case: Case, state: State) -> list[str]:
    """The required roles that nobody speaks for."""
    return [role.key for role in case.roles if role.required and not speaker(case, state, role.key)]


def pause(reason: str = "") -> Move:
    """Stop the clock."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [log.Paused(at=now, reason=reason)] if state.phase == RUNNING and not state.paused else []

    return move


def resume() -> Move:
    """Let the clock go on."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [log.Resumed(at=now)] if state.phase == RUNNING and state.paused else []

    return move


def go_on(stage: str, reason: str = "") -> Move:
    """Leave `stage` (the one on the screen: a double press does not skip two). An unfinished one needs a reason."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if state.stage != stage or state.phase != RUNNING:
            return []
        must_run(state)
        if not is_complete(case, state) and not reason:
            raise Refused("A decision is still open. Wait for it, or say why you go on without it.")
        return [*_dropped(state, now, reason), _to(way_on(case, state), case, now, reason)]

    return move


def _dropped(state: State, now: Moment, reason: str) -> list[Event]:
    """What is left undecided stands in the log, with the votes that it had."""
    return [log.DecisionDropped(at=now, decision=voting.decision, reason=reason) for voting in state.open_decisions]


def _to(target: str, case: Case, now: Moment, reason: str) -> Event:
    if target in case.ending:
        return log.RunEnded(at=now, ending=target)
    return log.StageBegan(at=now, stage=target, reason=reason)


def end(reason: str) -> Move:
    """Stop the exercise here."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if state.phase == FINISHED:
            return []
        _must_say_why(reason)
        return [*_dropped(state, now, reason), log.RunEnded(at=now, ending="", reason=reason)]

    return move


def send(inject: str, softer: bool = False, reason: str = "") -> Move:
    """Send an inject of this stage now."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        if _of_this_stage(case, state, inject) == "sent":
            return []
        wording = softer and case.inject[inject].softer is not None
        return [log.InjectSent(at=now, inject=inject, how="hand", softer=wording, reason=reason)]

    return move


def hold(inject: str, held: bool = True, reason: str = "") -> Move:
    """Keep an inject back until it is sent by hand, or let it go its way again."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        status = _of_this_stage(case, state, inject)
        if status in ("sent", "skipped") or (status == "held") == held:
            return []
        return [log.InjectHeld(at=now, inject=inject, held=held, reason=reason)]

    return move


def skip(inject: str, reason: str = "") -> Move:
    """Leave an inject out."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        if _of_this_stage(case, state, inject) in ("sent", "skipped"):
            return []
        return [log.InjectSkipped(at=now, inject=inject, reason=reason)]

    return move


def _of_this_stage(case: Case, state: State, inject: str) -> str:
    if inject not in {one.key for one in case.stage[state.stage].injects}:
        raise Refused("This event does not belong to the present scene.")
    return state.injects.get(inject, "")


def tell(text: str, place: str = "") -> Move:
    """Tell one table, or all, something in own words."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        words = _words(text)
        if place and place not in {one.key for one in case.places}:
            raise Refused("There is no such place in this exercise.", status=422)
        return [log.MessageSent(at=now, text=words, place=place)]

    return move


def note(text: str) -> Move:
    """Pin a note to this moment; only facilitators read it, and the debrief."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        return [log.NoteWritten(at=now, text=_words(text))]

    return move


def ask(decision: str, reason: str = "") -> Move:
    """Open a decision that waits for nothing but its minute."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        if decision in state.decisions:
            return []
        known = next((one for one in case.stage[state.stage].decisions if one.key == decision), None)
        if known is None or not can_open(state, known):
            raise Refused("This decision cannot be opened now: it waits for another one, or for the story.")
        return [log.DecisionOpened(at=now, decision=decision, reason=reason)]

    return move


def extend(decision: str, seconds: int, reason: str = "") -> Move:
    """Give an open decision more time."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        _open(state, decision)
        if not 0 < seconds <= 3600:
            raise Refused("Write how many seconds more: 1 to 3600.", status=422)
        return [log.TimeExtended(at=now, decision=decision, seconds=seconds, reason=reason)]

    return move


def decide(decision: str, option: str, reason: str) -> Move:
    """Take an option for the table."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        voting = _open(state, decision)
        _must_say_why(reason)
        if option not in voting.offered:
            raise Refused("This option is not offered. Choose one of those on the screen.", status=422)
        return [log.DecisionClosed(at=now, decision=decision, option=option, how="facilitator", reason=reason)]

    return move


def reopen(decision: str, reason: str) -> Move:
    """Take back a decision of this stage; the table decides anew."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        must_run(state)
        _must_say_why(reason)
        voting = state.decisions.get(decision)
        if voting is None:
            raise Refused("Only a decision of the present scene can be opened again.")
        return [log.DecisionReopened(at=now, decision=decision, reason=reason)] if voting.phase == CLOSED else []

    return move


def cover(role: str, by: str, reason: str = "") -> Move:
    """Let the person in the seat `by` speak for `role`; an empty `by` takes that back."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if role not in state.seats:
            raise Refused("There is no such role in this exercise.", status=422)
        if state.phase == FINISHED or state.seats[role].by == by:
            return []
        if by and (by == role or by not in state.seats or not state.seats[by].present):
            raise Refused("Choose a seat in which somebody is sitting.", status=422)
        return [log.SeatCovered(at=now, role=role, by=by, reason=reason)]

    return move


def _open(state: State, decision: str) -> Voting:
    voting = state.decisions.get(decision)
    if voting is None or voting.phase == CLOSED:
        raise Refused("This decision is not open.")
    return voting


def _must_say_why(reason: str) -> None:
    if not reason:
        raise Refused("Say why: the reason stands in the log.", status=422)


def _words(text: str) -> str:
    words = text.strip()
    if not words or len(words) > LONGEST_TEXT:
        raise Refused("Write a text of at most %(most)d characters.", status=422, most=LONGEST_TEXT)
    return words
