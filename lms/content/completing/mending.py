"""Makes a document of the right shape hold together, so that `build_case` and the rules of the simulation can take it. Pure.

What names nothing is left out, never guessed; where the story has no way on it ends, and says so.
"""

from typing import Any

from lms.content.addresses import joined
from lms.content.completing import notes as say
from lms.content.completing.keys import give_keys, records
from lms.content.completing.names import Names, mend_flag
from lms.content.completing.notes import Notes
from lms.content.completing.stages import mend_stage

TABLE = {"key": "table", "name": {"sr": "Сто", "en": "The table"}}  # where all sit while there is no place


def mend(document: dict[str, Any], notes: Notes) -> None:
    """Change `document` until it holds together."""
    give_keys(document, notes)
    if not document["places"]:
        notes.note(say.NO_PLACE, "places")
        document["places"] = [dict(TABLE)]
        for role in document["roles"]:
            role["place"] = TABLE["key"]
    for flag, address in records(document, "flags"):
        mend_flag(flag, address, notes)
    names = Names(document, notes)
    names.keep(document, "solo", "", "roles")
    for role, address in records(document, "roles"):
        _role(role, address, names)
    for step, address in records(document, "procedure"):
        _due(step, address, names)
    for stage, address in records(document, "stages"):
        mend_stage(stage, address, names)


def _role(role: dict[str, Any], address: str, names: Names) -> None:
    if role["place"] not in names.known["places"]:
        names.notes.note(say.SEATED, joined(address, "place"))
        role["place"] = names.document["places"][0]["key"]
    names.keep(role, "cover", address, "roles")
    for fact, here in records(role, "facts", address):
        names.keep(fact, "since", here, "stages", "injects")


def _due(step: dict[str, Any], address: str, names: Names) -> None:
    """A deadline begins with exactly one thing."""
    if "due" not in step:
        return
    here = joined(address, "due")
    for name in ("stage", "inject", "flag"):
        names.keep(step["due"], name, here, f"{name}s")
    if len(step["due"]) != 2:
        names.notes.note(say.NO_DUE, here)
        del step["due"]
