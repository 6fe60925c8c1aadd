"""Whatever a case names exists, once."""

from collections.abc import Iterator

from lms.content.case import TRUST
from lms.content.checks.cases.document import IN_WORDS, KEYED, CaseDocument, Entry, Field
from lms.content.conditions import WORDS, ConditionFaulty, parse
from lms.content.faults import N_, Fault, Value, Word
from lms.content.place import Place
from lms.content.yaml import Map, Seq

NAMED = {  # fields that name entries, and of which kinds
    "place": ("place",), "to_place": ("place",), "at_place": ("place",), "cover": ("role",), "roles": ("role",),
    "private": ("role",), "solo": ("role",), "since": ("stage", "inject"), "needs": ("fact",), "after": ("decision",),
    "stage": ("stage",), "inject": ("inject",), "flag": ("flag",), "set": ("flag",), "add": ("flag",),
    "done": ("step",), "otherwise": ("option",), "go": ("stage", "ending"), "to": ("stage", "ending"),
}  # fmt: skip
MOST_SHOWN = 12  # names in an advice


def references(case: CaseDocument) -> Iterator[Fault]:
    """Names of nothing, keys that stand twice, conditions that cannot be read, and keys a condition cannot name."""
    yield from _repeated(case)
    yield from _flag_keys(case)
    for field in case.fields:
        if field.name == "due" and field.value is not None:
            yield from _due(field)
        if field.name in NAMED:
            yield from _unknown(case, field)
        elif field.name == "when" and field.value is not None:
            yield from _condition(case, field)


def _repeated(case: CaseDocument) -> Iterator[Fault]:
    seen: dict[str, Entry] = {}
    for entry in case.entries:
        if first := seen.get(entry.key):
            message = N_("The short name “%(key)s” already belongs to something else in the case: %(kind)s.")
            advice, syntax = N_("Give everything in the case a short name of its own."), "`key`; first on line %(line)s"
            values: dict[str, Value] = {"kind": Word(IN_WORDS[first.kind]), "line": first.place.line}
            yield entry.place.fault(message, advice, syntax, key=entry.key, **values)
        seen.setdefault(entry.key, entry)


def _flag_keys(case: CaseDocument) -> Iterator[Fault]:
    for flag in case.of_kind("flag"):
        if flag.key in WORDS or not flag.key[0].isalpha():
            message = N_("A condition could not ask about something with the short name “%(flag)s”.")
            advice = N_("Let it start with a letter, and do not call it: %(words)s")
            yield flag.place.fault(message, advice, "`key`", flag=flag.key, words=WORDS)


def _due(field: Field) -> Iterator[Fault]:
    """A deadline of a step. (That of a hand-off is a number.)"""
    if isinstance(field.value, Map) and sum(value is not None for value in field.value.values()) != 2:
        message = N_("It is not clear from when this deadline is counted.")
        advice = N_("Choose exactly one: the start of a stage, an event or a story note.")
        yield field.place.fault(message, advice, "exactly one of `stage`, `inject` and `flag`")


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
    shown = known[:MOST_SHOWN] + ["…"] * (len(known) > MOST_SHOWN)
    message = N_("“%(name)s” is named here (%(kind)s), but there is nothing of that name in the case.")
    advice = N_("Choose another one, or remove it here.") if known else N_("Write it first, or remove it here.")
    syntax = "one of: %(known)s" if known else ""
    return place.fault(message, advice, syntax, name=name, kind=Word(IN_WORDS[" or ".join(kinds)]), known=shown)


def _condition(case: CaseDocument, field: Field) -> Iterator[Fault]:
    try:
        condition = parse(field.value)
    except ConditionFaulty as error:
        advice = N_("Write it like this: not warned and (trust >= 2 or lawyer)")
        yield field.place.fault(error.message, advice, **error.values)
        return
    for name in sorted(condition.flags - set(_known(case, "flag"))):
        yield _no_such(case, name, ("flag",), field.place)
