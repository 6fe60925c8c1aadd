"""A case simulation as frozen dataclasses: what an author wrote, nothing that happens. docs/cases.md gives the meaning.

Texts are mappings {"sr": Cyrillic, "en": English}. Times: `minutes` are real minutes, `case_minutes` those of the story; a real
minute lasts `Case.pace` case minutes. Flags are whole numbers; yes/no is 1 or 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from lms.content.conditions import ALWAYS, Condition
from lms.content.course import Text

TRUST = "trust"  # the flag that every case has
RIGHT, ACCEPTABLE, HARMFUL = GRADES = ("right", "acceptable", "harmful")
AUTHORITY, MAJORITY, CONSENSUS, INDIVIDUALLY = WAYS = ("authority", "majority", "consensus", "individually")
NEEDED, ALLOWED, FORBIDDEN = NEEDS = ("needed", "allowed", "forbidden")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the case; its roles sit at one table."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that one role holds. It is there `since` the beginning, or since a stage or an inject with that key."""

    key: str
    text: Text
    since: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A service at the table. `cover` names the roles that take it over when its seat is empty, the first one first."""

    key: str
    name: Text
    sector: str
    place: str
    briefing: Text
    required: bool = True
    cover: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    goal: Text | None = None  # what the service wants to reach
    powers: Text | None = None  # what only this service may do


@dataclass(frozen=True, slots=True)
class Flag:
    """What the story remembers: yes/no (0 or 1), or a number between `least` and `most`."""

    key: str
    start: int = 0
    least: int = 0
    most: int = 1
    meaning: Text | None = None  # for authors and the debrief


@dataclass(frozen=True, slots=True)
class Due:
    """A step is due `case_minutes` after a stage, an inject or a flag: `kind` is one of these, `key` which."""

    case_minutes: int
    kind: str  # stage, inject, flag
    key: str


@dataclass(frozen=True, slots=True)
class Step:
    """A procedure step that the case exercises."""

    key: str
    phase: Text
    text: Text
    short: Text  # three words for the console
    sectors: tuple[str, ...]  # which owe it
    sources: tuple[str, ...]
    verified_on: date
    due: Due | None = None
    certainty: str = "confirmed"


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


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the story stops. `good` endings are those an informed team reaches."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True, eq=False)  # compared by identity: a case is read once and is a key of caches
class Case:
    """A whole case document."""

    key: str
    title: Text
    summary: Text
    person: Text  # how the person in the case is called
    minutes: int  # of the slot
    pace: int
    notice: Text
    aims: tuple[Text, ...]
    places: tuple[Place, ...]
    roles: tuple[Role, ...]
    flags: tuple[Flag, ...]  # trust among them
    procedure: tuple[Step, ...]
    stages: tuple[Stage, ...]
    endings: tuple[Ending, ...]
    debrief: tuple[Text, ...] = ()
    solo: str = ""  # the role offered for solo practice; empty: none is
    verified_on: date | None = None

    @cached_property
    def role(self) -> Mapping[str, Role]:
        """Roles by key, in the order of the document."""
        return {role.key: role for role in self.roles}

    @cached_property
    def stage(self) -> Mapping[str, Stage]:
        """Stages by key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def ending(self) -> Mapping[str, Ending]:
        """Endings by key."""
        return {ending.key: ending for ending in self.endings}

    @cached_property
    def decision(self) -> Mapping[str, Decision]:
        """Decisions of all stages by key."""
        return {decision.key: decision for stage in self.stages for decision in stage.decisions}

    @cached_property
    def inject(self) -> Mapping[str, Inject]:
        """Injects of all stages by key."""
        return {inject.key: inject for stage in self.stages for inject in stage.injects}

    @cached_property
    def handoff(self) -> Mapping[str, Handoff]:
        """Hand-offs of all stages by key."""
        return {handoff.key: handoff for stage in self.stages for handoff in stage.handoffs}

    @cached_property
    def flag(self) -> Mapping[str, Flag]:
        """Flags by key."""
        return {flag.key: flag for flag in self.flags}

    @cached_property
    def step(self) -> Mapping[str, Step]:
        """Procedure steps by key."""
        return {step.key: step for step in self.procedure}

    @cached_property
    def fact_holder(self) -> Mapping[str, Role]:
        """Which role holds a fact, by the fact's key."""
        return {fact.key: role for role in self.roles for fact in role.facts}

    @cached_property
    def fact(self) -> Mapping[str, Fact]:
        """Facts of all roles by key."""
        return {fact.key: fact for role in self.roles for fact in role.facts}

    def audience(self, roles: tuple[str, ...], place: str) -> tuple[str, ...]:
        """The roles meant by `roles`, else by `place`, else all, in the order of the document."""
        if roles:
            return tuple(role.key for role in self.roles if role.key in roles)
        return tuple(role.key for role in self.roles if not place or role.place == place)

    def voters(self, decision: Decision) -> tuple[str, ...]:
        """The roles that decide."""
        return self.audience(decision.roles, decision.place)
