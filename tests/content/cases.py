"""The small case, and broken copies of it."""

from lms.content.cases import CaseFile, check_case
from lms.content.faults import Fault
from tests.builders import CASE

SMALL = CASE.read_text()
SOURCES = {"S1": "excerpt", "K-practice": "none"}


def broken(*changes: tuple[str, str]) -> str:
    """The small case with some places changed, each the first of its kind."""
    text = SMALL
    for old, new in changes:
        assert old in text, f"{old!r} is not in the small case"
        text = text.replace(old, new, 1)
    return text


def checked(text: str) -> CaseFile:
    """What the checks make of a case in a pack with two sources."""
    return check_case(text, "small.yaml", SOURCES)


def faults(text: str) -> list[Fault]:
    """What the checks say, without warnings."""
    return [fault for fault in checked(text).faults if not fault.warning]


def warnings(text: str) -> list[Fault]:
    """What the checks advise."""
    return [fault for fault in checked(text).faults if fault.warning]


def line_of(text: str, inside: str = SMALL) -> int:
    """The line on which `text` first stands."""
    return inside[: inside.index(text)].count("\n") + 1
