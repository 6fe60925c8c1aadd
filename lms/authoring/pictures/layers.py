"""Puts what leads to what in layers, and each layer in an order in which few ways cross. Pure.

The usual method for drawings that flow: circles are cut open, every box stands below all that leads to it, long ways get a place of
their own in each layer they pass, and the layers are put in order by the middle of their neighbours, down and up again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 6


@dataclass(slots=True)
class Slot:
    """A place in a layer: a box (`item`), the label of a way, or a way that passes. Sizes in pixels; `x` is its middle.

    What is on the `spine`, the way of the story when nothing special happens, stands left of all others.
    """

    rank: int
    width: float
    height: float
    item: str = ""
    spine: bool = False
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a way from a slot to one in the next layer; ports are offsets from the middle. The heavier, the straighter."""

    above: int
    below: int
    port_above: float
    port_below: float
    weight: float


def backward(items: Sequence[str], onward: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """The ways that close a circle: those in one that lead to what stands earlier in the document, or to themselves."""
    place = {item: at for at, item in enumerate(items)}
    back = {(here, target) for here in items for target in onward.get(here, ()) if place[target] <= place[here]}
    return {(here, target) for here, target in back if here == target or here in _reached(onward, target)}


def _reached(onward: Mapping[str, Sequence[str]], start: str) -> set[str]:
    found: set[str] = {start}
    waiting = [start]
    while waiting:
        fresh = [target for target in onward.get(waiting.pop(), ()) if target not in found]
        found.update(fresh)
        waiting += fresh
    return found


def ranks(items: Sequence[str], onward: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The layer of each item: one below the lowest that leads to it. `onward` has no circles.

    What nothing leads to, but the first item, stands just above what it leads to.
    """
    order = _in_order(items, onward)
    rank = dict.fromkeys(items, 0)
    led = {items[0]} if items else set()
    for here in order:
        for target in onward.get(here, ()):
            rank[target] = max(rank[target], rank[here] + 1)
            if here in led:
                led.add(target)
    lowest = max(rank.values(), default=0)
    for here in reversed(order):
        if here not in led:
            rank[here] = min((rank[target] for target in onward.get(here, ())), default=lowest + 1) - 1
    highest = min(rank.values(), default=0)
    return {item: own - highest for item, own in rank.items()}


def _in_order(items: Sequence[str], onward: Mapping[str, Sequence[str]]) -> list[str]:
    waits = dict.fromkeys(items, 0)
    for here in items:
        for target in onward.get(here, ()):
            waits[target] += 1
    ready = [item for item in items if not waits[item]]
    for here in ready:  # grows
        for target in onward.get(here, ()):
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return ready


def ordered(slots: Sequence[Slot], links: Sequence[Link]) -> list[list[int]]:
    """The layers, each from left to right."""
    depth = max((slot.rank for slot in slots), default=-1) + 1
    layers: list[list[int]] = [[] for _rank in range(depth)]
    for number, slot in enumerate(slots):
        layers[slot.rank].append(number)
    sorter = _Sorter(slots, links)
    layers = [sorted(layer, key=lambda slot: not slots[slot].spine) for layer in layers]
    best, fewest = layers, sorter.crossings(layers)
    for sweep in range(SWEEPS):
        layers = sorter.swept(layers, downward=not sweep % 2)
        if (now := sorter.crossings(layers)) <= fewest:  # with as many crossings the later one is the shorter one
            best, fewest = layers, now
    return best


class _Sorter:
    """Moves the slots of layers to the middle of their neighbours."""

    def __init__(self, slots: Sequence[Slot], links: Sequence[Link]) -> None:
        self.slots = slots
        self.above: dict[int, list[Link]] = {}
        self.below: dict[int, list[Link]] = {}
        for link in links:
            self.above.setdefault(link.below, []).append(link)
            self.below.setdefault(link.above, []).append(link)

    def swept(self, layers: list[list[int]], downward: bool) -> list[list[int]]:
        """All layers in a new order, one after the other from the top or from the foot."""
        found = [list(layer) for layer in layers]
        around = range(1, len(found)) if downward else range(len(found) - 2, -1, -1)
        for rank in around:
            place = {slot: at for at, slot in enumerate(found[rank - 1 if downward else rank + 1])}
            wanted = {
                slot: (not self.slots[slot].spine, self._middle(slot, place, downward, at))
                for at, slot in enumerate(found[rank])
            }
            found[rank].sort(key=wanted.__getitem__)
        return found

    def _middle(self, slot: int, place: Mapping[int, int], downward: bool, now: float) -> float:
        links = self.above.get(slot) if downward else self.below.get(slot)
        if not links:
            return now
        ends = [self._end(link, place, downward) for link in links]
        return sum(ends) / len(ends)

    def _end(self, link: Link, place: Mapping[int, int], upper: bool) -> float:
        slot, port = (link.above, link.port_above) if upper else (link.below, link.port_below)
        return place[slot] + port / (self.slots[slot].width + 1)

    def crossings(self, layers: list[list[int]]) -> int:
        """How many pieces of ways cross."""
        total = 0
        for upper, lower in pairwise(layers):
            tops = {slot: at for at, slot in enumerate(upper)}
            foots = {slot: at for at, slot in enumerate(lower)}
            ends = sorted(
                (self._end(link, tops, True), self._end(link, foots, False))
                for slot in upper
                for link in self.below.get(slot, ())
            )
            feet = [foot for _top, foot in ends]
            total += sum(foot > later for at, foot in enumerate(feet) for later in feet[at + 1 :])
        return total
