"""A case sketched on one page: what becomes of it, that it can be played to both endings, and what the page says when something is amiss."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.actions.drafting import take_back_step
from lms.authoring.checking import ADVICE, FAULT, UNTRANSLATED, UNWRITTEN, faults_in, urgency
from lms.authoring.editing import as_written
from lms.authoring.models import Draft
from lms.authoring.queries import files_of_draft
from lms.authoring.sketching import Sketch, SketchedHandoff, SketchedRole, SketchedStage, sketched_case
from lms.authoring.trying.beginning import case_in
from lms.content.case import Case
from lms.content.case_formats import CASE
from lms.content.writing import write_yaml
from lms.sectors import CODES
from lms.simulations.explore import explore
from tests.authoring.world import a_draft, an_author, document_of

PATH = "cases/call.yaml"
WRITTEN = {
    "title_sr": "Позив са станице", "title_en": "Call", "summary": "Радник зове са станице.", "person": "Радник који је звао",
    "place": "Равноград",
    "role_1_name": "Полицијска управа", "role_1_briefing": "Возач је пријавио путника без исправа.",
    "role_2_name": "ЦСР", "role_2_briefing": "Имате једно место у прихватилишту.", "role_2_facts": "Већ је био код нас.\nБоји се за брата.",
    "role_3_name": "Дом здравља", "role_3_briefing": "Лекар зна за повреду на раду.",
    "scene_1_title": "На станици", "scene_1_text": "Човек седи на станици.", "scene_1_events": "Зове послодавац.\r\n\r\n- Човек тражи воду.",
    "scene_1_question": "Шта је прво?", "scene_1_right": "Склонити га и питати шта му треба.", "scene_1_possible": "Позвати лекара.",
    "scene_1_harmful": "Вратити га послодавцу.", "scene_1_voice": "Опет ћу код њега.", "scene_1_step": "Прво се пита о безбедности.",
    "scene_2_title": "Ноћ", "scene_2_events": "Прихватилиште тражи упут.\nНовинар чека испред.",
    "scene_2_question": "Где спава?", "scene_2_right": "Где сам изабере.", "scene_2_harmful": "У станици полиције.",
    "handoff_title": "Пријава Центру", "handoff_scene": "2", "handoff_role": "2", "handoff_to": "Центар за заштиту жртава",
    "handoff_needed": "Шта је виђено", "handoff_forbidden": "Налаз лекара", "handoff_ways": "Дежурни телефон", "handoff_unsafe": "Група за ћаскање",
    "ending_1_title": "Безбедна ноћ", "ending_1_text": "Спава где је изабрао.", "ending_2_title": "Отишао је",
}  # fmt: skip


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    return an_author(client)


@pytest.fixture
def draft(author: FlaskClient) -> Draft:
    return a_draft()


def send(author: FlaskClient, draft: Draft, **changed: str) -> Any:
    return author.post(f"/drafts/{draft.id}/sketch", data=WRITTEN | changed)


def playable(draft: Draft) -> Case:
    """The sketched case as a trial plays it."""
    case = case_in(files_of_draft(draft)[PATH]).case
    assert case is not None
    return case


def test_the_sketch_puts_everything_where_it_belongs(author: FlaskClient, draft: Draft) -> None:
    answer = send(author, draft)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/drafts/{draft.id}/files/{PATH}")
    case = document_of(draft, PATH)
    assert [role["sector"] for role in case["roles"]] == ["police", "social", "health"]  # told by their names
    first, second = case["stages"]
    assert [one["text"]["sr"] for one in first["injects"]] == ["Зове послодавац.", "Човек тражи воду."]
    assert [one["at"] for one in first["injects"]] == [13, 26]  # the decision opens between them, at 20
    decision = first["decisions"][0]
    assert [one["grade"] for one in decision["options"]] == ["acceptable", "right", "harmful"]
    assert decision["otherwise"] == decision["options"][0]["key"]
    assert decision["options"][1]["done"] == [case["procedure"][0]["key"]]
    assert decision["opens"] == {"minute": 20}
    assert decision["title"]["sr"] == "Шта је прво"
    assert decision["needs"] == [one["key"] for one in case["roles"][1]["facts"]]
    assert [one["text"]["sr"] for one in case["roles"][1]["facts"]] == ["Већ је био код нас.", "Боји се за брата."]
    assert decision["options"][2]["voice"]["sr"] == "Опет ћу код њега."
    assert second["handoffs"][0]["roles"] == [case["roles"][1]["key"]]
    assert [one["need"] for one in second["handoffs"][0]["items"]] == ["forbidden", "needed"]  # by the alphabet
    assert [one["safe"] for one in second["handoffs"][0]["channels"]] == [False, True]
    assert [one["title"]["sr"] for one in case["endings"]] == ["Безбедна ноћ", "Отишао је"]


def test_it_is_listed_in_the_course_as_one_step_that_can_be_taken_back(author: FlaskClient, draft: Draft) -> None:
    before = files_of_draft(draft)
    send(author, draft)
    assert "call" in document_of(draft, "course.yaml")["cases"]
    take_back_step(draft, draft.version)
    assert files_of_draft(draft) == before


def test_it_can_be_played_at_once_and_both_endings_are_reached(author: FlaskClient, draft: Draft) -> None:
    send(author, draft)
    found = explore(playable(draft))
    assert found.whole
    assert not any(found.unreachable.values()), found.unreachable
    assert not found.dead_ends
    assert found.longest <= found.slot


def test_nothing_is_amiss_with_it_but_what_is_not_written_yet(author: FlaskClient, draft: Draft) -> None:
    send(author, draft)
    kinds = {urgency(fault) for fault in faults_in(files_of_draft(draft), PATH)}
    assert kinds == {UNWRITTEN, UNTRANSLATED, ADVICE}


def test_the_least_is_a_title_a_role_and_a_scene(author: FlaskClient, draft: Draft) -> None:
    least = {"title_sr": "Позив", "title_en": "Call", "role_1_name": "Полиција", "scene_1_title": "Почетак"}
    assert author.post(f"/drafts/{draft.id}/sketch", data=least).status_code == 303
    assert author.get(f"/drafts/{draft.id}/files/{PATH}").status_code == 200
    assert explore(playable(draft)).whole


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title_sr": ""}, "Ово поље је обавезно"),
        ({"role_1_name": ""}, "Напишите која је то служба"),
        ({"role_1_name": "Неко", "role_1_sector": ""}, "Из назива се не види који је то сектор"),
        ({"scene_2_title": ""}, "Дајте овој сцени назив"),
        ({"scene_2_question": ""}, "Напишите о чему се одлучује"),
        ({"scene_1_right": ""}, "Напишите шта је исправно"),
        ({"scene_2_harmful": ""}, "Са само једним решењем"),
        ({"scene_1_possible": "а\nб\nв\nг\nд"}, "Одлука има највише шест могућности"),
        ({"role_1_facts": "а\nб\nв\nг\nд"}, "Овде је највише редова: 4"),
        ({"ending_2_title": "", "ending_2_text": "Ујутру га нема."}, "Дајте овом завршетку назив"),
        ({"handoff_role": "4"}, "Изаберите улогу коју сте горе навели"),
        ({"handoff_scene": ""}, "Изаберите сцену коју сте горе навели"),
        ({"handoff_needed": ""}, "испразните цело преношење"),
        ({"role_2_briefing": "Зовите 064 123 4567."}, "личи на број телефона"),
        ({"scene_1_events": "Долази ана@пример.срб и ana@example.org"}, "е-пошт"),
        ({"title_sr": "А" * 201}, "200"),
        ({"role_3_sector": "moon"}, "Изаберите"),
    ],
)
def test_what_is_amiss_is_said_beside_its_field_and_nothing_typed_is_lost(
    author: FlaskClient, draft: Draft, changed: dict[str, str], sentence: str
) -> None:
    before = files_of_draft(draft)
    answer = send(author, draft, **changed)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert sentence in page
    for name, text in (WRITTEN | changed).items():
        if text and not name.endswith(("_scene", "_role", "_sector", "_events")):
            assert text in page, name
    assert files_of_draft(draft) == before


def test_an_error_says_in_which_part_it_is(author: FlaskClient, draft: Draft) -> None:
    page = unescape(send(author, draft, role_2_name="", scene_2_question="").text)
    said = re.findall(
        r'<li><a href="#([a-z0-9_]+)">([^<]+)</a>', page.partition('id="form-errors"')[2].partition("</ul>")[0]
    )
    assert said == [
        ("role_2_name", "2. улога – Која служба? Напишите која је то служба или испразните ову улогу."),
        (
            "scene_2_question",
            "2. сцена – О чему се одлучује? Напишите о чему се одлучује или изоставите понуђена решења.",
        ),
    ]
    assert '<option selected value="2">2. улога</option>' in page
    assert '<option value="3">3. улога: Дом здравља</option>' in page


def test_choosing_a_sketch_leads_to_its_page_with_the_titles(author: FlaskClient, draft: Draft) -> None:
    data = {"kind": "case", "starter": "sketch", "title_sr": "Позив са станице", "title_en": "Call"}
    answer = author.post(f"/drafts/{draft.id}/documents", data=data)
    assert answer.status_code == 303
    page = author.get(answer.location).text
    assert 'value="Позив са станице"' in page
    assert 'value="Call"' in page


def test_parts_that_are_folded_are_open_when_something_stands_in_them(author: FlaskClient, draft: Draft) -> None:
    assert '<details class="more" open>' not in author.get(f"/drafts/{draft.id}/sketch").text
    page = send(author, draft, role_7_briefing="Без назива.").text
    assert page.count('<details class="more" open>') == 1


def test_a_trainee_sees_no_sketch(app: Flask, draft: Draft) -> None:
    assert app.test_client().get(f"/drafts/{draft.id}/sketch").status_code in (302, 303, 401, 403, 404)


texts = st.text("абвгд љшЖ.,!?-–:", max_size=60).map(str.strip)


def lines(most: int, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """As many lines as the form takes."""
    return st.lists(texts.filter(bool), min_size=least, max_size=most).map(tuple)


roles = st.builds(SketchedRole, texts, st.sampled_from(CODES), texts, lines(4))
stages = st.builds(SketchedStage, texts, texts, lines(10), texts, texts, lines(2, 1), lines(3), texts, texts)


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    seated, played = draw(st.lists(roles, min_size=1, max_size=9)), draw(st.lists(stages, min_size=1, max_size=3))
    handoff = st.builds(
        SketchedHandoff, st.integers(0, len(played) - 1), st.integers(0, len(seated) - 1), texts, texts, lines(6, 1), lines(6), lines(4), lines(4),
    )  # fmt: skip
    endings = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
    return Sketch(
        *(draw(texts) for _ in range(5)), tuple(seated), tuple(played), draw(st.none() | handoff), draw(endings)
    )


@given(sketches())
def test_whatever_is_sketched_is_a_case_in_which_only_something_is_missing(sketch: Sketch) -> None:
    files = {"cases/case.yaml": write_yaml(as_written(sketched_case(sketch, "case")), CASE)}
    found = faults_in(files, "cases/case.yaml")
    assert not [str(fault) for fault in found if urgency(fault) == FAULT]
