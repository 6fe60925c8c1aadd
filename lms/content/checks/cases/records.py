"""Every record of a case agrees with itself: nothing needed is missing, nothing says two things."""

from collections.abc import Callable, Iterator
from typing import Any

from lms.content.case import AUTHORITY, FORBIDDEN, NEEDED
from lms.content.checks.cases.document import CaseDocument, Entry
from lms.content.faults import Fault
from lms.content.yaml import Seq


def records(case: CaseDocument) -> Iterator[Fault]:
    """What is wrong inside a step, an inject, a decision, a hand-off, a branch."""
    for entry in case.entries:
        for check in _OF_KIND.get(entry.kind, ()):
            yield from check(entry)


def _step(step: Entry) -> Iterator[Fault]:
    due = _given(step.value.get("due") or {})
    if due and len(due) != 2:
        place = step.place.inside(step.value, "due")
        yield place.fault("does not say after what", "name exactly one of `stage`, `inject` and `flag`")


def _inject(inject: Entry) -> Iterator[Fault]:
    if len(_given(inject.value).keys() & {"at", "when"}) == 2:
        yield inject.place.fault("has both `at` and `when`", "keep one: it comes by the clock, or by a condition")


def _audience(entry: Entry) -> Iterator[Fault]:
    if len(_given(entry.value).keys() & {"roles", "place"}) == 2:
        yield entry.place.fault("has both `roles` and `place`", "keep one: some roles, or all at one table")


def _decision(decision: Entry) -> Iterator[Fault]:
    options = {option["key"]: option for option in decision.value["options"]}
    otherwise = options.get(decision.value["otherwise"])
    place = decision.place.inside(decision.value, "otherwise")
    if otherwise is None:
        yield place.fault("is not an option of this decision", f"name one of: {', '.join(options)}")
    elif otherwise.get("when"):
        yield place.fault("is an option that is not always offered", "name an option without `when`")
    roles = decision.value.get("roles") or ()
    if decision.value["how"] == AUTHORITY and len(roles) != 1:
        message = f"is decided by authority, but names {len(roles)} roles"
        yield decision.place.fault(message, "name the one role under `roles`, or decide in another way")


def _handoff(handoff: Entry) -> Iterator[Fault]:
    items: Seq = handoff.value["items"]
    if not any(item["need"] == NEEDED for item in items):
        yield handoff.place.fault("has no needed item", "mark with `need: needed` what the receiver cannot do without")
    listed = handoff.place.inside(handoff.value, "items")
    for number, item in enumerate(items):
        if item["need"] == FORBIDDEN and not item.get("reason"):
            yield listed.inside(items, number).fault("is forbidden without a reason", "say why: add `reason: …`")


def _branches(stage: Entry) -> Iterator[Fault]:
    branches: Seq = stage.value["next"]
    place = stage.place.inside(stage.value, "next")
    if branches[-1].get("when"):
        there = place.inside(branches, len(branches) - 1)
        yield there.fault("has a condition, so the story may stop here", "end `next` with a branch without `when`")
    for number, branch in enumerate(branches[:-1]):
        if not branch.get("when"):
            advice = "put it last, or give it a `when`"
            yield place.inside(branches, number).fault("is always taken, so the next one never is", advice)


def _openings(stage: Entry) -> Iterator[Fault]:
    """Decisions that wait for themselves, in a circle, or for one of another stage."""
    decisions: Seq = stage.value.get("decisions") or Seq(1)
    after = {decision["key"]: (decision.get("opens") or {}).get("after") for decision in decisions}
    listed = stage.place.inside(stage.value, "decisions") if decisions else stage.place
    for number, key in enumerate(after):
        place = listed.inside(decisions, number)
        if after[key] and after[key] not in after:
            yield place.fault(
                f"opens after `{after[key]}`, which is not in this stage", "name a decision of this stage"
            )
        elif _waits_in_a_circle(after, key):
            yield place.fault("waits for itself", "let it open without `after`, or after an earlier decision")


def _waits_in_a_circle(after: dict[str, Any], key: str) -> bool:
    seen, at = set(), key
    while (at := after.get(at, "")) and at not in seen:
        if at == key:
            return True
        seen.add(at)
    return False


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


_OF_KIND: dict[str, tuple[Callable[[Entry], Iterator[Fault]], ...]] = {
    "step": (_step,), "inject": (_inject, _audience), "decision": (_audience, _decision), "hand-off": (_handoff,),
    "stage": (_branches, _openings),
}  # fmt: skip
