"""The small pack, and broken copies of it."""

from lms.content.checks import faults_of
from lms.content.faults import Fault
from lms.content.files import read_folder
from lms.content.pack import read_pack
from tests.builders import COURSE

SMALL = read_folder(COURSE)


def broken(file: str, old: str, new: str) -> dict[str, str]:
    """The small pack with one place changed."""
    assert SMALL[file].count(old) >= 1, f"{old!r} is not in {file}"
    return SMALL | {file: SMALL[file].replace(old, new, 1)}


def line_of(file: str, text: str) -> int:
    """The line of the small pack on which `text` first stands."""
    return SMALL[file][: SMALL[file].index(text)].count("\n") + 1


def faults(files: dict[str, str]) -> list[Fault]:
    """What the checks say, without warnings."""
    return [fault for fault in faults_of(read_pack(files)) if not fault.warning]


def warnings(files: dict[str, str]) -> list[Fault]:
    """What the checks advise, without the size of the pages, which is small on purpose."""
    return [fault for fault in faults_of(read_pack(files)) if fault.warning and "reads well" not in fault.advice]
