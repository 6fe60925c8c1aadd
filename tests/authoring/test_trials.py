"""A case is tried while it is written: from any scene, as anybody, with the real screens, and every move can be taken back."""

import re
import time
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from lms.authoring.actions import trying as actions
from lms.authoring.models import Draft, DraftFile, Trial
from lms.authoring.starting import FOLDER, starters
from lms.authoring.trying.beginning import ALL, SOLO, Beginning, begin, case_in, entered_at
from lms.authoring.trying.pressing import (
    as_facilitator,
    as_player,
    carried_out,
    last_move,
    rows_of,
    state_after,
    taken_back,
)
from lms.content.case import Case
from lms.database import writing
from lms.errors import Refused
from lms.extensions import db
from lms.simulations.forms_player import read_handoff
from lms.simulations.models import RunRow
from lms.simulations.moves import CONSENTS, made
from lms.simulations.replay import beginning
from lms.simulations.state import FINISHED
from tests.authoring.world import a_draft, an_author, small_files
from tests.builders import CASE
from tests.simulations.shipped import FILES

STARTERS = [one.key for one in starters()]
PLAY = "/drafts/{}/cases/{}/play"


def text_of(key: str) -> str:
    return (FILES[key] if key in FILES else FOLDER / f"{key}.yaml").read_text()


def a_draft_with(key: str, text: str | None = None) -> Draft:
    """A draft of the small course with one more case."""
    files = small_files()
    files[f"cases/{key}.yaml"] = text or text_of(key)
    return a_draft(files=files)


