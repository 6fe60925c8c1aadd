"""Counts by place and sector point at nobody: no small count is printed, and none can be worked out from the others."""

from collections import Counter
from random import Random

import pytest

from lms.overview.rules import FEWEST, apart, by_place_and_sector, places, totals


def test_small_places_are_pooled() -> None:
    assert places({"nis": 12, "bor": 3, "pirot": 2, "vranje": 7}) == ({"nis": 12, "vranje": 7}, 5, 2)


def test_one_small_place_is_never_alone_in_the_pool() -> None:
    assert places({"nis": 12, "bor": 3, "vranje": 7}) == ({"nis": 12}, 10, 2)


def test_a_pool_of_fewer_than_five_takes_the_next_place_in() -> None:
    assert places({"nis": 12, "bor": 1, "pirot": 2, "vranje": 7}) == ({"nis": 12}, 10, 3)


def test_when_all_places_are_large_nothing_is_pooled() -> None:
    assert places({"nis": 12, "vranje": 7}) == ({"nis": 12, "vranje": 7}, 0, 0)


def test_nobody_trained_gives_empty_tables() -> None:
    assert places({}) == ({}, 0, 0)
    shown = by_place_and_sector({})
    assert (shown.counts, shown.pooled, shown.cells) == ({}, 0, 0)


@pytest.mark.parametrize("seed", range(150))
def test_no_small_count_is_shown_or_can_be_worked_out(seed: int) -> None:
    chance = Random(seed)
    counts = Counter(
        {
            (f"place-{place}", f"sector-{sector}"): chance.choice([0, 0, 1, 2, 3, 5, 6, 8, 13])
            for place in range(chance.randint(1, 7))
            for sector in range(chance.randint(1, 6))
        }
    )
    shown = by_place_and_sector(counts)
    listed, pooled, number = places(totals(counts, 0))
    assert all(count >= FEWEST for count in (*shown.counts.values(), *listed.values()))
    assert {place for place, _ in shown.counts} <= listed.keys()
    assert sum(shown.counts.values()) + shown.pooled == sum(counts.values()) == sum(listed.values()) + pooled
    assert number != 1 or not listed
    for side in (0, 1):
        whole, told = totals(counts, side), totals(shown.counts, side)
        for line, count in told.items():
            hidden = [
                cell for cell, people in counts.items() if people and cell[side] == line and cell not in shown.counts
            ]
            assert count == whole[line] or (len(hidden) > 1 and whole[line] - count >= FEWEST)


def test_rings_of_neighbours_stand_apart_and_far_places_stay() -> None:
    moved = apart([(19.84, 45.26), (19.89, 45.41), (22.0, 43.0)], 0.24)
    (ax, ay), (bx, by), far = moved
    assert ((bx - ax) * 0.717) ** 2 + (by - ay) ** 2 >= 0.2399**2
    assert far == pytest.approx((22.0, 43.0))


def test_two_rings_on_one_spot_are_parted() -> None:
    first, second = apart([(20.0, 44.0), (20.0, 44.0)], 0.24)
    assert first != second
