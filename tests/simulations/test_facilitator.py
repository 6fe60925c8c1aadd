"""What the facilitator overrides is an event with a reason; what was taken back is as if it had never been."""

from dataclasses import replace

import pytest

from lms.content.case import Branch, Effect, Opening
from lms.content.conditions import ALWAYS
from lms.errors import Refused
from lms.simulations import facilitation, log
from lms.simulations.clockwork import coming_decisions, is_complete, way_on
from lms.simulations.debriefing import debrief
from lms.simulations.state import clock_of
from tests.simulations.tables import Table, small, with_decision, with_stage

WHY = "for a test"
THREE = ("police", "social", "health")


def police_decide(case=None, **changes) -> Table:
    """The police decide the first question by one vote."""
    case = with_decision(case or small(), "first", how="authority", roles=("police",), alone=0, **changes)
    return Table(case).start()


@pytest.mark.parametrize(
    "move",
    [
        facilitation.decide("first", "talk", ""),
        facilitation.end(""),
        facilitation.go_on("call"),
        facilitation.reopen("first", ""),
    ],
)
def test_what_overrules_the_table_needs_a_reason(move):
    table = Table().start()
    before, log_before = table.state.copy(), list(table.log)
    with pytest.raises(Refused):
        table.do(move)
    assert (table.state, table.log) == (before, log_before)


@pytest.mark.parametrize(
    "move",
    [
        facilitation.send("van", reason=WHY),
        facilitation.hold("van", reason=WHY),
        facilitation.skip("van", WHY),
        facilitation.extend("first", 60, WHY),
        facilitation.cover("health", "police", WHY),
        facilitation.decide("first", "talk", WHY),
        facilitation.go_on("call", WHY),
        facilitation.end(WHY),
        facilitation.pause(WHY),
    ],
)
def test_an_override_stands_in_the_log_with_its_reason(move):
    table = Table().start()
    assert table.do(move)[0].reason == WHY


def test_a_reopened_decision_is_as_if_it_had_never_been_closed():
    table = police_decide()
    before = table.state.copy()
    table.vote("employer", "police")
    assert table.state.flags["warned"]
    table.do(facilitation.reopen("first", WHY))
    after = table.state
    assert [one.key for one in after.feed] == ["neighbour"]  # what was heard cannot be unheard
    assert after.flags == before.flags | {"calls": 1}
    assert (after.steps, after.verdicts) == (before.steps, before.verdicts)
    assert "warned" not in after.happened
    assert after.decisions["first"].votes == {}


def test_a_reopened_decision_gives_back_what_a_bound_had_cut_off():
    table = police_decide()
    table.do(lambda case, state, now: [log.InjectSent(at=now, inject="journalist", how="hand")])
    options = table.case.decision["first"].options
    much = tuple(replace(one, effect=Effect(add={"trust": 20}, done=("safety",))) for one in options)
    table = police_decide(options=much)
    table.vote("talk", "police")
    assert (table.state.flags["trust"], list(table.state.steps)) == (10, ["safety"])
    table.do(facilitation.reopen("first", WHY))
    assert (table.state.flags["trust"], list(table.state.steps)) == (1, [])


def test_a_reopened_decision_has_its_whole_time_again_and_can_be_decided_otherwise():
    table = police_decide()
    table.vote("employer", "police")
    table.wait(100)
    table.do(facilitation.reopen("first", WHY))
    assert table.state.decisions["first"].until == 340_000
    table.vote("talk", "police")
    assert [one.option for one in table.state.verdicts] == ["talk"]
    assert (table.state.flags["warned"], table.state.flags["trust"]) == (0, 3)


def test_an_open_decision_is_not_reopened_and_one_of_another_scene_cannot_be():
    table = police_decide()
    assert not table.do(facilitation.reopen("first", WHY))
    table.go_on(WHY)
    with pytest.raises(Refused):
        table.do(facilitation.reopen("first", WHY))


def round_again() -> Table:
    """A story that comes back to its first stage."""
    case = with_stage(small(), "call", next=(Branch("alone", ALWAYS),))
    return police_decide(with_stage(case, "alone", next=(Branch("call", ALWAYS),)))


def test_a_stage_that_comes_again_asks_anew_and_the_debrief_keeps_both_answers():
    table = round_again()
    table.vote("talk", "police")
    table.vote("now", "social", decision="tell-centre")
    table.go_on()
    table.go_on()
    assert [one.decision for one in table.state.open_decisions] == ["first"]
    table.vote("employer", "police")
    first = [one.option for one in table.state.verdicts if one.decision == "first"]
    assert first == ["talk", "employer"]
    table.do(facilitation.reopen("first", WHY))
    first = [one.option for one in table.state.verdicts if one.decision == "first"]
    assert first == ["talk"]
    assert (table.state.flags["trust"], table.state.flags["warned"], "safety" in table.state.steps) == (3, 0, True)


def test_where_the_story_goes_is_decided_in_this_visit_alone():
    case = round_again().case
    options = tuple(
        replace(one, go="other-town") if one.key == "talk" else one for one in case.decision["first"].options
    )
    table = Table(with_decision(case, "first", options=options)).start()
    table.vote("talk", "police")
    assert way_on(table.case, table.state) == "other-town"
    table.do(facilitation.reopen("first", WHY))
    table.vote("wait", "police")
    assert way_on(table.case, table.state) == "alone"


