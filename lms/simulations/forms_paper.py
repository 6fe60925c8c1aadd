"""What was typed on a sheet, read as entries of the log."""

from collections.abc import Mapping
from typing import Protocol

from lms.content.case import Case
from lms.errors import Refused
from lms.simulations import paper
from lms.simulations.paper import HOW, Entry, NotSo
from lms.simulations.screens.paper import DecisionField, HandoffField, Sheet
from lms.simulations.state import clock_of

LONGEST_REASON = 600  # characters
LATEST = 60_000  # case minutes; a case lasts weeks at most


class Sent(Protocol):
    """The form that was sent."""

    def get(self, name: str, default: str) -> str:
        """One value."""

    def getlist(self, name: str) -> list[str]:
        """All values."""


def read_sheet(case: Case, sheet: Sheet, sent: Sent) -> list[Entry]:
    """The entries on a sheet. Raises NotSo for a line that cannot be read."""
    entries = [
        paper.fact(case, key, at)
        for key, text, _who in sheet.facts
        if (at := _clock(case, sent, f"fact-{key}", text)) is not None
    ]
    for key, title in (*sheet.by_hand, *sheet.timed):
        if (at := _clock(case, sent, f"slip-{key}", title)) is not None:
            entries.append(paper.slip(case, key, at))
    start = clock_of(case, sheet.minute)
    entries += [paper.kept_back(case, key, start) for key, _title in sheet.timed if sent.get(f"kept-{key}", "")]
    for field in sheet.decisions:
        if option := sent.get(f"taken-{field.key}", ""):
            entries.append(_decision(case, field, option, sent))
    for handoff in sheet.handoffs:
        if (at := _clock(case, sent, f"handoff-{handoff.key}", handoff.title)) is not None:
            entries.append(_handoff(case, handoff, at, sent))
    return [*entries, *_onward(case, sheet, sent)]


def _clock(case: Case, sent: Sent, name: str, about: Mapping[str, str] | None) -> int | None:
    """The running clock at the case minute that was typed; None where nothing was."""
    text = sent.get(name, "").strip()
    if not text:
        return None
    if not text.isdigit() or int(text[:9]) > LATEST:
        raise NotSo(about, Refused("Write the case minute as a whole number.", status=422))
    return clock_of(case, int(text))


def _decision(case: Case, field: DecisionField, option: str, sent: Sent) -> Entry:
    at = _clock(case, sent, f"minute-{field.key}", field.title)
    if at is None:
        raise NotSo(field.title, Refused("Write the case minute of this decision.", status=422))
    offered = {key for key, _letter, _text in field.options}
    how = sent.get(f"how-{field.key}", HOW[0])
    if option not in offered or how not in HOW:
        raise NotSo(field.title, Refused("This option is not offered. Choose one of those on the screen.", status=422))
    why = sent.get(f"why-{field.key}", "").strip()[:LONGEST_REASON]
    alone = {
        role: chosen for role, _name in field.alone if (chosen := sent.get(f"alone-{field.key}-{role}", "")) in offered
    }
    votes = {
        role: chosen for role, _name in field.votes if (chosen := sent.get(f"vote-{field.key}-{role}", "")) in offered
    }
    return paper.decided(case, field.key, at, option, how=how, why=why, alone=alone, votes=votes)


def _handoff(case: Case, field: HandoffField, at: int, sent: Sent) -> Entry:
    role = sent.get(f"role-{field.key}", "")
    if role not in {key for key, _name in field.roles}:
        raise NotSo(field.title, Refused("Choose who passed it on.", status=422))
    return paper.handed_on(
        case, field.key, at, role, items=tuple(sent.getlist(f"items-{field.key}")), channel=sent.get(f"channel-{field.key}", ""),
        consent=sent.get(f"consent-{field.key}", ""),
    )  # fmt: skip


def _onward(case: Case, sheet: Sheet, sent: Sent) -> list[Entry]:
    at = _clock(case, sent, "onward", sheet.title)
    if at is None:
        return []
    why = sent.get("why", "").strip()[:LONGEST_REASON]
    return [paper.stopped(at, why) if sent.get("stopped", "") else paper.onward(case, sheet.stage, at, why)]
