"""Questions in and out of a survey of a draft, in the browser: looked at, chosen, confirmed; a survey as on a phone; what is known of a question."""

import io
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.authoring.actions import drafting, exchanging
from lms.authoring.editing import put
from lms.authoring.models import Draft
from lms.authoring.queries import files_of_draft, steps_of
from lms.content.queries import files_of_version
from lms.extensions import db
from tests.authoring.test_statistics import A, B, C, a_test, a_training_with
from tests.authoring.world import a_draft, document_of
from tests.builders import an_account, sign_in

FOUR = ["q1", "q2", "q3", "q4"]  # the questions of the small test
GIFT = """::q1::Шта је довољно да се сумња пријави? {~доказ =основана сумња ~признање ~ништа}

::ново::Ко зове дежурни број? {=свако ~само полиција}

Ово није питање.
"""


@pytest.fixture
def draft(app: Flask) -> Draft:
    with app.test_request_context():
        return a_draft()


@pytest.fixture
def trainer(client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("trainer"))


def at(draft: Draft, what: str, survey: str = "knowledge") -> str:
    return f"/drafts/{draft.id}/surveys/{survey}/{what}"


def upload(
    client: FlaskClient,
    draft: Draft,
    content: str | bytes,
    name: str = "питања.gift",
    survey: str = "knowledge",
    **more: str,
):
    data = content.encode() if isinstance(content, str) else content
    return client.post(
        at(draft, "exchange", survey), data={"questions": (io.BytesIO(data), name), "language": "sr"} | more
    )


def seal_of(page: str) -> str:
    return unescape(re.search(r'name="seal" value="([^"]+)"', page)[1])


def items(draft: Draft, survey: str = "knowledge"):
    return document_of(draft, f"surveys/{survey}.yaml")["items"]


def test_nothing_is_taken_over_before_it_was_looked_at_and_confirmed(trainer, draft) -> None:
    before = files_of_draft(draft)
    page = upload(trainer, draft, GIFT).text
    assert files_of_draft(draft) == before
    for words in (
        "Шта је прочитано",
        "нових: 1",
        "измењених: 1",
        "не могу да се преузму: 1",
        "ред 5",
        "Ово је текст без питања",
        "Ко зове дежурни број?",
    ):
        assert words in page, words
    answer = trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page)})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/drafts/{draft.id}/files/surveys/knowledge.yaml")
    assert [item["key"] for item in items(draft)] == [*FOUR, "novo"]
    first = items(draft)[0]
    assert [option["text"] for option in first["options"]][-1] == {"sr": "ништа", "en": ""}
    assert first["explanation"]["sr"] == "Доказе прикупљају полиција и тужилаштво."
    assert [step.kind for step in steps_of(draft)] == ["imported"]
    assert "Додато је 1 питање." in trainer.get(answer.location).text


def test_an_import_is_one_step_that_can_be_taken_back(trainer, draft) -> None:
    before = document_of(draft, "surveys/knowledge.yaml")
    page = upload(trainer, draft, GIFT).text
    trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page)})
    assert document_of(draft, "surveys/knowledge.yaml") != before
    db.session.refresh(draft)
    drafting.take_back_step(draft, draft.version)
    assert document_of(draft, "surveys/knowledge.yaml") == before


def test_each_question_can_be_left_out_or_added_instead_of_changed(trainer, draft) -> None:
    page = upload(trainer, draft, GIFT).text
    trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page), "choice-0": "add", "choice-1": "leave"})
    assert [item["key"] for item in items(draft)] == [*FOUR, "q05"]
    assert len(items(draft)[0]["options"]) == 3
    again = trainer.post(
        at(draft, "exchange/confirm"), data={"seal": seal_of(page), "choice-0": "leave", "choice-1": "leave"}
    )
    assert again.status_code == 409


def test_nothing_chosen_is_told_and_what_was_chosen_stays(trainer, draft) -> None:
    page = upload(trainer, draft, GIFT).text
    answer = trainer.post(
        at(draft, "exchange/confirm"), data={"seal": seal_of(page), "choice-0": "leave", "choice-1": "leave"}
    )
    assert answer.status_code == 422
    assert "Ниједно питање није изабрано" in answer.text
    assert answer.text.count('<option value="leave" selected>') == 2


def test_who_writes_meanwhile_is_not_overwritten(trainer, draft) -> None:
    page = upload(trainer, draft, GIFT).text
    drafting.change(
        draft, "surveys/knowledge.yaml", lambda doc: [put(doc, "items[q1].text.sr", "Сасвим друго?")], "write"
    )
    answer = trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page)})
    assert answer.status_code == 409
    assert "Упитник је у међувремену измењен" in answer.text
    assert items(draft)[0]["text"]["sr"] == "Сасвим друго?"
    assert trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(answer.text)}).status_code == 303


