"""A case is explored in the background: one at a time, within limits, once for each state of the document, and what was found is told."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.authoring.actions import exploring as actions
from lms.authoring.models import Draft, DraftFile, Exploration
from lms.authoring.screens.exploration import exploration_of
from lms.authoring.screens.findings import findings
from lms.authoring.screens.panel import Addresses
from lms.authoring.starting import FOLDER
from lms.authoring.trying import exploring
from lms.authoring.trying.beginning import case_in
from lms.authoring.trying.exploring import Stopped, explored
from lms.database import writing
from lms.extensions import db
from lms.language import speaking
from tests.authoring.world import a_draft, an_author, small_files
from tests.builders import CASE
from tests.content.cases import broken

SMALL, CHILD = CASE.read_text(), (FOLDER / "child.yaml").read_text()


def of(draft: Draft) -> Exploration:
    db.session.rollback()  # else the transaction goes on seeing what it saw before
    found = db.session.get(Exploration, (draft.id, "small"), populate_existing=True)
    assert found
    return found


def text_of(draft: Draft) -> str:
    return str(db.session.get(DraftFile, (draft.id, "cases/small.yaml")).text)


def say(draft: Draft, text: str) -> None:
    with writing() as session:
        session.get(DraftFile, (draft.id, "cases/small.yaml")).text = text


def shown(client: FlaskClient, draft: Draft, part: str = "") -> str:
    answer = client.get(f"/drafts/{draft.id}/cases/small/explore{part}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a process would have been started; none is."""
    calls: list[str] = []
    monkeypatch.setattr(exploring, "start", lambda: calls.append("started"))
    return calls


@pytest.mark.slow
def test_a_process_of_its_own_explores_the_case_and_the_page_shows_what_it_found(
    app: Flask, client: FlaskClient
) -> None:
    draft = a_draft()
    an_author(client)
    client.set_cookie("language", "en")
    assert "The case has not been explored yet." in shown(client, draft)
    assert client.post(f"/drafts/{draft.id}/cases/small/explore").status_code == 303
    assert 'hx-trigger="every 1s"' in shown(client, draft, "/part")
    for _ in range(600):
        if of(draft).state == "done":
            break
        time.sleep(0.1)
    assert of(draft).state == "done"
    page = shown(client, draft)
    assert "Every path was followed" in page
    assert page.count("<svg") > 2
    for words in ("Found", "The trail is lost", "of teams that choose at random"):
        assert page.count(words) > 1  # in the picture and in the table
    part = shown(client, draft, "/part")
    assert "hx-trigger" not in part
    assert "Every path was followed" in part


def test_an_unchanged_case_is_not_explored_again(client: FlaskClient, started: list[str]) -> None:
    draft = a_draft()
    an_author(client)
    for _ in range(2):
        client.post(f"/drafts/{draft.id}/cases/small/explore")
    assert len(started) == 1
    found, text = actions.take_up()
    actions.finish(found.draft_id, found.case_key, found.digest, "done", explored(text, lambda _progress: True))
    client.post(f"/drafts/{draft.id}/cases/small/explore")
    assert len(started) == 1
    say(draft, text_of(draft).replace("Позив", "Други позив"))
    with speaking("en"):
        assert "The case has been changed since it was explored." in shown(in_english(client), draft)
    client.post(f"/drafts/{draft.id}/cases/small/explore")
    assert len(started) == 2
    assert of(draft).state == "waiting"


def in_english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


def test_one_at_a_time_the_one_that_has_waited_longest_first(app: Flask, started: list[str]) -> None:
    files = small_files()
    files["cases/other.yaml"] = SMALL
    draft = a_draft(files=files)
    for key in ("other", "small"):
        actions.ask_for(draft, key, files[f"cases/{key}.yaml"])
    assert actions.take_up()[0].case_key == "other"
    assert actions.somebody_waits()
    assert exploration_of(draft, "small", text_of(draft)).queued
    assert actions.take_up()[0].case_key == "small"
    assert actions.take_up() is None
    assert not actions.somebody_waits()


