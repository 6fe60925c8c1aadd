"""Conditions in words, as far as they can be read: in full for those who ask, and short enough for a label. Pure."""

from lms.authoring.pictures.reading import CaseDraft
from lms.content.case import TRUST
from lms.content.conditions import Condition, ConditionFaulty, parse
from lms.language import gettext as _
from lms.simulations.printing.conditions import phrase

_SHORT = 44  # letters of all flags in a label together


def in_full(draft: CaseDraft, source: str) -> str:
    """The condition as a phrase; what cannot be read stays as it was typed."""
    condition = _parsed(source)
    return phrase(condition.tree, lambda flag: flag_named(draft, flag)) if condition else source


def in_short(draft: CaseDraft, source: str) -> str:
    """The condition for a label: what each flag means is cut off after a few words."""
    condition = _parsed(source)
    if not condition:
        return source
    if condition.tree[0] == "flag":
        return flag_named(draft, str(condition.tree[1]))
    room = max(20, _SHORT // len(condition.flags))
    return phrase(condition.tree, lambda flag: _cut(flag_named(draft, flag), room))


def flag_named(draft: CaseDraft, flag: str) -> str:
    """What a flag means; its key while that is not written."""
    return draft.meanings.get(flag) or (_("Trust") if flag == TRUST else flag)


def _parsed(source: str) -> Condition | None:
    try:
        return parse(source)
    except ConditionFaulty:
        return None


def _cut(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    head = words[:room].rsplit(" ", 1)[0]
    return (head or words[:room]).rstrip(" ,;:") + "…"
