"""What a role sees: the same that the player will see, for any role in any scene, and never more."""

import pytest
from hypothesis import given, settings

from lms.authoring.pictures.reading import CaseDraft
from lms.authoring.pictures.seeing import sight_of
from lms.authoring.screens.role_view import role_view
from lms.content.cases import read_case
from lms.simulations import bots
from lms.simulations.models import RunRow
from lms.simulations.replay import beginning, follow
from lms.simulations.screens.player.screen import PLAYING, player_screen
from lms.simulations.state import spoken_for
from tests.authoring.cases_half_written import SHIPPED, half_written, shipped
from tests.authoring.world import a_draft, an_author
from tests.builders import CASE

RUN = RunRow(1, 1, "", "", "group", "", "Група 1", 0, "")


def href(address: str) -> str:
    return f"/form?at={address}"


def seen(document, role, stage, injects=True):
    return role_view(document, "small", role, stage, injects=injects, href=href).sight


def states_of(case, seed):
    """What bots play: the state after each event."""
    state = beginning(case)
    for event in bots.play(case, seed).log:
        state = follow(case, state, [event])
        yield state


def check(case, draft, state, role):
    if not state.stage or spoken_for(case, state, role) != (role,):  # who covers others sees their cards as well
        return 0
    screen = player_screen(RUN, case, state, role)
    if screen.mode != PLAYING:
        return 0
    stage = next(one for one in draft.stages if one.key == state.stage)
    piece = next(one for one in draft.roles if one.key == role)
    sight = sight_of(draft, piece, stage, injects=True)
    shown, mine = screen.scene, next(card for card in screen.cards if card.own)
    assert (sight.scene.title, sight.scene.text, sight.scene.at_place) == (shown.title, shown.text, shown.at_place)
    for name in ("name", "sector", "place", "briefing", "goal", "powers", "private"):
        assert getattr(sight.card, name) == getattr(mine, name)
    assert {fact.key for fact in mine.facts} <= {fact.key for fact in sight.card.facts}
    check_questions(case, screen, sight, role)
    told = [message.line.text for message in (*sight.messages, *sight.earlier)]
    assert all(line.text in told for line in screen.feed if line.kind == "inject")
    assert all(offer.title in [one.title for one in sight.passings] for offer in screen.offers if offer.open)
    return 1


def check_questions(case, screen, sight, role):
    known = {question.ballot.key: question for question in sight.questions}
    for ballot in screen.ballots:
        one = known[ballot.key].ballot
        assert (one.question, one.how, one.decider) == (ballot.question, ballot.how, ballot.decider)
        assert {str(choice.text) for choice in ballot.choices} <= {str(choice.text) for choice in one.choices}
        assert known[ballot.key].answers == (role in case.voters(case.decision[ballot.key]))


@pytest.mark.parametrize("path", [CASE, SHIPPED[0]], ids=lambda path: path.stem)
def test_it_is_what_the_player_sees_at_every_moment_of_an_exercise(path) -> None:
    case, draft = read_case(path), CaseDraft(shipped(path))
    looked = sum(
        check(case, draft, state, role) for seed in (1, 2) for state in states_of(case, seed) for role in case.role
    )
    assert looked > 100


def test_what_comes_only_with_an_event_is_not_known_when_the_scene_begins() -> None:
    document = shipped(CASE)
    before, after = seen(document, "health", "call", injects=False), seen(document, "health", "call")
    assert [fact.key for fact in before.card.facts] == ["wish"]
    assert [fact.key for fact in after.card.facts] == ["wish", "result"]
    assert not before.messages
    assert [message.line.title["sr"] for message in after.messages] == ["Комби", "Новинар"]
    assert after.origins == ("„Стигао је налаз”: зна од: догађај „Комби”",)


