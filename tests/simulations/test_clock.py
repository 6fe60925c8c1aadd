"""Time: deadlines, pauses, timed and conditional injects, decisions that open by themselves."""

from dataclasses import replace

import pytest

from lms.content.case import Effect, Opening
from lms.content.conditions import parse
from lms.errors import Refused
from lms.simulations import facilitation, moves
from lms.simulations.clockwork import coming_injects, is_complete, next_due, settle
from lms.simulations.log import TimePassed
from lms.simulations.state import minutes_of
from tests.simulations.tables import BEGIN, Table, small, with_decision, with_inject, with_stage


def at_the_table(**changes) -> Table:
    """The first decision without answering alone first."""
    return Table(with_decision(small(), "first", alone=0, **changes)).start()


def test_a_vote_in_the_last_millisecond_counts_and_one_at_the_limit_does_not():
    table = at_the_table()
    table.wait(4 * 60 - 0.001)
    assert table.vote("talk", "police")
    table.now += 1
    with pytest.raises(Refused):
        table.vote("talk", "social")
    table.do(None)
    assert table.state.verdicts[0].votes == {"police": "talk"}
    assert table.state.verdicts[0].how == "time"


def test_what_time_brought_stands_at_the_moment_it_was_due_however_late_anybody_looks():
    table = at_the_table()
    events = table.wait(3600)
    due = [(event.at - BEGIN) / 60_000 for event in events]
    assert table.kinds(events) == ["InjectSent", "DecisionClosed", "DecisionOpened", "DecisionClosed"]
    assert due == [3, 4, 4, 7]


@pytest.mark.parametrize("step", [1, 7, 59.999, 60, 61, 240, 1000])
def test_the_log_is_the_same_whether_it_is_asked_often_or_once(step):
    often, once = Table().start(), Table().start()
    for table in (often, once):
        table.vote("employer", "police")
    while often.now < BEGIN + 1_000_000:
        often.wait(step)
    once.now = often.now
    once.do(None)
    assert often.log == once.log
    assert often.state == once.state


def test_a_pause_stops_the_clock_of_everything():
    table = at_the_table()
    table.wait(100)
    table.do(facilitation.pause())
    assert next_due(table.case, table.state) is None
    assert not table.wait(10_000)
    assert table.state.clock(table.now) == 100_000
    table.do(facilitation.resume())
    assert not table.wait(79.999)
    assert table.kinds(table.wait(0.001)) == ["InjectSent"]
    assert not table.wait(59.999)
    assert table.kinds(table.wait(0.001)) == ["DecisionClosed", "DecisionOpened"]


def test_pausing_twice_or_resuming_what_runs_does_nothing():
    table = at_the_table()
    assert not table.do(facilitation.resume())
    assert table.do(facilitation.pause())
    assert not table.do(facilitation.pause())


def test_what_was_due_before_a_pause_comes_before_it():
    table = at_the_table()
    table.now += 200_000
    assert table.kinds(table.do(facilitation.pause())) == ["InjectSent", "Paused"]


def test_nobody_votes_and_nothing_is_shared_while_the_run_is_paused():
    table = at_the_table()
    table.do(facilitation.pause())
    for move in (moves.vote("police", "first", "talk"), moves.share("health", "wish"), facilitation.go_on("call", "x")):
        with pytest.raises(Refused):
            table.do(move)


def test_more_time_moves_the_limit_and_nothing_else():
    table = at_the_table()
    table.do(facilitation.extend("first", 90))
    table.wait(240)
    assert table.state.open_decisions[0].decision == "first"
    assert not table.wait(89.999)
    assert table.kinds(table.wait(0.001)) == ["DecisionClosed", "DecisionOpened"]


def test_more_time_while_answering_alone_leaves_the_table_its_own_minutes():
    table = Table().start()
    table.do(facilitation.extend("first", 30))
    assert not table.wait(89.999)
    assert table.kinds(table.wait(0.001)) == ["TableAsked"]
    assert table.state.decisions["first"].until == 90_000 + 240_000


def test_the_table_has_its_minutes_from_when_it_is_asked():
    table = Table().start()
    table.wait(10)
    assert "TableAsked" in table.kinds(table.vote("talk", "police", "social", "health"))
    assert table.state.decisions["first"].until == 10_000 + 240_000


