"""T3, exercises: a screen is the same whatever the others chose before the close, and whatever is hidden until the debrief.

Words can be searched for; an order, a count or a mark cannot. So the hidden things are changed, and nothing may change with them.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lms.content.case import FORBIDDEN, GRADES, NEEDED, Case, CaseOption, Decision, Effect, Handoff, Stage
from lms.simulations import bots
from lms.simulations.models import Run
from lms.simulations.replay import beginning, follow
from lms.simulations.screens import wall
from lms.simulations.screens.player.screen import player_screen
from lms.simulations.state import ALONE, CLOSED, PREPARING, RUNNING, State, Voting
from tests.simulations.shipped import KEYS, case_called

RUN = Run(id=1, training_id=1, name="Група", mode="live", solo_role="")
SECRET = {"sr": "тајна", "en": "secret"}


def moments(case: Case, seed: int) -> Iterator[State]:
    """Every state of a run that bots play, until it is over."""
    state = beginning(case)
    for event in bots.play(case, seed).log:
        state = follow(case, state, [event])
        if state.phase == PREPARING or (
            state.phase == RUNNING and state.stage
        ):  # the start and the first stage come together
            yield state


def another(voting: Voting, option: str) -> str:
    """An option that was offered too."""
    return voting.offered[(voting.offered.index(option) + 1) % len(voting.offered)]


def others_choose_otherwise(state: State, seat: str) -> State:
    """In every open decision everybody but `seat` has chosen something else; of a closed one it is another who chose what."""
    changed = state.copy()
    for key, voting in state.decisions.items():
        name = "alone" if voting.phase == ALONE else "votes"
        given: dict[str, str] = getattr(voting, name)
        if voting.phase == CLOSED:
            others = [one for one in given if one != seat]
            turned = dict(zip(others, [given[one] for one in [*others[1:], *others[:1]]], strict=True))
            changed.decisions[key] = replace(voting, votes=given | turned)
        else:
            otherwise = {one: option if one == seat else another(voting, option) for one, option in given.items()}
            changed.decisions[key] = replace(voting, **{name: otherwise})
    return changed


def with_other_secrets(case: Case, state: State) -> Case:
    """The case with other grades, reasons, effects, needs, safe ways, ends, and other texts of what has not come."""

    def option(one: CaseOption) -> CaseOption:
        grade = GRADES[(GRADES.index(one.grade) + 1) % len(GRADES)]
        return replace(one, grade=grade, reason=SECRET, cites=SECRET, sources=(), effect=Effect(voice=SECRET))

    def decision(one: Decision) -> Decision:
        return replace(
            one, options=tuple(map(option, one.options)), needs=(), debrief=(SECRET,), otherwise=one.options[-1].key
        )

    def handoff(one: Handoff) -> Handoff:
        items = tuple(
            replace(item, need=FORBIDDEN if item.need == NEEDED else NEEDED, reason=SECRET) for item in one.items
        )
        channels = tuple(replace(channel, safe=not channel.safe) for channel in one.channels)
        return replace(
            one, items=items, channels=channels, effect=Effect(voice=SECRET), breach=Effect(voice=SECRET), due=1
        )

    def stage(one: Stage) -> Stage:
        sent = {told.key for told in state.feed if told.kind == "inject"}
        injects = tuple(
            inject if inject.key in sent else replace(inject, title=SECRET, text=SECRET, softer=SECRET)
            for inject in one.injects
        )
        come = one.key in state.happened
        words = {} if come else {"title": SECRET, "text": SECRET, "at_place": {}, "private": {}}
        return replace(
            one, decisions=tuple(map(decision, one.decisions)), handoffs=tuple(map(handoff, one.handoffs)), injects=injects,
            **words,
        )  # fmt: skip

    endings = tuple(replace(one, title=SECRET, text=SECRET) for one in case.endings)
    flags = tuple(replace(one, meaning=SECRET) for one in case.flags)
    stages = tuple(map(stage, case.stages))
    return replace(case, endings=endings, flags=flags, stages=stages, procedure=(), debrief=(SECRET,), solo="")


def unlike(case: Case, other: Case, state: State, changed: State) -> list[str]:
    """The roles whose screen is not the same."""
    return [
        role for role in case.role if player_screen(RUN, case, state, role) != player_screen(RUN, other, changed, role)
    ]


@pytest.mark.parametrize("key", KEYS)
def test_t03_no_screen_shows_what_others_have_chosen_before_the_close_nor_who_afterwards(key: str) -> None:
    case, compared = case_called(key), 0
    for state in moments(case, seed=7):
        for role in case.role:
            changed = others_choose_otherwise(state, role)
            compared += changed != state
            assert player_screen(RUN, case, state, role) == player_screen(RUN, case, changed, role)
        assert wall.wall(case, state, state.at, [], 1) == wall.wall(
            case, others_choose_otherwise(state, ""), state.at, [], 1
        )
    assert compared > 5


@pytest.mark.parametrize("key", KEYS)
def test_t03_no_screen_depends_on_what_is_hidden_until_the_debrief(key: str) -> None:
    case = case_called(key)
    for number, state in enumerate(moments(case, seed=8)):
        if number % 5 == 0:
            other = with_other_secrets(case, state)
            assert not unlike(case, other, state, state)
            assert wall.wall(case, state, state.at, [], 1) == wall.wall(other, state, state.at, [], 1)
