"""A case file by itself, as the commands take it. In a pack, cases are read and checked with everything else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.content.case import Case
from lms.content.case_build import build_case
from lms.content.case_formats import CASE
from lms.content.checks.cases import case_faults
from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.privacy import hotline_contacts
from lms.content.faults import Fault, PackFaulty
from lms.content.files import text_of
from lms.content.formats import COURSE, SOURCES
from lms.content.place import Place
from lms.content.shapes import Shape
from lms.content.unwritten import beside_blanks, leaves_no_hole, put_blanks
from lms.content.yaml import read_yaml


@dataclass(frozen=True)
class CaseFile:
    """What one file says: the case, unless it has an error; everything that is to be mended in it."""

    faults: tuple[Fault, ...]
    case: Case | None = None
    document: CaseDocument | None = None  # as it was typed, when its shape is right


def read_case(path: Path) -> Case:
    """The case in the file `path`. Raises PackFaulty when it has an error; warnings do not count."""
    found = read_case_file(path)
    if found.case is None:
        raise PackFaulty(fault for fault in found.faults if not fault.warning)
    return found.case


def read_case_file(path: Path) -> CaseFile:
    """Read and check the file `path`. Its sources and hotlines are those of the pack, if the folder above it is one."""
    try:
        text = text_of(path)
    except PackFaulty as error:
        return CaseFile(error.faults)
    pack = path.resolve().parent.parent
    sources, course = _beside(pack / "sources.yaml", SOURCES), _beside(pack / "course.yaml", COURSE)
    read = None if sources is None else {source["key"]: source["read"] for source in sources}
    return check_case(text, path.name, read, hotline_contacts(course or {}))


def check_case(
    text: str, file: str, sources: Mapping[str, str] | None = None, contacts: Collection[str] = ()
) -> CaseFile:
    """Read and check a case in `text`, called `file` in its faults. For `sources` and `contacts` see CaseDocument."""
    try:
        value = read_yaml(text, file)
    except PackFaulty as error:
        return CaseFile(error.faults)
    return check_value(value, text, file, sources, contacts)


def check_value(
    value: Any, text: str, file: str, sources: Mapping[str, str] | None = None, contacts: Collection[str] = ()
) -> CaseFile:
    """Check what was read from `text`, as `check_case`. What is missing gets something in `value` that says nothing."""
    missing = list(CASE.faults(value, Place(file, 1)))
    if not all(map(leaves_no_hole, missing)):
        return CaseFile(tuple(sorted(missing)))
    if missing:
        put_blanks(value, CASE)
    document = CaseDocument(file, text, value, sources, contacts)
    faults = sorted({*missing, *beside_blanks(case_faults(document), missing)})
    faulty = any(not fault.warning for fault in faults)
    return CaseFile(tuple(faults), None if faulty else build_case(value), document)


def _beside(path: Path, shape: Shape) -> Any:
    """What a document of the pack says; None when there is none in order."""
    try:
        value = read_yaml(text_of(path), path.name)
    except PackFaulty:
        return None
    return None if any(True for _fault in shape.faults(value, Place(path.name, 1))) else value
