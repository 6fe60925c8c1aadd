"""Which counts of people may be published by place, so that nobody is recognised; and where rings stand on the map. Pure.

Totals by sector and by sex in the whole country are exact, as the published report of 2022 has them. Counts by place, and by place
and sector, are given from five people on; the rest is given as one pool. A count is also hidden when it could be worked out from a
total and the counts beside it. Results of tests and evaluations are never told by place and sector.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot

FEWEST = 5
Cell = tuple[str, str]  # place, sector


@dataclass(frozen=True)
class Shown:
    """The counts that may be published, and the pool of all others: how many people in how many cells."""

    counts: Mapping[Cell, int]
    pooled: int
    cells: int


def places(counts: Mapping[str, int]) -> tuple[dict[str, int], int, int]:
    """Counts by place that may be published, the pool of the others, and how many places are in it.

    The pool never holds one place alone and never fewer than five people, unless there are fewer altogether.
    """
    shown = {place: count for place, count in counts.items() if count >= FEWEST}
    hidden = {place: count for place, count in counts.items() if 0 < count < FEWEST}
    while hidden and shown and (len(hidden) == 1 or sum(hidden.values()) < FEWEST):
        smallest = min(shown, key=lambda place: (shown[place], place))
        hidden[smallest] = shown.pop(smallest)
    return shown, sum(hidden.values()), len(hidden)


def totals(counts: Mapping[Cell, int], side: int) -> dict[str, int]:
    """Counts added up by place (`side` 0) or by sector (1)."""
    found: Counter[str] = Counter()
    for cell, count in counts.items():
        found[cell[side]] += count
    return dict(found)


def by_place_and_sector(counts: Mapping[Cell, int]) -> Shown:
    """The counts by place and sector that may be published beside the totals by place and by sector."""
    real = {cell: count for cell, count in counts.items() if count > 0}
    listed, _, _ = places(totals(real, 0))
    hidden = {cell for cell, count in real.items() if count < FEWEST or cell[0] not in listed}
    while more := _given_away(real, hidden):
        hidden |= more
    return Shown(
        {cell: count for cell, count in real.items() if cell not in hidden},
        sum(real[cell] for cell in hidden),
        len(hidden),
    )


def _given_away(counts: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Shown counts that must be hidden too: in a place or sector with hidden counts that are one alone, or fewer than five people."""
    found: set[Cell] = set()
    for side in (0, 1):
        lines: dict[str, list[Cell]] = defaultdict(list)
        for cell in counts:
            lines[cell[side]].append(cell)
        for line in lines.values():
            away = [cell for cell in line if cell in hidden]
            shown = [cell for cell in line if cell not in hidden]
            if away and shown and (len(away) == 1 or sum(counts[cell] for cell in away) < FEWEST):
                found.add(min(shown, key=lambda cell: (counts[cell], cell)))
    return found


# ---- the map ----

Point = tuple[float, float]  # longitude, latitude
NARROWING = 0.717  # cosine of 44.2°, the middle latitude of Serbia
MOST_STEPS = 60


def apart(points: Sequence[Point], nearest: float) -> list[Point]:
    """The points moved so that none is nearer than `nearest` degrees of latitude to another, each as little as it must.

    Neighbours push each other off in turn, half the overlap each, until all have room.
    """
    moved = [(x * NARROWING, y) for x, y in points]
    for _step in range(MOST_STEPS):
        calm = True
        for a, b in combinations(range(len(moved)), 2):
            across, up = moved[b][0] - moved[a][0], moved[b][1] - moved[a][1]
            distance = hypot(across, up)
            if distance < nearest - 1e-6:
                calm = False
                if distance == 0:
                    across, up, distance = 1e-3, 0.0, 1e-3
                push = (nearest - distance) / 2 / distance
                moved[a] = (moved[a][0] - across * push, moved[a][1] - up * push)
                moved[b] = (moved[b][0] + across * push, moved[b][1] + up * push)
        if calm:
            break
    return [(x / NARROWING, y) for x, y in moved]
