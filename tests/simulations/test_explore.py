"""Exploring finds what there is: checked against every path taken one by one, and against tables that play by voting."""

import json
import time
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings

from lms.content.case import Branch, Case, Due, Effect, Opening, Stage
from lms.content.conditions import ALWAYS, parse
from lms.simulations import facilitation, moves
from lms.simulations.bots import BEGIN
from lms.simulations.clockwork import asked_now, is_complete, way_on
from lms.simulations.explore import explore, scene, story
from lms.simulations.explore.steps import at_the_beginning, deeds, entered, may_leave
from lms.simulations.explore.story import Explorer
from lms.simulations.explore.walk import at_random, walk
from lms.simulations.log import Event, StageBegan
from lms.simulations.moves import made
from lms.simulations.replay import beginning, replay
from lms.simulations.state import FINISHED, State
from tests.builders import CASE
from tests.simulations.generated import cases
from tests.simulations.shipped import KEYS, case_called
from tests.simulations.tables import small, with_decision, with_inject, with_stage

TOO_MANY = 1_500


def every_path(case: Case) -> tuple[Counter[str], dict[str, set[frozenset[str]]], set[str]]:
    """Each path by itself, nothing merged: how many lead to each ending, with which steps done, and which are in time."""
    paths, steps, in_time = Counter(), {}, set()
    waiting = [at_the_beginning(case, case.stages[0].key, {flag.key: flag.start for flag in case.flags})]
    while waiting:
        point = waiting.pop()
        if not may_leave(case, point):
            waiting += [deed.make() for deed in deeds(case, point)]
            if len(waiting) + paths.total() > TOO_MANY:
                reject()
            continue
        waiting += [deed.make() for deed in deeds(case, point)]  # something may still be worth waiting for
        target, state = way_on(case, point.state), point.state
        if target in case.stage:
            waiting.append(entered(case, point, target))
            continue
        paths[target] += 1
        steps.setdefault(target, set()).add(frozenset(state.steps))
        for step, done in state.steps.items():
            due = case.step[step].due
            began = state.happened.get(due.key) if due else None
            limit = due.case_minutes * 60_000 / case.pace if due else 0
            if began is None or done.clock < began or done.clock - began <= limit:
                in_time.add(step)
    return paths, steps, in_time


def sets_of(case: Case, bits: set[int]) -> set[frozenset[str]]:
    """Sets of steps, from bits."""
    keys = list(case.step)
    return {frozenset(key for number, key in enumerate(keys) if one >> number & 1) for one in bits}


def with_two_options(case: Case) -> Case:
    """The case with the first two options of each decision."""
    for key, decision in case.decision.items():
        kept = decision.options[:2]
        case = with_decision(case, key, options=kept, otherwise=kept[0].key)
    return case


def agrees(case: Case) -> None:
    """What exploring finds is what there is."""
    paths, steps, in_time = every_path(case)
    found = Explorer(case).explore()
    assert not found.cut
    assert {key: arrival.paths for key, arrival in found.endings.items()} == paths
    assert {key: sets_of(case, arrival.steps) for key, arrival in found.endings.items()} == steps
    assert found.in_time >= in_time


def test_exploring_a_small_case_finds_every_path_and_nothing_else():
    agrees(with_two_options(small()))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(cases().map(with_two_options))
def test_exploring_any_case_finds_every_path_and_nothing_else(case):
    assume(not story.stage_loops(case))
    agrees(case)


def ways_of(case: Case) -> list[list[scene.Way]]:
    """The ways through each scene, entered with the flags of the beginning."""
    begin = {flag.key: flag.start for flag in case.flags}
    return [sorted(scene.scene(case, stage, begin).ways, key=repr) for stage in case.stage]


