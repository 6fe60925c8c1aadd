"""What the buttons of the console say, read as moves: `send:van`, `extend:first:60`, `decide:first:talk`."""

from collections.abc import Callable

from lms.content.case import Case
from lms.errors import Refused
from lms.simulations import facilitation
from lms.simulations.log import Event, Moment
from lms.simulations.moves import Move, leave, sit_down
from lms.simulations.state import State
from lms.ui import N_

NO_SUCH_BUTTON = Refused("There is no such button. Reload the page and try again.", status=422)
# A word, then what stands behind its colons; the reason that was typed comes last.
_COMMANDS: dict[str, Callable[..., Move]] = {
    "start": facilitation.start,
    "pause": facilitation.pause,
    "resume": lambda reason: facilitation.resume(),
    "next": facilitation.go_on,
    "end": facilitation.end,
    "send": lambda inject, reason: facilitation.send(inject, reason=reason),
    "send-softer": lambda inject, reason: facilitation.send(inject, softer=True, reason=reason),
    "hold": lambda inject, reason: facilitation.hold(inject, reason=reason),
    "release": lambda inject, reason: facilitation.hold(inject, held=False, reason=reason),
    "skip": facilitation.skip,
    "ask": facilitation.ask,
    "extend": lambda decision, seconds, reason: facilitation.extend(decision, _seconds(seconds), reason),
    "decide": facilitation.decide,
    "reopen": facilitation.reopen,
    "cover": facilitation.cover,
    "excuse": lambda role, reason: _of_a_role(role, leave(role, "excused", reason)),
    "return": lambda role, reason: _of_a_role(role, sit_down(role)),
    "tell": lambda place, reason: facilitation.tell(reason, place),
    "note": facilitation.note,
}
# Every override has a reason. It is typed, or chosen here; the small ones are content with the first.
WHY = {
    "judgement": N_("the facilitator's judgement"),
    "talking": N_("the table is still talking"),
    "push": N_("the table needs a push"),
    "time": N_("time is short"),
    "care": N_("out of care for somebody at the table"),
    "technical": N_("a technical hitch"),
}
_SMALL = {"send", "send-softer", "hold", "release", "skip", "ask", "extend", "cover", "excuse"}
# What interferes with the table's own doing stands in the audit log too, with the account.
OVERRIDES = {"end", "skip", "decide", "reopen", "cover", "excuse"}


def read(command: str, reason: str) -> Move:
    """The move that `command` means. Raises Refused when there is no such button."""
    word, *parts = command.split(":")
    try:
        return _COMMANDS[word](*parts, reason.strip())
    except (KeyError, TypeError):
        raise NO_SUCH_BUTTON from None


def reason_of(command: str, typed: str, chosen: str) -> str:
    """Why: the words that were typed, else the chosen sentence (in English), else for small things the first one."""
    if typed.strip():
        return typed.strip()
    if word_of(command) in ("tell", "note") or (chosen not in WHY and word_of(command) not in _SMALL):
        return ""
    return WHY.get(chosen, WHY["judgement"])


def word_of(command: str) -> str:
    """The first word of a command."""
    return command.split(":", 1)[0]


def _of_a_role(role: str, inner: Move) -> Move:
    def move(case: Case, state: State, now: Moment) -> list[Event]:
        if role not in case.role:
            raise NO_SUCH_BUTTON
        return inner(case, state, now)

    return move


def _seconds(typed: str) -> int:
    return int(typed) if typed.isdigit() and len(typed) < 6 else 0
