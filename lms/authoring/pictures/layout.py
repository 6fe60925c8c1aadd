"""Where everything stands on the map and how the ways run: the same document gives the same map, to the pixel. Pure."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from lms.authoring.pictures.blocks import Block, Point, Way, Wire, block_of, straightened
from lms.authoring.pictures.boxes import SUB, SUB_LEADING, Box, fitted
from lms.authoring.pictures.channels import Bundle, Channel
from lms.authoring.pictures.columns import STRAIGHT, place
from lms.authoring.pictures.graph import AFTER, GO, Edge, Graph
from lms.authoring.pictures.layers import Link, Slot, backward, ordered, ranks
from lms.charts.text import text_width

MARGIN = 20.0
LABEL_ROOM = 150.0
ASIDE = 12.0  # from the boxes to the ways that lead back, and between them
PASSING = 8.0  # the width of a way between boxes


@dataclass(frozen=True, slots=True)
class Label:
    """The words on a way, in a small box of their own; (x, y) is its left upper corner."""

    edge: Edge
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A way: from the box it comes from to the one it leads to. `back`: to an earlier layer."""

    edge: Edge
    points: tuple[Point, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The ground of a scene with all that stands in it."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole map."""

    title: str
    width: float
    height: float
    frames: tuple[Frame, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


def layout(graph: Graph) -> Layout:
    """The layout of a graph."""
    return _Map(graph).laid_out()


@dataclass(slots=True)
class _Course:
    """A way while it is being laid: its slots from the upper box to the lower one, or to its label when it leads back."""

    edge: Edge
    source: str  # the block that it comes from
    way: Way
    back: bool
    slots: list[int]
    lines: tuple[str, ...] = ()
    lane: float = 0.0


class _Map:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.items = [node.id for node in graph.nodes if not node.stage]
        self.home = {node.id: node.stage or node.id for node in graph.nodes}
        self.blocks = {node.id: block_of(graph, node) for node in graph.nodes if not node.stage}
        edges = [edge for edge in graph.edges if edge.kind != AFTER]
        self.spine = set(_spine(self.items, self.home, edges))
        self.edges = sorted(edges, key=lambda edge: edge not in self.spine)  # what comes first stands left
        self.slots: list[Slot] = []
        self.links: list[Link] = []
        self.slot_of: dict[str, int] = {}

    def laid_out(self) -> Layout:
        """Layers, their order, places from left to right, then from the top down."""
        self._ranks()
        courses = [self._course(edge) for edge in self.edges]
        layers = ordered(self.slots, self.links)
        place(self.slots, self.links, layers)
        width = self._lanes(courses)
        heights = [max((self.slots[number].height for number in layer), default=0.0) for layer in layers]
        channels = self._channels(courses, len(layers))
        tops = _tops(heights, channels)
        foot = channels[-1].top + channels[-1].height
        lines = tuple(Line(one.edge, self._points(one, tops, heights, channels), one.back) for one in courses)
        frames, boxes, wires = self._placed(tops)
        labels = tuple(self._label(one, tops, heights) for one in courses if one.lines)
        return Layout(self.graph.title, width, foot + MARGIN, frames, boxes, wires, lines, labels)

    def _ranks(self) -> None:
        """A slot for every block, in every second layer."""
        onward: dict[str, list[str]] = {item: [] for item in self.items}
        for edge in self.edges:
            onward[self.home[edge.source]].append(edge.target)
        onward = {item: list(dict.fromkeys(targets)) for item, targets in onward.items()}
        self.turned = backward(self.items, onward)
        self.turned |= {(item, first) for first in self.items[:1] for item in self.items if first in onward[item]}
        forward = {item: [one for one in targets if (item, one) not in self.turned] for item, targets in onward.items()}
        on_spine = {self.home[edge.source] for edge in self.spine} | {edge.target for edge in self.spine}
        for item, rank in ranks(self.items, forward).items():
            block = self.blocks[item]
            self.slot_of[item] = len(self.slots)
            self.slots.append(Slot(2 * rank, block.width, block.height, item, item in on_spine))

    def _course(self, edge: Edge) -> _Course:
        """The slots of a way: its label in the layer after its beginning, then one in each layer that it passes."""
        source = self.home[edge.source]
        block, start = self.blocks[source], self.slot_of[source]
        way = block.ways.get((edge.source, edge.target if edge.kind == GO else "")) or _foot(block)
        back = (source, edge.target) in self.turned
        room = LABEL_ROOM if edge.kind != GO or edge.source == source else 60.0
        lines = fitted(edge.label, room, SUB, most=3)
        course = _Course(edge, source, way, back, [start], lines)
        weight = STRAIGHT if edge in self.spine else 1.0
        end = self.slot_of[edge.target]
        last = self.slots[start].rank + 1 if back else self.slots[end].rank - 1
        for rank in range(self.slots[start].rank + 1, last + 1):
            width, height = _size(lines) if rank == self.slots[start].rank + 1 else (PASSING, 0.0)
            self.slots.append(Slot(rank, width, height, "", edge in self.spine))
            self._link(
                course, len(self.slots) - 1, way.port - block.width / 2 if len(course.slots) == 1 else 0, 0, weight
            )
        if not back:
            port = self.blocks[edge.target].entry - self.blocks[edge.target].width / 2
            self._link(course, end, 0, port, weight)
        return course

    def _link(self, course: _Course, below: int, port_above: float, port_below: float, weight: float) -> None:
        """One piece further. A way leans rather where it begins: under its label it goes straight."""
        weight = weight if len(course.slots) == 1 else 2 * weight
        through = not self.slots[course.slots[-1]].item and not self.slots[below].item
        self.links.append(
            Link(course.slots[-1], below, port_above, port_below, max(weight, 8.0) if through else weight)
        )
        course.slots.append(below)

    def _lanes(self, courses: Sequence[_Course]) -> float:
        """Ways that lead back run beside everything, right or left, whichever is nearer. Gives the width of the map."""
        right = max((slot.x + slot.width / 2 for slot in self.slots), default=0.0)
        left, sides = 0.0, {True: right, False: 0.0}
        for course in courses:
            if course.back:
                ends = self.slots[course.slots[0]].x + self.slots[self.slot_of[course.edge.target]].x
                to_right = ends >= right
                sides[to_right] += ASIDE if to_right else -ASIDE
                course.lane = sides[to_right]
        left, right = sides[False], sides[True]
        shift = MARGIN - left
        for slot in self.slots:
            slot.x += shift
        for course in courses:
            course.lane += shift
        return right - left + 2 * MARGIN

    def _channels(self, courses: Sequence[_Course], layers: int) -> list[Channel]:
        """One above the first layer, one below each; those that lead into boxes leave room for arrows."""
        channels = [Channel(6.0, 20.0) if number % 2 == 0 else Channel(10.0, 8.0) for number in range(layers + 1)]
        for course in courses:
            for number, key, top, foot, side in self._turns(course):
                bundle: Bundle = channels[number].bundle(key)
                bundle.tops += [top] if top is not None else []
                bundle.feet += [foot] if foot is not None else []
                bundle.sides += [side] if side is not None else []
        channels[0].above = channels[0].below = 0.0
        if channels[0].bundles:
            channels[0].below = 20.0
        for channel in channels:
            channel.set_tracks()
        return channels

    def _turns(self, course: _Course) -> list[tuple[int, Hashable, float | None, float | None, float | None]]:
        """In which channel the way may turn aside, for which port, from where above to where below, or along which side."""
        found: list[tuple[int, Hashable, float | None, float | None, float | None]] = []
        xs = self._xs(course)
        for at, (upper, lower) in enumerate(zip(course.slots, course.slots[1:], strict=False)):
            rank = self.slots[upper].rank
            key: Hashable = lower if rank % 2 else (upper, xs[at])
            found.append((rank + 1, key, xs[at], xs[at + 1], None))
        if course.back:
            end = self.slot_of[course.edge.target]
            found.append((self.slots[course.slots[-1]].rank + 1, ("back", course.slots[-1]), xs[-1], None, course.lane))
            found.append((self.slots[end].rank, end, None, self._entry(course.edge.target), course.lane))
        return found

    def _entry(self, item: str) -> float:
        slot, block = self.slots[self.slot_of[item]], self.blocks[item]
        return slot.x - block.width / 2 + block.entry

    def _xs(self, course: _Course) -> list[float]:
        """Where the way is in each of its slots: at its port, or in the middle."""
        first = self.slots[course.slots[0]]
        xs = [first.x - first.width / 2 + course.way.port]
        xs += [self.slots[number].x for number in course.slots[1:]]
        if not course.back:
            xs[-1] = self._entry(course.edge.target)
        return xs

    def _points(
        self, course: _Course, tops: Sequence[float], heights: Sequence[float], channels: Sequence[Channel]
    ) -> tuple[Point, ...]:
        first = self.slots[course.slots[0]]
        corner = first.x - first.width / 2, tops[first.rank]
        points = [(corner[0] + x, corner[1] + y) for x, y in course.way.points]
        for number, key, top, foot, side in self._turns(course):
            level = channels[number].level(key)
            start, end = (top if top is not None else side), (foot if foot is not None else side)
            assert start is not None
            assert end is not None
            points += [(start, level), (end, level)]
        end_slot = self.slots[self.slot_of[course.edge.target]]
        return straightened([*points, (points[-1][0], tops[end_slot.rank])])

    def _placed(self, tops: Sequence[float]) -> tuple[tuple[Frame, ...], tuple[Box, ...], tuple[Wire, ...]]:
        """Frames, boxes and the lines inside blocks, moved to their places."""
        frames: list[Frame] = []
        boxes: list[Box] = []
        wires: list[Wire] = []
        for item in self.items:
            block, slot = self.blocks[item], self.slots[self.slot_of[item]]
            x, y = slot.x - slot.width / 2, tops[slot.rank]
            if block.framed:
                frames.append(Frame(item, x, y, block.width, block.height))
            boxes += [_moved(box, x, y) for box in block.boxes]
            wires += [replace(wire, points=tuple((x + a, y + b) for a, b in wire.points)) for wire in block.wires]
        return tuple(frames), tuple(boxes), tuple(wires)

    def _label(self, course: _Course, tops: Sequence[float], heights: Sequence[float]) -> Label:
        slot = self.slots[course.slots[1]]
        y = tops[slot.rank] + (heights[slot.rank] - slot.height) / 2
        return Label(course.edge, slot.x - slot.width / 2, y, slot.width, slot.height, course.lines)


def _spine(items: Sequence[str], home: dict[str, str], edges: Sequence[Edge]) -> Iterator[Edge]:
    """The way of the story when nothing special happens: straight down, with all others to its right."""
    here = items[0] if items else ""
    met: set[str] = set()
    while here and here not in met:
        met.add(here)
        own = [edge for edge in edges if home[edge.source] == here]
        following = next((edge for edge in own if edge.main), own[-1] if own else None)
        if following:
            yield following
        here = following.target if following else ""


def _foot(block: Block) -> Way:
    return Way(((block.entry, block.height),))


def _size(lines: Sequence[str]) -> tuple[float, float]:
    """Of a label."""
    if not lines:
        return PASSING, 0.0
    width = max(text_width(line, SUB, bold=True) for line in lines)
    return 2 * ceil(width / 2) + 18, SUB_LEADING * len(lines) + 8


def _tops(heights: Sequence[float], channels: Sequence[Channel]) -> list[float]:
    """Where each layer begins; sets where each channel does."""
    tops: list[float] = []
    at = MARGIN
    for number, channel in enumerate(channels):
        channel.top = at
        at += channel.height
        if number < len(heights):
            tops.append(at)
            at += heights[number]
    return tops


def _moved(box: Box, x: float, y: float) -> Box:
    chips = tuple(replace(chip, x=chip.x + x, y=chip.y + y) for chip in box.chips)
    return replace(box, x=box.x + x, y=box.y + y, chips=chips)
