"""What is wrong with a pack, said so that an author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: where it is, what is wrong, what to do. A warning does not stop a pack from being stored."""

    file: str
    line: int
    message: str
    advice: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'(warning) ' if self.warning else ''}{self.message} — {self.advice}"


class PackFaulty(Exception):
    """A pack cannot be read or stored; `faults` say why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))
