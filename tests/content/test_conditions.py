"""Conditions: a tiny language, read as it is written and never as Python."""

import ast
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content import conditions
from lms.content.conditions import ALWAYS, DEEPEST, WORDS, ConditionFaulty, parse

FLAGS = ("warned", "trust", "calls", "a-lawyer-2")
comparisons = st.tuples(st.sampled_from(["=", "<", "<=", ">", ">="]), st.sampled_from(FLAGS), st.integers(-99, 99))
trees = st.recursive(
    st.tuples(st.just("flag"), st.sampled_from(FLAGS)) | comparisons,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner),
    max_leaves=8,
)
values = st.fixed_dictionaries({flag: st.integers(-99, 99) for flag in FLAGS})


def printed(tree) -> str:
    """A condition as text, with every bracket."""
    match tree:
        case ("flag", name):
            return name
        case ("not", inner):
            return f"not ({printed(inner)})"
        case ("and" | "or" as word, one, other):
            return f"({printed(one)}) {word} ({printed(other)})"
        case (sign, name, number):
            return f"{name} {sign} {number}"


def as_python(tree) -> str:
    return printed(tree).replace("a-lawyer-2", "lawyer").replace(" = ", " == ")


@given(trees)
def test_what_is_printed_is_read_again(tree):
    condition = parse(printed(tree))
    assert condition.tree == tree
    assert parse(condition.source) == condition


@given(trees, values)
def test_a_condition_means_what_its_words_say(tree, flags):
    """Python's own reading of the same words is the measure; the flags are its variables."""
    names = {name.replace("a-lawyer-2", "lawyer"): value for name, value in flags.items()}
    assert parse(printed(tree)).holds(flags) == bool(eval(as_python(tree), {"__builtins__": {}}, names))


@given(st.text())
def test_any_text_is_a_condition_or_told_to_be_none(text):
    with suppress(ConditionFaulty):
        condition = parse(text)
        condition.holds(dict.fromkeys(condition.flags, 0))


@given(st.text("ab ()<>=-019notandor", max_size=30))
def test_what_looks_like_a_condition_is_one_or_told_to_be_none(text):
    with suppress(ConditionFaulty):
        assert parse(text).flags.isdisjoint(WORDS)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "warned and",
            "not",
            "(warned",
            "warned)",
            "trust >=",
            "trust >= warned",
            "3 < trust",
            "trust >= 1.5",
        ),
        *(
            "warned warned",
            "trust == 2",
            "trust != 2",
            "warned & lawyer",
            "Warned",
            "warned or and",
            "()",
            "trust >= -",
        ),
        *('__import__("os")', "warned.real", "trust >= (2)", "lambda: 1", "warned if lawyer else trust", "[warned]"),
    ],
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ConditionFaulty):
        parse(text)


def test_brackets_cannot_pile_up():
    assert parse("not " * DEEPEST + "warned").flags == {"warned"}
    with pytest.raises(ConditionFaulty, match="too many brackets"):
        parse("not " * (DEEPEST + 1) + "warned")
    with pytest.raises(ConditionFaulty, match="too many brackets"):
        parse("(" * 5000 + "warned" + ")" * 5000)


def test_and_binds_more_tightly_than_or():
    assert parse("a or b and c") == parse("a or b and c")
    assert parse("a or b and c").tree == parse("a or (b and c)").tree
    assert parse("not a and b").tree == parse("(not a) and b").tree
    assert parse("not trust >= 2").tree == ("not", (">=", "trust", 2))


def test_without_a_condition_it_always_holds():
    assert ALWAYS.holds({})
    assert not ALWAYS.flags


def test_python_is_never_asked():
    called = {node.func.id for node in ast.walk(ast.parse(Path(conditions.__file__).read_text()))
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert called.isdisjoint({"eval", "exec", "compile", "getattr", "__import__"})
