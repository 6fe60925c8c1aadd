"""A stage that holds together: who is asked, what can be decided and passed on, and where the story goes on. Pure."""

from typing import Any

from lms.content.addresses import joined
from lms.content.case import AUTHORITY
from lms.content.completing import notes as say
from lms.content.completing.keys import records
from lms.content.completing.names import Names

Table = dict[str, Any]


def mend_stage(stage: Table, address: str, names: Names) -> None:
    """Change a stage until it can be played."""
    names.keep(stage, "at_place", address, "places")
    names.keep(stage, "private", address, "roles")
    for inject, here in records(stage, "injects", address):
        _to_whom(inject, here, names)
        names.condition(inject, here)
        names.effect(inject, here)
    decisions = [(one, here) for one, here in records(stage, "decisions", address) if _has_options(one, here, names)]
    handoffs = [one for one, here in records(stage, "handoffs", address) if _can_be_made(one, here, names)]
    kept = {"decisions": [one for one, _here in decisions], "handoffs": handoffs}
    stage |= {name: listed for name, listed in kept.items() if name in stage}
    for decision, here in decisions:
        _decision(decision, here, names)
    _openings(decisions, names)
    _next(stage, address, names)


def _to_whom(record: Table, address: str, names: Names) -> None:
    names.keep(record, "roles", address, "roles")
    names.keep(record, "place", address, "places")


def _has_options(decision: Table, address: str, names: Names) -> bool:
    if not decision["options"]:
        names.notes.note(say.NO_OPTION, address)
    return bool(decision["options"])


def _decision(decision: Table, address: str, names: Names) -> None:
    _to_whom(decision, address, names)
    names.keep(decision, "needs", address, "facts")
    for option, here in records(decision, "options", address):
        names.condition(option, here)
        names.keep(option, "go", here, "targets")
        names.effect(option, here)
    always = [option["key"] for option in decision["options"] if "when" not in option]
    if decision["otherwise"] not in always:
        names.notes.note(say.OTHERWISE, joined(address, "otherwise"))
        decision["otherwise"] = (always or [decision["options"][0]["key"]])[0]
    if decision["how"] == AUTHORITY and len(decision.get("roles", ())) != 1:
        decision["roles"] = [_who_decides(decision, names)]
        names.notes.note(say.ONE_DECIDES, joined(address, "roles"), key=decision["roles"][0])


def _who_decides(decision: Table, names: Names) -> str:
    """The first role that is named; without any, the first one at the table."""
    at_table = [one["key"] for one in names.document["roles"] if decision.get("place") in (None, one["place"])]
    everybody = [one["key"] for one in names.document["roles"]]
    return str((decision.get("roles") or at_table or everybody)[0])


def _openings(decisions: list[tuple[Table, str]], names: Names) -> None:
    """No decision waits for itself, in a circle, or for one that is not in its stage."""
    here = {decision["key"]: decision for decision, _address in decisions}
    for decision, address in decisions:
        opens = decision.get("opens", {})
        names.condition(opens, joined(address, "opens"))
        if "after" in opens and not _comes_first(opens["after"], decision["key"], here):
            names.notes.note(say.WAITS, joined(address, "opens"))
            del opens["after"]


def _comes_first(key: str, waiting: str, here: dict[str, Table]) -> bool:
    seen = {waiting}
    while key and key not in seen and key in here:
        seen.add(key)
        key = here[key].get("opens", {}).get("after", "")
    return not key


def _can_be_made(handoff: Table, address: str, names: Names) -> bool:
    names.keep(handoff, "roles", address, "roles")
    names.keep(handoff, "to_place", address, "places")
    names.condition(handoff, address)
    names.effect(handoff, address)
    names.effect(handoff.get("breach", {}), joined(address, "breach"))
    whole = all(handoff.get(name) for name in ("roles", "items", "channels"))
    if not whole:
        names.notes.note(say.NO_HANDOFF, address)
    return whole


def _next(stage: Table, address: str, names: Names) -> None:
    """Every way leads somewhere, and one of them is always open."""
    here = joined(address, "next")
    ways = [way for way, at in records(stage, "next", address) if names.condition(way, at, say.BAD_BRANCH)]
    for way in ways:
        if way["to"] not in names.known["targets"]:
            if way["to"]:
                names.notes.note(say.NO_TARGET, here, key=way["to"])
            else:
                names.notes.note(say.NO_WAY_ON, here)
            way["to"] = names.provisional()
    if not ways or "when" in ways[-1]:
        names.notes.note(say.NO_WAY_ON, here)
        ways.append({"to": names.provisional()})
    stage["next"] = ways
