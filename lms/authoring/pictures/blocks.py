"""A scene with all that stands in it, as a block: decisions under it, events and hand-offs beside it. Pure.

Measures are pixels from the block's left upper corner. Nothing inside crosses a box: lines run in the strips between the columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.authoring.pictures.boxes import Box, boxed
from lms.authoring.pictures.graph import AFTER, DECISION, GO, HANDOFF, INJECT, Edge, Graph, Node

PADDING = 14.0
BELOW = 24.0  # between a decision and what stands above it
STACKED = 10.0  # between events
LANE = 9.0  # between lines that run side by side
STRIP = 30.0  # between the columns, without lanes
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wire:
    """A line inside a block. `kind`: after, inject, handoff; `head`: it ends in an arrow."""

    points: tuple[Point, ...]
    kind: str
    head: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where a way out of a block begins: the points to its foot, the last one on it."""

    points: tuple[Point, ...]

    @property
    def port(self) -> float:
        """Where it leaves the block."""
        return self.points[-1][0]


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes and lines. `entry`: where ways come in from above. `ways`: of each way out, by (source, target)."""

    width: float
    height: float
    entry: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    ways: dict[tuple[str, str], Way]
    framed: bool


def alone(node: Node) -> Block:
    """A box that holds no others."""
    box = boxed(node, 0, 0)
    middle = box.width / 2
    return Block(box.width, box.height, middle, (box,), (), {}, framed=False)


def block_of(graph: Graph, node: Node) -> Block:
    """The block of a scene, an ending or something missing."""
    inside = graph.inside(node)
    if not inside:
        return alone(node)
    return _Builder(graph, node, inside).built()


class _Builder:
    def __init__(self, graph: Graph, stage: Node, inside: Sequence[Node]) -> None:
        self.stage = stage
        self.inside = inside
        own = {node.id for node in inside}
        self.after = [edge for edge in graph.edges if edge.kind == AFTER and edge.source in own]
        self.goes = [edge for edge in graph.edges if edge.kind == GO and edge.source in own]
        self.wires: list[Wire] = []
        self.ways: dict[tuple[str, str], Way] = {}

    def built(self) -> Block:
        order, above = _column([node for node in self.inside if node.kind == DECISION], self.after)
        trunks = list(dict.fromkeys(above[node.id] for node in order if not _directly(node, order, above)))
        left = PADDING + (LANE * len(trunks) + 5 if trunks else 0)
        main, foot = self._decisions(order, left)
        self._arrows(order, above, trunks, main)
        side, right = self._side(main[self.stage.id])
        boxes = (*main.values(), *side)
        height = max([foot, *(box.foot for box in boxes)]) + PADDING
        entry = main[self.stage.id].middle
        self._ways_out(order, main, height)
        return Block(right + PADDING, height, entry, boxes, tuple(self.wires), self.ways, framed=True)

    def _decisions(self, order: Sequence[Node], left: float) -> tuple[dict[str, Box], float]:
        """The main column, the scene and its decisions below each other; and where it ends."""
        found = {self.stage.id: boxed(self.stage, left, PADDING)}
        foot = found[self.stage.id].foot
        for node in order:
            found[node.id] = boxed(node, left, foot + BELOW)
            foot = found[node.id].foot + LANE * sum(edge.source == node.id for edge in self.goes)
        return found, foot

    def _arrows(self, order: Sequence[Node], above: dict[str, str], trunks: list[str], main: dict[str, Box]) -> None:
        """From the scene to each decision, or from the decision that it waits for."""
        for node in order:
            box, upper = main[node.id], main[above[node.id] or self.stage.id]
            if _directly(node, order, above):
                self.wires.append(Wire(((upper.middle, upper.foot), (box.middle, box.y)), AFTER, True))
            else:
                lane = box.x - 8 - LANE * (len(trunks) - 1 - trunks.index(above[node.id]))
                start, end = upper.y + upper.height / 2, box.y + box.height / 2
                self.wires.append(Wire(((upper.x, start), (lane, start), (lane, end), (box.x, end)), AFTER, True))

    def _side(self, stage: Box) -> tuple[list[Box], float]:
        """The column of events and hand-offs, and its right edge."""
        strip = STRIP + LANE * len(self.goes)
        left, foot = stage.right + strip, PADDING
        found: list[Box] = []
        for node in [node for node in self.inside if node.kind in (INJECT, HANDOFF)]:
            found.append(boxed(node, left, foot))
            foot = found[-1].foot + STACKED
        for kind, lean in ((INJECT, -6.0), (HANDOFF, 6.0)):
            self._trunk(stage, [box for box in found if box.node.kind == kind], kind, lean)
        lanes = LANE * len(self.goes) + 6 if self.goes else 0
        return found, found[0].right if found else stage.right + lanes

    def _trunk(self, stage: Box, boxes: Sequence[Box], kind: str, lean: float) -> None:
        """Events come into the scene; hand-offs go out of it."""
        start = stage.y + stage.height / 2 + lean
        if boxes and abs(boxes[0].y + boxes[0].height / 2 - start) < 16:  # beside each other: one straight line
            start = boxes[0].y + boxes[0].height / 2
        for box in boxes:
            end, lane = box.y + box.height / 2, box.x - 12 - lean * 0.75
            points = straightened(((stage.right, start), (lane, start), (lane, end), (box.x, end)))
            if kind == HANDOFF:
                self.wires.append(Wire(points, kind, True))
            elif box is boxes[-1]:
                self.wires.append(Wire(points[::-1], kind, True))
            else:  # only as far as the line of the last one: dashes do not lie on each other
                self.wires.append(Wire(((box.x, end), (lane, end)), kind, False))

    def _ways_out(self, order: Sequence[Node], main: dict[str, Box], height: float) -> None:
        """From under the last decision straight on; from options that lead somewhere down the strip beside the decisions."""
        last = main[order[-1].id] if order else main[self.stage.id]
        self.ways[self.stage.id, ""] = Way(((last.middle, last.foot), (last.middle, height)))
        lane = last.right + 8
        for node in reversed(order):
            box, own = main[node.id], [edge for edge in self.goes if edge.source == node.id]
            for place, edge in enumerate(own):
                turn = box.foot + LANE * (len(own) - place)
                starts = [chip.x for chip in box.chips if chip.choice.go == edge.target] or [box.middle]
                self.ways[edge.source, edge.target] = Way(
                    ((starts[0], box.foot), (starts[0], turn), (lane, turn), (lane, height))
                )
                self.wires += [Wire(((start, box.foot), (start, turn)), GO, False) for start in starts[1:]]
                lane += LANE


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without points that lie between their neighbours on one line."""
    found: list[Point] = []
    for point in points:
        if found and abs(found[-1][0] - point[0]) < 0.05 and abs(found[-1][1] - point[1]) < 0.05:
            continue
        if len(found) > 1 and _in_line(found[-2], found[-1], point):
            found[-1] = point
        else:
            found.append(point)
    return tuple(found)


def _in_line(one: Point, two: Point, three: Point) -> bool:
    return any(abs(one[axis] - two[axis]) < 0.05 and abs(two[axis] - three[axis]) < 0.05 for axis in (0, 1))


def _column(decisions: Sequence[Node], after: Sequence[Edge]) -> tuple[list[Node], dict[str, str]]:
    """The decisions in the order of the column, each that waits for another below it; and for what each waits."""
    above = {edge.target: edge.source for edge in after}
    found: dict[str, Node] = {}
    first = [node for node in decisions if node.id not in above]
    waiting = [*reversed(decisions), *reversed(first)]  # at last those that wait for each other in a circle
    while waiting:
        node = waiting.pop()
        if node.id not in found:
            found[node.id] = node
            waiting += [other for other in reversed(decisions) if above.get(other.id) == node.id]
    return list(found.values()), {id: above.get(id, "") for id in found}


def _directly(node: Node, order: Sequence[Node], above: dict[str, str]) -> bool:
    """Whether nothing stands between a decision and what it follows."""
    at = order.index(node)
    return above[node.id] == (order[at - 1].id if at else "")
