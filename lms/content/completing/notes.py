"""What was filled in for a trial, and what keeps a case from being tried, in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.content.faults import N_

NO_CASE = N_("This document is not a case yet.")
NO_ROLE = N_("There is no role yet: somebody has to sit at the table.")
NO_STAGE = N_("There is no stage yet: the story needs a beginning.")

NO_ENGLISH = N_("A text has no English yet; the Serbian is shown instead.")
NO_SERBIAN = N_("A text has no Serbian yet; the English is shown instead.")
NO_TEXT = N_("A text is still empty; “…” or the key stands there.")
UNREADABLE = N_("A value cannot be used as it is written and was left out.")
OUT_OF_RANGE = N_("A number is larger or smaller than it may be; the nearest one was taken.")
TOO_MANY = N_("There are more entries than there may be; the last ones were left out.")
STANDS_IN = N_("A value is missing; %(value)s was taken.")
SAME_KEY = N_("Two entries have the same key; for the trial the second one is called %(key)s.")
NO_SUCH = N_("Something is named that there is not: %(key)s. It was left out.")
NO_PLACE = N_("There is no place yet; all roles sit at one table.")
SEATED = N_("A role has no place of the case; it sits at the first table.")
NO_WAY_ON = N_("A stage does not say where the story goes on; there the trial ends.")
NO_TARGET = N_("A way leads to %(key)s, which there is not; there the trial ends.")
BAD_CONDITION = N_("A condition cannot be used: %(condition)s. What depends on it is treated as if there were none.")
BAD_BRANCH = N_("A condition cannot be used: %(condition)s. This way is not taken.")
ONE_DECIDES = N_("A decision by authority names no single role; one was taken: %(key)s.")
NO_OPTION = N_("A decision has no option yet; it was left out.")
OTHERWISE = N_("A decision does not say what is taken when time runs out; the first option was taken.")
WAITS = N_("A decision waits for one that never comes before it; it opens without waiting.")
NO_HANDOFF = N_("A hand-off cannot be made yet: it lacks a role, an item or a channel. It was left out.")
NO_DUE = N_("A deadline does not say after what; it was left out.")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was filled in or is missing. `message` is a key of the catalogue, `values` fill its places; `count` places
    of the document are concerned, the first at `address`."""

    message: str
    address: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    count: int = 1


class Notes:
    """Collects remarks; the same one about several places is one remark."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[Remark, int]] = {}

    def note(self, message: str, address: str, **values: str | int) -> None:
        """Something was filled in or left out at `address`."""
        key = (message, *sorted(values.items()))
        first, count = self._found.get(key, (Remark(message, address, values), 0))
        self._found[key] = first, count + 1

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was noted, in the order in which it was first met."""
        return tuple(Remark(one.message, one.address, one.values, count) for one, count in self._found.values())
