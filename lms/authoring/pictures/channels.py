"""The strips between layers, where ways turn aside: each gets a track of its own, so that no two lie on each other. Pure.

Ways that begin at one port, or end at one, share their track there and look like the branches of a tree.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

TRACK = 10.0
CLEAR = 7.0  # between two lines that could be taken for one


@dataclass(slots=True)
class Bundle:
    """The ways that share a track in one channel: where they come in from above, where they leave below, and along which sides."""

    tops: list[float] = field(default_factory=list)
    feet: list[float] = field(default_factory=list)
    sides: list[float] = field(default_factory=list)
    track: int = -1  # -1: it runs straight down

    @property
    def low(self) -> float:
        """Its left end."""
        return min(*self.tops, *self.feet, *self.sides, float("inf"))

    @property
    def high(self) -> float:
        """Its right end."""
        return max(*self.tops, *self.feet, *self.sides, float("-inf"))

    @property
    def turns(self) -> bool:
        """Whether it needs a track at all."""
        return self.high - self.low > 0.5


@dataclass(slots=True)
class Channel:
    """A strip. `above` and `below` are kept free of tracks; `top` is set when all heights are known."""

    above: float = 8.0
    below: float = 8.0
    bundles: dict[Hashable, Bundle] = field(default_factory=dict)
    tracks: int = 0
    top: float = 0.0

    @property
    def height(self) -> float:
        """From one layer to the next."""
        return self.above + self.below + TRACK * self.tracks

    def bundle(self, key: Hashable) -> Bundle:
        """The bundle of that port, new when it is the first way there."""
        return self.bundles.setdefault(key, Bundle())

    def level(self, key: Hashable) -> float:
        """Where the ways of that port turn aside."""
        return self.top + self.above + TRACK * max(0, self.bundles[key].track) + TRACK / 2

    def set_tracks(self) -> None:
        """Give every bundle that turns a track: the fewest crossings first, then as high as it can be."""
        turning = [bundle for bundle in self.bundles.values() if bundle.turns]
        upper = {id(one): [other for other in turning if _goes_above(other, one)] for one in turning}
        placed: list[Bundle] = []
        waiting = sorted(turning, key=lambda one: (one.low, one.high))
        while waiting:
            free = [one for one in waiting if not any(other in waiting for other in upper[id(one)])]
            one = (free or waiting)[0]
            waiting = [other for other in waiting if other is not one]
            one.track = _first_free(one, placed, upper[id(one)])
            placed.append(one)
        self.tracks = max((one.track for one in placed), default=-1) + 1


def _first_free(one: Bundle, placed: Sequence[Bundle], upper: Sequence[Bundle]) -> int:
    track = max((other.track for other in upper if other.track >= 0), default=-1) + 1
    taken = {other.track for other in placed if _meet(one, other)}
    while track in taken:
        track += 1
    return track


def _meet(one: Bundle, other: Bundle) -> bool:
    return one.low < other.high + CLEAR and other.low < one.high + CLEAR


def _goes_above(one: Bundle, other: Bundle) -> bool:
    """Whether fewer lines cross with `one` above `other`."""
    return one is not other and _meet(one, other) and _price(one, other) < _price(other, one)


def _price(upper: Bundle, lower: Bundle) -> int:
    """How many lines cross with `upper` above `lower`; two that would lie on each other cost more than any crossing."""
    through = sum(upper.low < top < upper.high for top in lower.tops)
    through += sum(lower.low < foot < lower.high for foot in upper.feet)
    return through + 1000 * sum(abs(foot - top) < CLEAR for foot in upper.feet for top in lower.tops)
