"""Counting and rounding: what is printed can be recomputed by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.rules.numbers import counted, percent, possible, rounded, spread, sum_of_percent, t_quantile

SECTORS_2022 = [("social", 29), ("police", 18), ("redcross", 8), ("ngo", 6), ("health", 4), ("city", 3),
                ("prosecution", 2), ("judiciary", 1), ("education", 1)]  # fmt: skip


def test_the_published_figures_of_2022_come_from_their_counts() -> None:
    assert [percent(k, 72) for k in (51, 45, 71)] == [Decimal("70.83"), Decimal("62.50"), Decimal("98.61")]
    assert (percent(43, 72), percent(29, 72)) == (Decimal("59.72"), Decimal("40.28"))


def test_the_sectors_of_2022_add_up_to_a_little_more_than_100() -> None:
    assert sum_of_percent(counted(SECTORS_2022)) == Decimal("100.01")


def test_no_number_of_72_people_is_59_17_percent() -> None:
    origin = possible("59.17", 72)
    assert not origin.possible
    assert origin.nearest == (42, 43)
    assert [percent(k, 72) for k in origin.nearest] == [Decimal("58.33"), Decimal("59.72")]


@pytest.mark.parametrize("n", range(1, 73))
def test_59_17_percent_is_impossible_up_to_72_people(n: int) -> None:
    assert not possible(59.17, n).possible


def test_the_first_number_of_people_that_gives_59_17_percent_is_120() -> None:
    assert next(n for n in range(1, 200) if possible("59.17", n).possible) == 120
    assert possible("59.17", 120).exact == (71,)


@given(st.integers(1, 3000), st.data(), st.integers(0, 3))
def test_every_share_of_counts_is_possible_and_names_its_count(n: int, data: st.DataObject, places: int) -> None:
    k = data.draw(st.integers(0, n))
    origin = possible(percent(k, n, places) or Decimal(0), n, places)
    assert k in origin.exact
    assert origin.nearest == ()


@given(st.decimals(0, 100, places=2), st.integers(1, 500))
def test_what_is_called_impossible_is_impossible_by_trying_every_count(printed: Decimal, n: int) -> None:
    hits = tuple(k for k in range(n + 1) if percent(k, n) == printed)
    origin = possible(printed, n)
    assert origin.exact == hits
    if not hits:
        assert all(0 <= k <= n for k in origin.nearest)
        assert min(abs(Fraction(100 * k, n) - Fraction(printed)) for k in range(n + 1)) in [
            abs(Fraction(100 * k, n) - Fraction(printed)) for k in origin.nearest
        ]


def test_a_percentage_without_a_base_is_refused() -> None:
    with pytest.raises(ValueError, match="base"):
        possible("50", 0)
    assert percent(0, 0) is None


def test_halves_are_rounded_up_as_people_do() -> None:
    assert rounded(Fraction(1, 8)) == Decimal("0.13")
    assert rounded(0.5, 0) == 1
    assert rounded(Fraction(-1, 8)) == Decimal("-0.13")


@given(st.lists(st.integers(0, 400), min_size=1, max_size=17))
def test_shares_are_within_half_a_hundredth_each(counts: list[int]) -> None:
    shares = counted((str(i), count) for i, count in enumerate(counts))
    assert abs(sum_of_percent(shares) - (100 if shares else 0)) <= Decimal("0.005") * len(shares)


@pytest.mark.parametrize(
    ("freedom", "value"), [(5, 2.5706), (9, 2.2622), (10, 2.2281), (23, 2.0687), (71, 1.9939), (1000, 1.9623)]
)
def test_the_quantile_of_t_agrees_with_the_printed_tables(freedom: int, value: float) -> None:
    assert t_quantile(freedom) == pytest.approx(value, abs=0.001)


def test_the_standard_deviation_is_that_of_a_sample() -> None:
    assert spread([Fraction(x) for x in (2, 4, 4, 4, 5, 5, 7, 9)]) == pytest.approx(2.138, abs=0.001)
