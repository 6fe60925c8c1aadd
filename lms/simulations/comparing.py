"""Several groups that played the same case, side by side. No ranking and no marks. Pure.

What single people answered alone is counted by sector over all groups, and told only as far as `lms.small_groups` allows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lms.content.case import GRADES, RIGHT, Case
from lms.content.course import Text
from lms.simulations.debriefing import Debrief, Share, is_own
from lms.simulations.retelling import Answer, Decided
from lms.simulations.screens.steps import DONE, LATE, SKIPPED
from lms.small_groups import ALMOST_ALL, ALMOST_NONE, Band, Suppressed, detail, tells_of_all, withheld

NOT_REACHED, UNDECIDED = "not-reached", "undecided"
Told = Decimal | Band | Suppressed


@dataclass(frozen=True, slots=True)
class StepCell:
    """A step in one group: its status, and the case minute at which it was done."""

    status: str
    minute: int | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in all groups. `limited`: it has a limit, so its time says something."""

    key: str
    text: Text
    phase: Text
    limited: bool
    cells: tuple[StepCell, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in all groups: the grade of what each took, not-reached, or undecided; `closed_by`: time or facilitator where
    the group did not take it by its own votes, else empty."""

    title: Text
    cells: tuple[str, ...]
    closed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorRow:
    """How the people of one sector answered alone: the share of each grade in percent, or why it is not told."""

    sector: str
    people: int | Suppressed
    shares: tuple[Told, ...]  # in the order of GRADES


@dataclass(frozen=True, slots=True)
class Together:
    """Alone, then at the table: how many alone answers were right, and how many decisions of the tables were, in percent."""

    alone: Told
    tables: Decimal
    decisions: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups of a case."""

    steps: tuple[StepRow, ...]
    decisions: tuple[DecisionRow, ...]
    sectors: tuple[SectorRow, ...]
    together: Together | None


def compare(case: Case, debriefs: Sequence[Debrief]) -> Comparison:
    """The groups in the order given."""
    return Comparison(
        steps=tuple(_step(case, key, debriefs) for key in case.step),
        decisions=tuple(_decision(case, key, debriefs) for key in case.decision),
        sectors=sectors(debriefs),
        together=together(debriefs),
    )


def _step(case: Case, key: str, debriefs: Sequence[Debrief]) -> StepRow:
    lines = [next(line for line in one.steps if line.key == key) for one in debriefs]
    step = case.step[key]
    cells = tuple(StepCell(line.status, line.done_at) for line in lines)
    return StepRow(key, step.text, step.phase, step.due is not None, cells)


def _decision(case: Case, key: str, debriefs: Sequence[Debrief]) -> DecisionRow:
    lasts = [next((decided for decided in reversed(one.decisions) if decided.key == key), None) for one in debriefs]
    cells = tuple(NOT_REACHED if last is None else last.grade or UNDECIDED for last in lasts)
    closed_by = tuple(last.how if last and last.taken and not is_own(last) else "" for last in lasts)
    return DecisionRow(case.decision[key].title, cells, closed_by)


def _alone(debriefs: Sequence[Debrief]) -> list[tuple[int, Decided, Answer]]:
    """Every answer given alone, with the number of its group."""
    return [
        (group, decided, answer)
        for group, one in enumerate(debriefs)
        for decided in one.decisions
        for answer in decided.answers
        if answer.alone_grade
    ]


def _person(group: int, answer: Answer) -> tuple[int, str]:
    return group, answer.role["en"]


def sectors(debriefs: Sequence[Debrief]) -> tuple[SectorRow, ...]:
    """The sectors by their code; one with fewer than ten people is named without figures."""
    people: dict[str, set[tuple[int, str]]] = {}
    grades: dict[str, Counter[str]] = {}
    for group, _decided, answer in _alone(debriefs):
        people.setdefault(answer.sector, set()).add(_person(group, answer))
        grades.setdefault(answer.sector, Counter())[answer.alone_grade] += 1
    return tuple(_sector(code, len(people[code]), grades[code]) for code in sorted(people))


def _sector(code: str, people: int, grades: Counter[str]) -> SectorRow:
    if detail(people) != "full":
        return SectorRow(code, withheld(people), tuple(withheld(people) for _grade in GRADES))
    return SectorRow(code, people, tuple(_told(grades[grade], grades) for grade in GRADES))


def _told(part: int, grades: Counter[str]) -> Told:
    whole = grades.total()
    if tells_of_all(max(grades.values()), whole):
        return ALMOST_ALL if part == max(grades.values()) else ALMOST_NONE
    return percent(part, whole)


def together(debriefs: Sequence[Debrief]) -> Together | None:
    """Only over decisions that people first answered alone and then took themselves; None when there was none."""
    answers = [(group, one, answer) for group, one, answer in _alone(debriefs) if is_own(one)]
    decided = {(group, one.key, one.minute): one.grade for group, one, _answer in answers}
    if not decided:
        return None
    people = len({_person(group, answer) for group, _one, answer in answers})
    grades = Counter(answer.alone_grade for _group, _one, answer in answers)
    alone = _told(grades[RIGHT], grades) if detail(people) == "full" else withheld(people)
    right = sum(grade == RIGHT for grade in decided.values())
    return Together(alone, percent(right, len(decided)), len(decided))


def percent(part: int, whole: int) -> Decimal:
    """`part` of `whole` in percent, whole numbers, halves up. `whole` is not 0."""
    return (Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)


def steps_in_time(debriefs: Sequence[Debrief]) -> tuple[Share, Share, Share]:
    """Over all groups: steps on time, late, and not done, of those that were called for."""
    statuses = Counter(line.status for one in debriefs for line in one.steps)
    whole = sum(statuses[status] for status in (DONE, LATE, SKIPPED))
    return Share(statuses[DONE], whole), Share(statuses[LATE], whole), Share(statuses[SKIPPED], whole)
