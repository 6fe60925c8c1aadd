"""What can happen in a run: past-tense facts about roles, never about people. Pure.

Moments (`at`) are whole milliseconds since 1970, UTC. `clock` values elsewhere are milliseconds that the run has been running.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Moment = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened `at` a moment."""

    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken(Event):
    """A person sat down in the role (or came back) and is reached."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft(Event):
    """The person of the role is not there now. `why`: stepped-out, gone (no screen), excused, freed (the seat is empty)."""

    role: str
    why: str
    reason: str = ""  # of the facilitator who excused the person


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCovered(Event):
    """The facilitator lets `by` speak for `role`; an empty `by` leaves it to the case's own order."""

    role: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(Event):
    """The clock starts. `reason`: why without everybody."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """The clock stands."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The clock goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed(Event):
    """The story jumped ahead (solo practice, where nobody waits); open decisions keep the time they had left."""

    milliseconds: int  # of the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBegan(Event):
    """The story is in a new stage. `reason`: why the one before was left unfinished."""

    stage: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded(Event):
    """The story reached `ending`, or the facilitator stopped it before (empty `ending`)."""

    ending: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectSent(Event):
    """New information arrived: by clock, condition or hand; in the softer wording or not."""

    inject: str
    how: str
    softer: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectHeld(Event):
    """It waits for the facilitator; `held` False lets it go its way again."""

    inject: str
    held: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectSkipped(Event):
    """It will not come."""

    inject: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """The facilitator told one table (or, without a place, all) something in own words."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShared(Event):
    """A role put a fact on its table."""

    role: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOpened(Event):
    """A question is on the table. `reason`: why the facilitator did not wait for its minute."""

    decision: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsked(Event):
    """Everyone has answered alone, or the time for it is over; now the table decides."""

    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Event):
    """A seat chose an option (alone or at the table); the last choice counts."""

    decision: str
    role: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionClosed(Event):
    """It is decided. `how`: votes, time, facilitator."""

    decision: str
    option: str
    how: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDropped(Event):
    """The facilitator went on without it."""

    decision: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReopened(Event):
    """What it had changed is taken back, and the table decides anew."""

    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExtended(Event):
    """The open decision has `seconds` more."""

    decision: str
    seconds: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """A role told somebody something. `consent`: given, refused, not-asked. `token` tells a repeated sending."""

    handoff: str
    role: str
    items: tuple[str, ...]
    channel: str
    consent: str
    note: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """The facilitator's note, pinned to the moment."""

    text: str


KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}


def to_row(event: Event) -> tuple[str, dict[str, Any]]:
    """An event as it is stored: its kind and its values (without the moment)."""
    values = {one.name: getattr(event, one.name) for one in fields(event) if one.name != "at"}
    return type(event).__name__, {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def from_row(at: Moment, kind: str, data: Mapping[str, Any]) -> Event:
    """The event that was stored. Raises KeyError for a kind that does not exist."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return KINDS[kind](at=at, **values)
