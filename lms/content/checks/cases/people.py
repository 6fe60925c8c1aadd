"""The people at the tables: every role can be covered, is reached, and has something to do."""

from collections.abc import Iterator

from lms.content.case import FORBIDDEN, Case, Decision, Effect, Handoff, Role, Stage
from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.cases.story import Ways, reached, ways
from lms.content.faults import N_, Fault, Title
from lms.sectors import sectors

MOST_IDLE = 2  # stages one after the other


def people(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Empty tables, roles nobody takes over or who sit idle, facts and hand-offs that cannot reach the table."""
    for place in case.places:
        if not case.audience((), place.key):
            message = N_("Nobody sits at the table of this place: it has no roles.")
            yield document.at("place", place.key).fault(message, N_("Give it roles, or remove it."))
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
    cover = document.at("role", role.key, "cover")
    if role.required and not role.cover:
        message = N_("The exercise does not start without this role, but nobody speaks for it when its seat is empty.")
        advice = N_("Choose a role that covers it, or let the exercise start without it.")
        yield cover.fault(message, advice, "`cover: […]`, or `required: false`")
    if role.key in role.cover:
        message = N_("This role would cover itself when its seat is empty.")
        yield cover.fault(message, N_("Choose other roles that cover it."), "`cover`")
    if idle := _idle_way(case, role, there):
        message = N_("This role has nothing to do for several stages: %(stages)s.")
        advice = N_("Give it a decision, a hand-off, a text of its own, an event of its own or a new fact there.")
        yield (
            document.at("role", role.key)
            .fault(message, advice, stages=[document.title("stage", key) for key in idle])
            .as_warning()
        )


def _way_across(document: CaseDocument, case: Case, handoff: Handoff) -> Iterator[Fault]:
    if {case.role[role].place for role in handoff.roles} == {handoff.to_place}:
        message = N_("This is passed on to the same table at which those who pass it on sit: %(place)s.")
        advice = N_("Choose another table, or a service that is not in the room.")
        table = document.title("place", handoff.to_place)
        there = document.at("hand-off", handoff.key, "to_place")
        yield there.fault(message, advice, "`to_place`, or none", place=table).as_warning()
    can_harm = handoff.consent or any(item.need == FORBIDDEN for item in handoff.items)
    if handoff.breach != Effect() and not can_harm and all(channel.safe for channel in handoff.channels):
        message = N_("It is said what follows when this is passed on against the rules, but no rule can be broken.")
        advice = N_(
            "Add something that must not be passed on, a way that is not safe, or that the person has to agree."
        )
        syntax = "`breach`; `need: forbidden`, `safe: false`, `consent: true`"
        yield document.at("hand-off", handoff.key, "breach").fault(message, advice, syntax).as_warning()


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
    place = document.at("decision", decision.key, "needs")
    begins = {inject.key: one.key for one in case.stages for inject in one.injects}
    for key in decision.needs:
        holder, since = case.fact_holder[key], case.fact[key].since
        if holder.place not in tables:
            message = N_("The fact “%(fact)s” should be on the table here, but only another table knows it: %(role)s.")
            advice = N_("Give it to a role at this table, or do not expect it here.")
            values = {"fact": document.title("fact", key), "role": document.title("role", holder.key)}
            yield place.fault(message, advice, "`needs`", **values).as_warning()
        if since and stage.key not in reached(there, begins.get(since, since)):
            message = N_("The fact “%(fact)s” should be on the table here, but nobody knows it before “%(since)s”.")
            advice = N_("Let the role learn it earlier, or do not expect it here.")
            kind = "inject" if since in begins else "stage"
            values = {"fact": document.title("fact", key), "since": document.title(kind, since)}
            yield place.fault(message, advice, "`needs`", **values)


def _sectors(document: CaseDocument, case: Case) -> Iterator[Fault]:
    played = {role.sector for role in case.roles}
    for step in case.procedure:
        if played.isdisjoint(step.sectors):
            message = N_("Nobody plays those who owe this step: %(sectors)s.")
            advice = N_("Add a sector that somebody plays, or a role from one of these.")
            names = [Title(code, sectors()[code].names) for code in step.sectors]
            yield document.at("step", step.key, "sectors").fault(message, advice, sectors=names).as_warning()
