"""The evaluation, question by question, and the rules for small groups."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.course import Item, Option, Survey
from lms.evaluation.rules.answers import (
    Banded,
    Full,
    Result,
    Rough,
    answered,
    closed_items,
    group_of,
    share_of,
    summarise,
)
from lms.evaluation.rules.privacy import ALMOST_ALL, ALMOST_NONE, Group, Pooling, Suppressed

TEXT = {"sr": "Питање", "en": "Question"}
SCALE = Item(key="e1", type="scale", text=TEXT, headline=4)
YES_NO = Item(key="e4", type="yes-no", text=TEXT, headline="yes")


def ballots(item: Item, *values: object) -> list[dict[str, object]]:
    return [{item.key: value} for value in values]


def of(item: Item, *values: object) -> Result:
    return summarise(item, ballots(item, *values))


def test_the_headline_is_the_exact_share_of_one_category() -> None:
    result = of(SCALE, *[4] * 51, *[5] * 15, *[3] * 6)
    assert share_of(result, "4") == Decimal("70.83")
    assert isinstance(result, Full)
    assert (result.base, result.missing, result.cannot_judge) == (72, 0, 0)
    assert result.top_two == Decimal("91.67")
    assert result.mean == Decimal("4.13")


def test_cannot_judge_and_missing_are_counted_and_leave_the_base() -> None:
    result = of(SCALE, *[4] * 6, *[2] * 6, "none", "none", None)
    assert isinstance(result, Full)
    assert (result.base, result.cannot_judge, result.missing) == (12, 2, 1)
    assert share_of(result, "4") == 50


@pytest.mark.parametrize("count", range(1, 5))
def test_under_five_answers_nothing_is_said(count: int) -> None:
    assert of(SCALE, *[1, 2, 3, 4][:count]) == Suppressed("few")


def test_nobody_is_told_from_few() -> None:
    assert of(SCALE) == of(SCALE, None, "none") == Suppressed("none")


@given(st.lists(st.integers(1, 5), min_size=5, max_size=9))
def test_from_five_to_nine_only_a_mean_rounded_to_a_half(values: list[int]) -> None:
    result = of(SCALE, *values)
    assert isinstance(result, Rough)
    assert result.mean * 2 == int(result.mean * 2)
    assert abs(float(result.mean) - sum(values) / len(values)) <= 0.25
    assert share_of(result, "4") == Suppressed("detail")


def test_from_five_to_nine_yes_and_no_have_no_figure() -> None:
    assert of(YES_NO, *["yes"] * 8) == Suppressed("detail")


def test_what_everybody_answered_is_a_band() -> None:
    result = of(YES_NO, *["yes"] * 24)
    assert isinstance(result, Banded)
    assert share_of(result, "yes") == ALMOST_ALL
    assert share_of(result, "no") == ALMOST_NONE


def test_in_a_group_of_a_usual_size_nearly_all_looks_like_all() -> None:
    assert of(YES_NO, *["yes"] * 24) == of(YES_NO, *["yes"] * 23, "no")


def test_in_a_large_group_one_dissenter_is_shown() -> None:
    assert share_of(of(YES_NO, *["yes"] * 71, "no"), "yes") == Decimal("98.61")
    assert share_of(of(YES_NO, *["yes"] * 72), "yes") == ALMOST_ALL


def test_a_multiple_choice_counts_people_not_marks() -> None:
    item = Item(key="m", type="multiple", text=TEXT, options=(Option("a", TEXT), Option("b", TEXT)))
    result = of(item, *[["a", "b"]] * 6, *[["b"]] * 6, *[["a"]] * 3)
    assert isinstance(result, Full)
    assert (result.base, share_of(result, "a"), share_of(result, "b")) == (15, 60, 80)


def test_free_text_numbers_and_the_permission_to_quote_are_not_counted() -> None:
    items = (
        SCALE,
        YES_NO,
        Item("t", "long-text", TEXT),
        Item("p", "yes-no", TEXT, quote_permission=True),
        Item("n", "number", TEXT),
    )
    assert closed_items(Survey("evaluation", "evaluation", TEXT, items)) == (SCALE, YES_NO)


def test_a_small_selection_is_never_given_in_full() -> None:
    rows = {1: ballots(SCALE, *[1, 2, 3, 4, 5, 4, 3])}
    assert isinstance(answered(SCALE, rows, Pooling(frozenset(), frozenset([1]))).result, Rough)
    big = {1: rows[1], 2: ballots(SCALE, *[5, 4, 3, 2, 1, 1, 2])}
    assert answered(SCALE, big, Pooling(frozenset(), frozenset([1, 2]))).result == Suppressed("detail")


def test_what_is_left_out_is_said() -> None:
    rows = {1: ballots(SCALE, *[1, 2, 3, 4, 5, 4, 3, 2, 1, 4, 5]), 2: ballots(SCALE, 4, 4)}
    result = answered(SCALE, rows, Pooling(frozenset([1]), frozenset([2])))
    assert result.left_out
    assert isinstance(result.result, Full)
    assert result.result.base == 11


def test_a_group_counts_who_was_asked_and_who_judged() -> None:
    assert group_of(SCALE, ballots(SCALE, 4, None, "none", 5)) == Group(asked=4, answers=2)


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, "none", None]), max_size=60))
def test_no_answer_is_lost_or_counted_twice(values: Sequence[object]) -> None:
    result = of(SCALE, *values)
    if isinstance(result, Full):
        assert sum(category.count for category in result.categories) == result.base
    if isinstance(result, Full | Banded):
        assert result.base + result.missing + result.cannot_judge == len(values)
        assert result.base >= 10
