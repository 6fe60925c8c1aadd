"""Everything that is asked of a case before anyone plays it, one file a subject. Pure: a document in, faults out."""

from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.cases.references import references
from lms.content.faults import Fault

CHECKS = (references,)


def case_faults(case: CaseDocument) -> list[Fault]:
    """Every fault and warning of `case`, in the order of lines."""
    return sorted({fault for check in CHECKS for fault in check(case)})
