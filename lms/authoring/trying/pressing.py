"""What the buttons of a trial mean, and how time passes in it: from one thing that happens by itself to the next."""

from collections.abc import Iterable, Mapping
from typing import Any

from lms.authoring.models import Trial
from lms.authoring.trying.beginning import ALL
from lms.content.case import Case
from lms.errors import Refused
from lms.simulations import commands, seat_moves, solo
from lms.simulations.clockwork import next_due
from lms.simulations.commands import NO_SUCH_BUTTON
from lms.simulations.forms_player import HandoffSent
from lms.simulations.log import Event, Moment, from_row, to_row
from lms.simulations.models import RunRow
from lms.simulations.moves import Move, made
from lms.simulations.replay import replay
from lms.simulations.state import State

Rows = list[dict[str, Any]]
# What the console's buttons may do here: nobody is missing and nobody waits, so the rest of them has no sense in a trial.
_CONSOLE = {"send", "send-softer", "hold", "release", "skip", "next", "decide", "reopen", "end"}


def run_of(trial: Trial, name: str) -> RunRow:
    """What players' screens and moves want to know of a run, for a trial; its group is called `name`."""
    mode = "live" if trial.mode == ALL else "solo"
    return RunRow(
        trial.id, trial.draft_id, "", trial.case_key, mode, trial.role, name, trial.version, f"trial {trial.id}"
    )


def as_player(run: RunRow, role: str, what: str, sent: Mapping[str, str], handoff: HandoffSent) -> Move:
    """A button on the screen of `role`: `what` is the last part of its address. Raises Refused when there is no such button."""
    if what == "votes":
        return seat_moves.vote(run, role, sent["decision"], sent["option"], sent["phase"])
    if what == "facts":
        return seat_moves.share(run, role, sent["fact"])
    if what == "handoffs":
        return seat_moves.hand_over(run, role, handoff)
    if what == "go-on":
        return seat_moves.go_on(run, int(sent["seen"]) if sent["seen"].isdecimal() else 0)
    raise NO_SUCH_BUTTON


def as_facilitator(run: RunRow, command: str, reason: str) -> Move:
    """A button beside the screens: those of the console, and `agree:decision:option`. Raises Refused when there is none."""
    word, *parts = command.split(":")
    if word == "agree" and len(parts) == 2:
        return _agree(*parts)
    if word not in _CONSOLE:
        raise NO_SUCH_BUTTON
    move = commands.read(command, reason)
    return move if run.mode == "live" else solo.as_one(run.solo_role, solo.mine(move))


def _agree(decision: str, option: str) -> Move:
    """Everybody who is asked chooses the option, alone and at the table."""

    def move(case: Case, state: State, now: Moment) -> list[Event]:
        voting = state.decisions.get(decision)
        if voting is None or voting not in state.open_decisions:
            raise Refused("This decision is not open.")
        return solo.one_after_another(solo.all_choose(case, state, voting, option))(case, state, now)

    return move


def carried_out(case: Case, state: State, move: Move | None) -> tuple[State, list[Event]]:
    """The state after `move`, which takes no time; without a move time passes until something happens by itself."""
    if move is not None:
        return made(case, state, state.at, move)
    due = next_due(case, state)
    if due is None:
        raise Refused("Nothing comes by itself now. Decide, or go on.")
    return made(case, state, due)


def rows_of(events: Iterable[Event], number: int) -> Rows:
    """The events of the move `number`, as they are stored."""
    rows = []
    for event in events:
        kind, data = to_row(event)
        rows.append({"move": number, "at": event.at, "kind": kind, "data": data})
    return rows


def events_in(rows: Rows) -> list[Event]:
    """The log that was stored."""
    return [from_row(row["at"], row["kind"], row["data"]) for row in rows]


def state_after(case: Case, rows: Rows) -> State:
    """Where a trial stands."""
    return replay(case, events_in(rows))


def last_move(rows: Rows) -> int:
    """The number of the last move; 0 when there was none after the beginning."""
    return int(rows[-1]["move"]) if rows else 0


def taken_back(rows: Rows) -> Rows:
    """The log without its last move; the beginning stays."""
    last = last_move(rows)
    return [row for row in rows if not last or row["move"] != last]
