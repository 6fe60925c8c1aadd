"""Cases that nobody wrote: the small one with its ways of deciding, times, conditions and branches changed at random."""

from dataclasses import replace

from hypothesis import strategies as st

from lms.content.case import AUTHORITY, WAYS, Branch, Case, Decision, Effect, Inject, Opening, Stage
from lms.content.conditions import ALWAYS, parse
from tests.simulations.tables import small

CONDITIONS = tuple(
    map(parse, ("warned", "not warned", "trust >= 2", "trust < 0", "calls >= 1", "calls = 1 and not warned"))
)
EFFECTS = (
    Effect(), Effect(set={"warned": 1}), Effect(set={"warned": 0}, done=("safety",)), Effect(add={"calls": 2}, done=("centre",)),
    Effect(add={"trust": 9}), Effect(add={"trust": -9, "calls": -1}), Effect(set={"calls": 0}, done=("safety", "centre")),
)  # fmt: skip
conditions, effects = st.sampled_from(CONDITIONS), st.sampled_from(EFFECTS)


@st.composite
def decisions(draw, decision: Decision, before: str) -> Decision:
    """A decision as it might be; `before` is another one of its stage, or empty."""
    how = draw(st.sampled_from(WAYS))
    after = before if before and draw(st.booleans()) else ""
    opening = Opening(draw(st.integers(0, 5)), after, draw(st.sampled_from((ALWAYS, ALWAYS, *CONDITIONS))))
    options = tuple(replace(option, effect=draw(effects)) for option in decision.options)
    roles = (draw(st.sampled_from(("police", "social", "health"))),) if how == AUTHORITY else decision.roles
    return replace(
        decision, how=how, roles=roles, alone=draw(st.integers(0, 2)), minutes=draw(st.integers(1, 4)), opens=opening,
        options=options,
    )  # fmt: skip


@st.composite
def injects(draw, inject: Inject) -> Inject:
    """An inject as it might be: timed, conditional or by hand."""
    at = draw(st.none() | st.integers(0, 12))
    when = draw(conditions) if at is None and draw(st.booleans()) else None
    return replace(inject, at=at, when=when, effect=draw(effects))


@st.composite
def stages(draw, stage: Stage) -> Stage:
    """A stage as it might be; from the second on the story may come back to it."""
    changed: list[Decision] = []
    for decision in stage.decisions:
        changed.append(draw(decisions(decision, changed[-1].key if changed else "")))
    target = draw(st.sampled_from(("call", "call", "alone", "other-town", "lost")))
    branches = (Branch(target, draw(conditions)), *stage.next) if draw(st.booleans()) else stage.next
    return replace(
        stage, decisions=tuple(changed), injects=tuple(draw(injects(one)) for one in stage.injects), next=branches
    )


@st.composite
def cases(draw) -> Case:
    """A whole case as it might be."""
    case = small()
    return replace(case, pace=draw(st.integers(1, 7)), stages=tuple(draw(stages(stage)) for stage in case.stages))
