"""A case simulation as frozen dataclasses: what an author wrote, nothing that happens. docs/cases.md gives the meaning.

Texts are mappings {"sr": Cyrillic, "en": English}. Times: `minutes` are real minutes, `case_minutes` those of the story; a real
minute lasts `Case.pace` case minutes. Flags are whole numbers; yes/no is 1 or 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lms.content.case_stage import (
    ACCEPTABLE,
    ALLOWED,
    AUTHORITY,
    CONSENSUS,
    FORBIDDEN,
    GRADES,
    HARMFUL,
    INDIVIDUALLY,
    MAJORITY,
    NEEDED,
    NEEDS,
    RIGHT,
    TRUST,
    WAYS,
    Branch,
    CaseOption,
    Channel,
    Decision,
    Effect,
    Handoff,
    HandoffItem,
    Inject,
    Opening,
    Stage,
)
from lms.content.course import Text

__all__ = [  # what authors of rules need; the parts of a stage are defined beside this file
    "ACCEPTABLE",
    "ALLOWED",
    "AUTHORITY",
    "CONSENSUS",
    "FORBIDDEN",
    "GRADES",
    "HARMFUL",
    "INDIVIDUALLY",
    "MAJORITY",
    "NEEDED",
    "NEEDS",
    "RIGHT",
    "TRUST",
    "WAYS",
    "Branch",
    "Case",
    "CaseOption",
    "Channel",
    "Decision",
    "Due",
    "Effect",
    "Ending",
    "Fact",
    "Flag",
    "Handoff",
    "HandoffItem",
    "Inject",
    "Opening",
    "Place",
    "Role",
    "Stage",
    "Step",
]


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
class Ending:
    """Where the story stops."""

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