def test_where_an_earlier_visit_led_does_not_lead_the_next_one():
    case = with_stage(round_again().case, "call", next=(Branch("other-town", ALWAYS),))
    options = tuple(replace(one, go="alone") if one.key == "talk" else one for one in case.decision["first"].options)
    table = Table(with_decision(case, "first", options=options)).start()
    for option, target in (("talk", "alone"), ("wait", "other-town")):
        table.vote(option, "police")
        assert way_on(table.case, table.state) == target
        table.go_on(WHY)
        if table.state.stage == "alone":
            table.go_on()


def test_what_comes_in_a_stage_comes_again_with_it_and_a_step_stays_done_when_it_was_first():
    table = round_again()
    for _visit in range(2):
        table.wait(180)
        assert table.state.injects["van"] == "sent"
        table.vote("talk", "police")
        table.go_on(WHY)
        table.go_on()
    assert [one.key for one in table.state.feed] == ["van", "van"]
    assert table.state.steps["safety"].clock == 180_000


def test_pressing_next_twice_goes_one_stage_on():
    table = police_decide()
    table.vote("employer", "police")
    table.vote("now", "social", decision="tell-centre")
    assert is_complete(table.case, table.state)
    assert table.do(facilitation.go_on("call"))
    assert not table.do(facilitation.go_on("call"))
    assert table.state.stage == "alone"


def test_going_on_without_a_decision_leaves_its_votes_in_the_log_of_verdicts():
    table = Table(with_decision(small(), "first", alone=0)).start()
    table.vote("talk", "police")
    events = table.go_on("the hour is late")
    assert table.kinds(events) == ["DecisionDropped", "StageBegan"]
    verdict = table.state.verdicts[0]
    assert (verdict.option, verdict.how, verdict.reason, verdict.votes) == (
        "",
        "dropped",
        "the hour is late",
        {"police": "talk"},
    )


def test_a_run_that_is_stopped_keeps_the_votes_of_its_open_decisions():
    table = Table(with_decision(small(), "first", alone=0)).start()
    table.vote("talk", "police")
    table.do(facilitation.pause())
    table.wait(60)
    assert table.kinds(table.do(facilitation.end("fire alarm"))) == ["DecisionDropped", "RunEnded"]
    assert not table.state.open_decisions
    assert table.state.verdicts[0].votes == {"police": "talk"}
    assert table.state.clock(table.now + 10_000) == 0


def test_a_skipped_inject_never_comes_by_itself_and_changes_nothing():
    table = police_decide()
    table.do(facilitation.skip("neighbour", WHY))
    table.vote("employer", "police")
    assert table.state.flags["calls"] == 0
    assert not table.do(facilitation.skip("neighbour", WHY), facilitation.hold("neighbour", reason=WHY))


def test_an_inject_is_sent_once_and_only_in_its_own_scene():
    table = police_decide()
    assert table.do(facilitation.send("van", softer=True))[0].softer
    assert not table.do(facilitation.send("van"))
    assert not [event for event in table.wait(3600) if getattr(event, "inject", "") == "van"]
    table.go_on(WHY)
    with pytest.raises(Refused):
        table.do(facilitation.send("journalist"))


def test_a_softer_wording_that_nobody_wrote_is_the_usual_one():
    table = police_decide()
    assert not table.do(facilitation.send("journalist", softer=True))[0].softer


@pytest.mark.parametrize("seconds", [0, -5, 3601])
def test_more_time_is_a_second_to_an_hour(seconds):
    table = police_decide()
    with pytest.raises(Refused):
        table.do(facilitation.extend("first", seconds, WHY))


@pytest.mark.parametrize("text", ["", "  ", "x" * 601])
def test_a_message_and_a_note_have_words(text):
    table = police_decide()
    for move in (facilitation.tell(text), facilitation.note(text)):
        with pytest.raises(Refused):
            table.do(move)


def test_a_message_to_one_table_is_read_there_alone():
    table = police_decide()
    table.do(facilitation.tell("The lights go out.", "topolje"))
    assert table.state.feed[-1].roles == {"police-topolje"}
    with pytest.raises(Refused):
        table.do(facilitation.tell("The lights go out.", "nowhere"))


def test_a_decision_that_waits_for_its_minute_only_can_be_opened_before_it():
    early = with_decision(small(), "first", opens=Opening(minute=5))
    table = Table(early).start()
    assert [(one.key, clock) for one, clock in coming_decisions(table.case, table.state)] == [
        ("first", clock_of(early, 5)),
        ("tell-centre", None),
    ]
    opened = table.do(facilitation.ask("first", WHY))[0]
    assert (opened.decision, opened.reason) == ("first", WHY)
    assert table.do(facilitation.ask("first", WHY)) == [], "a second press opens nothing"
    table.vote("talk", *THREE)
    table.vote("talk", *THREE)
    assert table.state.decisions["first"].option == "talk"
    last = debrief(table.case, table.log).overrides[-1]
    assert (last.kind, last.reason) == ("DecisionOpened", WHY)


@pytest.mark.parametrize("decision", ["tell-centre", "search", "none"])
def test_a_decision_that_waits_for_another_or_for_another_scene_cannot_be_opened(decision):
    table = Table().start()
    with pytest.raises(Refused):
        table.do(facilitation.ask(decision, WHY))
