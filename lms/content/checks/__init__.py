"""Everything that is asked of a pack before it is stored, one file a subject. Pure: files in, faults out."""

from functools import lru_cache

from lms.content.build import build
from lms.content.checks.references import references
from lms.content.course import Course
from lms.content.faults import Fault, PackFaulty
from lms.content.files import Files, files_of
from lms.content.pack import Pack, read_pack

CHECKS = (references,)


def faults_of(pack: Pack) -> list[Fault]:
    """Every fault and warning of `pack`, in the order of files and lines."""
    return sorted({*pack.faults, *(fault for check in CHECKS for fault in check(pack))})


def checked_course(files: Files) -> Course:
    """The course in `files`. Raises PackFaulty when it has a fault; warnings do not count."""
    pack = read_pack(files)
    if faults := [fault for fault in faults_of(pack) if not fault.warning]:
        raise PackFaulty(faults)
    return build(pack)


@lru_cache(maxsize=8)
def checked_document(document: bytes) -> Course:
    """The course in a canonical document, checked once for each content."""
    return checked_course(files_of(document))
