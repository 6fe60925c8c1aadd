"""Random whole runs: whatever a screen offers is accepted, and every run ends within its slot."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lms.simulations.bots import COME, HAND_OVER, LEAVE, SHARE, VOTE, facilitator_offers, offers, play
from lms.simulations.explore.story import stage_loops
from lms.simulations.moves import made
from lms.simulations.replay import beginning, replay
from lms.simulations.state import FINISHED, PREPARING, RUNNING
from tests.simulations.generated import cases
from tests.simulations.shipped import KEYS, case_called
from tests.simulations.tables import Table

RUNS = 200
ANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_two_hundred_runs_end_in_time_without_a_refusal(key):
    case = case_called(key)
    for seed in range(RUNS):
        played = play(case, seed, overrides=seed % 2 == 0)
        assert played.state.ending in case.ending
        assert played.minutes <= case.minutes
        if seed % 20 == 0:
            assert replay(case, played.log) == played.state


@ANY
@given(cases(), st.integers(0, 99))
def test_bots_play_any_case_without_a_refusal(case, seed):
    assume(not stage_loops(case))
    assert play(case, seed).state.phase == FINISHED


def test_the_same_seed_gives_the_same_run():
    case = case_called("small")
    assert play(case, 7).log == play(case, 7).log
    assert play(case, 7).log != play(case, 8).log


@pytest.mark.parametrize("key", KEYS)
def test_everything_that_is_offered_at_any_moment_of_a_run_is_accepted(key):
    case, random = case_called(key), Random(key)
    log = play(case, 1).log
    for length in sorted(random.sample(range(len(log)), 20)):
        state = replay(case, log[:length])
        if state.phase == RUNNING and not state.stage:
            continue  # the start and its first stage are one move
        now = state.at + random.randint(0, 30_000)
        state, _events = made(case, state, now)
        every = [one for seat in case.role for one in offers(case, state, seat)] + facilitator_offers(case, state)
        for offer in random.sample(every, min(len(every), 120)):
            made(case, state, now, offer.move)  # raises Refused when the screen has promised too much


def test_a_screen_offers_what_one_may_do_and_nothing_else():
    table = Table().start()
    kinds = {seat: {offer.kind for offer in offers(table.case, table.state, seat)} for seat in table.case.role}
    assert kinds == {
        "police": {VOTE, SHARE, LEAVE}, "social": {VOTE, LEAVE}, "health": {VOTE, SHARE, LEAVE}, "police-topolje": {LEAVE},
    }  # fmt: skip
    table.go_on("for a test")
    passed_on = [offer for offer in offers(table.case, table.state, "social") if offer.kind == HAND_OVER]
    assert len(passed_on) == (2**3 - 1) * 2 * 3


def test_nothing_but_coming_and_going_is_offered_before_the_start_and_nothing_after_the_end():
    case = case_called("small")
    state = beginning(case)
    assert state.phase == PREPARING
    assert {offer.kind for seat in case.role for offer in offers(case, state, seat)} == {COME}
    over = play(case, 1).state
    assert over.phase == FINISHED
    assert not [offer for seat in case.role for offer in offers(case, over, seat)]
