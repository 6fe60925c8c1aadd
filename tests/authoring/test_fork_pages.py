"""A municipality makes a course its own; when the original goes on, the fork is told and decides piece by piece."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.authoring import documents
from lms.authoring.actions.drafting import write_files
from lms.authoring.models import Draft, DraftStep
from lms.authoring.queries import files_of_draft
from lms.content.actions import store_files
from lms.extensions import db
from tests.authoring.changed_courses import WHOLE, edited
from tests.builders import a_municipality, an_account, sign_in

CASE = "cases/small.yaml"


@pytest.fixture
def trainer(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser of a trainer."""
    a_municipality()
    return sign_in(client, an_account("trainer"))


@pytest.fixture
def fork(trainer: FlaskClient) -> Draft:
    """The small course, made one's own."""
    version = store_files(WHOLE)
    form = {"municipality": "kragujevac", "title_sr": "Мали курс – Крагујевац", "title_en": "Small course – Kragujevac"}
    assert trainer.post(f"/courses/{version.hash}/fork", data=form).status_code == 303
    anew()
    return db.session.scalars(sa.select(Draft)).one()


def anew() -> None:
    """From now on read what is stored, not what was read before."""
    db.session.rollback()
    db.session.expire_all()


def publish(**changes: str) -> dict[str, str]:
    """A newer version of the original: title, summary of the case."""
    files = edited(WHOLE, CASE, lambda case: [case[name].update(sr=text) for name, text in changes.items()])
    store_files(files)
    return files


def sent(page: str, choice: str = "take") -> dict[str, str]:
    """The form of the page with the same choice for every piece."""
    hidden = dict(re.findall(r'type="hidden" name="(version|since|towards)" value="(\w+)"', page))
    return hidden | dict.fromkeys(re.findall(r'name="(piece-\w+)" value="take"', page), choice)


def test_a_fork_is_the_course_under_another_name_and_remembers_where_it_came_from(fork: Draft) -> None:
    files = files_of_draft(fork)
    assert fork.course_key == "small-kragujevac"
    assert fork.origin_hash == store_files(WHOLE).hash
    assert fork.base_hash is None
    assert {path for path in files if files[path] != WHOLE[path]} == {"course.yaml"}
    assert documents.read(files, "course.yaml")["title"]["sr"] == "Мали курс – Крагујевац"


def test_the_form_begins_with_the_title_of_the_original_and_both_titles_are_needed(trainer: FlaskClient) -> None:
    version = store_files(WHOLE)
    assert 'value="Мали курс"' in trainer.get(f"/courses/{version.hash}/fork").text
    assert trainer.post(f"/courses/{version.hash}/fork", data={"title_sr": "", "title_en": ""}).status_code == 422
    assert trainer.get("/courses/none/fork").status_code == 404


def test_two_forks_of_one_municipality_have_two_keys(trainer: FlaskClient, fork: Draft) -> None:
    form = {"municipality": "kragujevac", "title_sr": "Још један", "title_en": "Another"}
    trainer.post(f"/courses/{fork.origin_hash}/fork", data=form)
    anew()
    assert set(db.session.scalars(sa.select(Draft.course_key))) == {"small-kragujevac", "small-kragujevac-2"}


def test_without_a_newer_original_there_is_nothing_to_decide(trainer: FlaskClient, fork: Draft) -> None:
    page = trainer.get(f"/drafts/{fork.id}/origin").text
    assert "најновије верзије" in page
    assert "piece-" not in page


def test_a_draft_that_is_no_fork_has_no_original(trainer: FlaskClient) -> None:
    trainer.post("/drafts/continue", data={"course": store_files(WHOLE).course_key})
    anew()
    draft = db.session.scalars(sa.select(Draft)).one()
    assert trainer.get(f"/drafts/{draft.id}/origin").status_code == 404


