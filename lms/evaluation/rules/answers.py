"""The anonymous evaluation, question by question: distributions, the headline share, the mean; suppressed where few answered."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lms.content.course import Item, Survey
from lms.evaluation.rules.numbers import percent, rounded
from lms.evaluation.rules.privacy import (
    ALMOST_ALL,
    ALMOST_NONE,
    Band,
    Group,
    Pooling,
    Suppressed,
    detail,
    tells_of_all,
    withheld,
)

SCALE = ("1", "2", "3", "4", "5")
CANNOT_JUDGE = "none"
Answers = Mapping[str, object]
Ballots = Mapping[int, Sequence[Answers]]  # by training


@dataclass(frozen=True)
class Category:
    """One category of a question: how many chose it, and their share of the base in percent."""

    key: str
    count: int
    percent: Decimal


@dataclass(frozen=True)
class Full:
    """Ten answers or more: everything."""

    base: int
    missing: int
    cannot_judge: int
    categories: tuple[Category, ...]
    mean: Decimal | None  # of a scale
    top_two: Decimal | None  # share of 4 and 5 on a scale, in percent


@dataclass(frozen=True)
class Banded:
    """Ten answers or more, (nearly) all the same: the base, and a band instead of shares."""

    base: int
    missing: int
    cannot_judge: int
    category: str  # the one that (nearly) all chose


@dataclass(frozen=True)
class Rough:
    """Five to nine answers to a scale: the mean, rounded to a half, and nothing else."""

    mean: Decimal


Result = Full | Banded | Rough | Suppressed


@dataclass(frozen=True)
class Answered:
    """A question with its result."""

    item: Item
    result: Result
    left_out: bool = False  # a small training could not be counted without being shown

    @property
    def headline(self) -> Decimal | Band | Suppressed | None:
        """The share of the headline category in percent; None when the question has none."""
        if self.item.headline is None:
            return None
        return share_of(self.result, str(self.item.headline))

    @property
    def top_two(self) -> Decimal | Band | Suppressed | None:
        """The share of 4 and 5 in percent; None when the question is no scale."""
        return top_two_of(self.result) if self.item.type == "scale" else None


def share_of(result: Result, category: str) -> Decimal | Band | Suppressed:
    """The exact share of one category in percent, or what stands in its place."""
    if isinstance(result, Full):
        return next(entry.percent for entry in result.categories if entry.key == category)
    if isinstance(result, Banded):
        return ALMOST_ALL if result.category == category else ALMOST_NONE
    return Suppressed("detail") if isinstance(result, Rough) else result


def top_two_of(result: Result) -> Decimal | Band | Suppressed:
    """The share of 4 and 5 of a scale in percent, or what stands in its place; a band says no more than that of the category does."""
    if isinstance(result, Full):
        return result.top_two or Decimal(0)
    if isinstance(result, Banded):
        return ALMOST_ALL if result.category in ("4", "5") else ALMOST_NONE
    return Suppressed("detail") if isinstance(result, Rough) else result


def closed_items(survey: Survey) -> tuple[Item, ...]:
    """The questions that are counted: closed ones, without the permission to quote."""
    counted = ("scale", "yes-no", "single", "multiple")
    return tuple(item for item in survey.asked if item.type in counted and not item.quote_permission)


def categories_of(item: Item) -> tuple[str, ...]:
    """The categories of a question in their order, without "cannot judge"."""
    if item.type == "scale":
        return SCALE
    return ("yes", "no") if item.type == "yes-no" else tuple(option.key for option in item.options)


def group_of(item: Item, ballots: Sequence[Answers], final: bool = True) -> Group:
    """One training's answers to `item`: how many were asked, how many count."""
    return Group(len(ballots), sum(_counts(item, ballot.get(item.key)) for ballot in ballots), final)


def _counts(item: Item, value: object) -> bool:
    """True when `value` belongs to the base: neither missing nor "cannot judge"."""
    chosen = value if isinstance(value, list) else [value]
    return any(str(one) in categories_of(item) for one in chosen)


def answered(item: Item, ballots: Ballots, pooling: Pooling) -> Answered:
    """The result of `item` over the trainings that may be counted together.

    When none may, because the whole selection has fewer than ten answers, the rule for small groups holds for all of it.
    """
    trainings = pooling.counted or pooling.left_out
    rows = [ballot for training in sorted(trainings) for ballot in ballots.get(training, ())]
    result = summarise(item, rows)
    if not pooling.counted and isinstance(result, Full | Banded):
        result = Suppressed("detail")
    return Answered(item, result, left_out=bool(pooling.counted and pooling.left_out))


def summarise(item: Item, ballots: Iterable[Answers]) -> Result:
    """One group's answers to `item`, with the rules for small groups."""
    values = [ballot.get(item.key) for ballot in ballots]
    counts = _counted(item, values)
    base = sum(_counts(item, value) for value in values)
    if detail(base) == "rough" and item.type == "scale":
        return Rough(_to_half(_mean(counts, base)))
    if detail(base) != "full":
        return withheld(base)
    cannot_judge = sum(value == CANNOT_JUDGE for value in values)
    missing = len(values) - base - cannot_judge
    largest = max(counts, key=lambda key: counts[key])
    if tells_of_all(counts[largest], base):
        return Banded(base, missing, cannot_judge, largest)
    categories = tuple(Category(key, count, percent(count, base) or Decimal(0)) for key, count in counts.items())
    scale = item.type == "scale"
    return Full(
        base,
        missing,
        cannot_judge,
        categories,
        mean=rounded(_mean(counts, base)) if scale else None,
        top_two=percent(counts["4"] + counts["5"], base) if scale else None,
    )


def _counted(item: Item, values: Iterable[object]) -> dict[str, int]:
    tally: Counter[str] = Counter()
    for value in values:
        tally.update({str(one) for one in value} if isinstance(value, list) else [str(value)])
    return {key: tally[key] for key in categories_of(item)}


def _mean(counts: Mapping[str, int], base: int) -> Fraction:
    return Fraction(sum(int(key) * count for key, count in counts.items()), base)


def _to_half(mean: Fraction) -> Decimal:
    return rounded(mean * 2, 0) / 2