def test_what_a_page_carries_cannot_be_forged_or_used_elsewhere(trainer, draft, app) -> None:
    seal = seal_of(upload(trainer, draft, GIFT).text)
    for wrong in ("", seal[:-2] + "xx"):
        assert trainer.post(at(draft, "exchange/confirm"), data={"seal": wrong}).status_code == 404
    assert trainer.post(at(draft, "exchange/confirm", "evaluation"), data={"seal": seal}).status_code == 404
    other = sign_in(app.test_client(), an_account("author"))
    assert other.post(at(draft, "exchange/confirm"), data={"seal": seal}).status_code == 404
    assert [item["key"] for item in items(draft)] == FOUR


def test_the_language_of_the_preview_is_changed_without_losing_it(trainer, draft) -> None:
    seal = seal_of(upload(trainer, draft, GIFT).text)
    page = trainer.post(at(draft, "exchange/confirm"), data={"seal": seal, "choice-0": "leave", "_language": "en"})
    assert page.status_code == 200
    assert "What was read" in page.text
    assert '<option value="leave" selected>' in page.text
    assert [item["key"] for item in items(draft)] == FOUR


def test_a_file_that_is_none_is_told_beside_the_field(trainer, draft) -> None:
    for content, words in (
        (b"\x89PNG\r\n\x1a\n", "Ово је слика"),
        (b"", "Датотека је празна"),
        (b"x" * 1_048_577, "већа од 1 MB"),
    ):
        answer = upload(trainer, draft, content)
        assert answer.status_code == 422
        assert words in answer.text
    assert "Изаберите датотеку" in trainer.post(at(draft, "exchange"), data={"language": "sr"}).text


def test_a_file_with_too_much_text_is_refused_in_words(trainer, draft, monkeypatch) -> None:
    monkeypatch.setattr(exchanging, "MOST_CARRIED", 100)
    answer = upload(trainer, draft, GIFT)
    assert answer.status_code == 422
    assert "превише текста за један увоз" in answer.text


def test_five_hundred_questions_fit_into_a_page_and_come_back_from_it(trainer, draft) -> None:
    many = "\n\n".join(f"::n{number}::Питање број {number}, {'а' * 300}? {{=да ~не}}" for number in range(500))
    page = upload(trainer, draft, many)
    assert page.status_code == 200
    answer = trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page.text)})
    assert answer.status_code == 422
    assert "Упитник може да има 100 питања" in answer.text
    choices = {f"choice-{number}": "leave" for number in range(96, 500)}
    assert trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page.text)} | choices).status_code == 303
    assert len(items(draft)) == 100


def test_personal_data_are_not_taken_over(trainer, draft) -> None:
    page = upload(trainer, draft, "Зову 064/123-45-67? {=да ~не}").text
    assert "Ово личи на податке о личности: 064/123-45-67" in page
    assert "Унеси изабрано" not in page
    assert trainer.post(at(draft, "exchange/confirm"), data={"seal": seal_of(page)}).status_code == 422


def test_what_is_typed_into_a_file_is_no_markup(trainer, draft) -> None:
    evil = '::<b>::<script>alert(1)</script>"onload\\=x {\\=<i>да</i> ~%0%<img src\\=x> ~не}'
    page = upload(trainer, draft, "[plain]" + evil + "\n\n" + evil).text
    assert "<script>alert" not in page
    assert "<img src" not in page


@pytest.mark.parametrize("locale", ["sr", "sr_Latn", "en"])
@pytest.mark.parametrize("survey", ["knowledge", "evaluation", "follow-up-3"])
def test_every_export_comes_back_as_nothing_new(trainer, draft, survey, locale) -> None:
    trainer.set_cookie("language", locale)
    for form, language in (
        ("xlsx", "sr"),
        ("gift", "sr"),
        ("gift", "sr_Latn"),
        ("gift", "en"),
        ("xml", "sr"),
        ("xml", "sr_Latn"),
        ("xml", "en"),
    ):
        file = trainer.get(at(draft, f"export.{form}?language={language}", survey))
        assert file.status_code == 200
        assert "attachment" in file.headers["Content-Disposition"]
        answer = upload(trainer, draft, file.data, survey=survey, language=language[:2])
        if form != "xlsx" and survey == "evaluation":
            assert file.data.decode().count("e1: ") == 1  # scales are told in a comment
        assert answer.status_code == 200
        assert "xline--" not in answer.text, (form, language)


