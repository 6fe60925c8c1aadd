"""What the story remembers is used: flags are changed and asked about, conditions can be true, steps can be done."""

from collections.abc import Iterator, Mapping
from itertools import product

from lms.content.case import TRUST, Case, Effect, Flag
from lms.content.checks.cases.document import CaseDocument
from lms.content.checks.cases.story import reached, ways
from lms.content.conditions import Condition, parse
from lms.content.faults import N_, Fault
from lms.content.place import Place

MOST_WORLDS = 20_000  # values of the flags of one condition; beyond that it is not judged
Values = Mapping[str, frozenset[int]]


def memory(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Flags never changed or never read, conditions never or always true, steps that nothing does."""
    asked = [(field.place, parse(field.value)) for field in document.fields if field.name == "when" and field.value]
    read = {flag for _place, condition in asked for flag in condition.flags}
    read |= {step.due.key for step in case.procedure if step.due and step.due.kind == "flag"}
    effects = [effect for group in _choices(case) for effect in group]
    changed = {flag for effect in effects for flag in (*effect.set, *effect.add)}
    for flag in document.of_kind("flag"):
        if flag.key != TRUST and flag.key not in changed:
            message = N_("Nothing in the story ever changes “%(flag)s”.")
            advice = N_("Let an option, an event or a hand-off change it, or remove it.")
            yield flag.place.fault(message, advice, "`set` or `add`", flag=flag.title).as_warning()
        if flag.key != TRUST and flag.key not in read:
            message = N_("The story remembers “%(flag)s”, but nothing depends on it.")
            advice = N_("Let a condition or a deadline depend on it, or remove it.")
            yield flag.place.fault(message, advice, "`when` or `due`", flag=flag.title).as_warning()
    done = {step for effect in effects for step in effect.done}
    for step in document.of_kind("step"):
        if step.key not in done:
            message = N_("Nothing in the story does this step of the procedure.")
            advice = N_("Choose it in an option, an event or a hand-off that does it, or remove it.")
            yield step.place.fault(message, advice, "`done`").as_warning()
    values = _values(case)
    for place, condition in asked:
        if (always := _always(condition, values)) is not None:
            yield _settled(place, condition, always).as_warning()


def _settled(place: Place, condition: Condition, always: bool) -> Fault:
    if always:
        message = N_("This condition is always true, so nothing depends on it: %(condition)s")
        advice = N_("Remove it, or let something in the story change what it asks about.")
    else:
        message = N_("This condition is never true, so what depends on it never happens: %(condition)s")
        advice = N_("Change it, or let something in the story change what it asks about.")
    return place.fault(message, advice, "`set` and `add`", condition=condition.source)


def _always(condition: Condition, values: Values) -> bool | None:
    """True: it holds whatever happens; False: it never does; None: neither, or too many values to say."""
    flags = sorted(condition.flags)
    worlds = 1
    for flag in flags:
        worlds *= len(values[flag])
    if worlds > MOST_WORLDS:
        return None
    results = {
        condition.holds(dict(zip(flags, world, strict=True))) for world in product(*(values[flag] for flag in flags))
    }
    return results.pop() if len(results) == 1 else None


def _choices(case: Case) -> Iterator[tuple[Effect, ...]]:
    """Groups of effects; of each group one may happen, once each time its stage is played (a breach: any number)."""
    for stage in case.stages:
        yield from (tuple(option.effect for option in decision.options) for decision in stage.decisions)
        yield from ((inject.effect,) for inject in stage.injects)
        for handoff in stage.handoffs:
            yield (handoff.effect,)
            yield (handoff.breach,)


def _values(case: Case) -> Values:
    """The values that each flag may ever have; rather too many than too few."""
    groups = list(_choices(case))
    there = ways(case)
    circles = any(stage in reached(there, onward) for stage in there for onward in there[stage])
    breaches = [handoff.breach for handoff in case.handoff.values()]
    repeated = [effect for group in groups for effect in group] if circles else breaches
    return {flag.key: _values_of(flag, groups, repeated) for flag in case.flags}


def _values_of(flag: Flag, groups: list[tuple[Effect, ...]], repeated: list[Effect]) -> frozenset[int]:
    given = {flag.start, *(effect.set[flag.key] for group in groups for effect in group if flag.key in effect.set)}
    changes = [tuple(effect.add.get(flag.key, 0) for effect in group) for group in groups]
    again = [effect.add.get(flag.key, 0) for effect in repeated]
    down, up = sum(min(0, *group) for group in changes), sum(max(0, *group) for group in changes)
    least = flag.least if min(again, default=0) < 0 else max(flag.least, min(given) + down)
    most = flag.most if max(again, default=0) > 0 else min(flag.most, max(given) + up)
    steps = {change for group in changes for change in group}
    found, waiting = set(given), list(given)
    while waiting:
        at = waiting.pop()
        fresh = {min(most, max(least, at + step)) for step in steps} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)
