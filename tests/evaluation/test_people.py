"""Who took part: exact counts, by sex and by sector, never crossed."""

from decimal import Decimal

from lms.evaluation.rules.people import count_people
from lms.sectors import CODES


def test_participants_are_counted_by_sex_and_by_sector() -> None:
    people = count_people([("f", "social", 20), ("m", "social", 9), ("f", "police", 3), (None, "police", 1)], CODES)
    assert people.total == 33
    assert [(c.key, c.count) for c in people.by_sex] == [("f", 23), ("m", 9), ("", 1)]
    assert [(c.key, c.count) for c in people.by_sector] == [("social", 29), ("police", 4)]


def test_sectors_stand_by_size_and_then_in_the_order_of_the_ring() -> None:
    people = count_people([("f", "city", 2), ("f", "ngo", 2), ("m", "health", 5), ("m", "made-up", 1)], CODES)
    assert [c.key for c in people.by_sector] == ["health", "ngo", "city", "other"]


def test_attendance_is_the_share_of_half_days() -> None:
    assert count_people([("f", "ngo", 3)], CODES, places=(10, 12)).attended == Decimal("83.3")
    assert count_people([("f", "ngo", 3)], CODES).attended is None


def test_a_number_that_is_only_published_is_added_to_the_total_alone() -> None:
    people = count_people([], CODES, published_only=24)
    assert (people.total, people.by_sector, people.by_sex) == (24, (), ())
