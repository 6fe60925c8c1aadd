"""Reads the map of a case out of its document: every stage, decision, inject, hand-off and ending once, and all ways. Pure."""

from collections.abc import Iterator

from lms.authoring.pictures.graph import (
    AFTER,
    GO,
    NEXT,
    NOWHERE,
    STAGE,
    START,
    UNKNOWN,
    Edge,
    Graph,
    Node,
)
from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.authoring.pictures.wording import (
    branch_words,
    decision_node,
    ending_node,
    handoff_node,
    inject_node,
    missing_node,
    option_words,
    stage_node,
)


def map_of(document: object) -> Graph:
    """The graph of a case document, in the language in force."""
    draft = CaseDraft(document)
    reader = _Reader(draft)
    for number, stage in enumerate(draft.stages, 1):
        reader.stage(stage, number)
    nodes = [*reader.nodes, *(ending_node(one, one.address in reader.met) for one in draft.endings), *reader.missing]
    return Graph(draft.top.words("title") or draft.top.key, tuple(nodes), tuple(reader.edges))


class _Reader:
    """Goes through the stages and keeps what it finds."""

    def __init__(self, draft: CaseDraft) -> None:
        self.draft = draft
        self.nodes: list[Node] = []
        self.missing: list[Node] = []
        self.edges: list[Edge] = []
        self.met = _met(draft)

    def stage(self, stage: Piece, number: int) -> None:
        """A stage with all that stands in it, and the ways that lead out of it."""
        kind = START if number == 1 else STAGE
        self.nodes.append(stage_node(stage, number, kind, reached=stage.address in self.met))
        decisions = stage.pieces("decisions")
        for decision in decisions:
            self.nodes.append(decision_node(self.draft, decision, stage, self._goes(decision)))
        self.nodes += [inject_node(self.draft, inject, stage) for inject in sorted(stage.pieces("injects"), key=_comes)]
        self.nodes += [handoff_node(self.draft, handoff, stage) for handoff in stage.pieces("handoffs")]
        self.edges += _after(decisions)
        self._branches(stage, all_gone=any(_all_go(decision) for decision in decisions))

    def _goes(self, decision: Piece) -> list[str]:
        """For each option the node that it leads to, empty when it has no way of its own; the ways are kept."""
        found: dict[str, list[int]] = {}
        nodes = []
        for number, option in enumerate(decision.pieces("options"), 1):
            key = option.word("go")
            nodes.append(self._target(key, option.at("go")) if key else "")
            if key:
                found.setdefault(nodes[-1], []).append(number)
        for target, numbers in found.items():
            address = decision.pieces("options")[numbers[0] - 1].at("go")
            label = ", ".join(map(str, numbers))
            self.edges.append(Edge(decision.address, target, GO, address, label, option_words(decision, numbers)))
        return nodes

    def _branches(self, stage: Piece, all_gone: bool) -> None:
        """The ways of `next`; where one is missing, a way to nowhere says so."""
        branches = [one for one in stage.pieces("next") if one.word("to") or one.word("when")]
        for place, branch in enumerate(branches):
            when, key = branch.word("when"), branch.word("to")
            target = self._target(key, branch.at("to")) if key else self._nowhere(stage, branch.at("to"))
            label, whole = branch_words(self.draft, when, last=place == len(branches) - 1 and place > 0)
            self.edges.append(Edge(stage.address, target, NEXT, branch.address, label, whole, main=not when))
        open_end = not branches or bool(branches[-1].word("when"))
        if open_end and not (all_gone and not branches):
            label, whole = branch_words(self.draft, "", last=bool(branches))
            target = self._nowhere(stage, stage.at("next"))
            self.edges.append(Edge(stage.address, target, NEXT, stage.at("next"), label, whole, main=True))

    def _target(self, key: str, address: str) -> str:
        if known := self.draft.targets.get(key):
            return known.address
        return self._missing(f"?{key}", UNKNOWN, address, key)

    def _nowhere(self, stage: Piece, address: str) -> str:
        return self._missing(f"!{stage.address}", NOWHERE, address)

    def _missing(self, id: str, kind: str, address: str, key: str = "") -> str:
        if id not in {node.id for node in self.missing}:
            self.missing.append(missing_node(id, kind, address, key))
        return id


def _met(draft: CaseDraft) -> frozenset[str]:
    """The addresses of the stages and endings that the story can reach from its first stage."""
    waiting = list(draft.stages[:1])
    found = {one.address for one in waiting}
    while waiting:
        ways = [draft.targets[key] for key in draft.ways(waiting.pop()) if key in draft.targets]
        fresh = [one for one in ways if one.address not in found]
        found |= {one.address for one in fresh}
        waiting += fresh
    return frozenset(found)


def _after(decisions: tuple[Piece, ...]) -> Iterator[Edge]:
    """From each decision that another one waits for to that one."""
    known = {decision.key: decision for decision in reversed(decisions) if decision.key}
    for decision in decisions:
        earlier = known.get(decision.piece("opens").word("after"))
        if earlier and earlier is not decision:
            yield Edge(earlier.address, decision.address, AFTER, decision.at("opens", "after"))


def _comes(inject: Piece) -> tuple[int, int]:
    """The timed ones by their minute, then those that wait for something, then those that are sent."""
    minute = inject.whole("at")
    if minute is not None:
        return 0, minute
    return (1, 0) if inject.word("when") else (2, 0)


def _all_go(decision: Piece) -> bool:
    options = decision.pieces("options")
    return bool(options) and all(option.word("go") for option in options)
