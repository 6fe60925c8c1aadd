"""The people at the tables: every role can be covered, is reached, and has something to do."""

from collections.abc import Iterator

from lms.content.case import FORBIDDEN, Case, Decision, Effect, Handoff, Role, Stage
from lms.content.checks.cases.document import CaseDocument, advice
from lms.content.checks.cases.story import Ways, reached, ways
from lms.content.faults import Fault

MOST_IDLE = 2  # stages one after the other


def people(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Empty tables, roles nobody takes over or who sit idle, facts and hand-offs that cannot reach the table."""
    for place in case.places:
        if not case.audience((), place.key):
            yield document.at("place", place.key).fault("has no roles", "give it roles, or remove it")
    there = ways(case)
    for role in case.roles:
        yield from _role(document, case, role, there)
    for stage in case.stages:
        for decision in stage.decisions:
            yield from _needs(document, case, decision, stage, there)
        for handoff in stage.handoffs:
            yield from _way_across(document, case, handoff)
    yield from _sectors(document, case)


def _role(document: CaseDocument, case: Case, role: Role, there: Ways) -> Iterator[Fault]:
    place = document.at("role", role.key)
    if role.required and not role.cover:
        yield place.fault("is required, but nobody takes it over", "add `cover: […]`, or `required: false`")
    if role.key in role.cover:
        yield place.fault("is covered by itself", "name other roles under `cover`")
    if idle := _idle_way(case, role, there):
        what = "give the role a decision, a hand-off, a private text, an inject of its own or a fact there"
        yield advice(place.fault(f"has nothing to do in {', '.join(idle)}", what))


def _way_across(document: CaseDocument, case: Case, handoff: Handoff) -> Iterator[Fault]:
    place = document.at("hand-off", handoff.key)
    if {case.role[role].place for role in handoff.roles} == {handoff.to_place}:
        message = f"goes to the table at which all its roles sit: {handoff.to_place}"
        yield advice(place.fault(message, "name another place, or no `to_place`"))
    can_harm = handoff.consent or any(item.need == FORBIDDEN for item in handoff.items)
    if handoff.breach != Effect() and not can_harm and all(channel.safe for channel in handoff.channels):
        message = "has a `breach`, but nothing that could be breached"
        yield advice(place.fault(message, "add a forbidden item, an unsafe channel or `consent: true`"))


def _idle_way(case: Case, role: Role, there: Ways) -> tuple[str, ...]:
    """Stages, more than MOST_IDLE of them one after the other, in which the role has nothing to do."""
    idle = {stage.key for stage in case.stages if not _busy(case, role, stage)}

    def walk(way: tuple[str, ...]) -> tuple[str, ...]:
        if len(way) > MOST_IDLE:
            return way
        onward = (walk((*way, key)) for key in there[way[-1]] if key in idle and key not in way)
        return next(filter(None, onward), ())

    return next(filter(None, (walk((stage.key,)) for stage in case.stages if stage.key in idle)), ())


def _busy(case: Case, role: Role, stage: Stage) -> bool:
    since = {stage.key, *(inject.key for inject in stage.injects)}
    return (
        role.key in stage.private
        or any(role.key in case.voters(decision) for decision in stage.decisions)
        or any(role.key in handoff.roles for handoff in stage.handoffs)
        or any(role.key in inject.roles for inject in stage.injects)
        or any(fact.since in since or (not fact.since and stage is case.stages[0]) for fact in role.facts)
    )


def _needs(document: CaseDocument, case: Case, decision: Decision, stage: Stage, there: Ways) -> Iterator[Fault]:
    """Facts that should be on the table, but are held at another table, or learnt too late."""
    tables = {case.role[role].place for role in case.voters(decision)}
    place = document.at("decision", decision.key)
    begins = {inject.key: one.key for one in case.stages for inject in one.injects}
    for key in decision.needs:
        holder, since = case.fact_holder[key], case.fact[key].since
        if holder.place not in tables:
            message = f"needs the fact `{key}`, which {holder.key} holds at another table"
            yield advice(place.fault(message, "give the fact to a role at this table, or remove it from `needs`"))
        if since and stage.key not in reached(there, begins.get(since, since)):
            message = f"needs the fact `{key}`, which nobody knows before `{since}`"
            yield place.fault(message, "let the role learn it earlier, or remove it from `needs`")


def _sectors(document: CaseDocument, case: Case) -> Iterator[Fault]:
    played = {role.sector for role in case.roles}
    for step in case.procedure:
        if played.isdisjoint(step.sectors):
            message = f"is owed by sectors nobody plays: {', '.join(step.sectors)}"
            yield advice(document.at("step", step.key).fault(message, "add a sector of a role, or the role"))
