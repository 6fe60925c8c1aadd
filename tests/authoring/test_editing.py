"""Changing documents by addresses: nothing of somebody else's is overwritten, and every step can be taken back."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.editing import (
    CannotTakeBack,
    Conflict,
    Edit,
    add,
    as_stored,
    as_written,
    is_blank,
    move,
    print_of,
    put,
    remove,
    take_back,
    tidy,
    write,
)
from lms.content.addresses import NoSuchPlace, leaves, value_at
from lms.content.case_formats import CASE
from lms.content.yaml import read_yaml
from tests.builders import CASE as CASE_FILE


def a_case():
    return read_yaml(CASE_FILE.read_text(), "small.yaml")


FIRST = "stages[start].title.sr"


def test_an_edit_of_what_nobody_else_touched_is_written() -> None:
    case = a_case()
    changes, conflicts = write(case, [Edit("title.sr", "Нов наслов", print_of(case["title"]["sr"]))])
    assert case["title"]["sr"] == "Нов наслов"
    assert [change["at"] for change in changes] == ["title.sr"]
    assert not conflicts


def test_an_edit_of_what_somebody_else_changed_is_a_conflict_and_writes_nothing() -> None:
    case = a_case()
    seen = print_of(case["title"]["sr"])
    case["title"]["sr"] = "Туђе"
    changes, conflicts = write(case, [Edit("title.sr", "Моје", seen)])
    assert conflicts == [Conflict("title.sr", "Моје", "Туђе")]
    assert not changes
    assert case["title"]["sr"] == "Туђе"


def test_what_an_editor_did_not_touch_is_neither_written_nor_a_conflict() -> None:
    case = a_case()
    seen = case["title"]["sr"]
    case["title"]["sr"] = "Туђе"
    assert write(case, [Edit("title.sr", seen, print_of(seen))]) == ([], [])
    assert case["title"]["sr"] == "Туђе"


def test_both_wrote_the_same() -> None:
    case = a_case()
    seen = print_of(case["title"]["sr"])
    case["title"]["sr"] = "Исто"
    assert write(case, [Edit("title.sr", "Исто", seen)]) == ([], [])


def test_an_edit_in_a_part_that_was_removed_is_told() -> None:
    case = a_case()
    role = case["roles"][0]["key"]
    remove(case, f"roles[{role}]")
    with pytest.raises(NoSuchPlace):
        write(case, [Edit(f"roles[{role}].name.sr", "Ново", print_of("нешто"))])


VALUES = st.one_of(st.text(), st.integers(-5, 5), st.booleans(), st.none(), st.dates(), st.lists(st.text(), max_size=3))


@settings(deadline=None)
@given(VALUES)
def test_a_value_comes_back_from_storage_as_it_was(value) -> None:
    back = as_written(as_stored(value))
    assert back == value
    assert type(back) is type(value) or isinstance(value, list)


@settings(deadline=None)
@given(VALUES, VALUES)
def test_prints_tell_values_from_one_another(one, other) -> None:
    same = (is_blank(one) and is_blank(other)) or (one == other and type(one) is type(other))
    assert (print_of(one) == print_of(other)) == same


PLACES = [address for address, _value in leaves(a_case()) if not address.endswith(".key")]  # keys are names, not texts
LISTS = ["roles", "stages", "endings", "places", "procedure", "aims"]


@st.composite
def operations(draw):
    """Some changes of a case, each as a function of the document."""
    kind = draw(st.sampled_from(["put", "add", "remove", "move"]))
    if kind == "put":
        return kind, draw(st.sampled_from(PLACES)), draw(st.text(max_size=12))
    return (
        kind,
        draw(st.sampled_from(LISTS)),
        draw(st.integers(0, 5)),
        draw(st.integers(-3, 3)),
        draw(st.text("абв", min_size=1)),
    )


def carried_out(document, operation):
    try:
        match operation:
            case ("put", address, text):
                return put(document, address, text)
            case ("add", address, number, _by, text):
                return add(document, address, {"key": f"new-{text}", "title": {"sr": text}}, number)
            case (kind, address, number, by, _text):
                members = value_at(document, address)
                member = members[number % len(members)] if members else None
                name = (
                    f"{address}[{member['key']}]"
                    if isinstance(member, dict) and "key" in member
                    else f"{address}[#{number % max(1, len(members))}]"
                )
                return remove(document, name) if kind == "remove" else move(document, name, by)
    except NoSuchPlace:
        return None


@settings(deadline=None)
@given(st.lists(operations(), max_size=12))
def test_taking_every_step_back_in_turn_gives_the_document_that_was_there(operations_) -> None:
    document = a_case()
    before = deepcopy(document)
    changes = [change for operation in operations_ if (change := carried_out(document, operation))]
    for change in reversed(changes):
        take_back(document, change)
    assert document == before


@settings(deadline=None)
@given(st.lists(operations(), min_size=1, max_size=6))
def test_a_step_taken_back_can_be_taken_back_again(operations_) -> None:
    document = a_case()
    for operation in operations_:
        if change := carried_out(document, operation):
            after = deepcopy(document)
            undone = take_back(document, change)
            take_back(document, undone)
            assert document == after


def test_what_was_changed_again_cannot_be_taken_back() -> None:
    case = a_case()
    change = put(case, "title.sr", "Прво")
    put(case, "title.sr", "Друго")
    with pytest.raises(CannotTakeBack):
        take_back(case, change)
    assert case["title"]["sr"] == "Друго"


def test_a_removed_part_comes_back_where_it_stood() -> None:
    case = a_case()
    before = deepcopy(case)
    change = remove(case, f"roles[{case['roles'][0]['key']}]")
    take_back(case, change)
    assert case == before


def test_optional_things_that_say_nothing_are_left_out_and_required_ones_stay() -> None:
    case = a_case()
    case["roles"][0]["goal"] = {"sr": "", "en": ""}
    case["title"]["sr"] = ""
    tidy(case, CASE)
    assert "goal" not in case["roles"][0]
    assert case["title"]["sr"] == ""


def test_a_date_is_told_from_the_words_that_write_it() -> None:
    assert print_of(date(2026, 11, 22)) != print_of("2026-11-22")
