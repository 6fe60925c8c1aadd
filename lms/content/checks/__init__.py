"""Everything that is asked of a pack before it is stored, one file a subject. Pure: files in, faults out."""

from functools import lru_cache

from lms.content.build import build
from lms.content.checks.certainty import certainty
from lms.content.checks.certificate import certificate
from lms.content.checks.figures import figures
from lms.content.checks.markup import markup
from lms.content.checks.pages import pages
from lms.content.checks.privacy import privacy
from lms.content.checks.programme import programme
from lms.content.checks.references import references
from lms.content.checks.simulations import simulations
from lms.content.checks.surveys import surveys
from lms.content.checks.twins import twins
from lms.content.checks.untranslated import untranslated
from lms.content.checks.words import words
from lms.content.course import Course
from lms.content.faults import Fault, PackFaulty
from lms.content.files import Files, files_of
from lms.content.pack import Pack, read_pack

CHECKS = (
    references, programme, surveys, simulations, pages, markup, twins, untranslated, words, figures, privacy, certainty, certificate,
)  # fmt: skip


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
