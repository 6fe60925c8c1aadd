"""A report: everything that its page, its tables and its files say. Small groups are protected before it exists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lms.content.course import Course, Item, Text
from lms.content.queries import course_of
from lms.errors import Refused
from lms.evaluation.models import Finding, Series
from lms.evaluation.queries import answers as answer_queries
from lms.evaluation.queries import reports as queries
from lms.evaluation.queries.answers import Evaluated
from lms.evaluation.rules.answers import Answered, Banded, Full, answered, share_of, summarise, top_two_of
from lms.evaluation.rules.exercises import Exercise
from lms.evaluation.rules.knowledge import Knowledge, knowledge
from lms.evaluation.rules.numbers import Origin, possible
from lms.evaluation.rules.people import People
from lms.evaluation.rules.privacy import (
    FULL,
    Band,
    Group,
    Pooling,
    Selection,
    Suppressed,
    connected,
    detail,
    poolings,
    withheld,
)
from lms.evaluation.screens.exercises import exercises
from lms.surveys.queries import remarks
from lms.trainings.models import Partner, Training


@dataclass(frozen=True)
class Held:
    """One training of the report. `place` is Serbian Cyrillic data."""

    id: int
    place: str
    starts_on: date
    ends_on: date
    participants: int


@dataclass(frozen=True)
class Published:
    """A figure as it was published; `origin` says whether the base could give it at all."""

    percent: Decimal
    source: str
    origin: Origin | None


@dataclass(frozen=True)
class Headline:
    """A question with a headline figure, and the published one where there is one.

    A report with published figures leads with the share of exactly one category, as they were counted; every other report with
    the share of 4 and 5, because one category alone misleads where many chose 5. The other share always stands `beside`.
    """

    answered: Answered
    published: Published | None
    exact: bool = False  # leads with one category

    @property
    def leads_with_two(self) -> bool:
        """True when the large figure is the share of 4 and 5."""
        return not self.exact and self.answered.item.type == "scale"

    @property
    def main(self) -> Decimal | Band | Suppressed | None:
        """The large figure, in percent."""
        return self.answered.top_two if self.leads_with_two else self.answered.headline

    @property
    def beside(self) -> Decimal | Band | Suppressed | None:
        """The other share, in percent; None for a question that has only one."""
        return self.answered.headline if self.leads_with_two else self.answered.top_two

    @property
    def differs(self) -> bool:
        """True when a published figure is not the computed one."""
        return self.published is not None and self.published.percent != self.answered.headline


@dataclass(frozen=True)
class OfTraining:
    """The headline shares of one training of a series."""

    held: Held
    shares: tuple[Decimal | Band | Suppressed, ...]


@dataclass(frozen=True)
class Report:
    """What is said about one training or a series."""

    title: Text
    intro: Text
    credit: Text
    held: tuple[Held, ...]
    people: People
    forms: int | Suppressed
    answers: tuple[Answered, ...]
    headlines: tuple[Headline, ...]
    by_training: tuple[OfTraining, ...]
    knowledge: Knowledge
    modules: Mapping[str, Text]
    quotes: tuple[str, ...]
    conclusions: tuple[Finding, ...]
    recommendations: tuple[Finding, ...]
    partners: tuple[Partner, ...]
    left_out: tuple[Held, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    demo: bool = False
    series: bool = False

    @property
    def starts_on(self) -> date:
        return min(held.starts_on for held in self.held)

    @property
    def ends_on(self) -> date:
        return max(held.ends_on for held in self.held)


@dataclass(frozen=True)
class Subject:
    """What a report is about, before anything is counted."""

    trainings: Sequence[Training]
    title: Text
    findings: Sequence[Finding]
    intro: Text = field(default_factory=dict)
    credit: Text = field(default_factory=dict)
    published: Mapping[str, tuple[Decimal, str]] = field(default_factory=dict)
    earlier: Sequence[Selection] | None = None  # the reports that stand beside this one; None for a single training

    @property
    def ids(self) -> Selection:
        return frozenset(training.id for training in self.trainings)

    @property
    def order(self) -> list[Selection]:
        """The reports in the order in which they were first made, this one among them."""
        if self.earlier is None:
            return [self.ids]
        return [*self.earlier, *([] if self.ids in self.earlier else [self.ids])]


def of_training(training: Training) -> Report:
    """The report of one training, as it stands now."""
    title = {"sr": training.title_sr, "en": training.title_en}
    intro = course_of(training.course_hash).summary
    return build(Subject([training], title, queries.findings([training.id]), intro))


def of_series(series: Series) -> Report:
    """The joint report of a series, as it stands now. Refused (409) when the series has no training."""
    figures = {row.item: (Decimal(str(row.percent)), row.source) for row in queries.published_figures(series.id)}
    return build(
        Subject(
            trainings=series.trainings,
            title={"sr": series.title_sr, "en": series.title_en},
            findings=queries.findings(series_id=series.id),
            intro={"sr": series.intro_sr, "en": series.intro_en},
            credit={"sr": series.credit_sr, "en": series.credit_en},
            published=figures,
            earlier=answer_queries.earlier_selections(),
        )
    )


def of_selection(trainings: Sequence[Training], title: Text) -> Report:
    """The joint report of trainings that are no series, with the findings of each."""
    findings = queries.findings([training.id for training in trainings])
    return build(Subject(trainings, title, findings, earlier=answer_queries.earlier_selections()))


def build(subject: Subject) -> Report:
    """Count, protect, and put together. Fifteen statements at most, however many trainings and people there are."""
    if not subject.trainings:
        raise Refused("This series has no trainings. Choose some; then its report can be counted.")
    ids, order, series = subject.ids, subject.order, subject.earlier is not None
    evaluation = answer_queries.evaluated(connected(ids, order))
    course = evaluation.courses[max(subject.trainings, key=lambda training: (training.starts_on, training.id)).id]
    people, participants = queries.people_of(subject.trainings)
    held = tuple(_held(training, participants[training.id]) for training in subject.trainings)
    senders = _pooling(evaluation.senders(), ids, order)
    answers = [_answered(item, evaluation, ids, order) for item in answer_queries.evaluation_items(course)]
    headlines = [
        Headline(one, _published(one, subject.published, people), bool(subject.published))
        for one in answers
        if one.headline is not None
    ]
    return Report(
        title=subject.title,
        intro=subject.intro,
        credit=subject.credit,
        held=held,
        people=people,
        forms=_forms(evaluation, senders),
        answers=tuple(answers),
        headlines=tuple(headlines),
        by_training=_by_training(held, headlines, evaluation, order) if series else (),
        knowledge=_knowledge(evaluation.courses, ids, order),
        modules={module.key: module.page.title for module in course.modules},
        quotes=tuple(remark.text for remark in remarks(sorted(senders.counted)) if remark.quoted),
        conclusions=tuple(finding for finding in subject.findings if finding.kind == "conclusion"),
        recommendations=tuple(finding for finding in subject.findings if finding.kind == "recommendation"),
        partners=tuple(queries.partners(ids)),
        left_out=tuple(one for one in held if senders.counted and one.id in senders.left_out),
        exercises=exercises(ids, order),
        demo=any(training.demo for training in subject.trainings),
        series=series,
    )


def _held(training: Training, participants: int) -> Held:
    return Held(training.id, training.municipality.name_sr, training.starts_on, training.ends_on, participants)


def _pooling(groups: Mapping[int, Group], ids: Selection, order: Sequence[Selection]) -> Pooling:
    return poolings(groups, order)[order.index(ids)]


def _forms(evaluation: Evaluated, senders: Pooling) -> int | Suppressed:
    """How many sent the form, among those who may be counted."""
    count = sum(len(evaluation.ballots[training]) for training in senders.counted or senders.left_out)
    return count if detail(count) == "full" and senders.counted else withheld(count)


def _answered(item: Item, evaluation: Evaluated, ids: Selection, order: Sequence[Selection]) -> Answered:
    return answered(item, evaluation.asked(item), _pooling(evaluation.groups(item), ids, order))


def _published(one: Answered, figures: Mapping[str, tuple[Decimal, str]], people: People) -> Published | None:
    if one.item.key not in figures:
        return None
    printed, source = figures[one.item.key]
    base = one.result.base if isinstance(one.result, Full | Banded) else people.total
    return Published(printed, source, possible(printed, base) if base else None)


def _by_training(
    held: Collection[Held], headlines: Sequence[Headline], evaluation: Evaluated, order: Sequence[Selection]
) -> tuple[OfTraining, ...]:
    """Each training by itself, where it and the rest of the report both have ten answers or more."""
    ids = frozenset(one.id for one in held)
    return tuple(
        OfTraining(one, tuple(_own_share(one.id, figure, evaluation, ids, order) for figure in headlines))
        for one in held
    )


def _own_share(
    training: int, figure: Headline, evaluation: Evaluated, ids: Selection, order: Sequence[Selection]
) -> Decimal | Band | Suppressed:
    item = figure.answered.item
    groups = evaluation.groups(item)
    counted = _pooling(groups, ids, order).counted
    rest = sum(groups[other].answers for other in counted if other != training)
    if groups[training].answers < FULL or (training in counted and 0 < rest < FULL):
        return withheld(groups[training].answers)
    result = summarise(item, evaluation.asked(item)[training])
    return top_two_of(result) if figure.leads_with_two else share_of(result, str(item.headline))


def _knowledge(courses: Mapping[int, Course], ids: Selection, order: Sequence[Selection]) -> Knowledge:
    items = answer_queries.tested_items([courses[training] for training in sorted(ids)])
    tested = answer_queries.tested(dict(courses), items)
    groups = {t: Group(len(one.pairs), len(one.pairs), one.final) for t, one in tested.items()}
    return knowledge(items, tested, _pooling(groups, ids, order))