def test_what_was_not_touched_is_chosen_beforehand_and_comes_over_as_one_step(
    trainer: FlaskClient, fork: Draft
) -> None:
    newer = publish(title="Нова вежба", summary="Нов сажетак.")
    page = trainer.get(f"/drafts/{fork.id}/origin").text
    assert page.count(" checked") == 2
    assert trainer.post(f"/drafts/{fork.id}/origin", data=sent(page)).status_code == 303
    anew()
    assert files_of_draft(fork)[CASE] == newer[CASE]
    assert fork.origin_hash == store_files(newer).hash
    assert [step.kind for step in db.session.scalars(sa.select(DraftStep))] == ["taken"]


def test_what_is_kept_is_not_asked_again_until_the_original_changes_it_again(trainer: FlaskClient, fork: Draft) -> None:
    publish(title="Нова вежба")
    address = f"/drafts/{fork.id}/origin"
    trainer.post(address, data=sent(trainer.get(address).text, "keep"))
    anew()
    assert files_of_draft(fork)[CASE] == WHOLE[CASE]
    assert "piece-" not in trainer.get(address).text
    publish(title="Нова вежба", summary="Нов сажетак.")
    assert len(sent(trainer.get(address).text)) == 3 + 1
    publish(title="Сасвим нова вежба", summary="Нов сажетак.")
    assert len(sent(trainer.get(address).text)) == 3 + 2


def test_what_both_have_changed_is_shown_twice_and_needs_a_choice(trainer: FlaskClient, fork: Draft) -> None:
    publish(title="Нова вежба")
    ours = edited(WHOLE, CASE, lambda case: case["title"].update(sr="Наша вежба"))
    write_files(fork, {CASE: ours[CASE]})
    address = f"/drafts/{fork.id}/origin"
    page = trainer.get(address).text
    assert " checked" not in page
    assert "Нова" in page
    assert "Наша" in page
    form = sent(page)
    undecided = {name: value for name, value in form.items() if not name.startswith("piece-")}
    answer = trainer.post(address, data=undecided)
    assert answer.status_code == 422
    assert "Још треба да одлучите" in answer.text
    anew()
    assert files_of_draft(fork)[CASE] == ours[CASE]
    assert trainer.post(address, data=form).status_code == 303
    anew()
    assert "Нова вежба" in files_of_draft(fork)[CASE]


def test_what_was_chosen_stays_chosen_when_something_is_missing(trainer: FlaskClient, fork: Draft) -> None:
    publish(title="Нова вежба", summary="Нов сажетак.")
    address = f"/drafts/{fork.id}/origin"
    form = sent(trainer.get(address).text, "keep")
    form.pop(next(name for name in form if name.startswith("piece-")))
    page = trainer.post(address, data=form).text
    assert re.findall(r'value="(\w+)" checked', page) == ["keep"]


def test_whoever_decided_on_an_older_state_is_asked_again(trainer: FlaskClient, fork: Draft) -> None:
    publish(title="Нова вежба")
    address = f"/drafts/{fork.id}/origin"
    form = sent(trainer.get(address).text)
    write_files(fork, {CASE: edited(WHOLE, CASE, lambda case: case["summary"].update(sr="Наше."))[CASE]})
    assert trainer.post(address, data=form).status_code == 409
    publish(title="Још новија вежба")
    assert trainer.post(address, data=form).status_code == 422
    anew()
    assert "Мала вежба" in files_of_draft(fork)[CASE]


def test_whoever_has_taken_a_step_back_can_decide_once_more(trainer: FlaskClient, fork: Draft) -> None:
    began_from = fork.origin_hash
    publish(title="Нова вежба")
    address = f"/drafts/{fork.id}/origin"
    trainer.post(address, data=sent(trainer.get(address).text))
    trainer.post(f"/drafts/{fork.id}/steps/1/take-back")
    anew()
    assert files_of_draft(fork)[CASE] == WHOLE[CASE]
    assert f"{address}?since={began_from}" in trainer.get(address).text
    assert trainer.post(address, data=sent(trainer.get(f"{address}?since={began_from}").text)).status_code == 303
    anew()
    assert "Нова вежба" in files_of_draft(fork)[CASE]
