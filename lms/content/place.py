"""Where something stands in a pack."""

from dataclasses import dataclass, replace

from lms.content.addresses import joined, member_of
from lms.content.faults import Fault, Value, fault_at
from lms.content.yaml import Map, Seq


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the file, the line, and its address in the document (lms/content/addresses.py)."""

    file: str
    line: int
    name: str = ""

    def inside(self, container: Map | Seq, part: str | int) -> "Place":
        """The place of one member of `container`, which stands here."""
        line = container.lines[part]  # type: ignore[index]
        return Place(self.file, line, joined(self.name, member_of(container, part) if isinstance(part, int) else part))  # type: ignore[arg-type]

    def missing(self, part: str) -> "Place":
        """The place of something that should be in the record which stands here."""
        return replace(self, name=joined(self.name, part))

    def fault(self, message: str, advice: str, syntax: str = "", /, **values: Value) -> Fault:
        """A fault at this place; the values fill the `%(name)s` places of its texts."""
        return replace(fault_at(self.file, self.line, message, advice, syntax, **values), name=self.name)
