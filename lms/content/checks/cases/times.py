"""What a stage holds fits into its minutes."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import ceil

from lms.content.case import Case, Decision, Stage
from lms.content.checks.cases.document import CaseDocument
from lms.content.faults import N_, Fault
from lms.content.place import Place

EVENT_LATE = N_("This event arrives in minute %(minute)s of the story, when the stage is already over.")
DECISION_LATE = N_("This decision opens in minute %(minute)s of the story, when the stage is already over.")
HANDOFF_LATE = N_("This can be passed on until minute %(minute)s of the story, when the stage is already over.")
EARLIER = N_("Let it be earlier. The stage has %(minutes)s real minutes; in the story they are %(ends)s.")
MOST_WORLDS = 4096  # values of the flags that decide which decisions open


def times(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Injects, decisions and hand-offs that come when the stage is over, and more decisions than there is time for."""
    for stage in case.stages:
        ends = stage.minutes * case.pace
        late = [(document.at("inject", one.key, "at"), EVENT_LATE, one.at, ends) for one in stage.injects]
        late += [(_minute_of(document, one), DECISION_LATE, one.opens.minute, ends) for one in stage.decisions]
        late += [(document.at("hand-off", one.key, "due"), HANDOFF_LATE, one.due, ends + 1) for one in stage.handoffs]
        for place, message, minute, over in late:
            if minute is not None and minute >= over:
                values = {"minute": minute, "minutes": stage.minutes, "ends": ends}
                yield place.fault(message, EARLIER, **values)
        if (needed := _minutes_of_decisions(case, stage)) > stage.minutes:
            message = N_("This stage has %(minutes)s minutes, but its decisions may take %(needed)s.")
            advice = N_("Give the stage more minutes, or its decisions fewer.")
            syntax = "`alone` and `minutes`, one after the other at a table"
            place = document.at("stage", stage.key, "minutes")
            yield place.fault(message, advice, syntax, minutes=stage.minutes, needed=ceil(needed))


def _minute_of(document: CaseDocument, decision: Decision) -> Place:
    """Where the minute stands in which a decision opens."""
    opens = document.keys["decision"][decision.key].value.get("opens")
    place = document.at("decision", decision.key, "opens")
    return place.inside(opens, "minute") if opens and "minute" in opens else place


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
