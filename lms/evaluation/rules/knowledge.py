"""Knowledge before and after: the same people twice, first attempts, with what they unlearned as well as what they learned.

Only matched pairs are compared: drop-outs would inflate a difference of means. The normalised gain is that of the means and
stands second, because it hides who went from right to wrong (Bao 2006; Miller and others 2010).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from lms.content.course import Item
from lms.evaluation.rules.numbers import rounded, spread, t_quantile
from lms.evaluation.rules.privacy import (
    ALMOST_ALL,
    ALMOST_NONE,
    Band,
    Pooling,
    Suppressed,
    detail,
    tells_of_all,
    withheld,
)


@dataclass(frozen=True)
class Person:
    """One person's right answers before and after, by the keys of the items. No name, no training."""

    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True)
class Tested:
    """One training: those who took both tests, and how many took only one of them."""

    pairs: tuple[Person, ...]
    unmatched: int = 0
    final: bool = True


@dataclass(frozen=True)
class Part:
    """The items of one module: how many, and the mean share of right answers before and after, in percent."""

    module: str
    items: int
    before: Decimal | Band
    after: Decimal | Band


@dataclass(frozen=True)
class ItemChange:
    """One item: the shares of right answers in percent, and how many went from right to wrong and from wrong to right."""

    item: Item
    before: Decimal | Band
    after: Decimal | Band
    worse: int | Suppressed
    better: int | Suppressed


@dataclass(frozen=True)
class Gained:
    """Ten pairs or more. Means in percent of right answers; `low` and `high` bound the difference with 95 % confidence."""

    pairs: int
    unmatched: int
    items: int
    before: Decimal
    after: Decimal
    difference: Decimal
    low: Decimal
    high: Decimal
    gain: Decimal | None  # normalised gain of the means; None when nothing was left to gain
    parts: tuple[Part, ...]
    changes: tuple[ItemChange, ...]


@dataclass(frozen=True)
class RoughGain:
    """Five to nine pairs: the two means, rounded to tens of percent, and nothing else."""

    before: Decimal
    after: Decimal


Knowledge = Gained | RoughGain | Suppressed


def knowledge(items: Sequence[Item], tested: Mapping[int, Tested], pooling: Pooling) -> Knowledge:
    """What the trainings that may be counted together show."""
    trainings = sorted(pooling.counted or pooling.left_out)
    pairs = [pair for training in trainings for pair in tested[training].pairs]
    result = compare(items, pairs, sum(tested[training].unmatched for training in trainings))
    return Suppressed("detail") if not pooling.counted and isinstance(result, Gained) else result


def compare(items: Sequence[Item], pairs: Sequence[Person], unmatched: int = 0) -> Knowledge:
    """One group's tests, with the rules for small groups. The interval is Student's t on the paired differences (n − 1)."""
    if detail(len(pairs)) in ("none", "few") or not items:
        return withheld(len(pairs) if items else 0)
    keys = frozenset(item.key for item in items)
    before = [Fraction(100 * len(pair.before & keys), len(keys)) for pair in pairs]
    after = [Fraction(100 * len(pair.after & keys), len(keys)) for pair in pairs]
    first, second = mean(before), mean(after)
    if detail(len(pairs)) == "rough":
        return RoughGain(_to_tens(first), _to_tens(second))
    differences = [late - early for early, late in zip(before, after, strict=True)]
    reach = t_quantile(len(pairs) - 1) * spread(differences) / sqrt(len(pairs))
    difference = second - first
    return Gained(
        pairs=len(pairs),
        unmatched=unmatched,
        items=len(items),
        before=rounded(first, 1),
        after=rounded(second, 1),
        difference=rounded(difference, 1),
        low=rounded(float(difference) - reach, 1),
        high=rounded(float(difference) + reach, 1),
        gain=rounded(difference / (100 - first)) if first < 100 else None,
        parts=_parts(items, pairs),
        changes=tuple(_change(item, pairs) for item in items),
    )


def mean(values: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean, exactly."""
    return sum(values, Fraction(0)) / len(values)


def _to_tens(value: Fraction) -> Decimal:
    return rounded(value / 10, 0) * 10


def _parts(items: Sequence[Item], pairs: Sequence[Person]) -> tuple[Part, ...]:
    modules: dict[str, set[str]] = {}
    for item in items:
        modules.setdefault(item.module, set()).add(item.key)
    return tuple(
        Part(
            module,
            len(keys),
            _share(sum(len(pair.before & keys) for pair in pairs), len(pairs) * len(keys), len(pairs)),
            _share(sum(len(pair.after & keys) for pair in pairs), len(pairs) * len(keys), len(pairs)),
        )
        for module, keys in modules.items()
    )


def _change(item: Item, pairs: Sequence[Person]) -> ItemChange:
    before = _share(sum(item.key in pair.before for pair in pairs), len(pairs), len(pairs))
    after = _share(sum(item.key in pair.after for pair in pairs), len(pairs), len(pairs))
    if isinstance(before, Band) or isinstance(after, Band):
        return ItemChange(item, before, after, Suppressed("unanimous"), Suppressed("unanimous"))
    worse = sum(item.key in pair.before and item.key not in pair.after for pair in pairs)
    better = sum(item.key in pair.after and item.key not in pair.before for pair in pairs)
    return ItemChange(item, before, after, worse, better)


def _share(right: int, asked: int, people: int) -> Decimal | Band:
    """The share of right answers in percent, as a band when it would tell what (nearly) everybody answered.

    For a module the answers of all are counted, so only a full sum tells of each person.
    """
    largest = max(right, asked - right)
    if largest == asked or (asked == people and tells_of_all(largest, asked)):
        return ALMOST_ALL if right == largest else ALMOST_NONE
    return rounded(Fraction(100 * right, asked), 1)
