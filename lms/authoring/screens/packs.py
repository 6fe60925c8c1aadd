"""What is shown of a course that comes in as a zip: what was found in it, and what would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.authoring.differences.counting import counted
from lms.authoring.differences.pieces import differences
from lms.authoring.differences.telling import Part, tell
from lms.authoring.documents import look_up, paths_in
from lms.authoring.models import Draft, PendingImport
from lms.authoring.packs.reading import Reading
from lms.authoring.packs.told import as_fault
from lms.authoring.queries import draft_of_course, files_of_draft
from lms.content.faults import Fault
from lms.content.files import Files, files_of
from lms.content.formatting import format_files
from lms.content.queries import files_of_version, latest
from lms.language import gettext, localise
from lms.ui import N_


@dataclass(frozen=True)
class FaultLine:
    """One thing that the checks found: where, what, and what to do."""

    where: str
    sentence: str
    advice: str


@dataclass(frozen=True)
class Refusal:
    """Why a pack is not taken, fault by fault."""

    faults: tuple[FaultLine, ...]
    more: int
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a pack would change. `draft` is the one under way; `published` says whether there is a version of the course already."""

    id: int
    title: str
    draft: Draft | None
    published: bool
    version: int
    contents: tuple[str, ...]
    parts: tuple[Part, ...]
    undone: tuple[FaultLine, ...]  # what keeps it from being published
    more_undone: int
    warnings: tuple[FaultLine, ...]
    ignored: tuple[str, ...]


def refusal(reading: Reading) -> Refusal:
    """The faults of a pack that was not taken."""
    faults = [fault for fault in reading.faults if not fault.warning]
    return Refusal(tuple(lines(faults)), reading.more_faults, reading.ignored)


def lines(faults: Iterable[Fault]) -> Iterable[FaultLine]:
    """Faults in the reader's language."""
    for fault in faults:
        where = gettext(N_("%(file)s, line %(line)d"), file=fault.file, line=fault.line)
        yield FaultLine(where, fault.sentence(gettext, localise), fault.what_to_do(gettext, localise))


def preview(pending: PendingImport) -> Preview:
    """What would change if the pack became the draft of its course."""
    files = files_of(pending.document)
    draft, published = draft_of_course(pending.course_key), latest(pending.course_key)
    before: Files = {}
    if draft:
        before = files_of_draft(draft)
    elif published:
        before = format_files(files_of_version(published.hash))
    parts = tuple(tell(differences(before, files), before, files)) if before else ()
    faults = [as_fault(plain) for plain in pending.notes["faults"]]
    undone, advice = ([fault for fault in faults if fault.warning is warning] for warning in (False, True))
    return Preview(
        pending.id, localise(look_up(files, "course.yaml").get("title")), draft, bool(published), draft.version if draft else 0, _contents(files), parts,
        tuple(lines(undone)), pending.notes["more_faults"], tuple(lines(advice)), tuple(pending.notes["ignored"]),
    )  # fmt: skip


def _contents(files: Files) -> tuple[str, ...]:
    """What a course consists of, counted."""
    paths = paths_in(files)
    kinds = {"page": "pages/", "case": "cases/", "survey": "surveys/"}
    counts = {kind: sum(path.startswith(folder) for path in paths) for kind, folder in kinds.items()}
    counts["figure"] = sum(path.startswith("figures/") for path in files)
    return tuple(counted(kind, number) for kind, number in counts.items() if number)
