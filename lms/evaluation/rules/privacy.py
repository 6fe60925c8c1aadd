"""Which trainings may be counted together, so that no difference between two reports speaks of a few people.

How little may be said about few people at all stands in lms.small_groups; both are given on from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.errors import Refused
from lms.small_groups import (
    ALMOST_ALL,
    ALMOST_NONE,
    CLOSE_TO_ALL,
    FEWEST,
    FULL,
    Band,
    Detail,
    Reason,
    Suppressed,
    detail,
    tells_of_all,
    withheld,
)

__all__ = [
    "ALMOST_ALL",
    "ALMOST_NONE",
    "CLOSE_TO_ALL",
    "FEWEST",
    "FULL",
    "Band",
    "Detail",
    "Group",
    "Pooling",
    "Reason",
    "Selection",
    "Suppressed",
    "check_selection",
    "connected",
    "detail",
    "poolings",
    "tells_of_all",
    "withheld",
]

Selection = frozenset[int]  # ids of trainings


# ---- which trainings may be counted together ----


@dataclass(frozen=True)
class Group:
    """The answers of one training to one question: how many were asked it, how many count, whether more can still come."""

    asked: int
    answers: int
    final: bool = True


@dataclass(frozen=True)
class Pooling:
    """For one selection and one question: the trainings that are counted, and those that are left out."""

    counted: Selection
    left_out: Selection


def poolings(groups: Mapping[int, Group], selections: Sequence[Selection]) -> list[Pooling]:
    """What each selection may count, in the order in which the selections were first reported.

    Every training with ten answers or more has a report of its own. Two trainings belong to one block as long as every report
    counts both or neither; by adding and subtracting reports nobody can get behind a block. So each report counts whole
    blocks, or splits them into parts of ten answers or more. Trainings that no report has counted yet form a new block when
    they have ten answers together and none of them can get more; until then, no later report may count them either.
    Whatever does not fit is left out.
    """
    blocks = [frozenset([training]) for training, group in groups.items() if group.answers >= FULL]
    waiting: set[int] = set()
    return [_pool(groups, selection & groups.keys(), blocks, waiting) for selection in selections]


def _pool(groups: Mapping[int, Group], selection: Selection, blocks: list[Selection], waiting: set[int]) -> Pooling:
    """The pooling of one more selection; `blocks` and `waiting` are brought up to date."""
    fresh = selection.difference(*blocks)
    counted = _whole_parts(groups, selection, blocks)
    if fresh & waiting or not all(groups[training].final for training in fresh):
        waiting |= fresh
    elif _speaks_for_many(groups, fresh):
        counted |= fresh
        blocks.append(fresh)
    told = frozenset(training for training in selection if groups[training].asked)
    return Pooling(counted & told, told - counted)


def _whole_parts(groups: Mapping[int, Group], selection: Selection, blocks: list[Selection]) -> Selection:
    """The blocks inside `selection`, and the parts of others that may be split; the split ones are replaced by their parts."""
    counted: set[int] = set()
    for block in list(blocks):
        inside, outside = block & selection, block - selection
        if _speaks_for_many(groups, inside) and (_is_empty(groups, outside) or _speaks_for_many(groups, outside)):
            counted |= inside
            blocks.remove(block)
            blocks += [part for part in (inside, outside) if part]
    return frozenset(counted)


def _speaks_for_many(groups: Mapping[int, Group], trainings: Iterable[int]) -> bool:
    return sum(groups[training].answers for training in trainings) >= FULL


def _is_empty(groups: Mapping[int, Group], trainings: Iterable[int]) -> bool:
    return not any(groups[training].asked for training in trainings)


def connected(selection: Selection, selections: Iterable[Selection]) -> Selection:
    """The trainings whose reports bear on what `selection` may show: those it shares reports with, at any distance."""
    others = list(selections)
    reached = set(selection)
    while any(reached & other and not other <= reached for other in others):
        reached.update(*(other for other in others if reached & other))
    return frozenset(reached)


def check_selection(groups: Mapping[int, Group], earlier: Sequence[Selection], selection: Selection) -> None:
    """Refused (409) when a report over `selection` would have to leave out answers that exist, to protect a small group."""
    pooled = poolings(groups, [*earlier, selection])[-1]
    if pooled.left_out and (pooled.counted or _speaks_for_many(groups, pooled.left_out)):
        raise Refused(
            "Beside reports that already exist, this selection would show the answers of fewer than ten people. Leave out "
            "the trainings with few answers, or choose them together with others that are also small."
        )
