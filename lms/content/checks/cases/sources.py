"""What a case rests on is in the pack's list of sources, and was read where it is called confirmed."""

from collections.abc import Iterator

from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.certainty import CALL_IT_GENERAL, CONFIRMED_UNREAD
from lms.content.checks.references import no_such_source
from lms.content.faults import Fault
from lms.content.yaml import Seq


def sources(case: CaseDocument) -> Iterator[Fault]:
    """Sources that there are not, and confirmed steps whose sources were not read. Asked only within a pack."""
    if case.sources is None:
        return
    for entry in case.entries:
        cited = entry.value.get("sources") or Seq(1)
        for number, name in enumerate(cited):
            if name not in case.sources:
                place = entry.place.inside(entry.value, "sources").inside(cited, number)
                yield no_such_source(place, name)
        confirmed = entry.kind == "step" and (entry.value.get("certainty") or "confirmed") == "confirmed"
        if confirmed and all(case.sources.get(name) == "none" for name in cited):
            yield entry.at("certainty").fault(CONFIRMED_UNREAD, CALL_IT_GENERAL, "`certainty: general`")
