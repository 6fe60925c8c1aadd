"""An unfinished case, made playable for a trial: what can be filled in honestly is filled in, and everything is told. Pure.

A case that has passed the checks comes back as it was. Nothing of this is ever stored or published: a trial plays it, no more.
"""

from dataclasses import dataclass
from typing import Any

from lms.content.case import Case
from lms.content.case_build import build_case
from lms.content.case_formats import CASE
from lms.content.completing.fitting import fitted
from lms.content.completing.mending import mend
from lms.content.completing.notes import NO_CASE, NO_ROLE, NO_STAGE, Notes, Remark

__all__ = ["Completed", "Remark", "completed"]


@dataclass(frozen=True, slots=True)
class Completed:
    """A case as it can be tried. `case` is None while `obstacles` keep it from being played; `filled` tells what was added."""

    case: Case | None
    filled: tuple[Remark, ...] = ()
    obstacles: tuple[Remark, ...] = ()
    document: dict[str, Any] | None = None


def completed(document: Any) -> Completed:
    """The case in `document`, which may be as unfinished as a draft is."""
    if not isinstance(document, dict):
        return Completed(None, obstacles=(Remark(NO_CASE),))
    notes = Notes()
    value = fitted(CASE, document, notes)
    obstacles = tuple(
        Remark(message, name) for name, message in (("roles", NO_ROLE), ("stages", NO_STAGE)) if not value[name]
    )
    if obstacles:
        return Completed(None, notes.remarks, obstacles)
    mend(value, notes)
    return Completed(build_case(value), notes.remarks, (), value)  # type: ignore[arg-type]
