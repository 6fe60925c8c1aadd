"""What was played on paper gives, typed in afterwards, the debrief that the same play on phones gives."""

from pathlib import Path
from random import Random

import pytest

from lms.content.case import Case
from lms.content.cases import read_case
from lms.simulations import bots, facilitation, moves, paper
from lms.simulations.clockwork import is_complete
from lms.simulations.debriefing import debrief
from lms.simulations.log import Event, HandedOver, InjectSent, StageBegan
from lms.simulations.moves import made
from lms.simulations.paper import Entry, NotSo
from lms.simulations.replay import beginning, replay
from lms.simulations.retelling import steps
from lms.simulations.state import FINISHED, MINUTE, State
from tests.builders import CASE
from tests.simulations.tables import BEGIN, small

CASES = [CASE, *sorted((Path(__file__).parents[2] / "courses" / "sop-two-day" / "cases").glob("*.yaml"))]
KINDS = (bots.VOTE, bots.SHARE, bots.HAND_OVER)


def live(case: Case, seed: int) -> list[Event]:
    """A run on phones in which everybody stays: votes, facts, hand-offs and slips at random, each scene until it is complete."""
    random, state, events = Random(seed), beginning(case), []
    for move in (*map(moves.sit_down, case.role), facilitation.start()):
        state, new = made(case, state, BEGIN, move)
        events += new
    now = BEGIN
    while state.phase != FINISHED:
        now += random.randint(1, 20_000)
        state, new = made(case, state, now)
        events += new
        state, new = made(case, state, now, something(case, state, random))
        events += new
    return events


def something(case: Case, state: State, random: Random) -> moves.Move | None:
    """What somebody does."""
    if is_complete(case, state) and random.random() < 0.3:
        return facilitation.go_on(state.stage)
    if random.random() < 0.03:
        return (
            facilitation.send(random.choice(case.stage[state.stage].injects).key)
            if case.stage[state.stage].injects
            else None
        )
    offered = bots.offers(case, state, random.choice(list(case.role)), (random.choices(KINDS, (12, 4, 1))[0],))
    return random.choice(offered).move if offered else None


def written_down(case: Case, events: list[Event]) -> list[Entry]:
    """What the facilitator would have written on the result sheet, to the millisecond."""
    found: list[Entry] = []
    for step in steps(case, events):
        clock, after = step.after.clock(step.event.at), step.after
        match step.event:
            case InjectSent(how="hand", inject=key):
                found.append(paper.slip(case, key, clock))
            case HandedOver() as event:
                given = {"items": event.items, "channel": event.channel, "consent": event.consent}
                found.append(paper.handed_on(case, event.handoff, clock, event.role, **given))
            case StageBegan() if step.before.stage:
                found.append(paper.onward(case, step.before.stage, clock))
        if len(after.facts) > len(step.before.facts):
            found.append(paper.fact(case, next(key for key in after.facts if key not in step.before.facts), clock))
        if len(after.verdicts) > len(step.before.verdicts):
            one = after.verdicts[-1]
            answers = {"alone": one.alone, "votes": one.votes}
            found.append(paper.decided(case, one.decision, clock, one.option, how=one.how, **answers))
        if after.phase == FINISHED:
            found.append(paper.onward(case, step.before.stage, clock))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(6))
def test_a_live_run_typed_in_from_paper_gives_the_same_debrief(path: Path, seed: int):
    case = read_case(path)
    played = live(case, seed)
    state, events = paper.begun(case, BEGIN, case.role, "")
    _state, more = paper.typed(case, state, written_down(case, played))
    assert debrief(case, [*events, *more]) == debrief(case, played)
    assert replay(case, [*events, *more]).phase == FINISHED


def on_paper(*roles: str) -> tuple[Case, State, list[Event]]:
    case = small()
    return case, *paper.begun(case, BEGIN, roles or case.role, "на папиру")


def minute(number: int) -> int:
    """The clock at a case minute of the small case, whose pace is 2."""
    return number * MINUTE // 2


def taken(key: str, option: str, at: int, **more) -> Entry:
    return paper.decided(small(), key, minute(at), option, **({"alone": {}, "votes": {}} | more))


def test_a_decision_without_counted_votes_is_enough():
    case, state, _events = on_paper()
    state, _new = paper.typed(case, state, [taken("first", "talk", 9)])
    assert (state.verdicts[0].option, state.verdicts[0].how) == ("talk", "votes")


def test_a_limit_that_was_kept_by_hand_does_not_decide():
    case, state, _events = on_paper()
    state, _new = paper.typed(case, state, [taken("first", "talk", 300)])
    assert state.verdicts[0].option == "talk"


def test_facts_of_the_same_minute_were_said_before_the_decision():
    case, state, _events = on_paper()
    both = [taken("first", "talk", 9), paper.fact(case, "wish", minute(9))]
    state, _new = paper.typed(case, state, both)
    assert "wish" in state.verdicts[0].facts


def test_a_second_decision_opens_after_the_first_of_the_same_sheet():
    case, state, _events = on_paper()
    state, _new = paper.typed(case, state, [taken("first", "talk", 9), taken("tell-centre", "now", 12)])
    assert [one.decision for one in state.verdicts] == ["first", "tell-centre"]


def test_votes_that_give_another_option_are_told():
    case, state, _events = on_paper()
    votes = dict.fromkeys(("police", "social", "health"), "employer")
    with pytest.raises(NotSo) as wrong:
        paper.typed(case, state, [taken("first", "talk", 9, votes=votes)])
    assert wrong.value.about == case.decision["first"].title


def test_what_comes_before_what_is_typed_is_told():
    case, state, _events = on_paper()
    state, _new = paper.typed(case, state, [taken("first", "talk", 9)])
    with pytest.raises(NotSo):
        paper.typed(case, state, [paper.fact(case, "wish", minute(3))])


def test_a_decision_that_has_not_come_up_is_told():
    case, state, _events = on_paper()
    with pytest.raises(NotSo):
        paper.typed(case, state, [taken("search", "joint", 3)])


def test_the_facilitators_decision_needs_a_reason():
    case, state, _events = on_paper()
    with pytest.raises(NotSo):
        paper.typed(case, state, [taken("first", "talk", 9, how="facilitator")])
    state, _new = paper.typed(case, state, [taken("first", "talk", 9, how="facilitator", why="спор")])
    assert state.verdicts[0].reason == "спор"


def test_roles_that_nobody_played_are_covered_or_named():
    case, state, _events = on_paper("social", "health")
    assert state.stage == "call"
    state, _new = paper.typed(case, state, [paper.fact(case, "second-call", minute(2))])
    assert "second-call" in state.facts
