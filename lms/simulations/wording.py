"""How grades, states and ways read, in the language in force. One wording for page, paper and report."""

from lms.language import gettext
from lms.ui import N_

_GRADES = {
    "right": N_("in line with the procedure"),
    "acceptable": N_("possible, but there is a better way"),
    "harmful": N_("harms the person"),
    "": N_("left undecided"),
}
_HOW = {
    "votes": N_("The table chose it."),
    "time": N_("Time ran out; this was taken."),
    "facilitator": N_("The facilitator closed the decision."),
    "dropped": N_("It was left undecided."),
}
_STEPS = {"done": N_("on time"), "late": N_("late"), "skipped": N_("not done"), "asleep": N_("not called for")}
_HANDOFFS = {
    "in-order": N_("in order"),
    "late": N_("late"),
    "incomplete": N_("incomplete"),
    "wrong": N_("against the rules"),
    "not-made": N_("not passed on"),
}
_WAYS = {
    "authority": N_("one service decides"),
    "majority": N_("by majority"),
    "consensus": N_("by consensus"),
    "individually": N_("each service for itself"),
}
_NEEDS = {"needed": N_("needed"), "allowed": N_("may be said"), "forbidden": N_("must not be passed on")}
_TONES = {
    "done": "right", "in-order": "right", "late": "acceptable", "incomplete": "acceptable", "not-made": "acceptable",
    "skipped": "harmful", "wrong": "harmful",
}  # fmt: skip


def grade_name(grade: str) -> str:
    """The grade of an option in words."""
    return gettext(_GRADES[grade])


def how_closed(how: str) -> str:
    """What closed a decision."""
    return gettext(_HOW[how])


def not_own_words(number: int) -> str:
    """How many decisions were closed without the votes of those who were asked."""
    return gettext("the table did not decide itself (time ran out, or the facilitator): %(number)d", number=number)


def step_state(status: str) -> str:
    """How a step of the procedure ended."""
    return gettext(_STEPS[status])


def handoff_state(status: str) -> str:
    """How a hand-off ended."""
    return gettext(_HANDOFFS[status])


def way_name(how: str) -> str:
    """How a decision is taken."""
    return gettext(_WAYS[how])


def need_name(need: str) -> str:
    """Whether a piece of information belongs in a hand-off."""
    return gettext(_NEEDS[need])


def status_tone(status: str) -> str:
    """The colour of a state, as the printed documents call it."""
    return _TONES.get(status, "plain")
