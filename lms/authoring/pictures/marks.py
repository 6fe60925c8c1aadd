"""Which box of the map a part of the document belongs to: for what was found in it, and for what is being written. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ERROR, ADVICE = "error", "advice"
Mark = tuple[str, str]  # the address of what it is about; ERROR or ADVICE


@dataclass(frozen=True, slots=True)
class Marked:
    """What was found about one box: how many faults, how many pieces of advice."""

    errors: int = 0
    advice: int = 0

    @property
    def kind(self) -> str:
        """The graver of the two; empty when there is nothing."""
        return ERROR if self.errors else ADVICE if self.advice else ""


def holds(outer: str, address: str) -> bool:
    """Whether `address` is `outer` itself or something in it."""
    return address.startswith(outer) and (len(address) == len(outer) or address[len(outer)] in ".[")


def innermost(address: str, ids: Iterable[str]) -> str:
    """The longest of `ids` that holds the address; empty when none does."""
    return max((one for one in ids if holds(one, address)), key=len, default="")


def by_box(marks: Sequence[Mark], ids: Sequence[str]) -> dict[str, Marked]:
    """What was found, by the box that it is about; what is about no box is left out."""
    found: dict[str, Marked] = {}
    for address, kind in marks:
        if box := innermost(address, ids):
            so_far = found.get(box, Marked())
            more = kind == ERROR
            found[box] = Marked(so_far.errors + more, so_far.advice + (not more))
    return found