def in_every_detail(_case: Case, state: State) -> object:
    """Instead of `scene._timing`: moments that differ in time at all are not alike."""
    clock = state.clock(state.at) - state.stage_clock
    return clock, *(voting.until for voting in state.open_decisions), *sorted(state.injects)


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_moments_of_a_case_that_people_play_are_merged_only_where_nothing_is_lost(key, monkeypatch):
    monkeypatch.setattr(scene, "MOST_POINTS", 100_000)
    merged = ways_of(case_called(key))
    monkeypatch.setattr(scene, "_timing", in_every_detail)
    assert ways_of(case_called(key)) == merged


def voted(case: Case, random: Random) -> list[Event]:
    """The log of a run in which everybody is there and the tables vote."""
    state, now, done = beginning(case), BEGIN, set()
    found: list[Event] = []

    def do(move: moves.Move | None) -> None:
        nonlocal state
        state, events = made(case, state, now, move)
        found.extend(events)

    for role in case.role:
        do(moves.sit_down(role))
    do(facilitation.start())
    while state.phase != FINISHED:
        now += random.choice((0, 1_000, 30_000, 90_000))
        do(None)
        if state.open_decisions and random.random() < 0.7:
            voting = random.choice(state.open_decisions)
            option = random.choice(voting.offered)
            for seat in sorted(asked_now(case, state, voting)):
                do(moves.vote(seat, voting.decision, option))
        elif is_complete(case, state):
            for handoff in case.stage[state.stage].handoffs:
                if (state.stage, handoff.key) not in done and random.random() < 0.5 and handoff.when.holds(state.flags):
                    done.add((state.stage, handoff.key))
                    items = tuple(one.key for one in handoff.items if one.need == "needed")
                    channel = next(one.key for one in handoff.channels if one.safe)
                    do(moves.hand_over(handoff.roles[0], handoff.key, items=items, channel=channel, consent="given"))
            do(facilitation.go_on(state.stage))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_whatever_tables_vote_was_foreseen(key):
    case = case_called(key)
    explorer = Explorer(case)
    found = explorer.explore()
    for seed in range(25):
        log = voted(case, Random(seed))
        for number, event in enumerate(log, 1):
            if isinstance(event, StageBegan):
                flags = replay(case, log[:number]).flags
                assert explorer.alive(event.stage, tuple(flags.values())) in found.entries[event.stage]
        over = replay(case, log)
        assert frozenset(over.steps) in sets_of(case, found.endings[over.ending].steps)
    for seed in range(25):
        path = walk(case, at_random(Random(seed)))
        assert path.steps in sets_of(case, found.endings[path.ending].steps)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in KEYS if key != "small"])
def test_a_case_that_people_play_has_nothing_that_cannot_be_reached_and_fits_its_slot(key):
    begun = time.process_time()
    found = explore(case_called(key))
    assert time.process_time() - begun < 30
    assert found.whole
    assert found.sets_whole
    assert not any(found.unreachable.values())
    assert not found.dead_ends + found.loops + found.never_done + found.never_in_time
    assert found.longest <= found.slot
    assert sum(ending.share for ending in found.endings) == pytest.approx(1)
    right, acceptable, harmful = found.teams
    assert len({right.ending, acceptable.ending, harmful.ending}) == 3
    assert right.trust > acceptable.trust > harmful.trust
    assert right.steps > acceptable.steps > harmful.steps


def test_the_small_case_has_an_option_that_is_never_offered_and_harm_that_costs_nothing():
    found = explore(small())
    assert found.unreachable["options"] == ["first.third-call"]
    assert found.unpunished == ["tell-centre.later", "each-plan.nothing"]
    assert (found.shortest, found.longest, found.slot) == (22, 27, 30)


def test_a_step_that_always_comes_too_late_is_named():
    case = small()
    late = tuple(
        replace(step, due=Due(0, "stage", "call")) if step.key == "topolje-told" else step for step in case.procedure
    )
    case = with_decision(case, "first", opens=Opening(minute=4))
    assert explore(replace(case, procedure=late)).never_in_time == ["topolje-told"]


