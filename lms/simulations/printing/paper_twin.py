"""All papers of a case, by the name of their file."""

from collections.abc import Callable, Mapping

from lms.content.case import Case
from lms.simulations.printing.result_sheet import result_sheet
from lms.simulations.printing.script import script
from lms.simulations.printing.twin_cards import handoff_forms, role_cards, slips, vote_sheets

PAPERS: Mapping[str, Callable[[Case], bytes]] = {
    "script": script,
    "role-cards": role_cards,
    "slips": slips,
    "vote-sheets": vote_sheets,
    "handoff-forms": handoff_forms,
    "result-sheet": result_sheet,
}


def papers_of(case: Case) -> list[str]:
    """The papers that this case has: one without hand-offs has no forms for them."""
    return [name for name in PAPERS if name != "handoff-forms" or case.handoff]
