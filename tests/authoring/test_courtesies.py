"""What spares an author a second look: hours that follow, times as people write them, buttons only for those who may, names told apart."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.authoring import documents
from lms.authoring.checking import faults_in
from lms.authoring.forms.commands import carry_out
from lms.authoring.forms.naming import named_place
from lms.authoring.models import Draft
from lms.authoring.queries import files_of_draft
from lms.content.actions import store_files
from tests.authoring.changed_courses import WHOLE, edited
from tests.authoring.test_editor_pages import form_at
from tests.authoring.world import a_draft, address_of, an_author, stored
from tests.builders import a_municipality

LINES = "programme[#0].items"


@pytest.fixture
def draft(app: Flask) -> Draft:
    return a_draft()


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    return an_author(client)


def programme(*lines: tuple[str, str, int]) -> dict[str, object]:
    """A course with one day of such lines: key, beginning, minutes."""
    items = [{"key": key, "starts": starts, "minutes": minutes} for key, starts, minutes in lines]
    return {"programme": [{"day": 1, "items": items}]}


def hours(course: dict) -> dict[str, str]:
    return {line["key"]: line["starts"] for line in course["programme"][0]["items"]}


def moved(course: dict, command: str) -> list:
    kind = documents.kind_of("course.yaml")
    assert kind is not None
    return carry_out(course, kind, command)[0]


def test_lines_that_followed_one_another_follow_one_another_after_a_move() -> None:
    course = programme(("a", "09:00", 30), ("b", "09:30", 45), ("pause", "10:15", 15), ("c", "10:30", 60))
    changes = moved(course, f"up:{LINES}[pause]")
    assert hours(course) == {"a": "09:00", "pause": "09:30", "b": "09:45", "c": "10:30"}
    assert [change["do"] for change in changes] == ["move", "set", "set"]
    moved(course, f"by:{LINES}[c]:-3")
    assert hours(course) == {"c": "09:00", "a": "10:00", "pause": "10:30", "b": "10:45"}


@pytest.mark.parametrize("second", [("b", "10:00", 30), ("b", "", 30), ("b", "10:00", None)])
def test_hours_with_a_gap_or_not_written_yet_are_left_alone(second: tuple) -> None:
    course = programme(("a", "09:00", 30), second)
    moved(course, f"up:{LINES}[b]")
    assert hours(course) == {"a": "09:00", "b": second[1]}


@pytest.mark.parametrize("typed", ["9.30", "09:30", "9:30", "9,30", "9 30", "09.30h"])
def test_hours_are_taken_as_people_write_them(author: FlaskClient, draft: Draft, typed: str) -> None:
    at = "programme[#0]"
    form = form_at(author, draft, at, "course.yaml")
    name = next(name for name in form if name.endswith(".starts"))
    author.post(address_of(draft, at, "course.yaml"), data=form | {name: typed})
    assert stored(draft, name, "course.yaml") == "09:30"


def test_a_photograph_is_refused_as_one_and_the_draft_stays(author: FlaskClient, draft: Draft) -> None:
    sent = {"name": "map", "language": "", "drawing": (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\xff" * 40), "map.png")}
    answer = author.post(f"/drafts/{draft.id}/figures", data=sent)
    assert answer.status_code == 422
    assert "само цртежи у SVG" in answer.text
    assert files_of_draft(draft).keys() == files_of_draft(a_draft("other")).keys()


def test_only_who_may_throw_a_draft_away_is_offered_it(app: Flask, draft: Draft) -> None:
    trainer, author = an_author(app.test_client(), "Тања", "trainer"), an_author(app.test_client())
    page = f"/drafts/{draft.id}"
    assert f"{page}/discard" not in trainer.get(page).text
    assert f"{page}/discard" in author.get(page).text
    assert "одбачен" in author.post(f"{page}/discard", follow_redirects=True).text


def test_a_copy_with_the_title_of_the_original_gets_the_name_of_its_place(author: FlaskClient) -> None:
    a_municipality()
    version = store_files(WHOLE)
    form = {"municipality": "kragujevac", "title_sr": version.title_sr, "title_en": "Ours"}
    page = author.post(f"/courses/{version.hash}/fork", data=form, follow_redirects=True).text
    assert f"{version.title_sr} – Крагујевац" in page


def test_a_source_says_how_texts_cite_it(author: FlaskClient, draft: Draft) -> None:
    assert "[@S1]" in author.get(address_of(draft, "[S1]", "sources.yaml")).text


def test_what_is_wrong_in_both_languages_of_a_page_is_said_once() -> None:
    files = {
        path: text.partition("\n## ")[0] + "\n" if path.startswith("pages/m1") else text for path, text in WHOLE.items()
    }
    messages = [fault.message for fault in faults_in(files, "pages/m1")]
    assert messages.count("The page has no text.") == 1


def test_no_date_of_checking_is_filled_in_for_somebody_who_has_not_checked() -> None:
    case = documents.read(edited(WHOLE, "cases/small.yaml", lambda _case: None), "cases/small.yaml")
    kind = documents.kind_of("cases/small.yaml")
    assert kind is not None
    carry_out(case, kind, "add:procedure")
    assert not case["procedure"][-1].get("verified_on")


def test_a_text_in_a_list_is_called_by_the_label_of_the_list() -> None:
    case = documents.shown(WHOLE, "cases/small.yaml")
    assert named_place("cases/small.yaml", case, "aims[#0].sr") == named_place("cases/small.yaml", case, "aims") != ""
