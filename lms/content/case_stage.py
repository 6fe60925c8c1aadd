"""What can happen in a stage of a case, as frozen dataclasses: injects, decisions, hand-offs, and what they change.

Texts, minutes and flags are those of `lms.content.case`, which gives all these names on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.content.conditions import ALWAYS, Condition
from lms.content.course import Text

TRUST = "trust"  # the flag that every case has
RIGHT, ACCEPTABLE, HARMFUL = GRADES = ("right", "acceptable", "harmful")
AUTHORITY, MAJORITY, CONSENSUS, INDIVIDUALLY = WAYS = ("authority", "majority", "consensus", "individually")
NEEDED, ALLOWED, FORBIDDEN = NEEDS = ("needed", "allowed", "forbidden")


@dataclass(frozen=True, slots=True)
class Effect:
    """What an option, an inject or a hand-off changes. `voice` is what the person in the case says of it."""

    set: Mapping[str, int] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    done: tuple[str, ...] = ()  # procedure steps
    voice: Text | None = None

    @property
    def trust(self) -> int:
        """The change in the person's trust."""
        return self.add.get(TRUST, 0)


@dataclass(frozen=True, slots=True)
class Inject:
    """New information: at a case minute of its stage, when a condition becomes true, or by hand.

    `roles` receive it; without roles `place`; without both everybody. `softer` is a gentler wording, chosen by the facilitator.
    """

    key: str
    title: Text
    text: Text
    at: int | None = None
    when: Condition | None = None
    roles: tuple[str, ...] = ()
    place: str = ""
    softer: Text | None = None
    person: bool = False  # it is the person who speaks
    effect: Effect = Effect()

    @property
    def by_hand(self) -> bool:
        """Only the facilitator sends it."""
        return self.at is None and self.when is None


@dataclass(frozen=True, slots=True)
class CaseOption:
    """One way to decide. Grade, reason, voice and effect stay hidden until the debrief."""

    key: str
    text: Text
    grade: str
    reason: Text
    cites: Text  # the phase or principle that the reason rests on
    sources: tuple[str, ...] = ()
    effect: Effect = Effect()
    go: str = ""  # a stage or an ending, instead of the stage's own `next`
    when: Condition = ALWAYS  # offered only then


@dataclass(frozen=True, slots=True)
class Opening:
    """When a decision opens within its stage: at a case minute, after another decision, when a condition is true."""

    minute: int = 0
    after: str = ""
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with options.

    `roles` decide; without roles those of `place`; without both everybody. `how` is one of WAYS; `alone` > 0: everyone first
    answers alone, within so many real minutes. Within `minutes` real minutes the table decides, else `otherwise` is taken.
    """

    key: str
    title: Text
    question: Text
    how: str
    minutes: int
    otherwise: str
    options: tuple[CaseOption, ...]
    roles: tuple[str, ...] = ()
    place: str = ""
    alone: int = 0
    opens: Opening = Opening()
    needs: tuple[str, ...] = ()  # facts that should be on the table before
    debrief: tuple[Text, ...] = ()

    def option(self, key: str) -> CaseOption:
        """The option with `key`. Raises KeyError."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class HandoffItem:
    """A piece of information that may be passed on: needed, allowed or forbidden to pass."""

    key: str
    text: Text
    need: str
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to pass it on; `safe` is hidden until the debrief."""

    key: str
    text: Text
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Handoff:
    """Who tells whom what. `effect` counts when every needed item was passed; `breach` when a forbidden one was, when the
    channel was not safe, or when consent was needed and not given."""

    key: str
    title: Text
    roles: tuple[str, ...]  # who may do it
    to: Text  # how the receiver is called
    items: tuple[HandoffItem, ...]
    channels: tuple[Channel, ...]
    to_place: str = ""  # the table that then sees what was passed; empty: an institution outside the game
    consent: bool = False
    due: int | None = None  # case minutes after the stage began
    when: Condition = ALWAYS
    effect: Effect = Effect()
    breach: Effect = Effect()

    def passed_enough(self, items: frozenset[str]) -> bool:
        """Every needed item is among `items`."""
        return all(item.key in items for item in self.items if item.need == NEEDED)


@dataclass(frozen=True, slots=True)
class Branch:
    """The story goes `to` a stage or an ending, if `when`."""

    to: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the story: what all know, what a place or a role knows besides, and what can happen."""

    key: str
    round: int
    minutes: int
    title: Text
    text: Text
    next: tuple[Branch, ...]
    at_place: Mapping[str, Text] = field(default_factory=dict)  # more text for one table
    private: Mapping[str, Text] = field(default_factory=dict)  # more text for one role
    injects: tuple[Inject, ...] = ()
    decisions: tuple[Decision, ...] = ()
    handoffs: tuple[Handoff, ...] = ()
