"""Conditions put together by choosing: „this is so”, „this is at least 2”, joined by “and” or “or”. Pure.

What is more than that – brackets, both joints at once – is written as text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.content.conditions import ConditionFaulty, parse

SO, NOT_SO, LEAST, MOST, EXACTLY = "so", "not", "least", "most", "exactly"
COUNTED = (LEAST, MOST, EXACTLY)
_SIGNS = {">=": LEAST, "<=": MOST, "=": EXACTLY}
AND, OR = "and", "or"


@dataclass(frozen=True, slots=True)
class Clause:
    """One line: a flag, how it should be, and the number for the last three ways."""

    flag: str = ""
    how: str = SO
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """Lines that must hold all (`and`) or of which one is enough (`or`)."""

    joint: str
    lines: tuple[Clause, ...]


def taken_apart(text: str) -> Clauses | None:
    """The condition as lines; None when it is more than that. An empty one has no lines."""
    if not text.strip():
        return Clauses(AND, ())
    try:
        tree = parse(text).tree
    except ConditionFaulty:
        return None
    joint = tree[0] if tree[0] in (AND, OR) else AND
    found = _lines(tree, str(joint))
    return None if found is None else Clauses(str(joint), found)


def _lines(tree: tuple[object, ...], joint: str) -> tuple[Clause, ...] | None:
    if tree[0] == joint:
        parts = [_lines(part, joint) for part in tree[1:]]
        return None if None in parts else tuple(line for part in parts if part for line in part)
    line = _line(tree)
    return None if line is None else (line,)


def _line(tree: tuple[object, ...]) -> Clause | None:
    match tree:
        case ("flag", str(name)):
            return Clause(name)
        case ("not", ("flag", str(name))):
            return Clause(name, NOT_SO)
        case (">", str(name), int(number)):
            return Clause(name, LEAST, number + 1)
        case ("<", str(name), int(number)):
            return Clause(name, MOST, number - 1)
        case (str(sign), str(name), int(number)) if sign in _SIGNS:
            return Clause(name, _SIGNS[sign], number)
    return None


def put_together(joint: str, lines: Iterable[Clause]) -> str:
    """The text of a condition; lines without a flag are left out."""
    signs = {how: sign for sign, how in _SIGNS.items()}
    said = []
    for line in lines:
        if line.flag and line.how in signs:
            said.append(f"{line.flag} {signs[line.how]} {line.number or 0}")
        elif line.flag:
            said.append(f"not {line.flag}" if line.how == NOT_SO else line.flag)
    return f" {OR if joint == OR else AND} ".join(said)
