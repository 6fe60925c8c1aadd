"""Where each step of the procedure can be done, and whether that is before its time is over. Pure.

Times are case minutes. When a scene begins is not known before it is played, only how soon and how late it can be when every scene
takes the time that is planned for it: a step may surely be in time, surely late, or either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lms.authoring.pictures.layers import backward
from lms.authoring.pictures.reading import CaseDraft, Piece

OPTION, INJECT, HANDOFF = "option", "inject", "handoff"
IN_TIME, EITHER, LATE, UNTIMED = "in-time", "either", "late", "untimed"
NOWHERE = "nowhere"
Span = tuple[int, int]  # at the soonest, at the latest


@dataclass(frozen=True, slots=True)
class Chance:
    """One way to do a step: an option (its number and its decision), an event or a hand-off. `when` is one of the four words."""

    kind: str
    address: str
    words: str
    number: int
    stage: Piece
    when: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its chances. `missed`: a way through the story leads past all of them."""

    step: Piece
    chances: tuple[Chance, ...]
    missed: bool

    @property
    def verdict(self) -> str:
        """The best that can come of it."""
        if not self.chances:
            return NOWHERE
        return min((chance.when for chance in self.chances), key=(IN_TIME, UNTIMED, EITHER, LATE).index)


@dataclass(frozen=True, slots=True)
class _Doer:
    """Something that may do steps, within its stage from `span[0]` to `span[1]`."""

    kind: str
    piece: Piece
    words: str
    number: int
    stage: Piece
    span: Span


def steps_by_stages(draft: CaseDraft) -> tuple[StepRow, ...]:
    """A row for each step, in the order of the document."""
    times = _Times(draft)
    doers = [doer for stage in draft.stages for doer in _doers(draft, stage, times)]
    return tuple(_row(draft, step, doers, times) for step in draft.steps)


def _row(draft: CaseDraft, step: Piece, doers: list[_Doer], times: "_Times") -> StepRow:
    own = [doer for doer in doers if step.key and step.key in doer.piece.keys("done")]
    chances = tuple(
        Chance(doer.kind, doer.piece.address, doer.words, doer.number, doer.stage, times.when(step, doer))
        for doer in own
    )
    return StepRow(step, chances, bool(own) and times.past({doer.stage.address for doer in own}))


def _doers(draft: CaseDraft, stage: Piece, times: "_Times") -> Iterator[_Doer]:
    length = times.length(stage)
    spans = _decision_spans(stage, length, times.pace)
    for decision in stage.pieces("decisions"):
        title = decision.words("title") or decision.words("question")
        for number, option in enumerate(decision.pieces("options"), 1):
            yield _Doer(OPTION, option, title, number, stage, spans[decision.address])
    for inject in stage.pieces("injects"):
        at = inject.whole("at")
        yield _Doer(INJECT, inject, inject.words("title"), 0, stage, (0, length) if at is None else (at, at))
    for handoff in stage.pieces("handoffs"):
        yield _Doer(HANDOFF, handoff, handoff.words("title"), 0, stage, (0, length))


def _decision_spans(stage: Piece, length: int, pace: int) -> dict[str, Span]:
    """From when to when each decision can be taken, by its address."""
    found: dict[str, Span] = {}
    known = {decision.key: decision for decision in stage.pieces("decisions") if decision.key}

    def span(decision: Piece, met: frozenset[str]) -> Span:
        opens = decision.piece("opens")
        soonest = latest = opens.whole("minute") or 0
        earlier = known.get(opens.word("after"))
        if earlier and earlier.address not in met:
            before = span(earlier, met | {decision.address})
            soonest, latest = max(soonest, before[0]), max(latest, before[1])
        latest += ((decision.whole("alone") or 0) + (decision.whole("minutes") or 0)) * pace
        return soonest, (length if opens.word("when") else latest)

    for decision in stage.pieces("decisions"):
        found[decision.address] = span(decision, frozenset())
    return found


