"""The map of a case as a graph: what stands on it and which way leads where. Made from a document that may be unfinished. Pure."""

from dataclasses import dataclass, replace

START, STAGE, DECISION, INJECT, HANDOFF, ENDING = "start", "stage", "decision", "inject", "handoff", "ending"
UNKNOWN, NOWHERE = "unknown", "nowhere"  # a way that leads to nothing there is, or to nothing at all
TIMED, CONDITIONAL, BY_HAND = "timed", "conditional", "by-hand"
NEXT, GO, AFTER = "next", "go", "after"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a decision, by its number. `go` is the node that it leads to, empty when the stage says where to."""

    address: str
    number: int
    label: str
    grade: str
    go: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `id` is the address of what it stands for; a box for what is missing has one that is no address.

    `calls` is the word for its kind and `more` what does not fit in: with the words in the box they name the link. `stage` is the node that it stands in, empty for stages, endings and what is missing.
    `address` is where the link leads: the form in which the missing can be mended.
    """

    id: str
    kind: str
    address: str
    title: str
    sub: str
    calls: str = ""
    more: str = ""
    stage: str = ""
    counts: str = ""  # of a stage: how much is in it
    how: str = ""  # of an inject: timed, conditional, by-hand
    across: bool = False  # a hand-off to another table
    reached: bool = True
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A way. `source` of a `go` is the decision; `label` is short (of a `go` the numbers of the options),
    `whole` in full."""

    source: str
    target: str
    kind: str
    address: str
    label: str = ""
    whole: str = ""
    main: bool = False  # the way of the story when nothing else applies


@dataclass(frozen=True, slots=True)
class Graph:
    """All of it, in the order of the document."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def inside(self, stage: Node) -> tuple[Node, ...]:
        """What stands in a stage."""
        return tuple(node for node in self.nodes if node.stage == stage.id)


def stages_only(graph: Graph) -> Graph:
    """The same story without what happens in its stages."""
    known = {node.id: node for node in graph.nodes}
    nodes = tuple(replace(node, sub=node.counts) for node in graph.nodes if not node.stage)
    edges = tuple(_lifted(edge, known) for edge in graph.edges if edge.kind != AFTER)
    return Graph(graph.title, nodes, edges)


def _lifted(edge: Edge, known: dict[str, Node]) -> Edge:
    """The way of a decision as one of its stage."""
    decision = known[edge.source]
    return replace(edge, source=decision.stage, label=edge.whole) if edge.kind == GO else edge
