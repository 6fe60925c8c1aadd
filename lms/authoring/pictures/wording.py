"""The boxes of the map in words: short in the box, all of it for whoever follows the link. Pure."""

from lms.authoring.pictures.conditions import in_full, in_short
from lms.authoring.pictures.graph import (
    BY_HAND,
    CONDITIONAL,
    DECISION,
    ENDING,
    HANDOFF,
    INJECT,
    NOWHERE,
    TIMED,
    UNKNOWN,
    Choice,
    Node,
)
from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.content.case import GRADES, WAYS
from lms.language import gettext as _
from lms.language import ngettext
from lms.simulations.wording import grade_name, way_name


def stage_node(stage: Piece, number: int, kind: str, reached: bool) -> Node:
    """A scene of the story, with its number in the document."""
    subs = [_minutes(stage)] if stage.whole("minutes") else []
    if stage.whole("round"):
        subs.append(_("round %(number)d", number=stage.whole("round")))
    counts = _counts(stage)
    lost = "" if reached else _("no way leads here")
    return Node(
        stage.address, kind, stage.address, f"{number} {_title(stage)}", lost or ", ".join(subs), _("Scene"), counts,
        counts=lost or counts, reached=reached,
    )  # fmt: skip


def _counts(stage: Piece) -> str:
    decisions, injects, handoffs = (len(stage.pieces(name)) for name in ("decisions", "injects", "handoffs"))
    found = [ngettext("%(num)d decision", "%(num)d decisions", decisions)] if decisions else []
    if injects:
        found.append(ngettext("%(num)d event", "%(num)d events", injects))
    if handoffs:
        found.append(ngettext("%(num)d hand-off", "%(num)d hand-offs", handoffs))
    return ", ".join(found)


def decision_node(draft: CaseDraft, decision: Piece, stage: Piece, goes: list[str]) -> Node:
    """A decision with its options."""
    how, when = decision.word("how"), decision.piece("opens").word("when")
    subs = [_("only if: %(what)s", what=in_short(draft, when))] if when else []
    subs += [way_name(how)] if how in WAYS else []
    subs += [_minutes(decision)] if decision.whole("minutes") else []
    numbered = enumerate(decision.pieces("options"), 1)
    choices = tuple(_choice(option, number, go) for (number, option), go in zip(numbered, goes, strict=True))
    only = _("only if: %(what)s", what=in_full(draft, when)) if when else ""
    more = _said(only, ngettext("%(num)d option", "%(num)d options", len(choices)))
    return Node(
        decision.address, DECISION, decision.address, _title(decision), ", ".join(subs), _("Decision"), more,
        stage.address, choices=choices,
    )  # fmt: skip


def _choice(option: Piece, number: int, go: str) -> Choice:
    grade = option.word("grade")
    graded = grade_name(grade) if grade in GRADES else _("not graded yet")
    text = option.words("text") or _("no text yet")
    label = _said(_("Option %(number)d: %(text)s", number=number, text=text.rstrip(".")), graded)
    return Choice(option.address, number, label, grade if grade in GRADES else "", go)


def inject_node(draft: CaseDraft, inject: Piece, stage: Piece) -> Node:
    """An event, and what brings it."""
    how, sub, whole = what_brings(draft, inject)
    to = draft.audience(inject) if inject.keys("roles") or inject.word("place") else ()
    who = _("for: %(who)s", who=", ".join(role.words("name") or role.key for role in to)) if to else ""
    return Node(
        inject.address, INJECT, inject.address, _title(inject), sub, _("Event"), _said(whole, who), stage.address, how=how
    )  # fmt: skip


def what_brings(draft: CaseDraft, inject: Piece) -> tuple[str, str, str]:
    """Whether an event is timed, conditional or sent by hand, and that in words: short and in full."""
    minute, when = inject.whole("at"), inject.word("when")
    if minute is not None:
        whole = _("at case minute %(minute)d of the scene", minute=minute)
        return TIMED, _("after %(minute)d min of the story", minute=minute), whole
    if when:
        short = _("as soon as: %(what)s", what=in_short(draft, when))
        return CONDITIONAL, short, _("as soon as: %(what)s", what=in_full(draft, when))
    return BY_HAND, _("sent by hand"), _("when the facilitator sends it")


def handoff_node(draft: CaseDraft, handoff: Piece, stage: Piece) -> Node:
    """Something that can be passed on, and to whom."""
    across, when = handoff.word("to_place"), handoff.word("when")
    to = _("to: %(who)s", who=handoff.words("to")) if handoff.words("to") else ""
    sub = _("to the table: %(place)s", place=draft.name_of("places", across)) if across else to
    who = ", ".join(draft.name_of("roles", key) for key in handoff.keys("roles"))
    by = _("passed on by: %(who)s", who=who) if who else ""
    only = _("only if: %(what)s", what=in_full(draft, when)) if when else ""
    return Node(
        handoff.address, HANDOFF, handoff.address, _title(handoff), sub, _("Hand-off"), _said(to, by, only),
        stage.address, across=bool(across),
    )  # fmt: skip


def ending_node(ending: Piece, reached: bool) -> Node:
    """Where the story stops."""
    sub = _("ending") if reached else _("no way leads here")
    return Node(
        ending.address, ENDING, ending.address, _title(ending), sub, _("Ending"), counts=sub, reached=reached
    )  # fmt: skip


def missing_node(id: str, kind: str, address: str, key: str) -> Node:
    """What stands where a way ends that leads to nothing."""
    if kind == UNKNOWN:
        sub = _("there is no such scene or ending")
        return Node(id, UNKNOWN, address, key, sub, _("Way"), counts=sub)
    return Node(id, NOWHERE, address, _("leads nowhere"), "", _("Way"), _("Choose a scene or an ending."))


def branch_words(draft: CaseDraft, when: str, last: bool) -> tuple[str, str]:
    """A branch of `next` in words, short and in full; the only one there is needs none."""
    if when:
        return in_short(draft, when), _("if: %(what)s", what=in_full(draft, when))
    return (_("otherwise"), _("in all other cases")) if last else ("", "")


def option_words(decision: Piece, numbers: list[int]) -> str:
    """The options of a decision that lead somewhere by themselves, for a label that stands apart from it."""
    return f"{_title(decision)}: {', '.join(map(str, numbers))}"


def _title(piece: Piece) -> str:
    return piece.words("title") or piece.words("question") or _("no title yet")


def _minutes(piece: Piece) -> str:
    return _("%(minutes)d min", minutes=piece.whole("minutes"))


def _said(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)
