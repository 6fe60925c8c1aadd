"""Who took part: exact counts by sex and by sector, never crossed with each other, and how much people attended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lms.evaluation.rules.numbers import Count, counted, rounded, sum_of_percent

SEXES = ("f", "m", "")  # women, men, not stated


@dataclass(frozen=True)
class People:
    """The participants of one or more trainings. `attended` is the share of half-days that people were there, in percent."""

    total: int
    by_sex: tuple[Count, ...]
    by_sector: tuple[Count, ...]
    attended: Decimal | None = None
    published_only: int = 0  # of `total`, those known only as a published number

    @property
    def sector_sum(self) -> Decimal:
        """What the printed percentages by sector add up to."""
        return sum_of_percent(self.by_sector)


def count_people(
    rows: Iterable[tuple[str | None, str, int]],
    sectors: Sequence[str],
    places: tuple[int, int] = (0, 0),
    published_only: int = 0,
) -> People:
    """Participants from (sex, sector, how many) rows. Sectors stand by size, then in the order of `sectors`.

    `places` are the half-days attended and the half-days held, summed over participants.
    """
    sex: Counter[str] = Counter()
    sector: Counter[str] = Counter()
    for own_sex, own_sector, count in rows:
        sex[own_sex or ""] += count
        sector[own_sector if own_sector in sectors else "other"] += count
    rank = {code: place for place, code in enumerate(sectors)}
    ordered = sorted(sector.items(), key=lambda entry: (-entry[1], rank.get(entry[0], len(rank))))
    attended, held = places
    return People(
        total=sex.total() + published_only,
        by_sex=counted((key, sex[key]) for key in SEXES),
        by_sector=counted(ordered),
        attended=rounded(Fraction(100 * attended, held), 1) if held else None,
        published_only=published_only,
    )
