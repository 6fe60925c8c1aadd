"""Votes: counted once, by those present, in the four ways of deciding."""

from dataclasses import replace

import pytest

from lms.content.conditions import parse
from lms.errors import Refused
from lms.simulations import facilitation, moves
from lms.simulations.log import VoteCast
from tests.simulations.tables import Table, small, with_decision

THREE = ("police", "social", "health")


def first(how: str = "majority", alone: int = 0, **changes) -> Table:
    """The first decision of the small case, decided in some way."""
    if how == "authority":
        changes.setdefault("roles", ("police",))
    return Table(with_decision(small(), "first", how=how, alone=alone, **changes)).start()


def verdict(table: Table):
    """The last decision that was closed."""
    return table.state.verdicts[-1]


def test_a_changed_vote_counts_once_and_the_last_choice_stands():
    table = first()
    table.vote("talk", "police")
    table.vote("wait", "police")
    table.vote("wait", "police")
    assert [event.option for event in table.log if isinstance(event, VoteCast)] == ["talk", "wait"]
    assert table.state.decisions["first"].votes == {"police": "wait"}


def test_a_majority_closes_only_when_everybody_present_has_voted():
    table = first()
    table.vote("talk", "police", "social")
    assert table.state.open_decisions
    table.vote("employer", "health")
    assert (verdict(table).option, verdict(table).how) == ("talk", "votes")


def test_a_divided_table_goes_on_talking_and_otherwise_is_taken_when_time_runs_out_on_a_tie():
    table = first()
    table.vote("talk", "police")
    table.vote("employer", "social")
    table.vote("wait", "health")
    assert table.state.open_decisions
    table.wait(240)
    assert (verdict(table).option, verdict(table).how) == ("wait", "time")


def test_at_the_limit_most_votes_win_even_if_some_have_not_voted():
    table = first()
    table.vote("employer", "police")
    table.wait(240)
    assert verdict(table).option == "employer"


def test_consensus_waits_until_all_present_agree_and_one_present_person_is_a_consensus():
    table = first("consensus")
    table.vote("talk", "police", "social")
    table.vote("employer", "health")
    assert table.state.open_decisions
    table.vote("talk", "health")
    assert verdict(table).option == "talk"
    alone = Table(with_decision(small(), "first", how="consensus", alone=0), seated=("health",)).start()
    alone.vote("employer", "health")
    assert verdict(alone).option == "employer"


def test_consensus_that_is_not_reached_in_time_takes_otherwise_whatever_most_wanted():
    table = first("consensus")
    table.vote("talk", "police", "social")
    table.wait(240)
    assert verdict(table).option == "wait"


def test_where_one_role_decides_its_first_choice_decides_and_nobody_else_is_asked():
    table = first("authority")
    with pytest.raises(Refused):
        table.vote("talk", "social")
    table.vote("employer", "police")
    assert (verdict(table).option, verdict(table).votes) == ("employer", {"police": "employer"})


def test_where_the_deciding_role_has_nobody_time_decides():
    table = Table(
        with_decision(small(), "first", how="authority", roles=("health",), alone=0), seated=("police", "social")
    ).start()
    with pytest.raises(Refused):
        table.vote("talk", "police")
    table.wait(240)
    assert (verdict(table).option, verdict(table).how) == ("wait", "time")


def test_where_one_role_decides_its_whole_table_answers_alone_first():
    table = first("authority", alone=1)
    table.vote("talk", "social", "health")
    table.vote("wait", "police")
    assert table.state.decisions["first"].phase == "table"
    table.vote("employer", "police")
    assert verdict(table).alone == {"social": "talk", "health": "talk", "police": "wait"}


def test_each_for_themselves_follows_the_most_frequent_and_a_tie_takes_otherwise():
    table = first("individually")
    table.vote("talk", "police", "social")
    table.vote("employer", "health")
    assert verdict(table).option == "talk"
    tied = first("individually", roles=("police", "social"))
    tied.vote("talk", "police")
    tied.vote("employer", "social")
    assert (verdict(tied).option, verdict(tied).how) == ("wait", "votes")


def test_answers_alone_are_kept_apart_from_votes_at_the_table():
    table = first(alone=1)
    table.vote("employer", "police", "social")
    table.wait(60)
    assert table.state.decisions["first"].phase == "table"
    assert not table.state.decisions["first"].votes
    table.vote("talk", *THREE)
    assert verdict(table).alone == {"police": "employer", "social": "employer"}
    assert verdict(table).votes == dict.fromkeys(THREE, "talk")


def test_an_answer_alone_that_comes_again_or_late_is_no_vote_at_the_table():
    table = first(alone=1)
    table.vote("talk", *THREE)
    assert table.state.decisions["first"].phase == "table"
    assert not table.do(moves.vote("health", "first", "talk", phase="alone"))
    with pytest.raises(Refused):
        table.do(moves.vote("health", "first", "wait", phase="alone"))
    assert not table.state.decisions["first"].votes
    assert table.do(moves.vote("health", "first", "wait", phase="table"))


def test_only_options_that_were_offered_when_the_question_opened_can_be_chosen():
    table = first()
    with pytest.raises(Refused):
        table.vote("third-call", "police")
    with pytest.raises(Refused):
        table.vote("no-such-option", "police")


def test_a_decision_without_any_offered_option_ends_with_its_time():
    never = tuple(replace(one, when=parse("calls > 3")) for one in small().decision["first"].options)
    table = first(options=never)
    table.wait(240)
    assert verdict(table).option == "wait"


def test_a_vote_after_the_end_of_the_stage_is_refused():
    table = first()
    table.go_on("for a test")
    with pytest.raises(Refused):
        table.vote("talk", "police")


def test_a_refused_vote_changes_nothing():
    table = first()
    before, log = table.state.copy(), list(table.log)
    for seat, option in (("police-topolje", "talk"), ("police", "third-call")):
        with pytest.raises(Refused):
            table.vote(option, seat)
    assert (table.state, table.log) == (before, log)


def test_everybody_left_while_answering_alone_and_the_story_still_goes_on():
    table = first(alone=1)
    table.do(*(moves.leave(seat) for seat in (*THREE, "police-topolje")))
    assert table.kinds(table.wait(60)) == ["TableAsked"]
    table.wait(240)
    assert (verdict(table).option, verdict(table).how) == ("wait", "time")


def test_the_facilitator_decides_for_the_table_even_while_it_answers_alone():
    table = first(alone=1)
    table.vote("talk", "police")
    table.do(facilitation.decide("first", "employer", "no time"))
    assert (verdict(table).option, verdict(table).how, verdict(table).reason) == ("employer", "facilitator", "no time")
    assert verdict(table).alone == {"police": "talk"}
