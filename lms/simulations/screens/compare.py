"""Groups side by side, as data for staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.content.case import Case
from lms.simulations.comparing import Comparison, compare
from lms.simulations.models import Run
from lms.simulations.play import case_of
from lms.simulations.screens.debrief import debriefs_of


@dataclass(frozen=True, slots=True)
class CompareScreen:
    """The finished groups of one case, and the other cases that were played."""

    case: Case
    runs: Sequence[Run]
    cases: Sequence[Case]
    table: Comparison


def compare_screen(runs: Sequence[Run], wanted: str) -> CompareScreen | None:
    """The groups that played `wanted`, or else the case played last; None when nothing is finished."""
    cases = {run.case_key: case_of(run) for run in runs}
    if not cases:
        return None
    key = wanted if wanted in cases else next(reversed(cases))
    mine = [run for run in runs if run.case_key == key]
    return CompareScreen(cases[key], mine, list(cases.values()), compare(cases[key], debriefs_of(mine)))
