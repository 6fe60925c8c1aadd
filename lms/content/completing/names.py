"""The names that a case may use, and what is done about others: they are left out, and that is told. Pure."""

from typing import Any

from lms.content.addresses import joined
from lms.content.case import TRUST
from lms.content.case_build import LEAST_TRUST, MOST_TRUST, is_number
from lms.content.completing.keys import inner, records
from lms.content.completing.notes import BAD_CONDITION, NO_SUCH, OUT_OF_RANGE, UNREADABLE, Notes
from lms.content.conditions import ConditionFaulty, parse

PROVISIONAL = {  # where a story ends that has no way on yet
    "title": {"sr": "Овде прича још нема наставак", "en": "Here the story does not go on yet"},
    "text": {
        "sr": "Ово није крај случаја: сцена не води никуда. Упишите шта следи.",
        "en": "This is not an ending of the case: the stage leads nowhere. Write what follows.",
    },
}


class Names:
    """What there is in a case, by kind, and the notes on what there is not."""

    def __init__(self, document: dict[str, Any], notes: Notes) -> None:
        stages, roles = records(document, "stages"), records(document, "roles")
        self.document, self.notes = document, notes
        self.bounds = {flag["key"]: _bounds(flag) for flag, _address in records(document, "flags")}
        self.bounds.setdefault(TRUST, (LEAST_TRUST, MOST_TRUST))
        self.known: dict[str, set[str]] = {
            "places": _keys(records(document, "places")),
            "roles": _keys(roles),
            "facts": _keys(inner(roles, "facts")),
            "flags": set(self.bounds),
            "steps": _keys(records(document, "procedure")),
            "injects": _keys(inner(stages, "injects")),
            "stages": _keys(stages),
            "targets": _keys(stages + records(document, "endings")),
        }

    def keep(self, record: dict[str, Any], name: str, address: str, *kinds: str) -> None:
        """Leave out of the field `name` what is nothing of these kinds; a field in which nothing is left goes too."""
        if name not in record:
            return
        value, here = record[name], joined(address, name)
        known = set().union(*(self.known[kind] for kind in kinds))
        for wrong in [one for one in ([value] if isinstance(value, str) else value) if one not in known]:
            self.notes.note(NO_SUCH, here, key=wrong)
        if isinstance(value, dict):
            left: Any = {one: member for one, member in value.items() if one in known}
        elif isinstance(value, list):
            left = [one for one in value if one in known]
        else:
            left = value if value in known else None
        record[name] = left
        if not left:
            del record[name]

    def effect(self, record: dict[str, Any], address: str) -> None:
        """What an option, inject or hand-off changes: only flags and steps that there are, and values that they may have."""
        self.keep(record, "set", address, "flags")
        self.keep(record, "add", address, "flags")
        self.keep(record, "done", address, "steps")
        for key, value in record.get("set", {}).items():
            least, most = self.bounds[key]
            if not least <= int(value) <= most:
                self.notes.note(OUT_OF_RANGE, joined(joined(address, "set"), key))
                record["set"][key] = min(most, max(least, int(value)))

    def condition(self, record: dict[str, Any], address: str, message: str = BAD_CONDITION) -> bool:
        """Whether `when` can be asked, or there is none; one that cannot is left out."""
        when = record.get("when")
        if when is None or self._can_be_asked(when):
            return True
        self.notes.note(message, joined(address, "when"), condition=when)
        del record["when"]
        return False

    def _can_be_asked(self, when: str) -> bool:
        try:
            return parse(when).flags <= self.known["flags"]
        except ConditionFaulty:
            return False

    def provisional(self) -> str:
        """The key of the ending for stories without a way on; it is added when it is first asked for."""
        endings: list[dict[str, Any]] = self.document["endings"]
        found = next((one["key"] for one in endings if one["title"] is PROVISIONAL["title"]), "")
        if not found:
            found = "no-way-on"
            while found in self.known["targets"]:
                found += "-x"
            endings.append({"key": found, **PROVISIONAL})
            self.known["targets"].add(found)
        return found


def mend_flag(flag: dict[str, Any], address: str, notes: Notes) -> None:
    """A flag whose bounds make sense and whose start lies within them."""
    if not is_number(flag):
        return
    if flag["key"] == TRUST:
        flag.pop("least", None)
        flag.pop("most", None)
    least, most = _bounds(flag)
    if least >= most:
        notes.note(UNREADABLE, address)
        least, most = most, max(least, most + 1)
        flag |= {"least": least, "most": most}
    start = int(flag.get("start", 0))
    if not least <= start <= most:
        notes.note(OUT_OF_RANGE, joined(address, "start"))
        flag["start"] = min(most, max(least, start))


def _bounds(flag: dict[str, Any]) -> tuple[int, int]:
    """From the least to the most that the flag may be, as it is written."""
    if flag["key"] == TRUST:
        return LEAST_TRUST, MOST_TRUST
    return flag.get("least", 0), flag.get("most", 1)


def _keys(listed: list[tuple[dict[str, Any], str]]) -> set[str]:
    return {record["key"] for record, _address in listed}
