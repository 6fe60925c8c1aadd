"""The cases of a pack, each asked as it is asked by itself."""

from collections.abc import Iterator

from lms.content.checks.cases import case_faults
from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.privacy import hotline_contacts
from lms.content.faults import Fault
from lms.content.pack import Pack


def simulations(pack: Pack) -> Iterator[Fault]:
    """Faults of every case that could be read."""
    sources = {source["key"]: source["read"] for source in pack.sources}
    contacts = hotline_contacts(pack.course)
    for name, case in pack.cases.items():
        file = f"cases/{name}.yaml"
        yield from case_faults(CaseDocument(file, pack.files[file], case, sources, contacts))