def begun(client: FlaskClient, draft: Draft, key: str, **chosen: Any) -> str:
    """Begin a trial; its address."""
    answer = client.post(PLAY.format(draft.id, key), data=chosen)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def looked_at(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def pressed(client: FlaskClient, address: str, status: int = 303, **sent: Any) -> str:
    """Press a button without JavaScript; the page then."""
    answer = client.post(address, data=sent)
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return looked_at(client, answer.location.partition("#")[0]) if status == 303 else answer.get_data(as_text=True)


def the_trial() -> Trial:
    db.session.rollback()
    return db.session.scalars(db.select(Trial).order_by(Trial.id.desc())).first()


# ---- a trial begins ----


@pytest.mark.parametrize("key", STARTERS)
def test_one_press_is_enough_to_play_any_starter(client: FlaskClient, key: str) -> None:
    draft = a_draft_with(key)
    an_author(client)
    page = looked_at(client, begun(client, draft, key))
    case = case_in(text_of(key)).case
    assert all(page.count(f'id="as-{role}"') == 1 for role in case.role)


@pytest.mark.parametrize("key", FILES)
def test_a_trial_can_begin_at_every_stage_of_every_case(client: FlaskClient, key: str) -> None:
    draft = a_draft_with(key)
    an_author(client)
    case = case_in(text_of(key)).case
    for number, stage in enumerate(case.stages):
        who = ("all", "table", case.roles[number % len(case.roles)].key)[number % 3]
        page = looked_at(client, begun(client, draft, key, who=who, stage=stage.key))
        assert stage.title["sr"] in page
        trial = the_trial()
        assert (trial.stage, state_after(actions.case_of(trial), trial.events).stage) == (stage.key, stage.key)


def test_flags_begin_as_they_were_set_and_a_number_stays_within_its_bounds(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    begun(client, draft, "small", **{"flag-warned": ["0", "1"], "flag-calls": "99", "flag-trust": "-4", "flag-x": "1"})
    trial = the_trial()
    flags = state_after(actions.case_of(trial), trial.events).flags
    assert flags == {"trust": -4, "warned": 1, "calls": 3}


def test_what_is_learnt_before_a_stage_is_known_when_a_trial_begins_there() -> None:
    case = case_in(CASE.read_text()).case
    later = entered_at(case, "other-town", {})
    assert case.fact["result"].since == "van"
    assert later.fact["result"].since == ""
    assert entered_at(case, "call", {}).fact["result"].since == "van"


def test_a_case_without_roles_says_what_is_missing_instead_of_beginning(client: FlaskClient) -> None:
    draft = a_draft_with("empty", "key: empty\ntitle: {sr: Празно, en: Empty}\nstages:\n  - key: one\n")
    an_author(client)
    page = client.post(PLAY.format(draft.id, "empty"))
    assert page.status_code == 422
    assert f"/drafts/{draft.id}/files/cases/empty.yaml?at=roles" in page.get_data(as_text=True)
    assert the_trial() is None


def test_what_was_filled_in_is_told_beside_the_trial(client: FlaskClient) -> None:
    draft = a_draft_with("bare", "roles:\n  - key: one\nstages:\n  - key: first\nendings:\n  - key: end\n")
    an_author(client)
    client.set_cookie("language", "en")
    page = looked_at(client, begun(client, draft, "bare"))
    assert "A stage does not say where the story goes on; there the trial ends." in page
    page = pressed(client, f"{the_trial_address()}/moves", move="next:first")
    assert "Here the story does not go on yet" in page


def the_trial_address() -> str:
    trial = the_trial()
    return f"/drafts/{trial.draft_id}/trials/{trial.id}"


def test_only_the_newest_five_of_a_person_are_kept(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client, "Друга особа")
    others = begun(client, draft, "small")
    an_author(client)
    addresses = [begun(client, draft, "small") for _ in range(7)]
    assert [client.get(one).status_code for one in addresses] == [404, 404, 200, 200, 200, 200, 200]
    assert db.session.scalar(db.select(db.func.count()).select_from(Trial)) == 6
    assert client.get(others).status_code == 404  # somebody else's
    page = looked_at(client, PLAY.format(draft.id, "small"))
    assert all((one in page) == (number > 1) for number, one in enumerate(addresses))


@pytest.mark.parametrize("role", [None, "administrator"])
def test_who_does_not_write_courses_tries_none(client: FlaskClient, role: str | None) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    stranger = client.application.test_client()
    if role:
        an_author(stranger, "Неко други", role)
    for one in (address, PLAY.format(draft.id, "small")):
        assert stranger.get(one).status_code in (303, 404)
        assert stranger.post(one).status_code in (303, 404, 405)


# ---- it is played ----


def test_every_role_has_its_own_screen_and_no_name_on_the_page_is_given_twice(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    page = looked_at(client, begun(client, draft, "small", stage="other-town"))
    names = re.findall(r'\sid="([^"]+)"', page)
    assert len(names) == len(set(names))
    for attribute in ("for", "aria-labelledby", "aria-describedby", "form"):
        for used in re.findall(rf'\s{attribute}="([^"]+)"', page):
            assert set(used.split()) <= set(names), (attribute, used)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)
    assert "Само ви можете да одредите привремени смештај." in page  # what only social knows


def test_a_vote_a_fact_and_a_hand_off_are_made_for_the_role_on_whose_screen_they_stand(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    pressed(client, f"{address}/as/health/facts", fact="wish")
    pressed(client, f"{address}/as/police/votes", decision="first", option="talk", phase="alone")
    trial = the_trial()
    state = state_after(actions.case_of(trial), trial.events)
    assert list(state.facts) == ["wish"]
    assert state.decisions["first"].alone == {"police": "talk"}
    address = begun(client, draft, "small", stage="other-town")
    sent = MultiDict([("handoff", "to-topolje"), ("item", "plate"), ("channel", "duty"), ("consent", "given")])
    pressed(client, f"{address}/as/social/handoffs", **sent.to_dict(flat=False))
    trial = the_trial()
    [passed] = state_after(actions.case_of(trial), trial.events).passed
    assert (passed.role, passed.enough, passed.breach) == ("social", True, False)


def test_a_refusal_is_a_sentence_and_a_hand_off_comes_back_as_it_was_filled_in(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small", stage="other-town")
    page = pressed(
        client, f"{address}/as/social/handoffs", 422, handoff="to-topolje", item=["plate"], channel="", note="Хитно је."
    )
    assert "Изаберите којим путем преносите." in page
    assert "Хитно је." in page
    assert len(re.findall(r'value="plate" checked', page)) == 1
    page = pressed(
        client, f"{address}/as/social/handoffs", 422, handoff="to-topolje", item=["plate"], channel="duty",
        consent="given", note="Зовите 064 123 4567",
    )  # fmt: skip
    assert "064 123 4567" in page
    assert last_move(the_trial().events) == 0


def test_time_stands_still_until_it_is_let_pass_to_what_happens_next(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    client.set_cookie("language", "en")
    address = begun(client, draft, "small")
    page = looked_at(client, address)
    assert "Next: the time for answering “First step” alone runs out, in 2 minutes of the case." in page
    page = pressed(client, f"{address}/moves", move="pass")
    assert "Next: the event “The van”, in 4 minutes of the case." in page
    page = pressed(client, f"{address}/moves", move="pass")
    assert "A van stops in front of the house." in page
    case, trial = case_in(CASE.read_text()).case, the_trial()
    assert state_after(case, trial.events).injects == {"van": "sent"}


def test_the_facilitators_buttons_do_what_they_say(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    for move in ("hold:van", "send:journalist", "agree:first:employer", "decide:tell-centre:later"):
        pressed(client, f"{address}/moves", move=move)
    trial = the_trial()
    state = state_after(actions.case_of(trial), trial.events)
    assert state.injects == {"van": "held", "journalist": "sent", "neighbour": "sent"}
    assert [(one.decision, one.option, one.how) for one in state.verdicts] == [
        ("first", "employer", "votes"),
        ("tell-centre", "later", "facilitator"),
    ]
    assert state.flags["warned"] == 1
    page = pressed(client, f"{address}/moves", move="next:call")
    assert "Празан стан" in page


def test_at_the_ending_stand_the_reasons_and_what_the_person_lived_through(client: FlaskClient) -> None:
    draft = a_draft_with("two-roles")
    an_author(client)
    address = begun(client, draft, "two-roles")
    for move in ("agree:first-step:ask-employer", "next:consulting-room", "next:passing-on"):
        page = pressed(client, f"{address}/moves", move=move)
    assert 'id="debrief"' in page
    assert "У колима је ћутала. Знам шта то значи." in page  # the person's voice
    assert "Тиме се упозорава онај ко можда контролише" in page  # the reason
    assert "Натраг у кући" in page
    assert f'href="/drafts/{draft.id}/files/cases/two-roles.yaml#checks"' in page
    page = pressed(client, f"{address}/undo")
    assert 'id="debrief"' not in page


def test_in_one_role_the_others_do_what_is_right_and_the_reason_is_shown_at_once(client: FlaskClient) -> None:
    draft = a_draft_with("two-municipalities")
    an_author(client)
    address = begun(client, draft, "two-municipalities", who="labour-b")
    page = looked_at(client, address)
    assert page.count('class="try__role"') == 1
    trial = the_trial()
    state = state_after(actions.case_of(trial), trial.events)
    assert [one.option for one in state.verdicts] == ["named-contact"]  # Ravnograd decides without the person
    page = pressed(client, f"{address}/as/labour-b/go-on", seen=state.version)
    assert "pass" not in re.findall(r'name="move" value="([^"]+)"', page)
    assert client.post(f"{address}/moves", data={"move": "pass"}).status_code == 422


def test_a_trial_answers_htmx_with_the_part_that_changes(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    answer = client.post(f"{address}/moves", data={"move": "pass"}, headers={"HX-Request": "true"})
    part = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<html" not in part
    assert part.count('hx-target="#trial"') > 5
    assert 'hx-target="#live"' not in part
    answer = client.post(f"{address}/moves", data={"move": "send:no-such"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "data-problem" in answer.get_data(as_text=True)


def test_a_story_of_many_stages_and_many_ways_is_shown_in_a_moment(client: FlaskClient) -> None:
    stages = "".join(
        f"  - key: s{number}\n    next: [{{to: s{number + 3}, when: trust > 3}}, {{to: s{number + 2}, when: trust < 0}}, {{to: s{number + 1}}}]\n"
        for number in range(30)
    )
    draft = a_draft_with(
        "ladder", f"roles:\n  - key: one\nstages:\n{stages}endings:\n  - key: s30\n  - key: s31\n  - key: s32\n"
    )
    an_author(client)
    client.set_cookie("language", "en")
    begun_at = time.monotonic()
    assert "scene 1 of 30" in looked_at(client, begun(client, draft, "ladder"))
    assert time.monotonic() - begun_at < 10


# ---- taking back, beginning again, another version ----


def test_taking_back_shortens_the_log_by_the_last_move_and_stops_at_the_beginning(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    logs = [the_trial().events]
    for move in ("pass", "hold:van", "agree:first:talk"):
        pressed(client, f"{address}/moves", move=move)
        logs.append(the_trial().events)
    assert [len(log) for log in logs] == sorted({len(log) for log in logs})
    for before in reversed(logs[:-1]):
        pressed(client, f"{address}/undo")
        assert the_trial().events == before
    pressed(client, f"{address}/undo")
    assert the_trial().events == logs[0]
    pressed(client, f"{address}/moves", move="pass")
    pressed(client, f"{address}/again")
    assert the_trial().events == logs[0]
    assert the_trial().version == len(logs[0])


def test_what_changes_nothing_is_no_move(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    for _ in range(2):
        pressed(client, f"{address}/moves", move="hold:van")
    assert last_move(the_trial().events) == 1


def test_a_trial_plays_the_case_as_it_was_and_offers_the_new_one_from_the_same_stage(client: FlaskClient) -> None:
    draft = a_draft()
    an_author(client)
    address = begun(client, draft, "small")
    pressed(client, f"{address}/moves", move="agree:first:employer")
    pressed(client, f"{address}/moves", move="agree:tell-centre:now")
    page = pressed(client, f"{address}/moves", move="next:call")
    assert "/renew" not in page
    file = db.session.get(DraftFile, (draft.id, "cases/small.yaml"))
    written = file.text.replace("Стан је празан.", "У стану гори светло.")
    with_text(draft, written)
    page = looked_at(client, address)
    assert "/renew" in page
    assert "Стан је празан." in page
    page = pressed(client, f"{address}/renew")
    assert "У стану гори светло." in page
    trial = the_trial()
    assert trial.stage == "alone"
    assert state_after(actions.case_of(trial), trial.events).flags == {"trust": -2, "warned": 1, "calls": 1}
    with_text(draft, None)
    page = looked_at(client, the_trial_address())
    assert "/renew" not in page


def with_text(draft: Draft, text: str | None) -> None:
    """The small case of the draft says something else, or is removed."""
    with writing() as session:
        file = session.get(DraftFile, (draft.id, "cases/small.yaml"))
        if text is None:
            session.delete(file)
        else:
            file.text = text


# ---- whatever is pressed ----

WORDS = (
    "send",
    "send-softer",
    "hold",
    "release",
    "skip",
    "decide",
    "reopen",
    "agree",
    "next",
    "end",
    "pass",
    "cover",
    "x",
)
PARTS = ("votes", "facts", "handoffs", "go-on", "away")


def something(case: Case) -> st.SearchStrategy[Any]:
    """Something that a page offers, or might be sent by hand."""
    keys = st.sampled_from(
        [
            *case.inject, *case.decision, *case.stage, *case.role, *case.fact, *case.handoff, "",
            *(option.key for decision in case.decision.values() for option in decision.options),
        ]
    )  # fmt: skip
    decisions = st.sampled_from([(one.key, option.key) for one in case.decision.values() for option in one.options])
    agreed = decisions.map(lambda pair: ("move", ":".join(("agree", *pair))))
    on = st.sampled_from([("move", f"next:{stage}") for stage in case.stage])
    button = st.tuples(st.sampled_from(WORDS), st.lists(keys, max_size=2)).map(
        lambda one: ("move", ":".join((one[0], *one[1])))
    )
    handoff = st.builds(
        lambda key, items, channel, consent: MultiDict(
            [("handoff", key), ("channel", channel), ("consent", consent), *(("item", item) for item in items)]
        ),
        keys,
        st.lists(
            st.sampled_from([item.key for one in case.handoff.values() for item in one.items] or [""]), max_size=3
        ),
        st.sampled_from([channel.key for one in case.handoff.values() for channel in one.channels] or [""]),
        st.sampled_from((*CONSENTS, "")),
    )
    player = st.tuples(
        st.just("player"), st.sampled_from(list(case.role)), st.sampled_from(PARTS),
        st.fixed_dictionaries({"decision": keys, "option": keys, "phase": st.sampled_from(("", "alone", "table")), "fact": keys, "seen": st.sampled_from(("", "3", "x", "12"))}),
        handoff,
    )  # fmt: skip
    voted = st.builds(
        lambda role, pair: ("player", role, "votes", {"decision": pair[0], "option": pair[1], "phase": "", "fact": "", "seen": ""}, MultiDict()),
        st.sampled_from(list(case.role)), decisions,
    )  # fmt: skip
    return st.one_of(button, player, voted, agreed, on, st.just(("move", "pass")))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((*STARTERS, "small")), st.data())
def test_whatever_is_pressed_in_any_order_never_fails_and_a_refusal_is_a_sentence(
    key: str, data: st.DataObject
) -> None:
    case = case_in(text_of(key)).case
    wanted = data.draw(
        st.builds(
            Beginning, mode=st.sampled_from((ALL, SOLO)), role=st.sampled_from(["", *case.role]),
            stage=st.sampled_from(list(case.stage)), flags=st.dictionaries(st.sampled_from(list(case.flag)), st.integers(-20, 20)),
        )
    )  # fmt: skip
    case = entered_at(case, wanted.stage, wanted.flags)
    role = "" if wanted.mode == ALL else wanted.role
    run = RunRow(1, 1, "", key, "live" if wanted.mode == ALL else "solo", role, "", 0, "")
    state, events = made(case, beginning(case), 1_800_000_000_000, begin(Beginning(wanted.mode, role, wanted.stage)))
    rows = rows_of(events, 0)
    for press in data.draw(st.lists(something(case), max_size=25)):
        before, refused = list(rows), ""
        try:
            state, events = carried_out(case, state, move_of(run, press))
        except Refused as refusal:
            refused, events = refusal.message, []
        assert refused.endswith(".") or not refused
        rows += rows_of(events, last_move(rows) + 1)
        assert state == state_after(case, rows)
        assert not events or taken_back(rows) == before
        if state.phase == FINISHED:
            assert state.ending in {*case.ending, ""}


def move_of(run: RunRow, press: tuple[Any, ...]) -> Any:
    if press[0] == "move":
        return None if press[1] == "pass" and run.mode == "live" else as_facilitator(run, press[1], "for a test")
    _player, role, what, sent, handoff = press
    return as_player(run, role, what, sent, read_handoff(handoff))


FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.S)
FIELD = re.compile(r'<input type="(radio|checkbox|hidden)" name="([^"]+)"[^>]*value="([^"]*)"')


def buttons_on(page: str) -> list[tuple[str, MultiDict[str, str]]]:
    """Everything that can be pressed on the page of a trial, filled in one way or another."""
    address = re.search(r'action="([^"]+)/moves"', page)[1]
    found = [
        (f"{address}/moves", MultiDict({"move": move})) for move in re.findall(r'name="move" value="([^"]+)"', page)
    ]
    for action, inside in FORM.findall(page):
        if "/as/" in action:
            fields = FIELD.findall(inside)
            hidden = [(name, value) for kind, name, value in fields if kind == "hidden"]
            chosen = [(name, value) for kind, name, value in fields if kind != "hidden"]
            found += [(action, MultiDict([*hidden, one])) for one in chosen] or [(action, MultiDict(hidden))]
            found.append((action, MultiDict([*hidden, *chosen])))
    return [*found, (f"{address}/undo", MultiDict())]


@pytest.mark.parametrize("who", ["all", "table", ""])
@pytest.mark.parametrize("key", STARTERS)
def test_every_button_on_the_page_can_be_pressed_at_any_time(client: FlaskClient, key: str, who: str) -> None:
    draft, random = a_draft_with(key), Random(f"{key} {who}")
    an_author(client)
    address = begun(client, draft, key, who=who or next(iter(case_in(text_of(key)).case.role)))
    page = looked_at(client, address)
    for _ in range(25):
        action, sent = random.choice(buttons_on(page))
        answer = client.post(action, data=sent)
        assert answer.status_code in (303, 409, 422), (action, sent)
        page = looked_at(client, address)
        names = re.findall(r'\sid="([^"]+)"', page)
        assert len(names) == len(set(names))


@pytest.mark.parametrize("key", STARTERS)
def test_pages_stand_whatever_is_sent_to_them(client: FlaskClient, key: str) -> None:
    draft = a_draft_with(key)
    an_author(client)
    address = begun(client, draft, key)
    for sent in (
        "",
        "pass",
        "next",
        "next:",
        "agree",
        "agree:a",
        "agree::",
        "decide:x:y",
        "send",
        ":",
        "a" * 5000,
        "start",
        "cover:x:y",
    ):
        assert client.post(f"{address}/moves", data={"move": sent}).status_code in (303, 409, 422)
    for where, status in (("as/nobody/votes", 404), ("as/ /votes", 404)):
        assert client.post(f"{address}/{where}").status_code == status
    role = next(iter(case_in(text_of(key)).case.role))
    for what in ("votes", "facts", "handoffs", "go-on", "away", "x"):
        assert client.post(f"{address}/as/{role}/{what}").status_code in (403, 404, 409, 422)
    assert (
        client.post(
            PLAY.format(draft.id, key), data={"who": "nobody", "stage": "nowhere", "flag-trust": "9" * 40}
        ).status_code
        == 303
    )
    assert client.get(f"/drafts/{draft.id}/trials/999").status_code == 404
    assert client.get(PLAY.format(draft.id, "no-such")).status_code == 404
