"""Makes a Case out of a document that has passed the checks."""

from typing import Any

from lms.content.case import (
    TRUST,
    Branch,
    Case,
    CaseOption,
    Channel,
    Decision,
    Due,
    Effect,
    Ending,
    Fact,
    Flag,
    Handoff,
    HandoffItem,
    Inject,
    Opening,
    Place,
    Role,
    Stage,
    Step,
)
from lms.content.conditions import parse
from lms.content.yaml import Map

LEAST_TRUST, MOST_TRUST = -10, 10
_EFFECT = ("set", "add", "done", "voice")


def build_case(document: Map) -> Case:
    """The case that `document` describes. Its shape must be right, and every condition one that can be parsed."""
    values = _given(document)
    return Case(
        **values
        | {
            "aims": tuple(values["aims"]),
            "places": tuple(Place(**place) for place in values["places"]),
            "roles": tuple(map(_role, values["roles"])),
            "flags": _flags(values.get("flags", ())),
            "procedure": tuple(map(_step, values["procedure"])),
            "stages": tuple(_stage(stage, document) for stage in values["stages"]),
            "endings": tuple(Ending(**ending) for ending in values["endings"]),
            "debrief": tuple(values.get("debrief", ())),
        }
    )


def is_number(flag: dict[str, Any]) -> bool:
    """Whether a flag, as it was typed, is a number; else it is yes/no."""
    start = flag.get("start")
    counted = isinstance(start, int) and not isinstance(start, bool)
    return counted or flag["key"] == TRUST or any(flag.get(bound) is not None for bound in ("least", "most"))


def _flags(typed: Any) -> tuple[Flag, ...]:
    flags = tuple(map(_flag, typed))
    trust = () if any(flag.key == TRUST for flag in flags) else (_flag({"key": TRUST}),)
    return trust + flags


def _flag(flag: dict[str, Any]) -> Flag:
    values = _given(flag)
    bounds = {"least": LEAST_TRUST, "most": MOST_TRUST} if flag["key"] == TRUST else {}
    return Flag(**bounds | values | {"start": int(values.get("start", 0))})


def _role(role: dict[str, Any]) -> Role:
    values = _tuples(role, "cover")
    return Role(**values | {"facts": tuple(Fact(**_given(fact)) for fact in values.get("facts", ()))})


def _step(step: dict[str, Any]) -> Step:
    values = _tuples(step, "sectors", "sources")
    if due := values.get("due"):
        kind, key = next((name, key) for name, key in _given(due).items() if name != "case_minutes")
        values["due"] = Due(due["case_minutes"], kind, key)
    return Step(**values)


def _stage(stage: dict[str, Any], document: Map) -> Stage:
    values = _given(stage)
    return Stage(
        **values
        | {
            "at_place": _in_order_of(document["places"], values.get("at_place", {})),
            "private": _in_order_of(document["roles"], values.get("private", {})),
            "next": tuple(Branch(**_conditional(branch)) for branch in values["next"]),
            "injects": tuple(map(_inject, values.get("injects", ()))),
            "decisions": tuple(map(_decision, values.get("decisions", ()))),
            "handoffs": tuple(map(_handoff, values.get("handoffs", ()))),
        }
    )


def _in_order_of(records: list[dict[str, Any]], values: dict[str, Any]) -> dict[str, Any]:
    """`values`, whose names are keys of `records`, in the order of these."""
    return {record["key"]: values[record["key"]] for record in records if record["key"] in values}


def _inject(inject: dict[str, Any]) -> Inject:
    return Inject(**_with_effect(_conditional(_tuples(inject, "roles"))))


def _decision(decision: dict[str, Any]) -> Decision:
    values = _tuples(decision, "roles", "needs", "debrief")
    options = tuple(CaseOption(**_with_effect(_conditional(_tuples(o, "sources")))) for o in values["options"])
    return Decision(**values | {"options": options, "opens": Opening(**_conditional(values.get("opens", {})))})


def _handoff(handoff: dict[str, Any]) -> Handoff:
    values = _with_effect(_conditional(_tuples(handoff, "roles")))
    return Handoff(
        **values
        | {
            "items": tuple(HandoffItem(**_given(item)) for item in values["items"]),
            "channels": tuple(Channel(**_given(channel)) for channel in values["channels"]),
            "breach": _effect(_given(values.get("breach", {}))),
        }
    )


def _effect(values: dict[str, Any]) -> Effect:
    """The effect among `values`; yes and no become 1 and 0."""
    flags = {key: int(value) for key, value in values.get("set", {}).items()}
    return Effect(flags, dict(values.get("add", {})), tuple(values.get("done", ())), values.get("voice"))


def _with_effect(values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the keys of an effect joined to one."""
    return {name: value for name, value in values.items() if name not in _EFFECT} | {"effect": _effect(values)}


def _conditional(values: dict[str, Any]) -> dict[str, Any]:
    """The values that are given, their condition parsed."""
    given = _given(values)
    return given | {"when": parse(given["when"])} if "when" in given else given


def _tuples(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """The values that are given, with the lists among `names` as tuples."""
    return {name: tuple(value) if name in names else value for name, value in _given(values).items()}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without the keys that say null."""
    return {name: value for name, value in values.items() if value is not None}
