"""A case teaches: more than one option can be defended, none gives itself away, and every decision is talked about."""

from collections.abc import Iterator

from lms.content.case import HARMFUL, RIGHT, Case, Decision
from lms.content.checks.cases.document import CaseDocument, advice
from lms.content.faults import Fault
from lms.content.shapes import Place

MUCH_LONGER = 1.25  # times the longest other option


def learning(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Advice on decisions that are too easy, cannot be judged, or are not talked about afterwards."""
    decisions = tuple(case.decision.values())
    for decision in decisions:
        yield from map(advice, _grades(decision, document.at("decision", decision.key)))
        if not decision.debrief:
            place = document.at("decision", decision.key)
            yield advice(place.fault("has no question for the debrief", "add `debrief:` with one or two questions"))
        for option in decision.options:
            if option.grade == HARMFUL and not option.effect.voice:
                place = document.at("option", option.key)
                yield advice(place.fault("is harmful, but the person does not say how", "add her or his line: `voice`"))
    telling = [decision for decision in decisions if _tells_by_length(decision)]
    if 2 * len(telling) > len(decisions):
        message = f"give the right option away by its length in {len(telling)} of {len(decisions)} decisions"
        what = f"make the others longer or the right one shorter, for example in {telling[0].key}"
        yield advice(document.top("stages").fault(message, what))


def _grades(decision: Decision, place: Place) -> Iterator[Fault]:
    grades = [option.grade for option in decision.options]
    if len(set(grades)) < 2:
        yield place.fault(f"has only {grades[0]} options", "write options of two or three grades")
    elif RIGHT not in grades:
        yield place.fault("has no right option", "add one: in practice alone the others choose it")
    elif len(grades) - grades.count(HARMFUL) == 1:
        message = "has only one option without harm, so it gives itself away"
        yield place.fault(message, "add an acceptable option that a good colleague might choose")


def _tells_by_length(decision: Decision) -> bool:
    right = [len(option.text["sr"]) for option in decision.options if option.grade == RIGHT]
    other = [len(option.text["sr"]) for option in decision.options if option.grade != RIGHT]
    return bool(right and other) and max(right) > MUCH_LONGER * max(other)
