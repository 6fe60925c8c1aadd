"""Forming groups as data: a proposal, or what the trainer has set by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.case import Case
from lms.content.course import Text
from lms.serbian import fold
from lms.simulations.groups import Person, Plan, Remark
from lms.trainings.models import Participant


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of one group and who gets it (a participant's id)."""

    field: str  # name in the form
    name: Text
    sector: str
    place: Text
    required: bool
    holder: int | None
    remark: str  # stranger, empty, twice, or nothing


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the proposal."""

    number: int
    name: str
    roles: list[RoleLine]
    together: list[str]  # institutions with more than one person here


@dataclass(frozen=True, slots=True)
class Proposal:
    """All groups, who may be chosen, and who has no seat yet."""

    groups: list[Group]
    people: Sequence[Participant]
    left_over: list[Participant]
    busy: Mapping[int, str]  # who already plays in another group, and in which

    @property
    def strangers(self) -> int:
        """Roles played by people of another sector."""
        return sum(role.remark == "stranger" for group in self.groups for role in group.roles)

    @property
    def empty(self) -> int:
        """Required roles that nobody has."""
        return sum(role.remark == "empty" for group in self.groups for role in group.roles)


def person(one: Participant) -> Person:
    """A participant as the rule sees one."""
    return Person(one.id, one.sector, fold(one.institution), one.municipality_code or "")


def proposal(
    case: Case,
    people: Sequence[Participant],
    plan: Plan,
    names: Mapping[int, str],
    *,
    busy: Mapping[int, str],
    twice: frozenset[int] = frozenset(),
) -> Proposal:
    """What the rule proposes or somebody has set, with words. `twice`: people who were given two seats."""
    by_id = {one.id: one for one in people}
    remarks = {(one.group, one.role): one for one in plan.remarks if one.role}
    groups = [
        Group(
            number=number,
            name=names.get(number, ""),
            roles=[_role(case, number, role, holder=holder, remark=remarks.get((number, role)), twice=holder in twice) for role, holder in seats.items()],
            together=[
                next(by_id[one].institution for one in seats.values() if one and fold(by_id[one].institution) == remark.institution)
                for remark in plan.remarks
                if remark.kind == "together" and remark.group == number
            ],
        )
        for number, seats in enumerate(plan.groups, 1)
    ]  # fmt: skip
    return Proposal(groups, people, [by_id[one] for one in plan.left_over if one not in busy], busy)


def _role(case: Case, group: int, key: str, *, holder: int | None, remark: Remark | None, twice: bool) -> RoleLine:
    role = case.role[key]
    return RoleLine(
        field=field(group, key), name=role.name, sector=role.sector,
        place=next(place.name for place in case.places if place.key == role.place),
        required=role.required, holder=holder, remark="twice" if twice else remark.kind if remark else "",
    )  # fmt: skip


def field(group: int, role: str) -> str:
    """The name of a seat in the form."""
    return f"seat-{group}-{role}"
