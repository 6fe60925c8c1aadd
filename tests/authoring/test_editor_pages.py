"""The editor in the browser, without JavaScript and as htmx asks: forms, errors, conflicts, adding and removing."""

import re
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Account
from lms.authoring.actions.drafting import save
from lms.authoring.actions.starting import new_course, new_document
from lms.authoring.editing import Edit, print_of
from lms.authoring.models import DraftStep
from lms.content.checks.privacy import NO_REAL_PEOPLE
from lms.extensions import db
from lms.language import gettext
from tests.authoring.world import CASE_PATH, a_draft, address_of, an_author, document_of, stored
from tests.builders import a_course, an_account, sign_in
from tests.test_personal_data import INVENTED

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def draft(app: Flask):
    return a_draft()


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    return an_author(client)


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form as it came: names and values."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        ticked = 'type="checkbox"' not in tag or " checked" in tag
        if name and ticked:
            value = re.search(r'value="([^"]*)"', tag)
            found.setdefault(unescape(name[1]), unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[unescape(name)] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[unescape(name)] = unescape(chosen[1]) if chosen else ""
    return found


def form_at(client: FlaskClient, draft, at: str = "", path: str = CASE_PATH) -> dict[str, str]:
    answer = client.get(address_of(draft, at, path))
    assert answer.status_code == 200
    return fields_of(answer.text)


def test_what_comes_from_the_form_untouched_changes_nothing(author, draft) -> None:
    for line in re.findall(r'href="(/drafts/\d+/files/[^"#]*)"', author.get(address_of(draft)).text):
        page = author.get(unescape(line))
        assert page.status_code == 200
        assert author.post(unescape(line), data=fields_of(page.text)).status_code == 303
    assert draft.version == 0 or document_of(draft) is None


def test_a_saved_text_is_there_after_the_redirect(author, draft) -> None:
    form = form_at(author, draft) | {"title.sr": "Нов наслов"}
    assert author.post(address_of(draft), data=form).status_code == 303
    assert stored(draft, "title.sr") == "Нов наслов"
    assert "Нов наслов" in author.get(address_of(draft)).text


def test_what_cannot_be_taken_is_told_beside_its_field_and_everything_else_is_saved(author, draft) -> None:
    form = form_at(author, draft) | {"minutes": "много", "title.sr": "Нов наслов"}
    answer = author.post(address_of(draft), data=form)
    assert answer.status_code == 422
    assert 'value="много"' in answer.text
    assert stored(draft, "title.sr") == "Нов наслов"
    assert stored(draft, "minutes") != "много"


@pytest.mark.parametrize("text", ["Зове се са 064 123 4567", "ЈМБГ " + INVENTED, "pera@primer.rs", "ауто BG 123-AB"])
def test_personal_data_is_refused_with_an_explanation_and_stays_on_the_screen(author, draft, text: str) -> None:
    answer = author.post(address_of(draft), data=form_at(author, draft) | {"summary.sr": text})
    assert answer.status_code == 422
    assert text in unescape(answer.text)
    assert gettext(NO_REAL_PEOPLE) in unescape(answer.text)
    assert stored(draft, "summary.sr") != text


def test_a_conflict_shows_both_and_loses_neither(app, draft) -> None:
    one, other = an_author(app.test_client(), "Ана"), an_author(app.test_client(), "Бане")
    mine, theirs = form_at(one, draft), form_at(other, draft)
    assert other.post(address_of(draft), data=theirs | {"title.sr": "Банетов наслов"}).status_code == 303
    answer = one.post(address_of(draft), data=mine | {"title.sr": "Анин наслов", "person.sr": "Нова особа"})
    assert answer.status_code == 409
    assert "Анин наслов" in answer.text
    assert "Банетов наслов" in answer.text
    assert stored(draft, "title.sr") == "Банетов наслов"
    assert stored(draft, "person.sr") == "Нова особа"
    assert "Бане" in answer.text
    again = fields_of(answer.text)
    assert again["title.sr"] == "Анин наслов"
    assert one.post(address_of(draft), data=again).status_code == 409  # writing on is no choice
    assert stored(draft, "title.sr") == "Банетов наслов"
    assert one.post(address_of(draft), data=again | {"mine": "title.sr"}).status_code == 303
    assert stored(draft, "title.sr") == "Анин наслов"


def test_the_other_version_is_taken_by_its_button(app, draft) -> None:
    one, other = an_author(app.test_client(), "Ана"), an_author(app.test_client(), "Бане")
    mine = form_at(one, draft)
    other.post(address_of(draft), data=form_at(other, draft) | {"title.sr": "Банетов наслов"})
    answer = one.post(address_of(draft), data=mine | {"title.sr": "Анин наслов"})
    assert one.post(address_of(draft), data=fields_of(answer.text) | {"theirs": "title.sr"}).status_code == 303
    assert stored(draft, "title.sr") == "Банетов наслов"
    assert "Банетов наслов" in one.get(address_of(draft)).text


def test_words_for_a_part_that_somebody_removed_are_shown_again(app, draft) -> None:
    one, other = an_author(app.test_client(), "Ана"), an_author(app.test_client(), "Бане")
    role = document_of(draft)["roles"][-1]["key"]
    at = f"roles[{role}]"
    mine = form_at(one, draft, at)
    other.post(address_of(draft, at), data=form_at(other, draft, at) | {"do": f"remove:{at}"})
    answer = one.post(address_of(draft, at), data=mine | {f"{at}.briefing.sr": "Мој дуги текст"}, follow_redirects=True)
    assert "Мој дуги текст" in answer.text


def test_saving_in_the_background_says_that_a_part_is_gone(app, draft) -> None:
    one, other = an_author(app.test_client(), "Ана"), an_author(app.test_client(), "Бане")
    at = f"roles[{document_of(draft)['roles'][-1]['key']}]"
    mine = form_at(one, draft, at)
    other.post(address_of(draft, at), data=form_at(other, draft, at) | {"do": f"remove:{at}"})
    answer = one.post(address_of(draft, at), data=mine | {f"{at}.briefing.sr": "Мој дуги текст"}, headers=HTMX)
    assert 'hx-target="#lost"' in answer.text
    assert "Неко је у међувремену уклонио" in answer.text
    assert "није све сачувано" in answer.text


def test_the_language_is_switched_and_what_was_typed_is_saved(author, draft) -> None:
    answer = author.post(address_of(draft), data=form_at(author, draft) | {"title.sr": "Нов наслов", "_language": "en"})
    assert answer.status_code == 303
    assert "Saved" in author.get(address_of(draft)).text or 'lang="en"' in author.get(address_of(draft)).text
    assert stored(draft, "title.sr") == "Нов наслов"


def test_a_link_that_was_followed_is_followed_after_saving(author, draft) -> None:
    answer = author.post(
        address_of(draft), data=form_at(author, draft) | {"title.sr": "Нов", "next": f"/drafts/{draft.id}"}
    )
    assert answer.location == f"/drafts/{draft.id}"
    assert author.post(address_of(draft), data=form_at(author, draft) | {"next": "//evil.example"}).location.startswith(
        "/drafts/"
    )


def test_only_ones_own_last_step_is_offered_to_be_taken_back(app, draft) -> None:
    one, other = an_author(app.test_client(), "Ана"), an_author(app.test_client(), "Бане")
    one.post(address_of(draft), data=form_at(one, draft) | {"title.sr": "Анин наслов"})
    other.post(address_of(draft), data=form_at(other, draft) | {"person.sr": "Банетова особа"})
    assert f"/drafts/{draft.id}/steps/1/take-back" in one.get(address_of(draft)).text
    assert f"/drafts/{draft.id}/steps/2/take-back" in other.get(address_of(draft)).text


def test_a_trainer_does_not_publish_a_course_that_others_had_before(app: Flask) -> None:
    a_course()
    trainer = an_author(app.test_client(), "Тања", "trainer")
    answer = trainer.post("/drafts/continue", data={"course": "small"})
    assert f'action="{answer.location}/publish"' not in trainer.get(f"{answer.location}/publish").text


def test_parts_are_added_moved_and_removed_by_buttons(author, draft) -> None:
    answer = author.post(address_of(draft), data=form_at(author, draft) | {"do": "add:stages"})
    assert answer.status_code == 303
    stages = [stage["key"] for stage in document_of(draft)["stages"]]
    new = stages[-1]
    assert new in unescape(answer.location).replace("%5B", "[")
    author.post(address_of(draft), data=form_at(author, draft) | {"do": f"up:stages[{new}]"})
    assert [stage["key"] for stage in document_of(draft)["stages"]][-2] == new
    author.post(address_of(draft), data=form_at(author, draft) | {"do": f"remove:stages[{new}]"})
    assert [stage["key"] for stage in document_of(draft)["stages"]] == stages[:-1]


def test_a_button_saves_what_was_typed_too(author, draft) -> None:
    author.post(address_of(draft), data=form_at(author, draft) | {"title.sr": "Нов наслов", "do": "add:endings"})
    assert stored(draft, "title.sr") == "Нов наслов"


@pytest.mark.parametrize(
    "command",
    ["add:title", "add:nothing", "remove:stages[no]", "up:", "burn:stages", "add:stages[no].injects", "remove:title"],
)
def test_a_button_that_is_not_there_changes_nothing(author, draft, command: str) -> None:
    before = document_of(draft)
    assert author.post(address_of(draft), data=form_at(author, draft) | {"do": command}).status_code in (409, 422)
    assert document_of(draft) == before


def test_saving_in_the_background_renews_the_state_and_the_checks_and_no_text(author, draft) -> None:
    values = {"title.sr": "", "was:title.sr": print_of(stored(draft, "title.sr"))}
    answer = author.post(address_of(draft), data=values, headers=HTMX)
    assert answer.status_code == 200
    assert "<textarea" not in answer.text
    assert 'hx-target="#checks"' in answer.text
    assert f'value="{print_of("")}"' in answer.text
    assert stored(draft, "title.sr") == ""


def test_only_what_was_sent_is_touched(author, draft) -> None:
    before = document_of(draft)
    author.post(
        address_of(draft),
        data={"title.sr": "Нов наслов", "was:title.sr": print_of(before["title"]["sr"])},
        headers=HTMX,
    )
    before["title"]["sr"] = "Нов наслов"
    assert document_of(draft) == before


def test_fields_that_are_not_in_the_form_cannot_be_written(author, draft) -> None:
    before = document_of(draft)
    values = {
        "key": "hacked",
        "was:key": print_of(before["key"]),
        "stages": "",
        "was:stages": print_of(before["stages"]),
    }
    author.post(address_of(draft), data=values)
    assert document_of(draft) == before


@pytest.mark.parametrize("role", ["office", "administrator", "reader"])
def test_others_do_not_write(app: Flask, draft, role: str) -> None:
    client = sign_in(app.test_client(), an_account(role))
    assert client.get("/drafts").status_code == 404
    assert client.get(address_of(draft)).status_code == 404
    assert client.post(address_of(draft), data={}).status_code == 404


@pytest.mark.parametrize("path", ["cases/none.yaml", "course.yml", "../config.py", "figures/x.svg", "pages/none"])
def test_a_document_that_is_not_there_leads_to_no_page(author, draft, path: str) -> None:
    assert author.get(f"/drafts/{draft.id}/files/{path}").status_code == 404


@pytest.mark.parametrize("at", ["stages[no]", "x.y.z", "[[[", "stages[#9]", "a" * 500, "title.sr"])
def test_an_address_of_nothing_leads_to_the_nearest_part(author, draft, at: str) -> None:
    assert author.get(address_of(draft, at)).status_code == 200


def test_the_steps_are_listed_in_words_and_taken_back(author, draft) -> None:
    author.post(address_of(draft), data=form_at(author, draft) | {"title.sr": "Нов наслов"})
    page = author.get(f"/drafts/{draft.id}/steps").text
    assert "Ана Аутор" in page
    assert "Нов наслов" in page
    assert author.post(f"/drafts/{draft.id}/steps/1/take-back").status_code == 303
    assert stored(draft, "title.sr") != "Нов наслов"


def test_the_button_goes_back_step_by_step_and_a_step_taken_back_from_the_list_comes_again(author, draft) -> None:
    def write(text: str) -> None:
        save(draft, CASE_PATH, [Edit(f"{text}.sr", "Ново.", print_of(stored(draft, f"{text}.sr")))])

    def button() -> list[str]:
        return re.findall(rf"/drafts/{draft.id}/steps/(\d+)/take-back", author.get(address_of(draft)).text)

    account = db.session.scalars(sa.select(Account.id)).one()
    for text in ("title", "summary", "person"):
        write(text)
    db.session.execute(sa.update(DraftStep).values(account_id=account))
    db.session.commit()
    for step in ("3", "2", "1"):
        assert button() == [step]
        author.post(f"/drafts/{draft.id}/steps/{step}/take-back")
    assert button() == []
    assert stored(draft, "title.sr") != "Ново."
    author.post(f"/drafts/{draft.id}/steps/6/take-back")
    assert stored(draft, "title.sr") == "Ново."
    assert button() == ["1"]


def test_taking_back_a_new_document_leads_to_the_draft(author, draft) -> None:
    made = author.post(
        f"/drafts/{draft.id}/documents",
        data={"kind": "case", "starter": "blank", "title_sr": "Ново", "title_en": "New"},
    ).location
    answer = author.post(f"/drafts/{draft.id}/steps/1/take-back", data={"next": made})
    assert answer.location == f"/drafts/{draft.id}"
    back = author.post(f"/drafts/{draft.id}/steps/2/take-back", data={"next": made})
    assert back.location == made


def test_what_names_something_is_no_box_to_type_in_while_there_is_nothing_to_name(author) -> None:
    draft = new_course("Курс", "Course")
    path = new_document(draft, "case", "blank", "Случај", "Case")
    page = author.get(address_of(draft, "roles[first-service]", path)).text
    assert "Прво додајте" in page
    assert 'name="roles[first-service].cover"' not in page


def test_steps_call_roles_notes_and_conditions_as_people_do(author, draft) -> None:
    for at, value in (("when", "not warned and trust >= 2"), ("roles", ["police", "social"])):
        address = f"stages[call].injects[neighbour].{at}"
        assert save(draft, CASE_PATH, [Edit(address, value, print_of(stored(draft, address)))]).changes
    page = author.get(f"/drafts/{draft.id}/steps").text
    assert "Послодавац зна" in page
    assert "Водитељка случаја</ins>" in page
    assert "trust" not in page


def test_a_trainer_publishes_what_they_began_and_nothing_else(app: Flask) -> None:
    trainer = an_author(app.test_client(), "Тања", "trainer")
    answer = trainer.post("/drafts", data={"title_sr": "Моја обука", "title_en": "Mine"})
    assert answer.status_code == 303
    assert "Само" not in trainer.get(f"{answer.location}/publish").text
    other = a_draft()
    page = trainer.get(f"/drafts/{other.id}/publish").text
    assert f'action="/drafts/{other.id}/publish"' not in page
    trainer.post(f"/drafts/{other.id}/publish", data={"version": 0})
    assert other.base_hash is None


def test_a_latin_reading_is_shown_when_asked_for(author, draft) -> None:
    from lms.serbian import to_latin

    title = stored(draft, "title.sr")
    assert to_latin(title) in author.get(address_of(draft) + "?latin=1").text