def test_each_message_says_what_brings_it_and_whose_it_is_alone() -> None:
    messages = {message.address: message for message in seen(shipped(CASE), "police", "call").messages}
    brings = {address.rpartition("[")[2]: one.brings for address, one in messages.items()}
    assert brings["van]"] == "у 6. минуту случаја у сцени"
    assert brings["neighbour]"].startswith("чим важи")
    assert brings["journalist]"] == "кад га пошаље водитељ или водитељка"
    assert [one.line.alone for one in messages.values()] == [False, True, False]
    earlier = seen(shipped(CASE), "police", "other-town").earlier
    assert {one.scene for one in earlier} == {"Позив"}


def test_the_other_table_sees_its_own_text_and_no_decision_of_this_one() -> None:
    sight = seen(shipped(CASE), "police-topolje", "call")
    assert [text["sr"] for text in sight.scene.at_place] == ["Код вас нико није звао."]
    assert not sight.questions
    assert [one.title["sr"] for one in seen(shipped(CASE), "social", "other-town").passings] == ["Јави Топољу"]
    assert not seen(shipped(CASE), "health", "other-town").passings


def test_grades_reasons_and_effects_are_not_in_it() -> None:
    for role in ("police", "social", "health", "police-topolje"):
        text = repr(seen(shipped(CASE), role, "call"))
        assert "Прво безбедност." not in text
        assert "harmful" not in text


def test_role_and_scene_are_named_by_key_or_address_and_the_first_stands_for_what_there_is_not() -> None:
    document = shipped(CASE)
    view = role_view(document, "small", "roles[social]", "alone", injects=True, href=href)
    assert (view.roles.value, view.stages.value) == ("roles[social]", "stages[alone]")
    assert (view.roles.before.words, view.roles.after.words) == ("Полицијска службеница", "Лекарка")
    view = role_view(document, "small", "?", "?", injects=True, href=href)
    assert (view.roles.value, view.stages.value) == ("roles[police]", "stages[call]")
    assert view.roles.before is None


@given(half_written)
@settings(max_examples=80, deadline=None)
def test_whatever_is_written_so_far_can_be_looked_at(document) -> None:
    draft = CaseDraft(document)
    for role in draft.roles:
        for stage in draft.stages:
            view = role_view(document, "x", role.address, stage.address, injects=True, href=href)
            assert (view.roles.value, view.stages.value) == (role.address, stage.address)
            assert view.sight is not None
    assert (role_view(document, "x", "", "", injects=False, href=href).sight is None) == (
        not draft.roles or not draft.stages
    )


def test_the_page_works_without_javascript_and_looks_like_the_players(client) -> None:
    an_author(client)
    draft = a_draft()
    page = client.get(f"/drafts/{draft.id}/cases/small/sees?role=health&stage=call&injects=no").text
    assert 'class="brief mt-4"' in page
    assert "Замолила је да не зовете послодавца." in page
    assert "Стигао је налаз." not in page
    assert '<form class="sees" method="get">' in page
    assert 'value="roles[health]" selected' in page
    assert "hx-post" not in page
    assert f"/drafts/{draft.id}/files/cases/small.yaml?at=roles" in page
    empty = a_draft("empty", {"course.yaml": "key: x\n", "cases/empty.yaml": "key: empty\n"})
    assert "Још нема шта да се види" in client.get(f"/drafts/{empty.id}/cases/empty/sees").text


def test_half_written_pages_can_be_looked_at(client) -> None:
    an_author(client)
    text = "roles:\n  - {key: a}\n  - {}\nstages:\n  - {}\n  - {key: b, decisions: [{options: [{}]}], handoffs: [{roles: [a]}]}\n"
    draft = a_draft("half", {"course.yaml": "key: x\n", "cases/half.yaml": text})
    for stage in ("", "b"):
        assert client.get(f"/drafts/{draft.id}/cases/half/sees?stage={stage}&role=a").status_code == 200
    for picture in ("map", "matrix/roles", "matrix/steps"):
        assert client.get(f"/drafts/{draft.id}/cases/half/{picture}").status_code == 200
