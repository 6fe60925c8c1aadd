"""Facts and hand-offs: who may share what, who told whom, what counts and what is a breach."""

import pytest

from lms.errors import Refused
from lms.simulations import facilitation, moves
from lms.simulations.moves import facts_of, hand_over
from tests.simulations.tables import Table

FULL = {"items": ("plate", "needs"), "channel": "duty", "consent": "given"}


def other_town() -> Table:
    """In the stage where the hand-off can be made."""
    table = Table().start()
    table.go_on("for a test")
    assert table.state.stage == "other-town"
    return table


def test_a_fact_is_shared_once_by_its_holder_and_stands_at_its_own_table():
    table = Table().start()
    assert table.do(moves.share("health", "wish"))
    assert not table.do(moves.share("health", "wish"))
    assert table.state.feed[-1].roles == {"police", "social", "health"}
    with pytest.raises(Refused):
        table.do(moves.share("social", "second-call"))


def test_a_fact_that_comes_with_an_inject_is_not_on_the_card_before():
    table = Table().start()
    with pytest.raises(Refused):
        table.do(moves.share("health", "result"))
    table.do(facilitation.send("van"))
    assert facts_of(table.case, table.state, "health") == ["wish", "result"]
    assert table.do(moves.share("health", "result"))


def test_what_is_passed_reaches_the_other_table_and_counts():
    table = other_town()
    table.do(hand_over("police", "to-topolje", **FULL))
    assert table.state.flags["trust"] == 2
    assert "topolje-told" in table.state.steps
    assert table.state.feed[-1].roles == {"police", "social", "health", "police-topolje"}
    assert not table.state.passed[0].breach


@pytest.mark.parametrize(
    "change",
    [{"items": ("plate", "diagnosis")}, {"channel": "group"}, {"consent": "refused"}, {"consent": "not-asked"}],
)
def test_a_forbidden_item_an_unsafe_channel_or_no_consent_is_a_breach_and_the_needed_still_arrives(change):
    table = other_town()
    table.do(hand_over("police", "to-topolje", **FULL | change))
    assert table.state.passed[0].breach
    assert table.state.flags["trust"] == 1 - 2 + 1
    assert "topolje-told" in table.state.steps


def test_what_is_needed_may_come_in_two_messages_and_counts_once():
    table = other_town()
    table.do(hand_over("police", "to-topolje", **FULL | {"items": ("needs",)}))
    assert not table.state.passed[0].enough
    assert "topolje-told" not in table.state.steps
    table.do(hand_over("social", "to-topolje", **FULL | {"items": ("plate",)}))
    table.do(hand_over("social", "to-topolje", **FULL | {"items": ("plate",)}))
    assert [one.enough for one in table.state.passed] == [False, True, True]
    assert table.state.flags["trust"] == 2


def test_a_repeated_sending_changes_nothing_even_when_the_run_is_paused_or_over():
    table = other_town()
    move = hand_over("police", "to-topolje", **FULL, token="abc")
    assert table.do(move)
    assert not table.do(move)
    table.do(facilitation.pause())
    assert not table.do(move)
    table.do(facilitation.end("for a test"))
    assert not table.do(move)


@pytest.mark.parametrize(
    "change",
    [{"items": ()}, {"items": ("plate", "gossip")}, {"channel": "shout"}, {"consent": ""}, {"note": "x" * 301}],
)
def test_what_is_incomplete_or_unknown_is_refused_and_nothing_has_happened(change):
    table = other_town()
    before = table.state.copy()
    with pytest.raises(Refused):
        table.do(hand_over("police", "to-topolje", **FULL | change))
    assert table.state == before


def test_who_may_pass_it_on_is_said_by_the_case():
    table = other_town()
    with pytest.raises(Refused):
        table.do(hand_over("health", "to-topolje", **FULL))
    with pytest.raises(Refused):
        table.do(hand_over("police", "no-such", **FULL))


def test_whoever_covers_passes_on_in_the_name_of_the_role():
    table = other_town()
    table.do(moves.leave("police"), moves.leave("social"))
    (event,) = table.do(hand_over("health", "to-topolje", **FULL))
    assert event.role == "social"


def test_items_stand_in_the_order_of_the_case_once_each():
    table = other_town()
    (event,) = table.do(hand_over("police", "to-topolje", **FULL | {"items": ("needs", "plate", "needs")}))
    assert event.items == ("plate", "needs")
