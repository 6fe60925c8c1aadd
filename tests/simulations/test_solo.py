"""Practice alone: every case, in every role, to an end; nobody is cut off; one sees what one's own choice brings."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lms.content.case import HARMFUL, RIGHT, Case
from lms.errors import Refused
from lms.simulations import log, moves, solo
from lms.simulations.explore.story import stage_loops
from lms.simulations.log import Event
from lms.simulations.moves import made
from lms.simulations.replay import beginning, replay
from lms.simulations.state import FINISHED, State
from tests.simulations.generated import cases
from tests.simulations.shipped import KEYS, case_called
from tests.simulations.tables import BEGIN, small

HOUR = 3_600_000
STEPS = 300


class Practice:
    """One person at a screen, who takes an hour for everything."""

    def __init__(self, case: Case, role: str) -> None:
        self.case, self.role, self.now = case, role, BEGIN
        self.log: list[Event] = []
        self.state: State = beginning(case)
        self.do(solo.begin(case, role))

    def do(self, what: list[moves.Move]) -> list[Event]:
        """Play `what` and everything that the others answer."""
        self.now += HOUR
        self.state, events = made(self.case, self.state, self.now, solo.as_one(self.role, what))
        self.log += events
        return events

    def choose(self, decision: str, option: str) -> list[Event]:
        """Take an option."""
        return self.do(solo.choose(self.case, self.state, self.role, decision, option))

    def play(self, pick) -> None:
        """To the end; `pick` chooses among the keys of the options offered."""
        for _ in range(STEPS):
            if self.state.phase == FINISHED:
                return
            before = self.state.version
            if what := solo.onward(self.case, self.state):
                self.do(what)
            else:
                voting = self.state.open_decisions[0]
                self.choose(voting.decision, pick(self.case.decision[voting.decision], voting.offered))
            assert self.state.version > before
        raise AssertionError(f"not at an end but in {self.state.stage}")


def graded(*grades: str):
    """The first offered option of the first of these grades that there is."""

    def pick(decision, offered):
        options = [decision.option(key) for key in offered]
        return next((one.key for grade in grades for one in options if one.grade == grade), offered[0])

    return pick


PARTS = [(key, role) for key in KEYS for role in ("", *case_called(key).role)]


@pytest.mark.parametrize(("key", "role"), PARTS)
def test_every_case_is_played_to_an_end_in_every_role_whatever_one_chooses(key, role):
    case, random = case_called(key), Random(f"{key} {role}")
    for pick in (graded(RIGHT), graded(HARMFUL), lambda decision, offered: random.choice(offered)):
        practice = Practice(case, role)
        practice.play(pick)
        assert practice.state.ending in case.ending
        assert replay(case, practice.log) == practice.state
        assert not [event for event in practice.log if getattr(event, "how", "") in ("time", "dropped")]
        mine = {
            one.decision for one in practice.state.verdicts if solo.has_voice(case, role, case.decision[one.decision])
        }
        others = [one for one in practice.state.verdicts if one.decision not in mine]
        assert {case.decision[one.decision].option(one.option).grade for one in others} <= {RIGHT, "acceptable"}
        assert not [one for one in practice.state.passed if one.breach]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.sampled_from(("", *small().role)), st.integers(0, 99))
def test_any_case_is_played_to_an_end_by_one_person(case, role, seed):
    assume(not stage_loops(case))
    random = Random(seed)
    practice = Practice(case, role)
    practice.play(lambda decision, offered: random.choice(offered))
    assert practice.state.ending in case.ending


@pytest.mark.parametrize("key", KEYS)
def test_every_timed_event_of_the_scenes_that_were_played_has_come(key):
    practice = Practice(case_called(key), "")
    practice.play(graded(RIGHT))
    sent = {event.inject for event in practice.log if isinstance(event, log.InjectSent)}
    scenes = [practice.case.stage[stage] for stage, _clock in practice.state.stages]
    assert sent >= {inject.key for scene in scenes for inject in scene.injects if inject.at is not None}


def test_the_clock_stands_while_the_person_thinks_and_a_decision_keeps_its_time():
    practice = Practice(small(), "police")
    left = practice.state.decisions["first"].alone_until - practice.state.clock(practice.now)
    practice.now += 24 * HOUR
    practice.do(solo.onward(practice.case, practice.state))
    assert practice.state.injects == {"van": "sent"}
    assert practice.state.clock(practice.now) == 180_000
    assert practice.state.decisions["first"].alone_until - practice.state.clock(practice.now) == left == 60_000


def test_everybody_asked_chooses_the_same_so_that_ones_own_choice_has_its_consequences():
    practice = Practice(small(), "health")
    practice.choose("first", "employer")
    verdict = practice.state.verdicts[0]
    everybody = dict.fromkeys(("police", "social", "health"), "employer")
    assert (verdict.option, verdict.alone, verdict.votes) == ("employer", everybody, everybody)


def test_the_others_answer_at_once_where_the_person_has_no_voice_and_share_what_is_needed():
    practice = Practice(small(), "health")
    assert list(practice.state.facts) == ["second-call"]
    practice.choose("first", "talk")
    assert [(one.decision, one.option) for one in practice.state.verdicts] == [
        ("first", "talk"),
        ("tell-centre", "now"),
    ]
    assert practice.do(solo.mine(moves.share("health", "wish")))


def test_the_whole_table_decides_everything_itself_and_knows_what_is_needed():
    practice = Practice(small(), solo.WHOLE_TABLE)
    assert set(practice.state.facts) == {"second-call", "wish"}
    practice.choose("first", "talk")
    assert [one.decision for one in practice.state.open_decisions] == ["tell-centre"]


def test_hand_offs_of_others_are_made_as_they_should_be_and_the_persons_own_are_left_to_them():
    practice = Practice(small(), "health")
    practice.play(graded(RIGHT))
    assert [(one.items, one.channel, one.consent, one.breach) for one in practice.state.passed] == [
        (("plate",), "duty", "given", False)
    ]
    mine = Practice(small(), "social")
    mine.play(graded(RIGHT))
    assert not mine.state.passed


def test_a_double_press_goes_one_step():
    practice = Practice(small(), "police")
    what = solo.onward(practice.case, practice.state)
    assert practice.do(what)
    assert not [event for event in practice.do(what) if not isinstance(event, log.Resumed | log.Paused)]
    practice.choose("first", "talk")
    what = solo.onward(practice.case, practice.state)
    practice.do(what)
    assert practice.state.stage == "other-town"
    practice.do(what)
    assert practice.state.stage == "other-town"


def test_while_a_decision_waits_one_cannot_go_on():
    practice = Practice(small(), "police")
    practice.do(solo.onward(practice.case, practice.state))
    assert solo.onward(practice.case, practice.state) == []


def test_one_decides_only_what_is_open_and_ones_own():
    practice = Practice(small(), "police-topolje")
    with pytest.raises(Refused):
        practice.choose("first", "talk")
    police = Practice(small(), "police")
    with pytest.raises(Refused):
        police.choose("search", "joint")
    with pytest.raises(Refused):
        police.choose("first", "third-call")
    assert not police.state.verdicts
