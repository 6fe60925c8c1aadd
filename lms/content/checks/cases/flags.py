"""The flags of a case: what they may be, and that effects keep to it."""

from collections.abc import Iterator

from lms.content.case import TRUST
from lms.content.case_build import LEAST_TRUST, MOST_TRUST, is_number
from lms.content.checks.cases.document import CaseDocument, Entry, Field
from lms.content.faults import Fault
from lms.content.shapes import Place
from lms.content.yaml import Map

Bounds = tuple[int, int]


def flags(case: CaseDocument) -> Iterator[Fault]:
    """Flags without sense, and values that a flag cannot have."""
    numbers: dict[str, Bounds | None] = {TRUST: (LEAST_TRUST, MOST_TRUST)}  # None: yes/no
    for flag in case.of_kind("flag"):
        yield from _trust(flag) if flag.key == TRUST else _flag(flag)
        if flag.key != TRUST:
            numbers[flag.key] = _bounds(flag.value) if is_number(flag.value) else None
    for field in case.fields:
        if field.name in ("set", "add") and isinstance(field.value, Map):
            yield from _effect(field, numbers)


def _bounds(flag: Map) -> Bounds:
    least, most = flag.get("least"), flag.get("most")
    return (0 if least is None else least, 1 if most is None else most)


def _trust(flag: Entry) -> Iterator[Fault]:
    least, most = flag.value.get("least"), flag.value.get("most")
    if (LEAST_TRUST if least is None else least, MOST_TRUST if most is None else most) != (LEAST_TRUST, MOST_TRUST):
        yield flag.place.fault("has other bounds than in every case", f"it goes from {LEAST_TRUST} to {MOST_TRUST}")
    start = flag.value.get("start") or 0
    if isinstance(start, bool) or not LEAST_TRUST <= start <= MOST_TRUST:
        yield flag.place.fault(f"cannot start at {start}", f"write a number from {LEAST_TRUST} to {MOST_TRUST}")


def _flag(flag: Entry) -> Iterator[Fault]:
    value, start = flag.value, flag.value.get("start")
    if not is_number(value):
        return
    if isinstance(start, bool):
        yield flag.place.fault("has bounds but starts yes/no", "remove `least` and `most`, or start with a number")
    if value.get("least") is None or value.get("most") is None:
        yield flag.place.fault("is a number without bounds", "add `least` and `most`, or start with true or false")
        return
    least, most = _bounds(value)
    if least >= most:
        yield flag.place.fault(f"goes from {least} to {most}", "`least` must be smaller than `most`")
    elif not least <= (start or 0) <= most:
        yield flag.place.fault(f"starts at {start or 0}", f"start it with a number from {least} to {most}")


def _effect(field: Field, numbers: dict[str, Bounds | None]) -> Iterator[Fault]:
    check = _added if field.name == "add" else _set
    for name, value in field.value.items():
        if name in numbers:
            yield from check(value, numbers[name], field.place.inside(field.value, name))


def _added(value: int, bounds: Bounds | None, place: Place) -> Iterator[Fault]:
    if not bounds:
        yield place.fault("adds to a flag that is yes/no", "write it under `set`, or give the flag bounds")
    elif not value:
        yield place.fault("adds nothing", "remove it, or write a number")


def _set(value: bool | int, bounds: Bounds | None, place: Place) -> Iterator[Fault]:
    if not bounds and not isinstance(value, bool):
        yield place.fault(f"sets a yes/no flag to {value}", "write true or false")
    elif bounds and isinstance(value, bool):
        yield place.fault("sets a number to yes/no", "write a number")
    elif bounds and not bounds[0] <= value <= bounds[1]:
        yield place.fault(f"is out of bounds: {value}", f"write a number from {bounds[0]} to {bounds[1]}")
