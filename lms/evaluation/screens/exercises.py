"""The exercises of a report: which cases were played, and what may be said of them beside earlier reports."""

from collections.abc import Sequence

from lms.evaluation.queries.exercises import Played, played
from lms.evaluation.rules.exercises import Exercise, exercise
from lms.evaluation.rules.privacy import Group, Selection, connected, poolings


def exercises(ids: Selection, order: Sequence[Selection]) -> tuple[Exercise, ...]:
    """The cases that were played in the trainings `ids`; `order` are the reports in the order in which they were first made."""
    everything = played(connected(ids, order))
    cases = dict.fromkeys(one.case for one in everything if one.training in ids)
    return tuple(_exercise(case, [one for one in everything if one.case == case], ids, order) for case in cases)


def _exercise(case: str, groups: Sequence[Played], ids: Selection, order: Sequence[Selection]) -> Exercise:
    people: dict[int, Group] = {}
    for one in groups:
        before = people[one.training].answers if one.training in people else 0
        count = before + one.debrief.people
        people[one.training] = Group(count, count, one.closed)
    counted = poolings(people, order)[order.index(ids)].counted
    mine = [one for one in groups if one.training in ids]
    return exercise(case, [one.debrief for one in mine], [one.debrief for one in mine if one.training in counted])