def test_a_step_is_in_time_when_it_is_so_on_a_path_that_begins_its_deadline_late():
    """The employer is warned at once or in the last moment, after four minutes; the Centre is told in the sixth, at most three later."""
    case = small()
    first = tuple(one for one in case.decision["first"].options if one.key == "employer")
    case = with_decision(case, "first", options=first, otherwise="employer")
    case = with_decision(case, "tell-centre", opens=Opening(minute=6 * case.pace, after="first"))
    soon = Due(3 * case.pace, "flag", "warned")
    soon = tuple(replace(one, due=soon) if one.key == "centre" else one for one in case.procedure)
    assert explore(replace(case, procedure=soon)).never_in_time == []


def test_a_step_that_nothing_does_is_named():
    options = tuple(replace(one, effect=Effect()) for one in small().decision["first"].options)
    assert explore(with_decision(small(), "first", options=options)).never_done == ["safety"]


def test_a_stage_and_an_ending_that_nothing_leads_to_are_named():
    case = small()
    lonely = Stage("lonely", 1, 5, {}, {}, (Branch("lost"),))
    found = explore(
        replace(case, stages=(*case.stages, lonely), endings=(*case.endings, replace(case.endings[0], key="never")))
    )
    assert (found.unreachable["stages"], found.unreachable["endings"]) == (["lonely"], ["never"])
    assert found.unreachable["branches"] == ["lonely.lost"]


def test_an_inject_whose_condition_never_comes_true_is_named_whether_it_matters_or_not():
    for effect in (Effect(), Effect(add={"trust": 1})):
        case = with_inject(small(), "neighbour", when=parse("calls >= 2"), effect=effect)
        assert "neighbour" in explore(case).unreachable["injects"]


def test_a_hand_off_that_is_never_offered_is_named():
    case = small()
    handoff = replace(case.handoff["to-topolje"], when=parse("calls >= 3"))
    assert explore(with_stage(case, "other-town", handoffs=(handoff,))).unreachable["handoffs"] == ["to-topolje"]


def test_a_story_that_goes_round_is_named_and_not_followed_for_ever():
    case = with_stage(small(), "other-town", next=(Branch("call", parse("trust >= 2")), Branch("lost", ALWAYS)))
    found = explore(case)
    assert set(found.loops) == {"call", "alone", "other-town"}
    assert not found.whole
    assert found.unreachable["endings"] == []


def test_a_story_without_an_ending_is_a_dead_end():
    case = with_stage(small(), "other-town", next=(Branch("call", ALWAYS),))
    joint, alone = case.decision["search"].options
    found = explore(with_decision(case, "search", options=(replace(joint, go=""), alone)))
    assert set(found.dead_ends) == {"call", "alone", "other-town"}
    assert (found.paths, found.endings) == (0, [])


def test_a_bound_that_is_reached_is_said(monkeypatch):
    monkeypatch.setattr(story, "MOST_ENTRIES", 2)
    assert not explore(small()).whole


def test_an_option_that_another_of_its_grade_outdoes_is_named():
    first = small().decision["first"]
    worse = replace(first.options[0], key="talk-later", effect=Effect(add={"trust": 1}))
    found = explore(with_decision(small(), "first", options=(*first.options, worse)))
    assert found.outdone == ["first.talk-later"]


def test_the_command_prints_it_for_people_and_for_machines(app):
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["cases", "explore", str(CASE), "--bots", "20"]).output
    assert "every path was followed" in printed
    assert "Unreachable options: first.third-call" in printed
    assert "20 random runs" in printed
    found = json.loads(runner.invoke(args=["cases", "explore", str(CASE), "--json", "--bots", "3"]).output)
    assert (found["case"], found["bots"]["runs"], found["whole"]) == ("small", 3, True)


def test_the_command_refuses_a_file_with_faults(app, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(CASE.read_text().replace("otherwise: wait", "otherwise: nothing-there"))
    result = app.test_cli_runner().invoke(args=["cases", "explore", str(broken)])
    assert result.exit_code == 1
    assert "nothing-there" in result.output
