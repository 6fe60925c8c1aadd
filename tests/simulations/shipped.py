"""The cases that people play: those of the course, and the small one."""

from functools import cache
from pathlib import Path

from lms.content.case import Case
from lms.content.cases import read_case
from tests.builders import CASE

FOLDER = Path(__file__).parents[2] / "courses" / "sop-two-day" / "cases"
FILES = {path.stem: path for path in [*sorted(FOLDER.glob("*.yaml")), CASE]}
KEYS = tuple(FILES)


@cache
def case_called(key: str) -> Case:
    """The case in the file with that name."""
    return read_case(FILES[key])
