"""A course as frozen dataclasses. Texts are mappings {"sr": Cyrillic, "en": English}; docs/courses.md gives the meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lms.content.case import Case

Text = Mapping[str, str]
Day = date  # `Source.date` hides the name inside the class


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a single or multiple choice."""

    key: str
    text: Text
    right: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Five labels, from 1 (least) to 5 (most), and the label for "cannot judge"."""

    labels: tuple[Text, ...]
    cannot_judge: Text | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a survey."""

    key: str
    type: str  # single, multiple, scale, yes-no, number, short-text, long-text
    text: Text
    hint: Text | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    scale: Scale | None = None
    min: int | None = None
    max: int | None = None
    headline: int | str | None = None  # category whose exact share is the headline figure
    finding: Text | None = None  # sentence printed beside that share
    explanation: Text | None = None
    module: str = ""
    sources: tuple[str, ...] = ()
    certainty: str = "confirmed"
    verified_on: date | None = None
    quote: bool = False  # a free text that may be quoted, if the permission item says so
    quote_permission: bool = False

    @property
    def right(self) -> frozenset[str]:
        """Keys of the right options."""
        return frozenset(option.key for option in self.options if option.right)


@dataclass(frozen=True, slots=True)
class Survey:
    """A test, an evaluation or a follow-up."""

    key: str
    kind: str  # test, evaluation, follow-up
    title: Text
    items: tuple[Item, ...]
    intro: Text = field(default_factory=dict)
    thanks: Text = field(default_factory=dict)
    minutes: int = 10
    draw: int | None = None
    shuffle: bool = False

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that a training uses: the first `draw`, or all."""
        return self.items[: self.draw] if self.draw else self.items

    def item(self, key: str) -> Item | None:
        """The item with `key` among those asked."""
        return next((item for item in self.asked if item.key == key), None)


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule rests on."""

    key: str
    title: Text
    publisher: Text | None
    date: str
    verified_on: Day | None
    read: str  # full, excerpt, none
    note: Text | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both languages: header texts, and the Markdown bodies."""

    key: str
    title: Text
    summary: Text
    notice: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Module:
    """A page that is taught, with its planned minutes."""

    page: Page
    minutes: int

    @property
    def key(self) -> str:
        return self.page.key


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A line of the programme as the course proposes it."""

    key: str
    day: int
    starts: time
    minutes: int
    kind: str
    title: Text
    note: Text | None = None
    page: str = ""
    survey: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Hotline:
    """A telephone number for real situations. An empty number is filled in by the organiser."""

    key: str
    name: Text
    number: str
    hours: Text
    checked_on: date
    certainty: str
    source: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """The words of the certificate; `{hours} {course} {place} {dates} {percent}` are filled in."""

    title: Text
    statement: Text
    conditions: Text
    competencies: tuple[Text, ...]
    footer: Text
    accreditation: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: a course is read once and is a key of caches
class Course:
    """A whole pack."""

    key: str
    title: Text
    summary: Text
    audience: Text
    caveat: Text | None
    licence: str
    verified_on: date
    teaching_hours: int
    modules: tuple[Module, ...]
    library: tuple[Page, ...]
    surveys: Mapping[str, Survey]
    programme: tuple[ProgrammeEntry, ...]
    hotlines: tuple[Hotline, ...]
    sources: Mapping[str, Source]
    figures: Mapping[str, str]  # "figures/procedure.sr.svg" -> SVG text
    certificate: CertificateWording
    cases: Mapping[str, "Case"] = field(default_factory=dict)  # simulations by key, in the order of the course

    def page(self, key: str) -> Page | None:
        """The module or library page with `key`."""
        return next((page for page in (*(m.page for m in self.modules), *self.library) if page.key == key), None)

    @property
    def evaluation(self) -> Survey | None:
        """The course's anonymous evaluation, if it has one."""
        return next((survey for survey in self.surveys.values() if survey.kind == "evaluation"), None)

    @property
    def test(self) -> Survey | None:
        """The course's knowledge test, if it has one."""
        return next((survey for survey in self.surveys.values() if survey.kind == "test"), None)
