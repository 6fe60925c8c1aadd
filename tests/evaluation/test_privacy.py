"""T24: no permitted view, and no difference between permitted views, speaks of one to nine people."""

import itertools
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.errors import Refused
from lms.evaluation.rules.privacy import (
    FULL,
    Group,
    Selection,
    check_selection,
    connected,
    detail,
    poolings,
    tells_of_all,
)


def groups(*answers: int) -> dict[int, Group]:
    """Trainings 1, 2, 3 … with so many answers each."""
    return {number: Group(count, count) for number, count in enumerate(answers, start=1)}


def chosen(*trainings: int) -> Selection:
    return frozenset(trainings)


def counted(world: dict[int, Group], *selections: Selection) -> list[set[int]]:
    return [set(pooling.counted) for pooling in poolings(world, selections)]


def test_large_trainings_are_counted_together() -> None:
    assert counted(groups(24, 24, 24), chosen(1, 2, 3)) == [{1, 2, 3}]


def test_one_small_training_in_a_series_is_left_out_because_it_is_the_difference() -> None:
    [pooling] = poolings(groups(24, 24, 8), [chosen(1, 2, 3)])
    assert pooling.counted == {1, 2}
    assert pooling.left_out == {3}


def test_small_trainings_are_counted_when_together_they_are_ten() -> None:
    assert counted(groups(24, 6, 4), chosen(1, 2, 3)) == [{1, 2, 3}]


def test_small_trainings_that_were_counted_together_stay_together() -> None:
    world = groups(24, 6, 4, 5)
    assert counted(world, chosen(1, 2, 3), chosen(1, 2), chosen(1, 2, 4), chosen(2, 3)) == [{1, 2, 3}, {1}, {1}, {2, 3}]


def test_a_block_may_be_split_into_parts_of_ten() -> None:
    world = groups(*[5] * 6)
    assert counted(world, chosen(*range(1, 7)), chosen(1, 2, 3), chosen(1)) == [{1, 2, 3, 4, 5, 6}, {1, 2, 3}, set()]


def test_small_trainings_wait_until_no_answer_can_come() -> None:
    world = groups(24, 6, 6) | {4: Group(0, 0, final=False)}
    assert counted(world, chosen(1, 2, 3, 4)) == [{1}]


def test_people_who_skipped_the_question_are_protected_too() -> None:
    world = {1: Group(24, 24), 2: Group(3, 0), 3: Group(12, 9)}
    assert counted(world, chosen(1, 2), chosen(1, 3)) == [{1}, {1}]


def test_only_reports_that_touch_each_other_are_weighed() -> None:
    earlier = [chosen(1, 2), chosen(2, 3), chosen(5, 6)]
    assert connected(chosen(1), earlier) == {1, 2, 3}
    assert connected(chosen(4), earlier) == {4}


def test_a_selection_that_would_show_a_small_training_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="fewer than ten people"):
        check_selection(groups(24, 24, 8), [], chosen(1, 2, 3))
    with pytest.raises(Refused):
        check_selection(groups(24, 6, 5), [chosen(1, 2, 3)], chosen(1, 2))


def test_a_selection_without_answers_or_with_few_in_all_is_not_refused() -> None:
    check_selection(groups(0, 0), [], chosen(1, 2))
    check_selection(groups(4, 4), [], chosen(1, 2))
    check_selection(groups(24, 0), [], chosen(1, 2))


def test_the_levels_of_detail_are_those_of_the_rule() -> None:
    levels = [detail(n) for n in (0, 1, 4, 5, 9, 10, 1000)]
    assert levels == ["none", "few", "few", "rough", "rough", "full", "full"]


@given(st.integers(10, 29))
def test_a_band_does_not_tell_all_from_all_but_one(base: int) -> None:
    assert tells_of_all(base, base)
    assert tells_of_all(base - 1, base)


# ---- brute force ----


def reduced(rows: Sequence[Sequence[int]]) -> list[list[Fraction]]:
    """The rows in echelon form, over the fractions: everything that adding and subtracting reports can reach."""
    basis: list[list[Fraction]] = []
    for row in rows:
        rest = remainder(basis, [Fraction(x) for x in row])
        if any(rest):
            lead = next(x for x in rest if x)
            basis.append([x / lead for x in rest])
    return basis


def remainder(basis: Sequence[Sequence[Fraction]], row: list[Fraction]) -> list[Fraction]:
    for known in basis:
        place = next(i for i, x in enumerate(known) if x)
        if factor := row[place]:
            row = [x - factor * y for x, y in zip(row, known, strict=True)]
    return row


def within_reach(world: dict[int, Group], selections: Sequence[Selection]) -> list[Selection]:
    """Every set of trainings whose figures follow from the permitted views: single trainings, and the given reports."""
    trainings = sorted(world)
    views = [frozenset([t]) for t in trainings if world[t].answers >= FULL]
    views += [pooling.counted for pooling in poolings(world, selections)]
    basis = reduced([[int(t in view) for t in trainings] for view in views])
    subsets = itertools.chain.from_iterable(
        itertools.combinations(trainings, size) for size in range(1, len(trainings) + 1)
    )
    return [
        frozenset(subset)
        for subset in subsets
        if not any(remainder(basis, [Fraction(int(t in subset)) for t in trainings]))
    ]


WORLDS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 3)), min_size=1, max_size=6).map(
    lambda sizes: {
        number: Group(answers + skipped, answers) for number, (answers, skipped) in enumerate(sizes, start=1)
    }
)
REPORTS = st.lists(st.frozensets(st.integers(1, 6), min_size=1), max_size=6)


@settings(max_examples=400, deadline=None)
@given(WORLDS, REPORTS)
def test_no_difference_of_permitted_reports_speaks_of_one_to_nine_people(
    world: dict[int, Group], reports: list[Selection]
) -> None:
    for subset in within_reach(world, reports):
        asked = sum(world[training].asked for training in subset)
        answers = sum(world[training].answers for training in subset)
        assert asked == 0 or answers >= FULL, (world, reports, subset)


def test_the_brute_force_would_catch_a_careless_report() -> None:
    world = groups(24, 8)
    careless = [frozenset([1]), frozenset([1, 2])]
    basis = reduced([[int(t in view) for t in (1, 2)] for view in careless])
    assert not any(remainder(basis, [Fraction(0), Fraction(1)]))
    assert frozenset([2]) not in within_reach(world, [frozenset([1, 2])])


@settings(max_examples=200, deadline=None)
@given(WORLDS, REPORTS, st.data())
def test_a_later_close_never_opens_a_difference(
    world: dict[int, Group], reports: list[Selection], data: st.DataObject
) -> None:
    """Trainings close one after the other; what each report showed before stays known."""
    order = data.draw(st.permutations(sorted(world)))
    shown: set[Selection] = set()
    for done in range(len(order) + 1):
        closed = set(order[:done])
        now = {t: group if t in closed else Group(0, 0, final=False) for t, group in world.items()}
        shown |= {frozenset([t]) for t in closed if world[t].answers >= FULL}
        shown |= {pooling.counted for pooling in poolings(now, reports)}
    trainings = sorted(world)
    basis = reduced([[int(t in view) for t in trainings] for view in shown])
    for size in range(1, len(trainings) + 1):
        for subset in itertools.combinations(trainings, size):
            if any(remainder(basis, [Fraction(int(t in subset)) for t in trainings])):
                continue
            answers = sum(world[t].answers for t in subset)
            assert answers >= FULL or not any(world[t].asked for t in subset), (world, reports, order, subset)
