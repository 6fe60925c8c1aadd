"""An unfinished case can be tried: what is missing is filled in honestly and told, what is whole comes back as it was."""

import copy
import itertools
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.authoring.starting import starter_document
from lms.authoring.trying.beginning import ALL, SOLO, Beginning, begin, case_in, entered_at
from lms.authoring.trying.pressing import carried_out
from lms.content.addresses import inside, value_at, within
from lms.content.case import Case
from lms.content.case_formats import CASE
from lms.content.completing import Completed, completed
from lms.content.writing import write_yaml
from lms.content.yaml import read_yaml
from lms.errors import Refused
from lms.language import gettext, speaking
from lms.simulations.bots import play
from lms.simulations.explore import explore
from lms.simulations.moves import made
from lms.simulations.replay import beginning
from tests.simulations.shipped import FILES

SMALL = read_yaml(FILES["small"].read_text(), "small.yaml")
BARE = {"roles": [{"key": "one"}], "stages": [{"key": "first"}], "endings": [{"key": "end"}]}
MISSING = object()
JUNK = (MISSING, None, "", "…", "no such thing", 0, -5, 10**9, True, [], {}, [{}], ["x"], {"sr": "само српски"}, [[]])


def small(address: str, value: Any) -> dict[str, Any]:
    """The small case with another value at `address`, or without what stands there."""
    document = copy.deepcopy(SMALL)
    put(document, address, value)
    return document


def put(document: Any, address: str, value: Any) -> None:
    outer = within(address)
    around = value_at(document, outer) if outer else document
    here = value_at(document, address)
    place = around.index(here) if isinstance(around, list) else next(one for one in around if around[one] is here)
    if value is MISSING:
        del around[place]
    else:
        around[place] = value


class Enough(Exception):
    """So much is looked at, and no more."""


def no_more_than(moments: int) -> Callable[[int], None]:
    counted = itertools.count(1)

    def tick(_moments: int) -> None:
        if next(counted) > moments:
            raise Enough

    return tick


def told(found: Completed) -> list[str]:
    return [gettext(one.message, **one.values) for one in (*found.filled, *found.obstacles)]


def can_be_played(case: Case) -> None:
    """It begins at every stage, in every way, and goes on until it ends or comes round."""
    for stage in case.stage:
        for mode, role in ((ALL, ""), (SOLO, ""), (SOLO, case.roles[-1].key)):
            here = entered_at(case, stage, {})
            made(here, beginning(here), 1, begin(Beginning(mode, role, stage)))
    state, _events = made(case, beginning(case), 1, begin(Beginning(ALL)))
    for _ in range(60):
        try:
            state, _events = carried_out(case, state, None)
        except Refused:
            break


@pytest.mark.parametrize("key", FILES)
def test_a_case_that_is_in_order_comes_back_as_it_was(key: str) -> None:
    document = read_yaml(FILES[key].read_text(), key)
    found = completed(document)
    assert found.case
    assert (found.filled, found.obstacles) == ((), ())
    assert found.document == document


def test_one_role_one_stage_and_one_ending_are_enough() -> None:
    found = completed(BARE)
    assert found.case
    can_be_played(found.case)
    played = play(found.case, 1)
    assert found.case.ending[played.state.ending].title["sr"] == "Овде прича још нема наставак"
    with speaking("en"):
        assert "A stage does not say where the story goes on; there the trial ends." in told(found)


def test_without_a_role_or_a_stage_it_is_said_what_is_missing() -> None:
    for name in ("roles", "stages"):
        found = completed(BARE | {name: []})
        assert found.case is None
        assert [one.address for one in found.obstacles] == [name]
    assert completed("just words").case is None
    assert case_in("a: [").case is None


def test_the_document_of_the_draft_is_left_as_it_is() -> None:
    document = small("stages[call].next", [])
    before = copy.deepcopy(document)
    completed(document)
    assert document == before