def test_who_comes_while_another_process_is_at_it_leaves_at_once(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft()
    actions.ask_for(draft, "small", text_of(draft))
    monkeypatch.setattr(exploring.os, "nice", lambda _by: 0)
    monkeypatch.setattr(exploring.resource, "setrlimit", lambda *_limit: None)
    with exploring._turn(tmp_path / "queue") as mine:
        assert mine
        exploring.explore_waiting(tmp_path / "queue")
        assert of(draft).state == "waiting"
    exploring.explore_waiting(tmp_path / "queue")
    assert of(draft).state == "done"
    assert of(draft).result["states"] >= 40


def test_it_is_told_how_far_it_is_at_most_twice_a_second() -> None:
    told: list[int] = []
    begun = time.monotonic()
    found = explored(SMALL, lambda progress: told.append(progress) is None)
    assert told[-1] <= found["states"]
    assert told == sorted(told)
    assert told[0] == 1
    assert len(told) <= 2 + 2 * (time.monotonic() - begun)


def test_it_stops_when_the_case_is_changed_or_removed(app: Flask) -> None:
    draft = a_draft()
    actions.ask_for(draft, "small", text_of(draft))
    found, _text = actions.take_up()
    mine = found.draft_id, found.case_key, found.digest
    assert actions.come_so_far(*mine, 17)
    assert of(draft).progress == 17
    say(draft, text_of(draft) + "# more\n")
    assert not actions.come_so_far(*mine, 18)
    with pytest.raises(Stopped) as stopped:
        explored(SMALL, lambda _progress: False)
    assert stopped.value.why == exploring.CHANGED


def test_what_was_begun_anew_is_not_overwritten_by_the_one_before(app: Flask) -> None:
    draft = a_draft()
    actions.ask_for(draft, "small", text_of(draft))
    found, _text = actions.take_up()
    old = found.draft_id, found.case_key, found.digest
    say(draft, text_of(draft) + "# more\n")
    assert actions.ask_for(draft, "small", text_of(draft))
    assert not actions.come_so_far(*old, 99)
    actions.finish(*old, "done", {"states": 1})
    assert (of(draft).state, of(draft).progress, of(draft).result) == ("waiting", 0, None)


def test_it_stops_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "LONGEST", -1)
    with pytest.raises(Stopped) as stopped:
        explored(SMALL, lambda _progress: True)
    assert stopped.value.why == exploring.TOO_LONG


