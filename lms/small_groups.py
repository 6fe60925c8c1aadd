"""How little may be said about few people: the thresholds that every figure about answers keeps to. Pure.

Sources: NC State and Tufts do not report on fewer than 5 and 3–4; the GP Patient Survey (England) suppresses below 10 and hides
the next cell against back-calculation; ONS reviews below 10. docs/evaluation.md gives the reasons and the limits.
"""

from dataclasses import dataclass
from typing import Literal

FEWEST = 5  # with fewer answers nothing is said
FULL = 10  # from here on distributions, texts and breakdowns
CLOSE_TO_ALL = 30  # with fewer answers, "nearly all" is not told apart from "all"

Reason = Literal["none", "few", "detail", "unanimous"]
Detail = Literal["none", "few", "rough", "full"]


@dataclass(frozen=True)
class Suppressed:
    """In the place of a figure that is not given. Says why and carries no number.

    `none`: nobody answered. `few`: fewer than 5 answers. `detail`: fewer than 10, too few for this. `unanimous`: it would
    tell what everybody answered.
    """

    reason: Reason


@dataclass(frozen=True)
class Band:
    """In the place of a share so near to all or to none that it would tell what single people answered; in percent."""

    low: int
    high: int


ALMOST_ALL = Band(90, 100)
ALMOST_NONE = Band(0, 10)


def detail(answers: int) -> Detail:
    """How much may be said about a group of this many answers."""
    if answers == 0:
        return "none"
    if answers < FEWEST:
        return "few"
    return "rough" if answers < FULL else "full"


def withheld(answers: int) -> Suppressed:
    """Why a group that is too small for details has none."""
    reasons: dict[Detail, Reason] = {"none": "none", "few": "few", "rough": "detail", "full": "detail"}
    return Suppressed(reasons[detail(answers)])


def tells_of_all(largest: int, base: int) -> bool:
    """True when the largest category holds all answers, or, in a group of fewer than 30, at least nine tenths of them.

    Banding only the unanimous would tell by the band itself that they were unanimous; therefore the near cases share it.
    """
    return base > 0 and (largest == base or (base < CLOSE_TO_ALL and 10 * largest >= 9 * base))