def test_an_empty_table_has_headings_and_no_questions(trainer, draft) -> None:
    from python_calamine import CalamineWorkbook

    file = trainer.get(at(draft, "export.xlsx?empty=1"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_name("Питања").to_python()
    assert "Питање (sr)" in rows[1]
    assert len(rows) == 2


def test_what_is_no_export_is_not_there(trainer, draft) -> None:
    for address in ("export.pdf", "export.gift?language=de", "exchange/confirm"):
        assert trainer.get(at(draft, address)).status_code in (404, 405)
    for address in ("exchange", "export.xlsx", "preview", "statistics"):
        assert trainer.get(at(draft, address, "nothing")).status_code == 404
        assert trainer.get(f"/drafts/{draft.id}/surveys/../{address}").status_code == 404


@pytest.mark.parametrize("role", ["", "office", "administrator"])
def test_only_who_writes_courses_sees_these_pages(client, draft, role) -> None:
    if role:
        sign_in(client, an_account(role))
    for address in ("exchange", "export.xlsx", "preview", "statistics"):
        assert client.get(at(draft, address)).status_code in (302, 303, 404)


# ---- as on a phone ----


def test_a_question_looks_as_on_the_phone_of_a_trainee(trainer, draft) -> None:
    page = trainer.get(at(draft, "preview?item=q1")).text
    for words in ("основана сумња", "Још не знам", "Следеће питање", 'name="q1"', 'lang="sr-Cyrl"'):
        assert words in page, words
    latin = trainer.get(at(draft, "preview?item=q1&language=sr_Latn")).text
    assert "osnovana sumnja" in latin
    assert 'lang="sr-Latn"' in latin
    english = trainer.get(at(draft, "preview?item=q1&language=en")).text
    assert "a founded suspicion" in english
    assert "Next question" in english
    assert "Као на телефону" in english


def test_an_evaluation_has_its_own_form_and_a_follow_up_asks_the_test_again(trainer, draft) -> None:
    assert 'class="likert' in trainer.get(at(draft, "preview", "evaluation")).text
    again = trainer.get(at(draft, "preview?item=q1", "follow-up-3")).text
    assert "основана сумња" in again


@pytest.mark.parametrize(
    ("address", "value"),
    [("items[q1].text", None), ("items[q1].options", None), ("items[q1].type", None), ("items[q1].options[a].text", {"sr": "", "en": ""}), ("items", []), ("items", None)],
)  # fmt: skip
def test_an_unfinished_survey_is_shown_as_far_as_it_is(trainer, draft, address, value) -> None:
    drafting.change(draft, "surveys/knowledge.yaml", lambda doc: [put(doc, address, value)], "write")
    for language in ("sr", "sr_Latn", "en"):
        page = trainer.get(at(draft, f"preview?item=q1&language={language}"))
        assert page.status_code == 200
        if "text" in address:
            assert {"sr": "(још без текста)", "sr_Latn": "(još bez teksta)", "en": "(no text yet)"}[
                language
            ] in page.text
    for other in ("exchange", "statistics", "export.xlsx", "export.gift", "export.xml"):
        assert trainer.get(at(draft, other)).status_code == 200


def test_a_scale_that_is_gone_does_not_break_the_preview(trainer, draft) -> None:
    drafting.change(draft, "surveys/evaluation.yaml", lambda doc: [put(doc, "scales", None)], "write")
    assert "(још без текста)" in trainer.get(at(draft, "preview?item=e1", "evaluation")).text


# ---- what earlier trainings say ----


def test_what_is_known_of_a_question_stands_beside_it(app, trainer) -> None:
    survey, version = a_test()
    draft = drafting.start_draft("small", files_of_version(version))
    empty = trainer.get(at(draft, "statistics?item=q1"), headers={"HX-Request": "true"}).text
    assert "Још нема довољно одговора" in empty
    a_training_with(version, *[(A, B)] * 6, *[(B, B)] * 3, *[(B, C)] * 1, *[(C, A)] * 2)
    part = trainer.get(at(draft, "statistics?item=q1"), headers={"HX-Request": "true"}).text
    assert "<html" not in part
    for words in ("12 особа", "1 обука", "33%", "75%", "Са нетачног на тачно: 6; са тачног на нетачно: 1."):
        assert words in part, words
    whole = trainer.get(at(draft, "statistics")).text
    assert whole.count("12 особа") == len(survey["items"])
