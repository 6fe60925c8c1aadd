"""A screen that comes with gaps is the same screen, once the page has filled them with what it has."""

import re
from itertools import pairwise

import pytest
from flask import Flask

from lms import language
from lms.content.case import Case
from lms.content.queries import course_of
from lms.simulations import bots, facilitation, fragments, pieces
from lms.simulations.log import Event, VoteCast
from lms.simulations.models import Run
from lms.simulations.moves import made
from lms.simulations.pieces import Piece
from lms.simulations.replay import beginning, follow
from lms.simulations.state import RUNNING, State
from tests.builders import a_course_with_a_case

MARK = re.compile(r'data-piece="([^"]+)"')
GAP = re.compile(r'<i data-same="([^"]+)"></i>')
RUNNING_TIME = re.compile(r"(<time [^>]*data-(?:until|case-from)[^>]*>)[\d:]+")  # the page's own script writes these


@pytest.fixture
def case(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Case:
    case = course_of(a_course_with_a_case()).cases["small"]
    monkeypatch.setattr(fragments.play, "case_of", lambda _run: case)
    pieces.forget()
    return case


@pytest.fixture
def run(case: Case) -> Run:
    return Run(id=1, training_id=1, case_key=case.key, mode="live", name="Група", projector_token="t", solo_role="")


def states(case: Case, log: list[Event]) -> list[tuple[Event, State]]:
    """Each event and the state after it."""
    state, found = beginning(case), []
    for event in log:
        state = follow(case, state, [event])
        if state.stage or state.phase != RUNNING:  # a run and its first stage begin in one move
            found.append((event, state))
    return found


def filled(screen: str, page: str) -> str:
    """What live.js does: the page has every piece that is missing in `screen`."""
    texts = {mark: text for mark, text in seen.items() if text in page}
    return GAP.sub(lambda gap: texts[gap[1]], screen)


seen: dict[str, str] = {}  # every piece that was ever made


@pytest.fixture(autouse=True)
def _see_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = pieces._marked

    def seeing(text: str) -> Piece:
        piece = marked(text)
        seen[piece.mark] = piece.text
        return piece

    monkeypatch.setattr(pieces, "_marked", seeing)


@pytest.mark.parametrize("seed", range(6))
def test_with_its_gaps_filled_a_screen_is_the_whole_screen(app: Flask, case: Case, run: Run, seed: int) -> None:
    pages: dict[str, str] = {}
    with app.test_request_context():
        for _event, state in states(case, bots.play(case, seed).log):
            for role in case.role:
                before = pages.get(role, "")
                gaps = fragments._render(run, state, role, MARK.findall(before) or ["none"])
                pages[role] = fragments._render(run, state, role)
                assert not set(GAP.findall(gaps)) - set(MARK.findall(before))
                assert RUNNING_TIME.sub(r"\1", filled(gaps, before)) == RUNNING_TIME.sub(r"\1", pages[role])
                assert f'data-version="{state.version}"' in gaps


def test_somebody_elses_vote_brings_only_who_has_answered(app: Flask, case: Case, run: Run) -> None:
    looked = 0
    with app.test_request_context():
        played = states(case, bots.play(case, 1).log)
        for (_event, before), (event, after) in pairwise(played):
            if isinstance(event, VoteCast):
                for role in set(case.role) - {event.role}:
                    marks = MARK.findall(fragments._render(run, before, role))
                    gaps = fragments._render(run, after, role, marks)
                    assert len(MARK.findall(gaps)) <= 1
                    assert len(gaps.encode()) < 5000
                    looked += bool(MARK.findall(gaps))
    assert looked


def test_marks_of_other_roles_bring_nothing_of_theirs_and_leave_out_nothing_of_ones_own(
    app: Flask, case: Case, run: Run
) -> None:
    _event, state = states(case, bots.play(case, 2).log)[-8]
    with app.test_request_context():
        whole = {role: fragments._render(run, state, role) for role in case.role}
        everything = sorted({mark for text in whole.values() for mark in MARK.findall(text)})
        for role, text in whole.items():
            gaps = fragments._render(run, state, role, everything)
            assert set(GAP.findall(gaps)) == set(MARK.findall(text))
            assert RUNNING_TIME.sub(r"\1", filled(gaps, text)) == RUNNING_TIME.sub(r"\1", text)


def test_two_processes_make_the_same_marks(app: Flask, case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _event, state = states(case, bots.play(case, 3).log)[12]
    with app.test_request_context():
        here = MARK.findall(fragments._render(run, state, "police"))
        pieces.forget()
        monkeypatch.setattr(pieces, "TOKEN_HERE", "0" * 32)
        assert MARK.findall(fragments._render(run, state, "police")) == here
        assert "0" * 32 in fragments._render(run, state, "police")


def test_each_language_has_pieces_of_its_own(app: Flask, case: Case, run: Run) -> None:
    _event, state = states(case, bots.play(case, 3).log)[12]
    with app.test_request_context():
        marks = MARK.findall(fragments._render(run, state, "police"))
        with language.speaking("en"):
            assert not GAP.findall(fragments._render(run, state, "police", marks))


def test_a_clock_that_stands_is_told_in_screens_with_gaps(app: Flask, case: Case, run: Run) -> None:
    """The script of the page writes only the times that run."""
    _event, state = next(one for one in states(case, bots.play(case, 1).log) if one[1].open_decisions)
    with app.test_request_context():
        for minutes in (0, 1, 2):
            paused, _events = made(case, state, state.at + minutes * 20_000, facilitation.pause())
            whole = fragments._render(run, paused, "police")
            gaps = fragments._render(run, paused, "police", MARK.findall(whole))
            assert not RUNNING_TIME.search(gaps)
            assert re.findall(r"\d\d:\d\d", gaps) == re.findall(r"\d\d:\d\d", GAP.sub("", gaps)) != []
            assert filled(gaps, whole) == whole
