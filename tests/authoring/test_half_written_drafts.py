"""Drafts in which much is missing: whatever a button adds and whatever a course may lack when it comes in can be opened and gone on with."""

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.authoring import documents
from lms.authoring.actions.drafting import change, discard, start_draft
from lms.authoring.actions.starting import new_course, new_document
from lms.authoring.forms.commands import carry_out
from lms.authoring.forms.parts import outline
from lms.authoring.models import Draft
from lms.authoring.packs.archive import entries_of
from lms.authoring.packs.reading import Reading, read_zip
from lms.authoring.packs.writing import zipped
from lms.authoring.queries import files_of_draft
from lms.authoring.screens.editor import fields_at
from lms.authoring.starting import starter_keys
from lms.content.addresses import inside, value_at, within
from lms.extensions import db
from tests.authoring.changed_courses import WHOLE
from tests.authoring.world import an_author

OF_A_CASE = ("map", "matrix/roles", "matrix/steps", "sees", "explore", "explore/part", "play")


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    """The browser of somebody who writes."""
    return an_author(client)


def adding_buttons(files: documents.Files, path: str) -> list[str]:
    """The addresses of every list of a document that has a button to add to it."""
    kind, document = documents.kind_of(path), documents.shown(files, path)
    assert kind is not None
    fields = [field for at in parts(files, path) for field in fields_at(files, path, document, at)]
    found = []
    while fields:
        field = fields.pop()
        fields += [*field.fields, *(inner for member in field.members for inner in member.fields)]
        if field.add:
            found.append(field.address)
    return list(dict.fromkeys(found))


def parts(files: documents.Files, path: str) -> list[str]:
    """The parts of a document that the outline leads to."""
    kind = documents.kind_of(path)
    assert kind is not None
    return list(dict.fromkeys(line.address for line in outline(kind.name, kind.shape, documents.shown(files, path))))


def pages_of(draft: Draft) -> list[str]:
    """The addresses of every page about a draft's documents."""
    files, found = files_of_draft(draft), [f"/drafts/{draft.id}", f"/drafts/{draft.id}/publish"]
    for path in documents.paths_in(files):
        found += [f"/drafts/{draft.id}/files/{path}?at={quote(at)}" for at in parts(files, path)]
        if path.startswith("pages/"):
            found.append(f"/drafts/{draft.id}/pages/{documents.key_of(path)}/preview")
        if path.startswith("cases/"):
            found += [f"/drafts/{draft.id}/cases/{documents.key_of(path)}/{name}" for name in OF_A_CASE]
    return found


def broken_pages(browser: FlaskClient, draft: Draft) -> list[tuple[str, int]]:
    """What does not open. What cannot be shown before more is written may say so (409, 422)."""
    return [(page, code) for page in pages_of(draft) if (code := browser.get(page).status_code) not in (200, 409, 422)]


@pytest.mark.parametrize("kind", ["module", "page", "survey", *(f"case:{key}" for key in starter_keys())])
def test_everything_that_a_button_adds_can_be_opened_before_a_word_is_written(author: FlaskClient, kind: str) -> None:
    draft = new_course("Курс", "Course")
    path = new_document(draft, kind.partition(":")[0], kind.partition(":")[2], "Наслов", "Title")
    what, done = documents.kind_of(path), set()
    assert what is not None
    for _round in range(3):  # what was added has lists of its own
        for at in adding_buttons(files_of_draft(draft), path):
            if at not in done:
                done.add(at)
                change(draft, path, lambda found, at=at: carry_out(found, what, f"add:{at}")[0], "add")
    assert len(done) > 1 or kind in ("module", "page")
    assert broken_pages(author, draft) == []


def without(files: dict[str, str], path: str, address: str) -> dict[str, str]:
    """The files with one thing missing."""
    document: Any = documents.read(files, path)
    holder, value = value_at(document, within(address)) if within(address) else document, value_at(document, address)
    if isinstance(holder, dict):
        del holder[next(name for name, member in holder.items() if member is value)]
    else:
        number = next(number for number, member in enumerate(holder) if member is value)
        del holder[number], holder.lines[number]
    return files | documents.write(path, document, files)


def read(files: dict[str, str]) -> Reading:
    """What would come in."""
    content = zipped(files, "small")
    return read_zip(content, entries_of(content))


YAML = [path for path in documents.paths_in(WHOLE) if path.endswith(".yaml")]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_missing_the_course_comes_in_and_every_page_of_its_draft_opens_or_it_is_told_why_not(
    app: Flask, author: FlaskClient, data: st.DataObject
) -> None:
    files = dict(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(YAML))
        spots = [at for at, _value in inside(documents.shown(files, path)) if at]
        if spots:
            files = without(files, path, data.draw(st.sampled_from(spots)))
    reading = read(files)
    if not reading.files:
        assert any(not fault.warning for fault in reading.faults)
        return
    draft = start_draft("small", reading.files)
    try:
        assert broken_pages(author, draft) == []
    finally:
        db.session.rollback()
        discard(draft)
