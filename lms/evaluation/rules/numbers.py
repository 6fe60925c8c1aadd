"""Counting and rounding, exactly: shares of counts, printed percentages, and what a printed percentage can come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor, sqrt

HUNDRED = Decimal(100)


def rounded(value: Fraction | Decimal | float, places: int = 2) -> Decimal:
    """`value` to `places` decimals, halves away from zero, as people round (Python rounds halves to even)."""
    exact = Fraction(value)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(part: int, base: int, places: int = 2) -> Decimal | None:
    """`part` of `base` in percent; None when there is no base."""
    return rounded(Fraction(100 * part, base), places) if base else None


@dataclass(frozen=True)
class Count:
    """How many of one kind, and their share in percent with two decimals."""

    key: str
    count: int
    percent: Decimal


def counted(counts: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    """Counts with their shares of the sum, in the order given; kinds without anybody are left out."""
    present = [(key, count) for key, count in counts if count]
    total = sum(count for _key, count in present)
    return tuple(Count(key, count, rounded(Fraction(100 * count, total))) for key, count in present)


def sum_of_percent(counts: Iterable[Count]) -> Decimal:
    """What the printed percentages add up to: 100, or a little beside it because each is rounded."""
    return sum((count.percent for count in counts), Decimal(0))


@dataclass(frozen=True)
class Origin:
    """Whether a printed percentage can be k of n: the numbers k that give it exactly as printed, else the nearest ones."""

    percent: Decimal
    base: int
    exact: tuple[int, ...]
    below: int | None
    above: int | None

    @property
    def possible(self) -> bool:
        return bool(self.exact)

    @property
    def nearest(self) -> tuple[int, ...]:
        """The neighbours k, the smaller first."""
        return tuple(part for part in (self.below, self.above) if part is not None)


def possible(percentage: Decimal | float | str, base: int, places: int = 2) -> Origin:
    """Which k of `base` give `percentage` when k / base is printed with `places` decimals (halves up).

    59.17 cannot be any k of 72: 42 give 58.33 and 43 give 59.72. A float is read as it prints. Raises ValueError when `base`
    is not positive.
    """
    if base < 1:
        raise ValueError("a percentage needs a base")
    printed = Decimal(str(percentage))
    place = Fraction(printed) * base / 100
    reach = Fraction(base, 2 * 100 * 10**places)  # half of the last printed place
    around = range(max(floor(place - reach), 0), min(ceil(place + reach), base) + 1)
    exact = tuple(part for part in around if percent(part, base, places) == printed)
    below = floor(place) if 0 <= floor(place) <= base else None
    above = ceil(place) if 0 <= ceil(place) <= base else None
    return Origin(printed, base, exact, None if exact else below, None if exact else above)


def t_quantile(freedom: int) -> float:
    """The 0.975 quantile of Student's t for `freedom` ≥ 5 degrees of freedom, within 0.001.

    Cornish-Fisher expansion: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z = 1.959963984540054
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def spread(values: list[Fraction]) -> float:
    """The standard deviation of a sample (n − 1)."""
    middle = sum(values, Fraction(0)) / len(values)
    return sqrt(float(sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1)))
