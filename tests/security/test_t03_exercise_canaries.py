"""T3, exercises: what a role must not know is in no byte that is sent to it, at no moment of a whole run.

Every text of a shipped case holds a word of its own. People play it through the real addresses, with everything that can
happen in a hall, and after every move everybody asks for everything. What each may read is told by `knowledge`, from the
document and the log; the words of everything else must be absent, from headers too.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.authoring.actions.trying import case_of
from lms.authoring.models import Trial
from lms.authoring.trying.pressing import events_in
from lms.extensions import db
from lms.simulations import pieces
from lms.simulations.models import Run
from lms.simulations.screens import wall
from lms.simulations.screens.player import deciding, feed, review, screen
from lms.simulations.state import FINISHED
from tests import builders
from tests.authoring.world import CASE_PATH, a_draft, an_author, small_files
from tests.security.forms import on_page
from tests.security.hall import HTMX, Hall, at_its_moment, furnish
from tests.security.knowledge import Story
from tests.security.marked import Words, marked
from tests.security.witness import Witness, address, played

COURSE = Path(__file__).parents[2] / "courses" / "sop-two-day"
LONGEST_PRACTICE = 300  # moves
LONGEST_TRIAL = 30


@pytest.mark.parametrize(
    ("pack", "case", "seed", "look"),
    [
        (builders.COURSE, builders.CASE, 1, 4),
        (builders.COURSE, builders.CASE, 2, 4),
        (COURSE, COURSE / "cases" / "night-shift.yaml", 3, 60),
        (COURSE, COURSE / "cases" / "season-job.yaml", 4, 60),
    ],
    ids=["small-1", "small-2", "night-shift", "season-job"],
)
def test_t03_no_byte_holds_what_its_reader_must_not_know(
    app: Flask, pack: Path, case: Path, seed: int, look: int
) -> None:
    for witness in played(app, pack, case, seed, look):
        assert not witness.leaks, "\n".join(witness.leaks[:20])
    kinds = {one[0] if isinstance(one, tuple) else "typed" for one in witness.seen}
    assert {"title", "roles", "stages", "name", "typed"} <= kinds
    assert any("reason" in one for one in witness.seen if isinstance(one, tuple)), "nobody read the review"


@pytest.mark.parametrize("role", ["police", "social", "police-topolje", ""])
def test_t03_practice_alone_tells_what_the_role_knows_and_explains_what_was_chosen(app: Flask, role: str) -> None:
    hall = furnish(app, builders.COURSE, builders.CASE, 5)
    witness, begin, person = Witness(hall), clock.now(), max(hall.phones)
    address_of_all = f"/t/{hall.run.training_id}/exercises/solo"
    hall.post(hall.phones[person], str(person), address_of_all, case=hall.case.key, role=role)
    run = db.session.query(Run).filter_by(mode="solo").one()
    for _ in range(LONGEST_PRACTICE):
        with at_its_moment(hall, begin):
            _practise(hall, witness, run, person, role)
        if run.state == FINISHED:
            break
    assert run.state == FINISHED
    assert not witness.leaks, "\n".join(witness.leaks[:20])


def test_t03_nobody_practises_alone_what_their_group_has_not_finished(app: Flask) -> None:
    """Alone one may play any role, or all of them, and is told the reasons."""
    hall = furnish(app, builders.COURSE, builders.CASE, 6)
    seated, free = hall.run.seats[0].participant_id, max(hall.phones)
    exercises = f"/t/{hall.run.training_id}/exercises"
    answers = [
        hall.phones[one].post(f"{exercises}/solo", data={"case": hall.case.key}).status_code for one in (seated, free)
    ]
    assert answers == [409, 303]
    assert "practice-small" not in hall.phones[seated].get(exercises).text
    assert "practice-small" in hall.phones[free].get(exercises).text
    hall.facilitate("end")
    assert hall.phones[seated].post(f"{exercises}/solo", data={"case": hall.case.key}).status_code == 303


@pytest.mark.parametrize("stage", ["call", "other-town"])
@pytest.mark.parametrize("who", ["police", "social", "health", "police-topolje", "table", "all"])
def test_t03_a_trial_shows_each_role_its_own_screen_only(app: Flask, client: FlaskClient, who: str, stage: str) -> None:
    """The author sees everything beside the screens; on a screen stands what its player would read, and nothing else."""
    words, random = Words(), Random(f"{who} {stage}")
    draft = a_draft(files=small_files() | {CASE_PATH: marked(builders.CASE, words)})
    an_author(client)
    address = client.post(f"/drafts/{draft.id}/cases/small/play", data={"who": who, "stage": stage}).location
    seen: set[object] = set()
    for number in range(LONGEST_TRIAL):
        client.set_cookie("language", random.choice(("sr", "sr_Latn", "en")))
        page = client.get(address, headers=random.choice(({}, HTMX))).text
        story = _story_of(int(address.partition("#")[0].rpartition("/")[2]))
        screens = dict(
            re.findall(
                r'<section class="try__role" id="as-([\w-]+)".*?<div class="try__screen"(.*?)</section>',
                page,
                re.DOTALL,
            )
        )
        assert bool(screens) is not story.finished
        for role, shown in screens.items():
            alone = {} if who == "all" else {"alone": True, "solo_role": "" if who == "table" else who}
            read, may = words.read_in(shown), story.seat(role, **alone)
            assert not read - may, (number, role, read - may)
            seen |= read
        if story.finished or not _something_is_pressed(client, app, address, page, random):
            break
    assert number > 3
    assert {"title", "roles", "stages"} <= {one[0] for one in seen if isinstance(one, tuple)}
    assert len(seen) > 15


def _story_of(number: int) -> Story:
    db.session.rollback()
    trial = db.session.get_one(Trial, number)
    return Story(case_of(trial), events_in(trial.events))


def _something_is_pressed(client: FlaskClient, app: Flask, address: str, page: str, random: Random) -> bool:
    """A button or a form of the page, by chance; those that lead backwards and the end are left out."""
    buttons = re.findall(r'name="move" value="([^"]+)"', page)
    beside = [value for value in buttons if not value.startswith(("end", "next"))] or buttons
    players = [sheet for sheet in on_page(app, "author", address, page) if "/as/" in sheet.action]
    if not beside + players:
        return False
    pressed = random.choice([*beside, *players * 2])
    if isinstance(pressed, str):
        answer = client.post(f"{address.partition('#')[0]}/moves", data={"move": pressed})
    else:
        chosen = {name: random.choice(one.offered) for name, one in pressed.fields.items() if one.offered}
        answer = client.post(pressed.action, data=pressed.filled() | chosen)
    assert answer.status_code in (303, 409, 422)
    return True


def _practise(hall: Hall, witness: Witness, run: Run, person: int, role: str) -> None:
    """A move, then a look at everything; the others, who sit in no seat of it, look too."""
    hall.run, group = run, hall.run
    seat = run.seats[0].role
    heard = hall.practise(person)
    story = witness.story(run)
    may = story.seat(seat, alone=True, solo_role=role)
    witness.judge(heard, may | {("name", person)})
    for part in ("", "/screen", "/handoffs"):
        witness.look(person, f"{address(run)}{part}", may)
    after = story.review(seat, alone=True, solo_role=role) if story.finished else may
    witness.look(person, f"{address(run)}/review", after)
    witness.look(min(hall.phones), address(run), set())
    hall.run = group


def _tells_all(*_arguments: Any, **_more: Any) -> bool:
    return True


def _everything_said(case: Any, state: Any, _voices: Any) -> Any:
    return tuple(feed._line(case, told, frozenset()) for told in state.feed)


SLIPS: list[tuple[Any, str, Callable[..., Any]]] = [
    (deciding, "at_table", _tells_all),
    (screen, "feed", _everything_said),
    (screen, "facts_of", lambda case, _state, role: [fact.key for fact in case.role[role].facts]),
    (screen, "spoken_for", lambda case, _state, _seat: tuple(case.role)),
    (review, "at_table", _tells_all),
    (wall, "_heard", lambda case, told: wall.Heard(None, case.roles[0].briefing, "", False)),
    (wall, "_deciding", lambda case, _state, voting: wall.Deciding(case.decision[voting.decision].options[0].reason, None, False, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("module", "name", "slip"), SLIPS, ids=[f"{one[0].__name__}.{one[1]}" for one in SLIPS])
def test_t03_a_slip_of_a_screen_is_noticed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, slip: Callable[..., Any]
) -> None:
    """The witness is no good if it sees nothing."""
    pieces.forget()
    monkeypatch.setattr(module, name, slip)
    assert any(witness.leaks for witness in played(app, builders.COURSE, builders.CASE, 1, 4))
    pieces.forget()
