"""Drafts in the database: beginning, saving, steps, taking back, publishing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.accounts.models import AuditEntry
from lms.authoring.actions import drafting, publishing, starting
from lms.authoring.checking import all_faults, errors
from lms.authoring.editing import Edit, print_of, put, remove
from lms.authoring.models import Draft, DraftFile, DraftStep
from lms.authoring.queries import files_of_draft, steps_of
from lms.content.queries import course_of, latest
from lms.errors import Refused
from lms.extensions import db
from tests.authoring.world import CASE_PATH, a_draft, small_files, stored
from tests.builders import a_course, a_training


def typed(draft: Draft, address: str, text: str) -> Edit:
    return Edit(address, text, print_of(stored(draft, address)))


def test_a_draft_of_a_published_course_is_begun_once(app: Flask) -> None:
    version = a_course()
    draft = starting.continue_course("small")
    assert draft.base_hash == version
    assert starting.continue_course("small").id == draft.id
    with pytest.raises(Refused):
        drafting.start_draft("small", {})
    with pytest.raises(Refused):
        starting.continue_course("unknown")


def test_what_is_saved_is_stored_and_is_a_step_that_says_who_and_what(app: Flask) -> None:
    draft = a_draft()
    assert drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Нов наслов")]).version == 1
    assert stored(draft, "title.sr") == "Нов наслов"
    (step,) = steps_of(draft)
    assert step.kind == "write"
    assert step.changes[0]["at"] == "title.sr"
    assert step.changes[0]["after"] == "Нов наслов"


def test_saving_the_same_again_is_no_step(app: Flask) -> None:
    draft = a_draft()
    edit = typed(draft, "title.sr", "Нов наслов")
    drafting.save(draft, CASE_PATH, [edit])
    assert drafting.save(draft, CASE_PATH, [edit]).version == 1


def test_typing_on_in_the_same_field_is_one_step_for_five_minutes(app: Flask) -> None:
    draft = a_draft()
    before = stored(draft, "title.sr")
    for text in ("Н", "Но", "Нов"):
        drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", text)])
    assert draft.version == 3
    (step,) = steps_of(draft)
    assert (step.changes[0]["before"], step.changes[0]["after"]) == (before, "Нов")
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Нови")])
    assert len(steps_of(draft)) == 2
    drafting.save(draft, CASE_PATH, [typed(draft, "title.en", "New")])
    assert len(steps_of(draft)) == 3


def test_any_step_is_taken_back_and_that_too(app: Flask) -> None:
    draft = a_draft()
    whole = files_of_draft(draft)
    before = stored(draft, "title.sr")
    drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Нов наслов")])
    drafting.change(
        draft,
        CASE_PATH,
        lambda document: [remove(document, "endings[" + document["endings"][0]["key"] + "]")],
        "remove",
    )
    drafting.take_back_step(draft, 1)
    assert stored(draft, "title.sr") == before
    drafting.take_back_step(draft, 2)
    assert files_of_draft(draft) == whole
    drafting.take_back_step(draft, 3)
    assert stored(draft, "title.sr") == "Нов наслов"


def test_a_step_that_was_built_upon_is_not_taken_back(app: Flask) -> None:
    draft = a_draft()
    drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Прво")])
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Друго")])
        with pytest.raises(Refused):
            drafting.take_back_step(draft, 1)
    assert stored(draft, "title.sr") == "Друго"
    assert draft.version == 2


def test_whole_files_are_one_step_and_come_back(app: Flask) -> None:
    draft = a_draft()
    before = files_of_draft(draft)
    drafting.write_files(draft, {CASE_PATH: None, "figures/new.svg": "<svg/>"})
    assert CASE_PATH not in files_of_draft(draft)
    drafting.take_back_step(draft, 1)
    assert files_of_draft(draft) == before


def test_a_new_document_of_each_kind_is_listed_and_has_no_fault_but_what_is_to_be_written(app: Flask) -> None:
    draft = a_draft()
    for kind in ("case", "module", "page", "survey"):
        path = starting.new_document(draft, kind, "two-roles", "Ново", "New thing")
        files = files_of_draft(draft)
        assert [file for file in files if file.startswith(path)]
        starting.remove_document(draft, path)
        assert not [file for file in files_of_draft(draft) if file.startswith(path)]
    assert not errors(all_faults(files_of_draft(draft)))


@pytest.mark.parametrize("starter", ["blank", "two-roles", "two-municipalities", "child"])
def test_a_case_from_every_starter_is_in_order_at_once(app: Flask, starter: str) -> None:
    draft = a_draft()
    path = starting.new_document(draft, "case", starter, "Нова прича", "A new story")
    assert not [str(fault) for fault in errors(all_faults(files_of_draft(draft))) if fault.file == path]


def test_a_course_of_ones_own_needs_only_to_be_written(app: Flask) -> None:
    draft = starting.new_course("Обука за Ужице", "")
    assert draft.course_key == "obuka-za-uzice"
    assert starting.new_course("Обука за Ужице", "").course_key == "obuka-za-uzice-2"
    assert errors(all_faults(files_of_draft(draft)))


def test_publishing_makes_a_version_that_trainings_under_way_do_not_get(app: Flask) -> None:
    old = a_course()
    training = a_training()
    draft = a_draft()
    drafting.save(
        draft, "course.yaml", [Edit("title.sr", "Нов назив", print_of(stored(draft, "title.sr", "course.yaml")))]
    )
    version = publishing.publish(draft, draft.version)
    assert version.hash != old
    assert latest("small").hash == version.hash
    assert course_of(version.hash).title["sr"] == "Нов назив"
    assert training.course_hash == old
    assert draft.base_hash == version.hash
    assert draft.title_sr == "Нов назив"
    assert (
        db.session.scalar(sa.select(AuditEntry.subject).where(AuditEntry.action == "course.published"))
        == "course small"
    )


def test_a_draft_that_was_written_on_is_not_published_unseen(app: Flask) -> None:
    draft = a_draft()
    drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Нов наслов")])
    with pytest.raises(Refused):
        publishing.publish(draft, 0)


def test_a_draft_with_a_fault_is_not_published(app: Flask) -> None:
    draft = a_draft()
    drafting.change(draft, CASE_PATH, lambda document: [put(document, "title.sr", "")], "write")
    with pytest.raises(Refused):
        publishing.publish(draft, draft.version)
    assert latest("small") is None


def test_a_draft_thrown_away_leaves_nothing_behind(app: Flask) -> None:
    draft = a_draft(files=small_files())
    drafting.save(draft, CASE_PATH, [typed(draft, "title.sr", "Нов наслов")])
    drafting.discard(draft)
    assert [
        db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Draft, DraftFile, DraftStep)
    ] == [0, 0, 0]
