"""What a stage holds fits into its minutes."""

from collections.abc import Iterator, Mapping
from itertools import product

from lms.content.case import Case, Decision, Stage
from lms.content.checks.cases.document import CaseDocument
from lms.content.faults import Fault

MOST_WORLDS = 4096  # values of the flags that decide which decisions open


def times(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Injects, decisions and hand-offs that come when the stage is over, and more decisions than there is time for."""
    for stage in case.stages:
        ends = stage.minutes * case.pace
        over = f"let it be earlier: the stage has {stage.minutes} real minutes, which are {ends} of the case"
        late = [("inject", one.key, "comes", one.at) for one in stage.injects]
        late += [("decision", one.key, "opens", one.opens.minute) for one in stage.decisions]
        for kind, key, does, minute in late:
            if minute is not None and minute >= ends:
                yield document.at(kind, key).fault(f"{does} at minute {minute}, when the stage is over", over)
        for handoff in stage.handoffs:
            if handoff.due is not None and handoff.due > ends:
                message = f"is due at minute {handoff.due}, when the stage is over"
                yield document.at("hand-off", handoff.key).fault(message, over)
        if (needed := _minutes_of_decisions(case, stage)) > stage.minutes:
            message = f"has {stage.minutes} minutes, but its decisions may take {needed:g}"
            what = "give it more, or its decisions fewer (`alone` and `minutes`, one after the other at a table)"
            yield document.at("stage", stage.key).fault(message, what)


def _minutes_of_decisions(case: Case, stage: Stage) -> float:
    """Real minutes until the last decision is closed, if each takes all its time and a table decides one at a time."""
    asked = sorted({flag for decision in stage.decisions for flag in decision.opens.when.flags})
    values = [range(case.flag[flag].least, case.flag[flag].most + 1) for flag in asked]
    worlds = 1
    for allowed in values:
        worlds *= len(allowed)
    if worlds > MOST_WORLDS:
        return _last_end(case, stage.decisions)
    opened = {_open_in(stage, dict(zip(asked, world, strict=True))) for world in product(*values)}
    return max(_last_end(case, tuple(case.decision[key] for key in keys)) for keys in opened)


def _open_in(stage: Stage, flags: Mapping[str, int]) -> tuple[str, ...]:
    """The decisions that open with these flags."""
    return tuple(decision.key for decision in stage.decisions if decision.opens.when.holds(flags))


def _last_end(case: Case, decisions: tuple[Decision, ...]) -> float:
    free = dict.fromkeys((place.key for place in case.places), 0.0)  # when a table can take up the next decision
    ends: dict[str, float] = {}
    waiting = list(decisions)
    while ready := [d for d in waiting if not d.opens.after or d.opens.after in ends]:
        decision = min(ready, key=lambda d: max(d.opens.minute / case.pace, ends.get(d.opens.after, 0.0)))
        waiting.remove(decision)
        tables = {case.role[role].place for role in case.voters(decision)}
        begins = max(decision.opens.minute / case.pace, ends.get(decision.opens.after, 0.0), *(free[t] for t in tables))
        ends[decision.key] = begins + decision.alone + decision.minutes
        free |= dict.fromkeys(tables, ends[decision.key])
    return max(ends.values(), default=0.0)
