"""Gives every slot its place from left to right: ways straight where they can be, nothing on top of anything else. Pure.

In each layer the slots keep their order and their distance, and the sum of what the ways lean is the least (isotonic regression for
absolute distances: neighbours that are pushed together move as one, to the weighted median of what they want).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from lms.authoring.pictures.layers import Link, Slot

DRAWING, SWEEPS = 8, 15  # at first everything is drawn to the middle of its neighbours, then ways are made straight
STRAIGHT = 1000.0  # the weight of the spine: nothing pushes it aside
BETWEEN_BOXES, BESIDE_WAYS = 28.0, 18.0
Wish = tuple[float, float]  # a place, and its weight


@dataclass(slots=True)
class _Run:
    """Slots that stand one beside the other, moved as one."""

    wishes: list[Wish]
    count: int
    at: float


def place(slots: Sequence[Slot], links: Sequence[Link], layers: Sequence[Sequence[int]]) -> None:
    """Set `x` of all slots; the leftmost edge is at 0."""
    above: dict[int, list[Link]] = {}
    below: dict[int, list[Link]] = {}
    for link in links:
        above.setdefault(link.below, []).append(link)
        below.setdefault(link.above, []).append(link)
    for layer in layers:
        for number, offset in zip(layer, _offsets(slots, layer), strict=True):
            slots[number].x = offset
    passing = _passing(slots, links)
    for sweep in range(SWEEPS):
        near = _mean if sweep < DRAWING else _median
        for layer in layers if not sweep % 2 else reversed(layers):
            _settle(slots, layer, above, below, near)
        if sweep == SWEEPS - 2:  # in the last sweep a way that passes hangs straight down
            below = {number: own for number, own in below.items() if number not in passing}
    _draw_together(slots, links, layers)
    left = min((slot.x - slot.width / 2 for slot in slots), default=0.0)
    for slot in slots:
        slot.x = floor(2 * (slot.x - left) + 0.5) / 2  # no line leans by a fraction of a pixel


def _passing(slots: Sequence[Slot], links: Sequence[Link]) -> set[int]:
    """The slots of ways in the middle of their course."""
    return {link.below for link in links if not slots[link.below].item and not slots[link.above].item}


def _draw_together(slots: Sequence[Slot], links: Sequence[Link], layers: Sequence[Sequence[int]]) -> None:
    """What no way joins to the first box comes as near to it as there is room."""
    part = list(range(len(slots)))  # by slot: the first slot that ways join it to
    for _again in layers:
        for link in links:
            part[link.above] = part[link.below] = min(part[link.above], part[link.below])
    for own in sorted(set(part) - {0}):
        members = [number for number in range(len(slots)) if part[number] == own]
        middle = sum(slots[number].x for number in members) / len(members)
        room = abs(middle - slots[0].x)
        to_left = middle > slots[0].x
        for layer in layers:
            order = layer if to_left else list(reversed(layer))
            for before, number in pairwise(order):
                if part[number] == own and part[before] != own:
                    apart = abs(slots[number].x - slots[before].x) - (slots[number].width + slots[before].width) / 2
                    room = min(room, apart - _gap(slots[number], slots[before]))
        for number in members:
            slots[number].x += -room if to_left else room


def _offsets(slots: Sequence[Slot], layer: Sequence[int]) -> list[float]:
    """Where the middles are when everything stands as far left as it can."""
    found: list[float] = []
    at = 0.0
    for place, number in enumerate(layer):
        if place:
            at += slots[layer[place - 1]].width / 2 + _gap(slots[layer[place - 1]], slots[number])
            at += slots[number].width / 2
        found.append(at)
    return found


def _gap(one: Slot, other: Slot) -> float:
    return BETWEEN_BOXES if one.item and other.item else BESIDE_WAYS


def _settle(
    slots: Sequence[Slot],
    layer: Sequence[int],
    above: dict[int, list[Link]],
    below: dict[int, list[Link]],
    near: Callable[[list[Wish]], float],
) -> None:
    offsets = _offsets(slots, layer)
    runs: list[_Run] = []
    for number, offset in zip(layer, offsets, strict=True):
        wishes = _wishes(slots, number, above, below)
        wishes = wishes or [(slots[number].x, STRAIGHT if slots[number].spine else 0.01)]
        wishes = [(wish - offset, weight) for wish, weight in wishes]
        runs.append(_Run(wishes, 1, near(wishes)))
        while len(runs) > 1 and runs[-2].at >= runs[-1].at:
            last = runs.pop()
            joined = runs[-1].wishes + last.wishes
            runs[-1] = _Run(joined, runs[-1].count + last.count, near(joined))
    starts = [run.at for run in runs for _slot in range(run.count)]
    for number, offset, start in zip(layer, offsets, starts, strict=True):
        slots[number].x = start + offset


def _wishes(
    slots: Sequence[Slot], number: int, above: dict[int, list[Link]], below: dict[int, list[Link]]
) -> list[Wish]:
    upper, lower = above.get(number, []), below.get(number, [])
    if slots[number].spine:  # straight under what it follows
        upper, lower = [link for link in upper if slots[link.above].spine], []
    wishes = [(slots[link.above].x + link.port_above - link.port_below, link.weight) for link in upper]
    return [*wishes, *((slots[link.below].x + link.port_below - link.port_above, link.weight) for link in lower)]


def _mean(wishes: list[Wish]) -> float:
    return sum(wish * weight for wish, weight in wishes) / sum(weight for _wish, weight in wishes)


def _median(wishes: list[Wish]) -> float:
    """The weighted median; half-way when two places are equally good."""
    half = sum(weight for _wish, weight in wishes) / 2
    ahead = 0.0
    wishes.sort()
    for place, (wish, weight) in enumerate(wishes):
        ahead += weight
        if abs(ahead - half) < 1e-6 and place + 1 < len(wishes):
            return (wish + wishes[place + 1][0]) / 2
        if ahead > half:
            return wish
    return wishes[-1][0]
