"""Every record of a case agrees with itself: nothing needed is missing, nothing says two things."""

from collections.abc import Callable, Iterator
from typing import Any

from lms.content.case import AUTHORITY, FORBIDDEN, NEEDED
from lms.content.case_formats import NO_REASON
from lms.content.checks.cases.document import CaseDocument, Entry
from lms.content.faults import N_, Fault
from lms.content.yaml import Seq


def records(case: CaseDocument) -> Iterator[Fault]:
    """What is wrong inside an inject, a decision, a hand-off, a branch."""
    for entry in case.entries:
        for check in _OF_KIND.get(entry.kind, ()):
            yield from check(entry)


def _inject(inject: Entry) -> Iterator[Fault]:
    if len(_given(inject.value).keys() & {"at", "when"}) == 2:
        message = N_("This event has both a minute and a condition.")
        advice = N_("Keep one: it arrives at a certain minute, or as soon as something is true.")
        yield inject.at("at").fault(message, advice, "`at` and `when`")


def _audience(entry: Entry) -> Iterator[Fault]:
    if len(_given(entry.value).keys() & {"roles", "place"}) == 2:
        message = N_("Here both single roles and a whole table are chosen.")
        advice = N_("Keep one: some roles, or everybody at one table.")
        yield entry.at("roles").fault(message, advice, "`roles` and `place`")


def _decision(decision: Entry) -> Iterator[Fault]:
    options = {option["key"]: option for option in decision.value["options"]}
    otherwise = options.get(decision.value["otherwise"])
    place = decision.at("otherwise")
    if otherwise is None:
        message = N_("What is taken when time runs out is not an option of this decision.")
        yield place.fault(message, N_("Choose one of its options."), "one of: %(known)s", known=options)
    elif otherwise.get("when"):
        message = N_("What is taken when time runs out is an option that is not always offered.")
        yield place.fault(message, N_("Choose an option that has no condition."), "no `when`")
    roles = decision.value.get("roles") or ()
    if decision.value["how"] == AUTHORITY and len(roles) != 1:
        message = N_("One service should decide here, but this is the number of roles chosen: %(count)s.")
        advice = N_("Choose the one role that decides, or another way of deciding.")
        yield decision.at("roles").fault(message, advice, "`how: authority`, `roles`", count=len(roles))


def _handoff(handoff: Entry) -> Iterator[Fault]:
    items: Seq = handoff.value["items"]
    listed = handoff.at("items")
    if not any(item["need"] == NEEDED for item in items):
        message = N_("In this hand-off nothing is needed, so it could never be incomplete.")
        advice = N_("Mark what the receiver cannot do without as needed.")
        yield listed.fault(message, advice, "`need: needed`")
    for number, item in enumerate(items):
        if item["need"] == FORBIDDEN and not item.get("reason"):
            advice = N_("Write the reason; it is read in the debrief.")
            yield listed.inside(items, number).missing("reason").fault(NO_REASON, advice, "add `reason: …`")


def _branches(stage: Entry) -> Iterator[Fault]:
    branches: Seq = stage.value["next"]
    place = stage.at("next")
    if branches[-1].get("when"):
        there = place.inside(branches, len(branches) - 1)
        message = N_("The last way on has a condition, so the story may stop here.")
        advice = N_("Add a last way on without a condition: it is taken when no other one is.")
        yield there.fault(message, advice, "end `next` with a branch without `when`")
    for number, branch in enumerate(branches[:-1]):
        if not branch.get("when"):
            message = N_("This way on is always taken, so those below it never are.")
            yield place.inside(branches, number).fault(message, N_("Put it last, or give it a condition."), "`when`")


def _openings(stage: Entry) -> Iterator[Fault]:
    """Decisions that wait for themselves, in a circle, or for one of another stage."""
    decisions: Seq = stage.value.get("decisions") or Seq(1)
    after = {decision["key"]: (decision.get("opens") or {}).get("after") for decision in decisions}
    for number, key in enumerate(after):
        if not after[key]:
            continue
        opens = stage.at("decisions").inside(decisions, number).inside(decisions[number], "opens")
        place = opens.inside(decisions[number]["opens"], "after")
        if after[key] not in after:
            message = N_("This decision waits for one of another stage.")
            yield place.fault(
                message, N_("Let it wait for a decision of the same stage, or for none."), "`opens.after`"
            )
        elif _waits_in_a_circle(after, key):
            message = N_("This decision waits for itself, so it never opens.")
            yield place.fault(message, N_("Let it wait for an earlier decision, or for none."), "`opens.after`")


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
    "inject": (_inject, _audience), "decision": (_audience, _decision), "hand-off": (_handoff,),
    "stage": (_branches, _openings),
}  # fmt: skip
