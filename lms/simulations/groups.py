"""Who plays which role in which group: formed by rule, then changed by hand. Pure.

Each group gets the required roles first, then the others; people play the sector they work in where they can; people of one institution
and of one municipality are spread over the groups. What cannot be had is said, not hidden.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.case import Case, Role

# What a seat costs: first that people play their own sector, then that colleagues are apart, then that towns are mixed.
STRANGER, SAME_INSTITUTION, SAME_MUNICIPALITY = 100, 30, 3


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as far as groups are concerned."""

    id: int
    sector: str
    institution: str = ""  # folded
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What could not be had in `group` (counted from 1). `kind`: empty, stranger, together; `role` or `institution` says where."""

    kind: str
    group: int
    role: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The groups (role -> person's id, None: nobody), who has no seat, and what could not be had."""

    groups: tuple[Mapping[str, int | None], ...]
    left_over: tuple[int, ...]
    remarks: tuple[Remark, ...]


Seat = tuple[int, str]  # group, role


def groups_for(case: Case, people: int) -> int:
    """How many groups are enough for `people`: as few as have a seat for everybody."""
    return max(1, -(-people // len(case.roles)))


def form(case: Case, people: Sequence[Person], count: int) -> Plan:
    """Seat `people` in `count` groups. The same people give the same groups."""
    seats = _seats(case, count)
    seated: dict[Seat, Person] = {}
    _seat_own_sector(case, people, seats, seated)
    _seat_the_others(case, people, seats, seated)
    _improve(case, people, seated)
    return _plan(case, people, seated, count)


def by_hand(case: Case, people: Sequence[Person], chosen: Sequence[Mapping[str, int | None]]) -> Plan:
    """The plan that somebody has set by hand: for each group who gets which role."""
    of = {person.id: person for person in people}
    seated = {
        (group, role): of[holder]
        for group, seats in enumerate(chosen)
        for role, holder in seats.items()
        if holder in of
    }
    return _plan(case, people, seated, len(chosen))


def _plan(case: Case, people: Sequence[Person], seated: Mapping[Seat, Person], count: int) -> Plan:
    left_over = tuple(person.id for person in people if person not in seated.values())
    groups = tuple(
        {role: seated[group, role].id if (group, role) in seated else None for role in case.role}
        for group in range(count)
    )
    return Plan(groups, left_over, tuple(_remarks(case, seated, count)))


def _seats(case: Case, count: int) -> list[Seat]:
    """All seats: every group's required roles before anybody's optional ones."""
    order = sorted(case.roles, key=lambda role: not role.required)
    return [(group, role.key) for role in order for group in range(count)]


def _seat_own_sector(case: Case, people: Sequence[Person], seats: list[Seat], seated: dict[Seat, Person]) -> None:
    for seat in seats:
        own = [one for one in _free(people, seated) if one.sector == case.role[seat[1]].sector]
        if own:
            seated[seat] = min(own, key=lambda one: (_cost(case, seated, seat, one), one.id))


def _seat_the_others(case: Case, people: Sequence[Person], seats: list[Seat], seated: dict[Seat, Person]) -> None:
    """Fill what is left with whoever is left; a required role takes even somebody from an optional one."""
    for seat in seats:
        if seat in seated:
            continue
        free = _free(people, seated)
        if not free and case.role[seat[1]].required:
            optional = [one for one in reversed(seats) if one in seated and not case.role[one[1]].required]
            free = [seated.pop(optional[0])] if optional else []
        if free:
            seated[seat] = min(free, key=lambda one: (_cost(case, seated, seat, one), one.id))


def _free(people: Sequence[Person], seated: Mapping[Seat, Person]) -> list[Person]:
    taken = {one.id for one in seated.values()}
    return [one for one in people if one.id not in taken]


def _improve(case: Case, people: Sequence[Person], seated: dict[Seat, Person]) -> None:
    """Exchange two people, seated or not, as long as that makes things better."""
    better = True
    while better:
        better = False
        seats = list(seated)
        for number, one in enumerate(seats):
            for other in seats[number + 1 :]:
                if _exchanged_is_better(case, seated, one, other):
                    seated[one], seated[other] = seated[other], seated[one]
                    better = True
            best = min(_free(people, seated), key=lambda person: _cost(case, seated, one, person), default=None)
            if best and _cost(case, seated, one, best) < _cost(case, seated, one, seated[one]):
                seated[one] = best
                better = True


def _exchanged_is_better(case: Case, seated: dict[Seat, Person], one: Seat, other: Seat) -> bool:
    first, second = seated[one], seated[other]
    before = _cost(case, seated, one, first) + _cost(case, seated, other, second)
    seated[one], seated[other] = second, first
    after = _cost(case, seated, one, second) + _cost(case, seated, other, first)
    seated[one], seated[other] = first, second
    return after < before


def _cost(case: Case, seated: Mapping[Seat, Person], seat: Seat, person: Person) -> int:
    """What it costs to have `person` in `seat`, beside those who sit in the group."""
    group, role = seat
    others = [one for (other, _role), one in seated.items() if other == group and one is not person]
    cost = 0 if person.sector == case.role[role].sector else STRANGER
    if person.institution:
        cost += SAME_INSTITUTION * sum(one.institution == person.institution for one in others)
    if person.municipality:
        cost += SAME_MUNICIPALITY * sum(one.municipality == person.municipality for one in others)
    return cost


def _remarks(case: Case, seated: Mapping[Seat, Person], count: int) -> list[Remark]:
    found: list[Remark] = []
    for group in range(count):
        mine = {role: person for (number, role), person in seated.items() if number == group}
        for role in case.roles:
            if remark := _remark_on(role, mine.get(role.key), group):
                found.append(remark)
        for institution, together in Counter(one.institution for one in mine.values() if one.institution).items():
            if together > 1:
                found.append(Remark("together", group + 1, institution=institution))
    return found


def _remark_on(role: Role, person: Person | None, group: int) -> Remark | None:
    if person is None:
        return Remark("empty", group + 1, role=role.key) if role.required else None
    return Remark("stranger", group + 1, role=role.key) if person.sector != role.sector else None
