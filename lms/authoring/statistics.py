"""What earlier trainings say of the questions of a survey that is written: how they were answered, where enough people did.

Counted are trainings that asked the same question: the same key, the same words and the same answers, in any version of any course.
Each has ten answers or more, so what is told here follows from the reports of these trainings and says nothing of a smaller group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import StatisticsError, correlation
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.authoring.exchange.questions import questions_of
from lms.authoring.exchange.reading import tidy
from lms.content.course import Course, Item
from lms.content.queries import course_of
from lms.evaluation.queries.answers import evaluated, test_sheets, test_states
from lms.evaluation.rules.answers import Result, group_of, summarise
from lms.evaluation.rules.knowledge import Gained, ItemChange, Person, compare
from lms.evaluation.rules.numbers import rounded
from lms.evaluation.rules.privacy import FULL
from lms.extensions import db
from lms.surveys.models import Opening
from lms.surveys.rules import verdict
from lms.trainings.models import Training

# From fewer people the coefficient says nothing: its standard error is about 1/√n, with fifty people 0.14.
FEWEST_FOR_DISCRIMINATION = 50
FEWEST_OTHERS = 5  # other questions of the same test, beside which one is judged
Values = Mapping[str, Any]


@dataclass(frozen=True)
class ItemStatistics:
    """One question. Of a test: `change` and how it was answered `before` and `after`; of an evaluation: `after` alone."""

    trainings: int
    people: int
    after: Result
    before: Result | None = None
    change: ItemChange | None = None
    discrimination: Decimal | None = None  # −1 to 1, before the training; None where too few were asked
    demo: bool = False


def statistics_of(survey: Mapping[str, Any]) -> dict[str, ItemStatistics]:
    """What is known of each item of the document `survey`, by key; items of which too little is known are not in it.

    Five statements at most beside the courses that have to be read, however many items and trainings there are.
    """
    items = {item.key: item for item in questions_of(survey) if any(item.text.values())}
    kind = survey.get("kind")
    if kind not in ("test", "evaluation") or not items:
        return {}
    asked = _asked(items, str(kind))
    return _of_tests(items, asked) if kind == "test" else _of_evaluations(items, asked)


# ---- which trainings asked the same ----


@dataclass(frozen=True)
class _Asked:
    """The courses of the trainings that asked any of the questions, and which of the questions each of them asked."""

    courses: dict[int, Course]
    keys: dict[int, frozenset[str]]
    demo: bool

    def trainings(self, key: str) -> list[int]:
        return [training for training, keys in self.keys.items() if key in keys]


def _asked(items: Mapping[str, Item], kind: str) -> _Asked:
    rows = db.session.execute(
        sa.select(Training.id, Training.course_hash, Training.demo)
        .join(Opening, Opening.training_id == Training.id)
        .where(Opening.moment == ("post" if kind == "test" else ""), Opening.closed_at <= clock.now())
        .order_by(Training.id)
        .distinct()
    ).all()
    signs = {key: _sign(item) for key, item in items.items()}
    known: dict[str, frozenset[str]] = {}
    for version in {row.course_hash for row in rows}:
        known[version] = _same(course_of(version), kind, signs)
    kept = [row for row in rows if known[row.course_hash]]
    real = [row for row in kept if not row.demo]
    chosen = real or kept
    return _Asked(
        {row.id: course_of(row.course_hash) for row in chosen},
        {row.id: known[row.course_hash] for row in chosen},
        bool(chosen and not real),
    )


def _same(course: Course, kind: str, signs: Mapping[str, Any]) -> frozenset[str]:
    survey = course.test if kind == "test" else course.evaluation
    return frozenset(item.key for item in survey.asked if signs.get(item.key) == _sign(item)) if survey else frozenset()


def _sign(item: Item) -> Any:
    """What makes a question the same: how it is answered, its words and its answers."""
    words = tidy(item.text.get("sr") or "") or tidy(item.text.get("en") or "")
    options = tuple((option.key, tidy(option.text.get("sr") or ""), option.right) for option in item.options)
    labels = tuple(tidy(label.get("sr") or "") for label in item.scale.labels) if item.scale else ()
    return item.type, words, frozenset(options), labels


# ---- tests ----


@dataclass(frozen=True)
class _Taken:
    """Both tests of one person: what was answered, and which items rightly."""

    before: Values
    after: Values
    right: Person


def _of_tests(items: Mapping[str, Item], asked: _Asked) -> dict[str, ItemStatistics]:
    states = test_states(asked.courses)
    closed = [training for training, (both, _final) in states.items() if both]
    sheets = test_sheets(closed, asked.courses) if closed else {}
    judged = {key: item for key, item in items.items() if item.right}
    taken = {training: _both(sheets[training].values(), judged) for training in closed}
    large = {training: people for training, people in taken.items() if len(people) >= FULL}
    alike: dict[tuple[int, ...], list[Item]] = {}  # the items that were asked in the same trainings
    for key, item in judged.items():
        alike.setdefault(tuple(training for training in asked.trainings(key) if training in large), []).append(item)
    found: dict[str, ItemStatistics] = {}
    for trainings, group in alike.items():
        found |= _of_group(group, {training: large[training] for training in trainings}, asked)
    return found


def _both(sheets: Iterable[Mapping[str, Values]], items: Mapping[str, Item]) -> list[_Taken]:
    """Who took both tests; who took only one of them is left out."""
    both = [(sheet["pre"], sheet["post"]) for sheet in sheets if len(sheet) == 2]
    return [_Taken(before, after, Person(_right(items, before), _right(items, after))) for before, after in both]


def _right(items: Mapping[str, Item], values: Values) -> frozenset[str]:
    return frozenset(key for key, value in values.items() if key in items and verdict(items[key], value) == "right")


def _of_group(items: Sequence[Item], counted: Mapping[int, list[_Taken]], asked: _Asked) -> dict[str, ItemStatistics]:
    """Items that were asked in the same trainings."""
    result = compare(items, [person.right for people in counted.values() for person in people])
    if not isinstance(result, Gained):
        return {}
    return {
        change.item.key: ItemStatistics(
            trainings=len(counted),
            people=result.pairs,
            before=_spread(change.item, [[person.before for person in people] for people in counted.values()]),
            after=_spread(change.item, [[person.after for person in people] for people in counted.values()]),
            change=change,
            discrimination=_discrimination(change, counted, asked),
            demo=asked.demo,
        )
        for change in result.changes
    }


def _spread(item: Item, trainings: Sequence[Sequence[Values]]) -> Result:
    """How the answers are spread, over the trainings that have ten of them."""
    counted = [rows for rows in trainings if group_of(item, rows).answers >= FULL]
    return summarise(item, [row for rows in counted for row in rows])


def _discrimination(change: ItemChange, counted: Mapping[int, list[_Taken]], asked: _Asked) -> Decimal | None:
    """How far those who answered this item rightly before the training also knew the rest: item-rest correlation.

    None with fewer than fifty people, with one training alone, where (nearly) all answered alike, or where too few other items
    of the test are the same.
    """
    if not isinstance(change.before, Decimal) or len(counted) < 2:
        return None
    points: list[tuple[int, float]] = []
    for training, people in counted.items():
        others = asked.keys[training] - {change.item.key}
        if len(others) >= FEWEST_OTHERS:
            points += [
                (int(change.item.key in person.right.before), len(person.right.before & others) / len(others))
                for person in people
            ]
    return item_rest(points) if len(points) >= FEWEST_FOR_DISCRIMINATION else None


def item_rest(points: Sequence[tuple[int, float]]) -> Decimal | None:
    """The correlation of right or wrong with the share of the rest; None when one of the two is always the same."""
    try:
        return rounded(correlation([float(one) for one, _rest in points], [rest for _one, rest in points]))
    except StatisticsError:
        return None


# ---- evaluations ----


def _of_evaluations(items: Mapping[str, Item], asked: _Asked) -> dict[str, ItemStatistics]:
    answers = evaluated(list(asked.courses))
    found = {}
    for key, item in items.items():
        if item.type not in ("scale", "yes-no", "single", "multiple") or item.quote_permission:
            continue
        groups = {training: group_of(item, answers.ballots[training]) for training in asked.trainings(key)}
        counted = [training for training, group in groups.items() if group.answers >= FULL]
        if counted:
            result = summarise(item, [row for training in counted for row in answers.ballots[training]])
            people = sum(groups[training].answers for training in counted)
            found[key] = ItemStatistics(len(counted), people, result, demo=asked.demo)
    return found
