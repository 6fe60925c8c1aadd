"""Whatever a case names exists, once."""

from collections.abc import Iterator

from lms.content.case import TRUST
from lms.content.checks.cases.document import CaseDocument, Entry, Field
from lms.content.conditions import WORDS, ConditionFaulty, parse
from lms.content.faults import Fault
from lms.content.shapes import Place
from lms.content.yaml import Map, Seq

NAMED = {  # fields that name entries, and of which kinds
    "place": ("place",), "to_place": ("place",), "at_place": ("place",), "cover": ("role",), "roles": ("role",),
    "private": ("role",), "solo": ("role",), "since": ("stage", "inject"), "needs": ("fact",), "after": ("decision",),
    "stage": ("stage",), "inject": ("inject",), "flag": ("flag",), "set": ("flag",), "add": ("flag",),
    "done": ("step",), "otherwise": ("option",), "go": ("stage", "ending"), "to": ("stage", "ending"),
}  # fmt: skip
KEYED = ("private", "at_place", "set", "add")  # mappings whose keys are the names
MOST_SHOWN = 12  # names in an advice


def references(case: CaseDocument) -> Iterator[Fault]:
    """Names of nothing, keys that stand twice, conditions that cannot be read, and keys a condition cannot name."""
    yield from _repeated(case)
    yield from _flag_keys(case)
    for field in case.fields:
        if field.name in NAMED:
            yield from _unknown(case, field)
        elif field.name == "when" and field.value is not None:
            yield from _condition(case, field)


def _repeated(case: CaseDocument) -> Iterator[Fault]:
    seen: dict[str, Entry] = {}
    for entry in case.entries:
        if first := seen.get(entry.key):
            message = f"has the key of the {first.kind} on line {first.place.line}"
            yield entry.place.fault(message, "give everything in the case a key of its own")
        seen.setdefault(entry.key, entry)


def _flag_keys(case: CaseDocument) -> Iterator[Fault]:
    for flag in case.of_kind("flag"):
        if flag.key in WORDS or not flag.key[0].isalpha():
            advice = f"start it with a letter, and do not call it {', '.join(WORDS)}"
            yield flag.place.fault("cannot be named in a condition", advice)


def _unknown(case: CaseDocument, field: Field) -> Iterator[Fault]:
    for name, place in _names(field):
        if not any(name in _known(case, kind) for kind in NAMED[field.name]):
            yield _no_such(case, name, NAMED[field.name], place)


def _names(field: Field) -> Iterator[tuple[str, Place]]:
    """The names in a field, each with its place. Texts and lists of records are none."""
    value, place = field.value, field.place
    if isinstance(value, str):
        yield value, place
    elif isinstance(value, Seq):
        yield from ((name, place.inside(value, at)) for at, name in enumerate(value) if isinstance(name, str))
    elif isinstance(value, Map) and field.name in KEYED:
        yield from ((name, place.inside(value, name)) for name in value)


def _known(case: CaseDocument, kind: str) -> list[str]:
    trust = [TRUST] if kind == "flag" else []
    return [*case.keys[kind], *trust]


def _no_such(case: CaseDocument, name: str, kinds: tuple[str, ...], place: Place) -> Fault:
    known = [key for kind in kinds for key in _known(case, kind)]
    advice = f"name one of: {', '.join(known[:MOST_SHOWN])}{' …' if len(known) > MOST_SHOWN else ''}" if known else ""
    return place.fault(f"names the {' or '.join(kinds)} `{name}`, which there is not", advice or "write it first")


def _condition(case: CaseDocument, field: Field) -> Iterator[Fault]:
    try:
        condition = parse(field.value)
    except ConditionFaulty as error:
        yield field.place.fault(f"cannot be read: {error}", "write it like `not warned and (trust >= 2 or lawyer)`")
        return
    for name in sorted(condition.flags - set(_known(case, "flag"))):
        yield _no_such(case, name, ("flag",), field.place)
