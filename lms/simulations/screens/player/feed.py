"""What has been said at the table, as one role may read it."""

from dataclasses import dataclass

from lms.content.case import Case
from lms.content.course import Text
from lms.simulations.state import State, Told, minutes_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the feed. `kind`: inject, message, fact, handoff; `minute`: case time; `alone`: nobody else has it."""

    seq: int
    kind: str
    minute: int
    text: Text | str
    title: Text | None = None
    who: Text | None = None
    sector: str = ""
    items: tuple[Text, ...] = ()
    person: bool = False
    alone: bool = False
    mine: bool = False  # said by oneself


def feed(case: Case, state: State, voices: tuple[str, ...]) -> tuple[Line, ...]:
    """The lines that the roles in `voices` may read, the oldest first."""
    mine = frozenset(voices)
    return tuple(_line(case, told, mine) for told in state.feed if told.roles is None or told.roles & mine)


def _line(case: Case, told: Told, voices: frozenset[str]) -> Line:
    minute = minutes_of(case, told.clock)
    alone = told.roles is not None and told.roles <= voices
    if told.kind == "inject":
        inject = case.inject[told.key]
        text = inject.softer if told.softer and inject.softer else inject.text
        return Line(told.seq, told.kind, minute, text, title=inject.title, person=inject.person, alone=alone)
    if told.kind == "message":
        return Line(told.seq, told.kind, minute, told.text)
    role = case.role[told.role]
    if told.kind == "fact":
        return Line(
            told.seq,
            told.kind,
            minute,
            case.fact[told.key].text,
            who=role.name,
            sector=role.sector,
            mine=told.role in voices,
        )
    handoff = case.handoff[told.key]
    items = tuple(item.text for item in handoff.items if item.key in told.items)
    return Line(
        told.seq,
        told.kind,
        minute,
        told.text,
        title=handoff.to,
        who=role.name,
        sector=role.sector,
        items=items,
        mine=told.role in voices,
    )