class _Times:
    """How long after what a scene begins."""

    def __init__(self, draft: CaseDraft) -> None:
        self.draft = draft
        self.pace = max(1, draft.top.whole("pace") or 1)
        self._spans: dict[str, dict[str, Span]] = {}

    def length(self, stage: Piece) -> int:
        """The case minutes planned for a stage."""
        return (stage.whole("minutes") or 0) * self.pace

    def when(self, step: Piece, doer: _Doer) -> str:
        """Whether what `doer` does is in time for a step."""
        due, begins = step.piece("due").whole("case_minutes"), self._due_from(step.piece("due"))
        if due is None or begins is None:
            return UNTIMED
        start, base = begins
        if start.address == doer.stage.address:
            between: Span | None = (0, 0)
        else:
            between = self._between(start.address).get(doer.stage.address)
        if between is None:  # the time has not begun yet, or never does on that way
            return IN_TIME if start.address in self._between(doer.stage.address) else UNTIMED
        soonest, latest = between[0] + doer.span[0] - base[1], between[1] + doer.span[1] - base[0]
        return IN_TIME if latest <= due else LATE if soonest > due else EITHER

    def _due_from(self, due: Piece) -> tuple[Piece, Span] | None:
        """The stage in which the time of a step begins to run, and from when to when in it."""
        for stage in self.draft.stages:
            if due.word("stage") and stage.key == due.word("stage"):
                return stage, (0, 0)
            for inject in stage.pieces("injects"):
                if due.word("inject") and inject.key == due.word("inject"):
                    at = inject.whole("at")
                    return stage, (0, self.length(stage)) if at is None else (at, at)
        raised = [stage for stage in self.draft.stages if due.word("flag") and _raises(stage, due.word("flag"))]
        return (raised[0], (0, self.length(raised[0]))) if len(raised) == 1 else None

    @cached_property
    def _onward(self) -> dict[str, list[str]]:
        """Where each stage leads, circles cut open."""
        stages = {stage.address for stage in self.draft.stages}
        ways = {
            stage.address: [
                self.draft.targets[key].address for key in dict.fromkeys(self.draft.ways(stage)) if key in self.draft.targets
            ]
            for stage in self.draft.stages
        }  # fmt: skip
        ways = {here: [one for one in onward if one in stages] for here, onward in ways.items()}
        closed = backward(list(ways), ways)
        return {here: [one for one in onward if (here, one) not in closed] for here, onward in ways.items()}

    def _between(self, start: str) -> Mapping[str, Span]:
        """For each stage after `start`: the case minutes from the beginning of `start` to its own, at least and at most."""
        if start in self._spans:
            return self._spans[start]
        lengths = {stage.address: self.length(stage) for stage in self.draft.stages}
        found = self._spans[start] = {}
        waiting = [(start, (0, 0))]
        while waiting:
            here, (least, most) = waiting.pop(0)
            for one in self._onward.get(here, ()):
                span = least + lengths[here], most + lengths[here]
                known = found.get(one)
                wider = span if known is None else (min(known[0], span[0]), max(known[1], span[1]))
                if wider != known:
                    found[one] = wider
                    waiting.append((one, wider))
        return found

    def past(self, stages: set[str]) -> bool:
        """Whether the story can end without coming through any of `stages`."""
        endings = {ending.address for ending in self.draft.endings}
        first = [stage.address for stage in self.draft.stages[:1]]
        waiting = [address for address in first if address not in stages]
        met = set(waiting)
        known = {stage.address: stage for stage in self.draft.stages}
        while waiting:
            stage = known[waiting.pop()]
            onward = {self.draft.targets[key].address for key in self.draft.ways(stage) if key in self.draft.targets}
            if onward & endings:
                return True
            fresh = sorted(onward - met - stages)
            met.update(fresh)
            waiting += [address for address in fresh if address in known]
        return False


def _raises(stage: Piece, flag: str) -> bool:
    """Whether something in a stage sets or raises a flag."""
    changers = [*stage.pieces("injects"), *stage.pieces("handoffs")]
    changers += [option for decision in stage.pieces("decisions") for option in decision.pieces("options")]
    changers += [handoff.piece("breach") for handoff in stage.pieces("handoffs")]
    return any(flag in one.piece("set").record or flag in one.piece("add").record for one in changers)
