"""What the checker says of a draft while it is written: the same faults as of a pack, each with the address it is about. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lms.authoring import documents
from lms.authoring.leftovers import leftovers
from lms.content.cases import check_value
from lms.content.checks import CHECKS
from lms.content.checks.simulations import simulations
from lms.content.faults import Fault
from lms.content.pack import read_pack
from lms.content.page_lines import addressed
from lms.content.unwritten import can_wait, is_untranslated

Files = Mapping[str, str]
FAULT, UNWRITTEN, UNTRANSLATED, ADVICE = "fault", "unwritten", "untranslated", "advice"
URGENCY = (
    FAULT,
    UNWRITTEN,
    UNTRANSLATED,
    ADVICE,
)  # what one sees to first; all but advice keep a draft from being published


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of each."""

    fault: int = 0
    unwritten: int = 0
    untranslated: int = 0
    advice: int = 0

    @property
    def errors(self) -> int:
        """What keeps a draft from being published."""
        return self.fault + self.unwritten + self.untranslated


def urgency(fault: Fault) -> str:
    """What kind of thing a fault is to somebody who writes."""
    if fault.warning:
        return ADVICE
    if is_untranslated(fault):
        return UNTRANSLATED
    return UNWRITTEN if can_wait(fault) else FAULT


def tally(faults: Iterable[Fault]) -> Tally:
    """How many faults there are of each kind."""
    return Tally(**Counter(map(urgency, faults)))


def faults_in(files: Files, path: str) -> tuple[Fault, ...]:
    """Faults and advice of one document of a draft, in the order of their lines."""
    if path.startswith("cases/"):
        return _case_faults(path, files[path], files.get("sources.yaml", ""), files.get("course.yaml", ""))
    own = documents.files_of(path)
    without_cases = ((file, "" if file.startswith("cases/") else text) for file, text in files.items())
    found = tuple(fault for fault in _pack_faults(tuple(sorted(without_cases))) if fault.file in own)
    page = documents.shown(files, path) if path.startswith("pages/") else None
    return found if page is None else tuple(_once(addressed(found, page)))


def _once(faults: Iterable[Fault]) -> Iterable[Fault]:
    """What is said of both languages of a page in the same words is said once."""
    told: set[tuple[object, ...]] = set()
    for fault in faults:
        said = (fault.message, fault.values, fault.name)
        if said not in told:
            told.add(said)
            yield fault


def all_faults(files: Files) -> list[Fault]:
    """Faults and advice of the whole draft, by file and line: all that is asked of a pack."""
    cases = [path for path in documents.paths_in(files) if path.startswith("cases/")]
    return sorted(
        {*_pack_faults(tuple(sorted(files.items()))), *(fault for path in cases for fault in faults_in(files, path))}
    )


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Those that keep a draft from being published."""
    return [fault for fault in faults if not fault.warning]


@lru_cache(maxsize=64)
def _case_faults(path: str, text: str, sources: str, course: str) -> tuple[Fault, ...]:
    beside = {"sources.yaml": sources, "course.yaml": course}
    listed = documents.look_up(beside, "sources.yaml")
    read = {one["key"]: one.get("read", "none") for one in listed if isinstance(one, dict) and one.get("key")}
    document = documents.read({path: text}, path)
    found = check_value(document, text, path, read, documents.contacts_of(beside)).faults
    return (*found, *leftovers(path, document))


@lru_cache(maxsize=16)
def _pack_faults(files: tuple[tuple[str, str], ...]) -> tuple[Fault, ...]:
    """All but what is inside cases, which may be left empty: each is asked by itself."""
    pack = read_pack(dict(files))
    asked = (check for check in CHECKS if check is not simulations)
    found = {*pack.faults, *(fault for check in asked for fault in check(pack))}
    return tuple(sorted(fault for fault in found if not fault.file.startswith("cases/") or fault.name == "key"))