def test_a_clock_that_was_set_back_does_not_turn_the_story_round():
    table = at_the_table()
    table.wait(30)
    table.vote("talk", "police")
    table.now -= 20_000
    table.vote("wait", "social")
    ats = [event.at for event in table.log]
    assert ats == sorted(ats)
    assert table.state.decisions["first"].votes == {"police": "talk", "social": "wait"}


def test_injects_come_at_their_case_minute_rounded_up_to_whole_milliseconds():
    table = Table(replace(with_inject(small(), "van", at=1), pace=7)).start()
    assert not table.wait(8.571)
    assert table.kinds(table.wait(0.001)) == ["InjectSent"]
    assert minutes_of(table.case, table.state.clock(table.now)) == 1


def test_injects_that_wait_for_each_other_come_once_each_and_in_order():
    case = with_inject(small(), "neighbour", when=parse("warned"), effect=Effect(set={"warned": 0}, add={"calls": 1}))
    case = with_inject(case, "journalist", when=parse("calls = 1 and not warned"), effect=Effect(set={"warned": 1}))
    table = Table(with_decision(case, "first", alone=0, how="authority", roles=("police",))).start()
    table.vote("employer", "police")
    sent = [event.inject for event in table.log if hasattr(event, "inject")]
    assert sent == ["neighbour", "journalist"]
    assert table.state.flags["warned"] == 1


def test_two_decisions_that_open_at_the_same_moment_are_open_together():
    case = with_decision(small(), "tell-centre", opens=Opening(minute=2))
    table = Table(with_decision(case, "first", alone=0, opens=Opening(minute=2))).start()
    table.wait(60)
    assert [voting.decision for voting in table.state.open_decisions] == ["first", "tell-centre"]
    table.vote("now", "social", decision="tell-centre")
    assert [voting.decision for voting in table.state.open_decisions] == ["first"]
    assert not is_complete(table.case, table.state)


def test_a_decision_whose_condition_comes_later_opens_at_once_then():
    case = with_decision(small(), "tell-centre", opens=Opening(minute=1, when=parse("calls >= 1")))
    case = with_inject(case, "journalist", effect=Effect(add={"calls": 1}))
    table = Table(case).start()
    table.wait(50)
    assert "tell-centre" not in table.state.decisions
    assert table.kinds(table.do(facilitation.send("journalist"))) == ["InjectSent", "DecisionOpened"]


def test_a_held_inject_waits_and_comes_at_once_when_it_is_let_go_too_late():
    table = at_the_table()
    table.do(facilitation.hold("van"))
    assert "InjectSent" not in table.kinds(table.wait(200))
    events = table.do(facilitation.hold("van", held=False))
    assert table.kinds(events) == ["InjectHeld", "InjectSent"]
    assert events[1].at == table.now


def test_an_inject_let_go_in_time_comes_in_its_own_time():
    table = at_the_table()
    table.do(facilitation.hold("van"))
    table.wait(10)
    table.do(facilitation.hold("van", held=False))
    assert [due for inject, due in coming_injects(table.case, table.state) if inject.key == "van"] == [BEGIN + 180_000]
    assert not table.wait(169.999)
    assert table.wait(0.001)


def test_next_due_is_when_something_happens_by_itself():
    table = Table().start()
    while (due := next_due(table.case, table.state)) is not None:
        assert not settle(table.case, table.state, due - 1)[1]
        table.now = due
        assert table.do(None)[0].at == due
    assert is_complete(table.case, table.state)


def test_a_jump_of_the_story_brings_what_is_timed_and_takes_nothing_from_open_decisions():
    table = Table().start()
    table.wait(10)
    events = table.do(lambda case, state, now: [TimePassed(at=now, milliseconds=170_000)])
    assert table.kinds(events) == ["TimePassed", "InjectSent"]
    assert table.state.clock(table.now) == 180_000
    assert table.state.decisions["first"].alone_until - table.state.clock(table.now) == 50_000


def test_a_stage_without_decisions_is_complete_at_once_and_ends_its_timed_injects_when_left():
    table = Table(with_stage(small(), "call", decisions=())).start()
    assert is_complete(table.case, table.state)
    table.go_on()
    assert "van" not in [getattr(event, "inject", "") for event in table.wait(600)]
