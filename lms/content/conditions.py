"""The tiny language of conditions over flags: `not warned and (trust >= 2 or lawyer)`. Parsed, never evaluated as Python.

    condition = both { "or" both };  both = single { "and" single }
    single    = "not" single | "(" condition ")" | flag [ comparison number ]
    comparison = "=" | "<" | "<=" | ">" | ">="

A flag alone means "not zero". `and` binds more tightly than `or`.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lms.content.faults import N_

WORDS = ("and", "or", "not")  # no flag can be called so
DEEPEST = 20  # brackets and `not` within each other
_TOKEN = re.compile(r"\s*(?:(?P<word>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)|(?P<number>-?\d{1,6})|(?P<sign><=|>=|[=<>()]))")
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class ConditionFaulty(ValueError):
    """The text is not a condition; `message` says what is wrong, `values` fill its `%(name)s` places."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition. `source` is how it was written; an empty one always holds."""

    source: str
    tree: tuple[object, ...] = ()

    def holds(self, flags: Mapping[str, int]) -> bool:
        """Whether it is true for these values."""
        return not self.tree or _holds(self.tree, flags)

    @property
    def flags(self) -> frozenset[str]:
        """The flags it asks about."""
        return frozenset(_flags(self.tree)) if self.tree else frozenset()


ALWAYS = Condition("")


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """The condition written in `text`. Raises ConditionFaulty."""
    parser = _Parser(text)
    tree = parser.condition(0)
    if parser.word:
        raise ConditionFaulty(N_("In the condition, “%(word)s” stands where it should have ended."), word=parser.word)
    return Condition(" ".join(text.split()), tree)


def _holds(tree: tuple[object, ...], flags: Mapping[str, int]) -> bool:
    match tree:
        case ("and", one, other):
            return _holds(one, flags) and _holds(other, flags)  # type: ignore[arg-type]
        case ("or", one, other):
            return _holds(one, flags) or _holds(other, flags)  # type: ignore[arg-type]
        case ("not", inner):
            return not _holds(inner, flags)  # type: ignore[arg-type]
        case ("flag", name):
            return bool(flags[name])  # type: ignore[index]
        case (sign, name, number):
            return _COMPARE[sign](flags[name], number)  # type: ignore[index, arg-type]
    raise AssertionError(tree)


def _flags(tree: tuple[object, ...]) -> Iterator[str]:
    if tree[0] in ("and", "or", "not"):
        for part in tree[1:]:
            yield from _flags(part)  # type: ignore[arg-type]
    else:
        yield str(tree[1])


class _Parser:
    def __init__(self, text: str) -> None:
        self.words = list(_words(text))
        self.at = 0

    @property
    def word(self) -> str:
        """The word to be read next; empty at the end."""
        return self.words[self.at] if self.at < len(self.words) else ""

    def take(self) -> str:
        """Read one word."""
        word = self.word
        if not word:
            raise ConditionFaulty(N_("The condition ends too early: something is missing."))
        self.at += 1
        return word

    def condition(self, depth: int) -> tuple[object, ...]:
        """both { "or" both }"""
        tree = self.both(depth)
        while self.word == "or":
            self.take()
            tree = ("or", tree, self.both(depth))
        return tree

    def both(self, depth: int) -> tuple[object, ...]:
        """single { "and" single }"""
        tree = self.single(depth)
        while self.word == "and":
            self.take()
            tree = ("and", tree, self.single(depth))
        return tree

    def single(self, depth: int) -> tuple[object, ...]:
        """A flag, a comparison, a negation or brackets."""
        if depth > DEEPEST:
            raise ConditionFaulty(N_("The condition has too many brackets, or too often the word “not”."))
        word = self.take()
        if word == "not":
            return ("not", self.single(depth + 1))
        if word == "(":
            tree = self.condition(depth + 1)
            if self.take() != ")":
                raise ConditionFaulty(N_("In the condition a bracket is not closed."))
            return tree
        if not word[0].isalpha() or word in WORDS:
            message = N_("In the condition, “%(word)s” stands where a story note should be named.")
            raise ConditionFaulty(message, word=word)
        if self.word in _COMPARE:
            return (self.take(), word, self.number())
        return ("flag", word)

    def number(self) -> int:
        """A whole number."""
        word = self.take()
        if not word.lstrip("-").isdigit():
            raise ConditionFaulty(N_("In the condition, “%(word)s” stands where a whole number should."), word=word)
        return int(word)


def _words(text: str) -> Iterator[str]:
    at = 0
    text = text.strip()
    if not text:
        raise ConditionFaulty(N_("The condition is empty."))
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            strange = text[at:].strip()[:20]
            raise ConditionFaulty(N_("“%(word)s” cannot be a part of a condition."), word=strange)
        yield found[0].strip()
        at = found.end()
