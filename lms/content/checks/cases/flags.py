"""The flags of a case: what they may be, and that effects keep to it."""

from collections.abc import Iterator

from lms.content.case import TRUST
from lms.content.case_build import LEAST_TRUST, MOST_TRUST, is_number
from lms.content.checks.cases.document import CaseDocument, Entry, Field
from lms.content.faults import N_, Fault
from lms.content.place import Place
from lms.content.shapes import WRITE_NUMBER, as_typed
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
            yield from _effect(case, field, numbers)


def _bounds(flag: Map) -> Bounds:
    least, most = flag.get("least"), flag.get("most")
    return (0 if least is None else least, 1 if most is None else most)


def _trust(flag: Entry) -> Iterator[Fault]:
    least, most = flag.value.get("least"), flag.value.get("most")
    if (LEAST_TRUST if least is None else least, MOST_TRUST if most is None else most) != (LEAST_TRUST, MOST_TRUST):
        message = N_("Trust goes from %(least)s to %(most)s in every case; here it has other bounds.")
        yield flag.place.fault(message, N_("Remove the bounds."), "`least`, `most`", least=LEAST_TRUST, most=MOST_TRUST)
    start = flag.value.get("start") or 0
    if isinstance(start, bool) or not LEAST_TRUST <= start <= MOST_TRUST:
        message = N_("Trust cannot start at %(start)s.")
        yield flag.place.fault(message, WRITE_NUMBER, start=as_typed(start), least=LEAST_TRUST, most=MOST_TRUST)


def _flag(flag: Entry) -> Iterator[Fault]:
    value, start = flag.value, flag.value.get("start")
    if not is_number(value):
        return
    if isinstance(start, bool):
        message = N_("This starts with yes or no, but has a smallest and a largest number.")
        yield flag.place.fault(message, N_("Remove both, or start with a number."), "`least` and `most`")
    if value.get("least") is None or value.get("most") is None:
        message = N_("This is a number, but its smallest or largest value is missing.")
        yield flag.place.fault(message, N_("Write both, or start with yes or no."), "`least` and `most`")
        return
    least, most = _bounds(value)
    if least >= most:
        message = N_("The smallest number, %(least)s, is not below the largest, %(most)s.")
        yield flag.place.fault(message, N_("Change one of the two."), "`least` and `most`", least=least, most=most)
    elif not least <= (start or 0) <= most:
        message = N_("This starts at %(start)s, which is outside its bounds.")
        yield flag.place.fault(message, WRITE_NUMBER, start=start or 0, least=least, most=most)


def _effect(case: CaseDocument, field: Field, numbers: dict[str, Bounds | None]) -> Iterator[Fault]:
    check = _added if field.name == "add" else _set
    for name, value in field.value.items():
        if name in numbers:
            flag = case.title("flag", name) if name in case.keys["flag"] else name
            yield from check(flag, value, numbers[name], field.place.inside(field.value, name))


def _added(flag: str, value: int, bounds: Bounds | None, place: Place) -> Iterator[Fault]:
    if not bounds:
        message = N_("Something is added to “%(flag)s”, which is not a number: it is yes or no.")
        advice = N_("Let this set it to yes or no, or make it a number with a smallest and a largest value.")
        yield place.fault(message, advice, "`set`, or `least` and `most`", flag=flag)
    elif not value:
        message = N_("Nothing is added to “%(flag)s”.")
        yield place.fault(message, N_("Write by how much it grows or falls, or remove it."), flag=flag)


def _set(flag: str, value: bool | int, bounds: Bounds | None, place: Place) -> Iterator[Fault]:
    if not bounds and not isinstance(value, bool):
        message = N_("“%(flag)s” is yes or no and cannot become %(value)s.")
        yield place.fault(message, N_("Choose yes or no."), "`true` or `false`", flag=flag, value=value)
    elif bounds and isinstance(value, bool):
        message = N_("“%(flag)s” is a number and cannot become yes or no.")
        yield place.fault(message, WRITE_NUMBER, flag=flag, least=bounds[0], most=bounds[1])
    elif bounds and not bounds[0] <= value <= bounds[1]:
        message = N_("“%(flag)s” cannot become %(value)s: that is outside its bounds.")
        yield place.fault(message, WRITE_NUMBER, flag=flag, value=value, least=bounds[0], most=bounds[1])
