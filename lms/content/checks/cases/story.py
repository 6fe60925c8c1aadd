"""The way of the story: from the first stage every stage and ending can be reached, from every stage an ending."""

from collections.abc import Iterator, Mapping
from functools import cache

from lms.content.case import Case, Stage
from lms.content.checks.cases.document import CaseDocument
from lms.content.faults import N_, Fault

Ways = Mapping[str, frozenset[str]]  # from a stage to stages and endings


def ways(case: Case) -> Ways:
    """Where the story may go from each stage, whether or not the conditions ever hold."""
    return {stage.key: frozenset(_targets(stage)) for stage in case.stages}


def _targets(stage: Stage) -> Iterator[str]:
    yield from (option.go for decision in stage.decisions for option in decision.options if option.go)
    yield from (branch.to for branch in stage.next)


def reached(ways: Ways, start: str) -> frozenset[str]:
    """Everything that can be reached from `start`, with itself."""
    found, waiting = {start}, [start]
    while waiting:
        fresh = ways.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def story(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Stages and endings that nobody sees, stories without an end, and those longer than the time there is."""
    there = ways(case)
    seen = reached(there, case.stages[0].key)
    for kind, keys in (("stage", case.stage), ("ending", case.ending)):
        for key in keys:
            if key not in seen:
                nobody, no_way = N_("The story never comes to this stage."), N_("The story never comes to this ending.")
                advice = N_("Let a stage or an option lead to it, or remove it.")
                message = nobody if kind == "stage" else no_way
                yield document.at(kind, key).fault(message, advice, "`go` or `next`")
    for stage in case.stages:
        if reached(there, stage.key).isdisjoint(case.ending):
            message = N_("From this stage the story never comes to an ending.")
            advice = N_("Let one of its ways lead on to an ending, or to a stage that leads there.")
            yield document.at("stage", stage.key, "next").fault(message, advice)
    minutes, way = _longest(case, there)
    if minutes > case.minutes:
        message = N_("The longest way takes %(needed)s minutes, and the case has only %(minutes)s: %(stages)s.")
        advice = N_("Give the case more minutes, or its stages fewer.")
        stages = [document.title("stage", key) for key in way]
        yield document.top("minutes").fault(message, advice, needed=minutes, minutes=case.minutes, stages=stages)


def _longest(case: Case, there: Ways) -> tuple[int, tuple[str, ...]]:
    """Minutes and stages of the longest way; a circle of stages counts once round."""
    rounds = {stage: frozenset(s for s in reached(there, stage) if stage in reached(there, s)) for stage in there}

    @cache
    def longest_from(round_: frozenset[str]) -> tuple[int, tuple[str, ...]]:
        onward = {rounds[key] for stage in round_ for key in there[stage] if key in there and key not in round_}
        minutes, way = max((longest_from(next_) for next_ in onward), default=(0, ()))
        here = tuple(stage for stage in case.stage if stage in round_)
        return minutes + sum(case.stage[stage].minutes for stage in here), here + way

    return longest_from(rounds[case.stages[0].key])
