"""The shape of a record that may be of several kinds, as the blocks of a page are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.faults import N_, Fault
from lms.content.place import Place
from lms.content.shapes import CHOOSE_ANOTHER, Record


@dataclass(frozen=True)
class OneOfKind:
    """A record of one of several kinds; its `kind` says which."""

    records: Mapping[str, Record]

    def record_of(self, value: Any) -> Record | None:
        """The shape of such a record, if its kind is known."""
        kind = value.get("kind") if isinstance(value, dict) else None
        return self.records.get(kind) if isinstance(kind, str) else None

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """What is wrong with `value`."""
        if record := self.record_of(value):
            yield from record.faults(value, place)
        else:
            yield place.fault(N_("This is of no known kind."), CHOOSE_ANOTHER)

    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""
        return {"anyOf": [record.schema() for record in self.records.values()]}