def test_what_goes_wrong_inside_is_kept_as_a_failure_and_holds_nobody_up(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft()
    for error, why in ((MemoryError(), exploring.TOO_LARGE), (KeyError("x"), exploring.BROKEN)):
        monkeypatch.setattr(exploring, "explore", Mock(side_effect=error))
        assert actions.ask_for(draft, "small", text_of(draft))
        assert exploring._explore_next()
        assert (of(draft).state, of(draft).result) == ("failed", {"why": why})
        with speaking("en"), app.test_request_context():
            assert exploration_of(draft, "small", text_of(draft)).why == why


def test_one_whose_process_died_is_said_to_be_interrupted_and_can_be_begun_anew(
    client: FlaskClient, started: list[str]
) -> None:
    draft = a_draft()
    an_author(client)
    client.post(f"/drafts/{draft.id}/cases/small/explore")
    actions.take_up()
    client.post(f"/drafts/{draft.id}/cases/small/explore")
    assert len(started) == 1
    with writing() as session:
        session.get(Exploration, (draft.id, "small")).touched_at = clock.now() - timedelta(seconds=60)
    page = shown(in_english(client), draft)
    assert "Exploring was interrupted" in page
    assert "hx-trigger" not in page
    client.post(f"/drafts/{draft.id}/cases/small/explore")
    assert len(started) == 2


def test_a_case_that_cannot_be_played_says_what_is_missing(client: FlaskClient, started: list[str]) -> None:
    files = small_files() | {"cases/small.yaml": "key: small\n"}
    draft = a_draft(files=files)
    an_author(client)
    page = shown(in_english(client), draft)
    assert "There is no role yet: somebody has to sit at the table." in page
    assert client.post(f"/drafts/{draft.id}/cases/small/explore").status_code == 303
    assert started == []
    with pytest.raises(Stopped):
        explored("a: [", lambda _progress: True)


def test_nobody_else_looks_at_it(client: FlaskClient, started: list[str]) -> None:
    draft = a_draft()
    for path in ("", "/part"):
        assert client.get(f"/drafts/{draft.id}/cases/small/explore{path}").status_code == 303
    an_author(client, "Неко", "administrator")
    assert client.get(f"/drafts/{draft.id}/cases/small/explore").status_code == 404
    assert client.post(f"/drafts/{draft.id}/cases/small/explore").status_code == 404
    an_author(client)
    assert client.get(f"/drafts/{draft.id}/cases/none/explore").status_code == 404
    assert started == []


# ---- what was found, in words ----

PLANTED = (  # a change of the small case, and what exploring says of it, with the place it leads to
    ((("      - {to: found, when: trust >= 2}", "      - {to: lost, when: trust >= 2}"), ("            go: found\n", "")),
     "No path leads to the ending “Found”.", "endings[found]"),
    ((("            done: [safety]\n", ""),), "Nobody can do the step “Danger”.", "procedure[safety]"),
    ((("due: {case_minutes: 20, stage: call}", "due: {case_minutes: 20, inject: van}"), ("            done: [centre]\n          - key: later", "          - key: later"), ("            done: [centre]\n", "")),
     "Nobody can do the step “Centre”.", "procedure[centre]"),
    ((("      - {to: alone, when: warned}", "      - {to: alone, when: calls >= 3}"), ("            go: alone\n", "")),
     "No path leads to the scene “The empty flat”.", "stages[alone]"),
    ((("            when: calls >= 1\n", "            when: calls >= 3\n"),), "In “First step” this option is never offered: Act on the new call.", "stages[call].decisions[first].options[third-call]"),
    ((("        when: warned\n", "        when: calls >= 2\n"),), "The event “The neighbour again” never comes.", "stages[call].injects[neighbour]"),
    ((("            set: {warned: true}\n            add: {trust: -3}\n", ""),), "In “First step” this is harmful, but nothing is worse after it: Call the employer and ask.", "stages[call].decisions[first].options[employer]"),
    ((("        consent: true\n", "        consent: true\n        when: calls >= 3\n"),), "“Tell Topolje” can never be passed on.", "stages[other-town].handoffs[to-topolje]"),
)  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence", "address"), PLANTED, ids=[one[2] for one in PLANTED])
def test_a_planted_fault_is_found_in_words_that_lead_to_its_place(
    app: Flask, changes: Any, sentence: str, address: str
) -> None:
    text = broken(*changes)
    case = case_in(text).case
    result = json.loads(json.dumps(explored(text, lambda _progress: True)))
    with speaking("en"), app.test_request_context():
        found = {one.sentence: unquote(one.href) for one in findings(case, result, Addresses(1, "small"))}
    assert found.get(sentence) == f"/drafts/1/files/cases/small.yaml?at={address}", list(found)


def test_a_case_in_order_has_no_findings(app: Flask) -> None:
    result = explored(CHILD, lambda _progress: True)
    with app.test_request_context():
        assert findings(case_in(CHILD).case, result, Addresses(1, "child")) == ()


def test_findings_about_what_is_not_in_the_case_any_more_are_passed_over(app: Flask) -> None:
    result = explored(CHILD, lambda _progress: True)
    for name in ("stages", "endings", "options", "injects", "handoffs", "branches"):
        result["unreachable"][name] = ["gone", "gone.too", "monday.gone", "first-call.gone"]
    for name in ("dead_ends", "loops", "never_done", "never_in_time", "outdone", "unpunished"):
        result[name] = ["gone", "first-call.gone", "gone.too"]
    with app.test_request_context():
        assert findings(case_in(CHILD).case, result, Addresses(1, "child")) == ()
