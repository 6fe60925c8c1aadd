"""Before and after: matched pairs, what was unlearned, the interval, small groups."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.course import Item
from lms.evaluation.rules.knowledge import Gained, Person, RoughGain, compare, knowledge
from lms.evaluation.rules.knowledge import Tested as Taken
from lms.evaluation.rules.privacy import Band, Pooling, Suppressed

ITEMS = [Item(f"q{n}", "single", {"sr": "П", "en": "Q"}, module="m1" if n < 3 else "m2") for n in range(1, 5)]
KEYS = [item.key for item in ITEMS]


def person(before: int, after: int) -> Person:
    """Right in the first so many items."""
    return Person(frozenset(KEYS[:before]), frozenset(KEYS[:after]))


MIXED = [person(1, 3)] * 4 + [person(2, 4)] * 4 + [person(3, 2)] * 4


def test_means_differences_and_the_interval_can_be_checked_by_hand() -> None:
    result = compare(ITEMS, MIXED, unmatched=3)
    assert isinstance(result, Gained)
    assert (result.pairs, result.unmatched, result.items) == (12, 3, 4)
    assert (result.before, result.after, result.difference) == (50, 75, 25)
    # differences 50, 50, −25: s = 36.93, t(11) = 2.201, 36.93 · 2.201 / √12 = 23.46
    assert (result.low, result.high) == (Decimal("1.5"), Decimal("48.5"))
    assert result.gain == Decimal("0.50")


def test_who_unlearned_is_counted_as_well_as_who_learned() -> None:
    result = compare(ITEMS, MIXED)
    assert isinstance(result, Gained)
    third = result.changes[2]
    assert (third.worse, third.better) == (4, 8)
    assert result.parts[0].module == "m1"
    assert result.parts[0].before == Decimal("83.3")


def test_an_item_that_everybody_knows_is_banded_with_its_shifts() -> None:
    result = compare(ITEMS, MIXED)
    assert isinstance(result, Gained)
    first = result.changes[0]
    assert (first.before, first.after) == (Band(90, 100), Band(90, 100))
    assert first.worse == first.better == Suppressed("unanimous")


@pytest.mark.parametrize(("count", "expected"), [(0, Suppressed("none")), (4, Suppressed("few"))])
def test_under_five_pairs_nothing_is_said(count: int, expected: Suppressed) -> None:
    assert compare(ITEMS, MIXED[:count]) == expected


def test_from_five_to_nine_pairs_only_means_in_tens() -> None:
    assert compare(ITEMS, [person(1, 3)] * 5 + [person(2, 4)] * 2) == RoughGain(Decimal(30), Decimal(80))


def test_nothing_left_to_gain_has_no_gain() -> None:
    result = compare(ITEMS, [person(4, 4)] * 12)
    assert isinstance(result, Gained)
    assert result.gain is None
    assert result.parts[0].before == Band(90, 100)


def test_a_selection_that_may_not_be_counted_shows_no_details() -> None:
    tested = {1: Taken(tuple(MIXED[:7])), 2: Taken(tuple(MIXED[7:]))}
    assert knowledge(ITEMS, tested, Pooling(frozenset(), frozenset([1, 2]))) == Suppressed("detail")
    assert isinstance(knowledge(ITEMS, tested, Pooling(frozenset([1, 2]), frozenset())), Gained)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=10, max_size=60))
def test_the_difference_lies_in_its_interval_and_shifts_explain_it(scores: list[tuple[int, int]]) -> None:
    result = compare(ITEMS, [person(*score) for score in scores])
    assert isinstance(result, Gained)
    assert result.low <= result.difference <= result.high
    for change in result.changes:
        if isinstance(change.worse, int) and isinstance(change.better, int):
            assert not isinstance(change.before, Band)
            assert not isinstance(change.after, Band)
            assert float(change.after - change.before) == pytest.approx(
                100 * (change.better - change.worse) / result.pairs, abs=0.11
            )
