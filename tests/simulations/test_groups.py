"""Groups: everybody's own sector where it can be, colleagues apart, and what cannot be had is said."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lms.content.cases import read_case_file
from lms.simulations.groups import Person, form, groups_for

CASE = read_case_file(Path(__file__).parent.parent / "fixtures" / "cases" / "small.yaml").case
SECTORS = ("police", "social", "health", "education")


def test_everyone_plays_their_own_sector_where_they_can() -> None:
    people = [Person(1, "police"), Person(2, "social"), Person(3, "health"), Person(4, "police")]
    plan = form(CASE, people, 1)
    assert plan.groups[0] == {"police": 1, "social": 2, "health": 3, "police-topolje": 4}
    assert not plan.remarks
    assert not plan.left_over


def test_colleagues_of_one_institution_sit_apart_and_towns_are_mixed() -> None:
    towns = ("nis", "nis", "vranje", "vranje")
    people = [Person(n, SECTORS[n % 2], f"house-{n // 2}", town) for n, town in enumerate(towns)]
    people += [Person(n + 4, SECTORS[n % 2], f"house-{n // 2}", town) for n, town in enumerate(towns)]
    plan = form(CASE, people, 2)
    of = {person.id: person for person in people}
    for group in plan.groups:
        seated = [of[one] for one in group.values() if one is not None]
        assert max(Counter(person.institution for person in seated).values()) == 2
        assert Counter(person.municipality for person in seated) == {"nis": 2, "vranje": 2}


def test_what_cannot_be_had_is_said() -> None:
    plan = form(CASE, [Person(1, "education", "school"), Person(2, "police", "school")], 1)
    assert {(one.kind, one.role or one.institution) for one in plan.remarks} == {
        ("stranger", "social"), ("empty", "police-topolje"), ("together", "school"),
    }  # fmt: skip


def test_with_more_people_than_seats_nobody_of_another_sector_takes_a_seat_from_its_own() -> None:
    sectors = ("education", "judiciary", "city", "police", "social", "health", "police", "social", "police", "media")
    plan = form(CASE, [Person(number, sector) for number, sector in enumerate(sectors)], 1)
    assert not plan.remarks
    assert len(plan.left_over) == 6


def test_who_has_no_seat_is_named() -> None:
    plan = form(CASE, [Person(n, "police") for n in range(6)], 1)
    assert len(plan.left_over) == 2
    assert groups_for(CASE, 6) == 2


@given(st.lists(st.sampled_from(SECTORS), max_size=30), st.integers(1, 5))
def test_nobody_sits_twice_and_required_roles_are_filled_first(sectors: list[str], count: int) -> None:
    people = [Person(number, sector) for number, sector in enumerate(sectors)]
    plan = form(CASE, people, count)
    seated = [one for group in plan.groups for one in group.values() if one is not None]
    assert sorted([*seated, *plan.left_over]) == list(range(len(people)))
    required = [role.key for role in CASE.roles if role.required]
    if any(group[role.key] is not None for group in plan.groups for role in CASE.roles if not role.required):
        assert all(group[role] is not None for group in plan.groups for role in required)
    assert form(CASE, people, count) == plan
