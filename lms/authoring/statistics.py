"""What earlier trainings say of the questions of a survey that is written: how they were answered, where enough people did.

Counted are trainings that asked the same question: the same key, the same words and the same answers, in any version of any course.
Each has ten answers or more, so what is told here follows from the reports of these trainings and says nothing of a smaller group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
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


def _of_tests(items: Mapping[str, Item], asked: _Asked) -> dict[str, ItemStatistics]:
    states = test_states(asked.courses)
    closed = [training for training, (both, _final) in states.items() if both]
    sheets = test_sheets(closed, asked.courses) if closed else {}
    pairs = {training: _pairs(sheets[training].values()) for training in closed}
    large = {training: values for training, values in pairs.items() if len(values) >= FULL}
    found = {}
    for key, item in items.items():
        counted = {training: large[training] for training in asked.trainings(key) if training in large}
        everybody = [pair for values in counted.values() for pair in values]
        result = compare([item], [Person(_right([item], before), _right([item], after)) for before, after in everybody])
        if isinstance(result, Gained) and item.right:
            found[key] = ItemStatistics(
                trainings=len(counted),
                people=result.pairs,
                before=_spread(item, [[before for before, _after in values] for values in counted.values()]),
                after=_spread(item, [[after for _before, after in values] for values in counted.values()]),
                change=result.changes[0],
                discrimination=_discrimination(item, items, asked, counted)
                if isinstance(result.changes[0].before, Decimal)
                else None,
                demo=asked.demo,
            )
    return found


def _spread(item: Item, trainings: Sequence[Sequence[Values]]) -> Result:
    """How the answers are spread, over the trainings that have ten of them."""
    counted = [rows for rows in trainings if group_of(item, rows).answers >= FULL]
    return summarise(item, [row for rows in counted for row in rows])


def _pairs(sheets: Iterable[Mapping[str, Values]]) -> list[tuple[Values, Values]]:
    """What each person answered before and after; who took only one of the tests is left out."""
    return [(sheet["pre"], sheet["post"]) for sheet in sheets if len(sheet) == 2]


def _right(items: Sequence[Item], values: Values) -> frozenset[str]:
    return frozenset(item.key for item in items if verdict(item, values.get(item.key)) == "right")


def _discrimination(
    item: Item, items: Mapping[str, Item], asked: _Asked, counted: Mapping[int, list[tuple[Values, Values]]]
) -> Decimal | None:
    """How far those who answered this item rightly before the training also knew the rest: item-rest correlation.

    None with fewer than fifty people, with one training alone, or where too few other items of the test are the same.
    """
    points: list[tuple[int, Fraction]] = []
    for training, pairs in counted.items():
        others = [items[key] for key in sorted(asked.keys[training]) if key != item.key and items[key].right]
        if len(others) >= FEWEST_OTHERS:
            for before, _after in pairs:
                right = verdict(item, before.get(item.key)) == "right"
                points.append((int(right), Fraction(len(_right(others, before)), len(others))))
    if len(counted) < 2 or len(points) < FEWEST_FOR_DISCRIMINATION:
        return None
    return _correlation(points)


def _correlation(points: Sequence[tuple[int, Fraction]]) -> Decimal | None:
    number = len(points)
    first, second = (Fraction(sum(point[side] for point in points)) / number for side in (0, 1))
    together = sum((one - first) * (other - second) for one, other in points)
    spreads = sum((one - first) ** 2 for one, _other in points) * sum((other - second) ** 2 for _one, other in points)
    return rounded(float(together) / sqrt(float(spreads))) if spreads else None


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
