"""Everything that is asked of a case before anyone plays it, one file a subject. Pure: a document in, faults out."""

from lms.content.case_build import build_case
from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.cases.flags import flags
from lms.content.checks.cases.learning import learning
from lms.content.checks.cases.memory import memory
from lms.content.checks.cases.people import people
from lms.content.checks.cases.records import records
from lms.content.checks.cases.references import references
from lms.content.checks.cases.sources import sources
from lms.content.checks.cases.story import story
from lms.content.checks.cases.times import times
from lms.content.checks.privacy import personal_data
from lms.content.checks.words import words_of
from lms.content.faults import Fault

HOLDING_TOGETHER = (references, flags)
OF_THE_DOCUMENT = (records, sources)
OF_THE_CASE = (story, times, people, memory, learning)  # they need a case that holds together


def case_faults(document: CaseDocument) -> list[Fault]:
    """Every fault and warning of a case, in the order of lines."""
    broken = [fault for check in HOLDING_TOGETHER for fault in check(document)]
    faults = {*broken, *words_of(document.texts)}
    faults.update(fault for check in OF_THE_DOCUMENT for fault in check(document))
    faults.update(personal_data(document.file, document.text, document.contacts, document.value))
    if not broken:
        case = build_case(document.value)
        faults.update(fault for check in OF_THE_CASE for fault in check(document, case))
    return sorted(faults)