@pytest.mark.parametrize(
    ("address", "value", "sentence"),
    [
        ("title.en", "", "A text has no English yet; the Serbian is shown instead."),
        ("stages[call].text.sr", " ", "A text has no Serbian yet; the English is shown instead."),
        ("stages[call].text", {"sr": "", "en": ""}, "A text is still empty; “…” or the key stands there."),
        ("stages[call].next", [], "A stage does not say where the story goes on; there the trial ends."),
        ("stages[call].next[#1].to", "nowhere", "A way leads to nowhere, which there is not; there the trial ends."),
        ("stages[call].next[#0].when", "no-flag", "A condition cannot be used: no-flag. This way is not taken."),
        (
            "stages[call].injects[neighbour].when",
            "warned and",
            "A condition cannot be used: warned and. What depends on it is treated as if there were none.",
        ),
        (
            "stages[call].decisions[first].otherwise",
            MISSING,
            "A decision does not say what is taken when time runs out; the first option was taken.",
        ),
        ("stages[call].decisions[first].options", [], "A decision has no option yet; it was left out."),
        (
            "stages[call].decisions[tell-centre].roles",
            ["nobody"],
            "A decision by authority names no single role; one was taken: police.",
        ),
        (
            "stages[call].decisions[tell-centre].opens.after",
            "tell-centre",
            "A decision waits for one that never comes before it; it opens without waiting.",
        ),
        ("roles[police].place", "elsewhere", "A role has no place of the case; it sits at the first table."),
        ("places", MISSING, "There is no place yet; all roles sit at one table."),
        ("roles[police].cover", ["ghost", "social"], "Something is named that there is not: ghost. It was left out."),
        (
            "roles[social].key",
            "police",
            "Two entries have the same key; for the trial the second one is called police-2.",
        ),
        ("stages[call].minutes", 900, "A number is larger or smaller than it may be; the nearest one was taken."),
        ("flags[calls].start", 9, "A number is larger or smaller than it may be; the nearest one was taken."),
        ("procedure[centre].due", {"case_minutes": 5}, "A deadline does not say after what; it was left out."),
        (
            "stages[other-town].handoffs[to-topolje].items",
            [],
            "A hand-off cannot be made yet: it lacks a role, an item or a channel. It was left out.",
        ),
        ("stages[call].decisions[first].how", "dice", "A value cannot be used as it is written and was left out."),
    ],
)
def test_what_is_filled_in_is_told_with_its_place(address: str, value: Any, sentence: str) -> None:
    found = completed(small(address, value))
    assert found.case
    can_be_played(found.case)
    with speaking("en"):
        assert sentence in told(found)
        [where] = [one.address for one in found.filled if gettext(one.message, **one.values) == sentence]
    assert where.startswith((address.partition("[")[0].partition(".")[0], "places"))


def test_the_same_remark_about_many_places_is_one_remark() -> None:
    document = copy.deepcopy(SMALL)
    for address, value in list(inside(document)):
        if address.endswith(".en") and "stages" in address:
            put(document, address, "") if value_at(document, address) is value else None
    [remark] = completed(document).filled
    assert remark.count > 40


ADDRESSES = [address for address, _value in inside(SMALL)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(JUNK)), min_size=1, max_size=6))
def test_whatever_is_taken_out_of_a_case_or_put_in_wrongly_it_can_be_tried_or_says_why_not(changes: list[Any]) -> None:
    document = copy.deepcopy(SMALL)
    for address, value in changes:
        try:
            put(document, address, copy.deepcopy(value) if value is not MISSING else MISSING)
        except (LookupError, StopIteration, TypeError, ValueError):
            continue
    found = completed(document)
    assert (found.case is None) == bool(found.obstacles)
    if found.case is None:
        return
    can_be_played(found.case)
    text = write_yaml(found.document, CASE)
    assert completed(read_yaml(text, "again")).filled == ()  # what was filled in needs no filling
    with suppress(Enough):
        explore(found.case, tick=no_more_than(60))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(("blank", "two-roles", "two-municipalities", "child")), st.data())
def test_a_starter_can_be_tried_however_far_it_has_been_emptied(key: str, data: st.DataObject) -> None:
    document = starter_document(key, "mine", "Мој случај", "")
    addresses = [address for address, _value in inside(document)]
    for address in data.draw(st.lists(st.sampled_from(addresses), max_size=12)):
        try:
            put(document, address, MISSING)
        except (LookupError, StopIteration):
            continue
    found = completed(document)
    assert bool(found.case) == bool(document.get("roles") and document.get("stages"))
    if found.case:
        can_be_played(found.case)
