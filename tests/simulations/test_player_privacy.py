"""Nobody reads what their role must not know: every text of a case is a word of its own, whole runs are played, every screen is read.

What a role may know is said here once more, in other words than in the screens.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
import yaml
from flask import Flask, render_template

from lms import language
from lms.content.actions import store_files
from lms.content.case import Case
from lms.content.course import Text
from lms.content.files import read_folder
from lms.content.queries import course_of
from lms.simulations import bots, fragments, play
from lms.simulations.forms_player import HandoffSent
from lms.simulations.log import Event, VoteCast
from lms.simulations.models import Run
from lms.simulations.moves import facts_of
from lms.simulations.replay import beginning, follow
from lms.simulations.screens.player.review import review_screen
from lms.simulations.state import FINISHED, PREPARING, RUNNING, State, spoken_for
from tests.builders import CASE, COURSE

WORD = re.compile(r"Кз[а-к]{6}зк|kz\d{6}zk")
SEEDS = range(12)


@pytest.fixture(scope="module")
def canary_file() -> str:
    """The small case with a word of its own in the place of every text."""
    numbers = count(100_000)

    def replaced(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"sr", "en"}:
            number = next(numbers)
            return {
                "sr": "Кз" + "".join("абвгдежзик"[int(figure)] for figure in str(number)) + "зк",
                "en": f"kz{number}zk",
            }
        if isinstance(value, dict):
            return {key: replaced(inner) for key, inner in value.items()}
        return [replaced(inner) for inner in value] if isinstance(value, list) else value

    return yaml.safe_dump(replaced(yaml.safe_load(CASE.read_text())), allow_unicode=True, sort_keys=False)


@pytest.fixture
def case(app: Flask, canary_file: str, monkeypatch: pytest.MonkeyPatch) -> Case:
    files = read_folder(COURSE)
    files["cases/small.yaml"] = canary_file
    files["course.yaml"] += "cases:\n  - small\n"
    case = course_of(store_files(files).hash).cases["small"]
    monkeypatch.setattr(play, "case_of", lambda _run: case)
    return case


def states(case: Case, log: list[Event]) -> Iterator[State]:
    """Every state of a run."""
    state = beginning(case)
    yield state
    for event in log:
        state = follow(case, state, [event])
        if state.stage or state.phase != RUNNING:  # a run and its first stage begin in one move
            yield state


def words(text: Text | str | None) -> set[str]:
    return set(text.values()) if isinstance(text, dict) else set()


def all_words(*texts: Text | str | None) -> set[str]:
    return set().union(*map(words, texts))


def public(case: Case) -> set[str]:
    """What stands on every seat card."""
    names = [*(role.name for role in case.roles), *(place.name for place in case.places)]
    return all_words(case.title, case.summary, case.notice, *case.aims, *names)


def of_cards(case: Case, state: State, roles: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for role in (case.role[key] for key in roles):
        facts = [case.fact[key].text for key in facts_of(case, state, role.key)]
        private = case.stage[state.stage].private.get(role.key) if state.stage else None
        found |= all_words(role.briefing, role.goal, role.powers, private, *facts)
    return found


def may_know(case: Case, state: State, role: str) -> set[str]:
    """Every word that may stand on the screen of `role`."""
    known = public(case)
    if state.phase != FINISHED and not state.seats[role].present:
        return known
    if state.phase == PREPARING:
        return known | of_cards(case, state, (role,))
    mine = spoken_for(case, state, role)
    known |= of_cards(case, state, mine if state.phase != FINISHED else (role,))
    return known | of_the_table(case, state, mine)


def of_the_table(case: Case, state: State, mine: tuple[str, ...]) -> set[str]:
    known: set[str] = set()
    tables = {case.role[one].place for one in mine}
    if state.stage:
        stage = case.stage[state.stage]
        known |= all_words(
            stage.title, stage.text, *(words_ for place, words_ in stage.at_place.items() if place in tables)
        )
        for handoff in stage.handoffs:
            if set(handoff.roles) & set(mine) and handoff.when.holds(state.flags):
                texts = [*(item.text for item in handoff.items), *(channel.text for channel in handoff.channels)]
                known |= all_words(handoff.title, handoff.to, *texts)
    for fact in state.facts:
        if case.fact_holder[fact].place in tables:
            known |= words(case.fact[fact].text)
    for told in state.feed:
        if told.kind == "inject" and set(case.audience(case.inject[told.key].roles, case.inject[told.key].place)) & set(
            mine
        ):
            inject = case.inject[told.key]
            known |= all_words(inject.title, inject.softer if told.softer else inject.text)
        if told.kind == "handoff" and (told.roles or set()) & set(mine):
            handoff = case.handoff[told.key]
            known |= all_words(handoff.to, *(item.text for item in handoff.items if item.key in told.items))
    for voting in state.decisions.values():
        decision = case.decision[voting.decision]
        if tables & {case.role[one].place for one in case.voters(decision)}:
            known |= all_words(
                decision.title, decision.question, *(decision.option(key).text for key in voting.offered)
            )
    for verdict in state.verdicts:
        decision = case.decision[verdict.decision]
        if tables & {case.role[one].place for one in case.voters(decision)}:
            known |= words(decision.title) | (words(decision.option(verdict.option).text) if verdict.option else set())
    return known


def a_run_of(case: Case) -> Run:
    return Run(
        id=1, training_id=1, case_key=case.key, mode="live", name="Група", projector_token="t", solo_role="", version=0
    )


def read(text: str) -> set[str]:
    return set(WORD.findall(text))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("locale", ["sr", "en"])
def test_no_screen_says_what_its_role_must_not_know(app: Flask, case: Case, seed: int, locale: str) -> None:
    run, seen = a_run_of(case), set()
    with app.test_request_context(), language.speaking(locale):
        for state in states(case, bots.play(case, seed).log):
            for role in case.role:
                text = fragments._render(run, state, role)
                screen = fragments.screen_of(run, state, role)
                text += render_template(
                    "simulations/_handoffs.html",
                    screen=screen,
                    sent=HandoffSent(),
                    longest=300,
                    new_token=lambda _n: "x",
                    player="",
                )
                too_much = read(text) - may_know(case, state, role)
                assert not too_much, f"{role} reads {too_much} in {state.stage or 'preparing'} at {state.version}"
                seen |= read(text)
    assert len(seen) > 40  # the words are found at all


@pytest.mark.parametrize("seed", SEEDS)
def test_how_others_voted_is_unknown_until_the_decision_is_closed(app: Flask, case: Case, seed: int) -> None:
    """A vote of somebody else changes nothing on the screen but that it was given, unless it closes something."""
    run, looked, before = a_run_of(case), 0, beginning(case)
    with app.test_request_context():
        for event in bots.play(case, seed).log:
            if isinstance(event, VoteCast):
                offered = before.decisions[event.decision].offered
                others = [follow(case, before, [replace(event, option=option)]) for option in offered]
                for role in set(case.role) - {event.role}:
                    texts = {fragments._render(run, other, role) for other in others}
                    assert len(texts) == 1, f"{role} sees what {event.role} chose"
                    looked += 1
            before = follow(case, before, [event])
    assert looked


def test_there_is_no_review_before_the_end(case: Case) -> None:
    for state in states(case, bots.play(case, 1).log):
        if state.phase != FINISHED:
            with pytest.raises(ValueError, match="not over"):
                review_screen(a_run_of(case), case, state, "police")
