"""Documents for property tests, made from the shapes themselves: in order, or unfinished and damaged."""

from datetime import date
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from lms.content.kinds import OneOfKind
from lms.content.shapes import Day, Either, Line, Many, Named, OneOf, Record, Shape, Truth, Whole, Words
from lms.content.yaml import Map, Seq

HOSTILE = [
    "true", "False", "null", "~", "yes", "No", "2012", "-3", "007", "1_000", "0x1f", "1e5", ".inf", "2026-11-22", "2026-99-99",
    "10:30", "<<", "=", "---", "...", "- a", "a: b", "a:", ": a", "? a", "# a", "a # b", " a", "a ", "\ta", "a\t", "[a]", "{a: b}",
    "&a", "*a", "!a", "!!str a", "|", ">-", "%YAML 1.1", "@a", "`a`", "'a'", '"a"', 'a "b', "it's", "\\", "\\n", "a\nb", "\n", "\r\n",
    " a\n  b\n\n", "„наводници”", "е\u0301", "👩‍👩‍👧‍👦", "\u2028", "\u2029", "\x85", "\xa0", "\ufeff", "\ufffe", "\x00", "\x1b[0m", "\x7f",
    "\u202eabc", "\u200b", "дуго " * 2000, "x" * 3000, "a, b", "a,b", "]", "}", "(", "(a)", "a - b", "a -> b", "a = b", "/", "a/b.svg",
]  # fmt: skip
ANYTHING = st.characters(codec="utf-8", exclude_categories=["Cs"])
texts = st.sampled_from(HOSTILE) | st.text(ANYTHING, min_size=1, max_size=40)
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
scalars = st.none() | st.booleans() | st.integers(-999_999_999, 999_999_999) | days | texts | st.just("")


def _map(values: dict[str, Any]) -> Map:
    found = Map(1)
    found.update(values)
    return found


def _seq(values: list[Any]) -> Seq:
    found = Seq(1)
    found.extend(values)
    return found


anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3).map(_seq) | st.dictionaries(texts, inner, max_size=3).map(_map),
    max_leaves=8,
)


@lru_cache(maxsize=1000)
def _matching(pattern: str) -> SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


def documents_of(shape: Shape, unfinished: bool = False, wide: int = 2) -> SearchStrategy[Any]:
    """Values that fit `shape`, as `read_yaml` gives them. `unfinished`: now and then something is missing, unknown or of another
    kind. Lists have at most `wide` members more than they need."""

    def inside(inner: Shape) -> SearchStrategy[Any]:
        return documents_of(inner, unfinished, wide)

    whole = _fitting(shape, inside, wide)
    return st.integers(0, 19).flatmap(lambda luck: anything if luck == 0 else whole) if unfinished else whole


def _fitting(shape: Shape, inside: Any, wide: int) -> SearchStrategy[Any]:
    match shape:
        case Line(pattern=pattern):
            return _matching(pattern) if pattern else texts.filter(str.strip)
        case Words():
            return _records(shape.members, {}, inside)
        case Whole(least, most):
            return st.integers(least, most)
        case Truth():
            return st.booleans()
        case Day():
            return days
        case OneOf(choices):
            return st.sampled_from(choices)
        case Either(shapes):
            return st.one_of(*map(inside, shapes))
        case Many(member, least, most):
            return st.lists(inside(member), min_size=least, max_size=min(most, least + wide)).map(_seq)
        case Named(member):
            return st.dictionaries(_matching("[a-z]{1,3}"), inside(member), max_size=wide).map(_map)
        case OneOfKind(records):
            return st.one_of(*map(inside, records.values()))
        case Record(required, optional):
            return _records(required, optional, inside)
    raise AssertionError(shape)


def _records(required: Any, optional: Any, inside: Any) -> SearchStrategy[Map]:
    given = {name: inside(shape) for name, shape in required.items()}
    perhaps = {name: inside(shape) for name, shape in optional.items()}
    return st.fixed_dictionaries(given, optional=perhaps).map(_map)


@st.composite
def shuffled(draw: Any, value: Any) -> Any:
    """The same value with the keys of its mappings in another order."""
    if isinstance(value, dict):
        names = draw(st.permutations(list(value)))
        return _map({name: draw(shuffled(value[name])) for name in names})
    return _seq([draw(shuffled(member)) for member in value]) if isinstance(value, list) else value


def typed(value: Any) -> Any:
    """`value` so that equal means the same kind of thing too: True is not 1, and a date is not a text."""
    if isinstance(value, dict):
        return {name: typed(member) for name, member in value.items()}
    if isinstance(value, list):
        return [typed(member) for member in value]
    return type(value).__name__, value


def said(value: Any, shape: Shape | None) -> Any:
    """`value` without the keys of records that say null: they are the same as keys that are not there."""
    if isinstance(shape, OneOfKind):
        shape = shape.record_of(value)
    if isinstance(value, dict):
        members = shape.members if isinstance(shape, Record | Words) else {}
        every = shape.member if isinstance(shape, Named) else None
        found = {name: said(member, members.get(name, every)) for name, member in value.items()}
        drop = isinstance(shape, Record | Words)
        return {name: member for name, member in found.items() if not (drop and value[name] is None)}
    if isinstance(value, list):
        return [said(member, shape.member if isinstance(shape, Many) else None) for member in value]
    return value
