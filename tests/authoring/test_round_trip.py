"""Every shipped course through the editor and a zip and back: the same bytes. And any document: what a form shows it also gives back."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from werkzeug.datastructures import MultiDict

from lms.authoring import documents
from lms.authoring.documents import contacts_of
from lms.authoring.editing import tidy, write
from lms.authoring.forms.choices import Draft
from lms.authoring.forms.drawn import Field
from lms.authoring.forms.fields import form_fields, leaves, list_field
from lms.authoring.forms.parts import Part, outline, part_at
from lms.authoring.forms.reading import WAS, read
from lms.authoring.packs.sandbox import read_upload
from lms.authoring.packs.writing import zipped
from lms.content.case_formats import CASE
from lms.content.files import read_folder
from lms.content.formats import SURVEY
from lms.content.formatting import format_files
from lms.content.shapes import Record
from tests.content.documents import documents_of

COURSES = sorted(path.parent for path in (Path(__file__).parents[2] / "courses").glob("*/course.yaml"))


def sent_from(fields: tuple[Field, ...]) -> MultiDict[str, str]:
    """What a browser sends of a form that nobody has touched."""
    form: MultiDict[str, str] = MultiDict()
    for one in leaves(fields):
        form.add(WAS + one.address, one.was)
        if one.widget == "several":
            chosen = (
                [choice.value for choice in one.choices if choice.chosen]
                if one.choices
                else [", ".join(one.typed or [])]
            )
            for value in chosen:
                form.add(one.address, value)
        elif one.widget == "truth":
            if one.typed:
                form.add(one.address, "1")
        elif one.widget == "choice":
            form.add(one.address, next((choice.value for choice in one.choices if choice.chosen), ""))
        elif one.widget == "flag":
            form.add(one.address, str(one.typed).lower())
        else:
            form.add(one.address, str(one.typed))
    return form


def fields_of(source: Draft, part: Part) -> tuple[Field, ...]:
    if part.name or not isinstance(part.shape, Record):
        return (list_field(source, part.kind, part.name, part.shape, part.value),)
    return form_fields(source, part.kind, part.shape, part.value, part.address)


def through_the_forms(files: dict[str, str], path: str, document: Any, refused: dict[str, str]) -> list[Any]:
    """The changes that come of sending every form of a document untouched; `refused` gets what cannot be taken."""
    kind = documents.kind_of(path)
    assert kind is not None
    changed = []
    for line in outline(kind.name, kind.shape, document):
        part = part_at(kind.name, kind.shape, document, line.address)
        fields = fields_of(Draft(files, path, document), part)
        typed = read(fields, sent_from(fields), contacts_of(files))
        refused.update(typed.errors)
        changes, conflicts = write(document, typed.edits)
        assert not conflicts
        changed += changes
    return changed


@pytest.mark.parametrize("course", COURSES, ids=lambda path: path.name)
def test_a_shipped_course_comes_back_from_the_editor_and_a_zip_as_it_was(app: Flask, course: Path) -> None:
    files = read_folder(course)
    assert format_files(files) == files
    after = dict(files)
    with app.test_request_context():
        for path in documents.paths_in(files):
            document = documents.read(files, path)
            assert document is not None, path
            refused: dict[str, str] = {}
            assert not through_the_forms(files, path, document, refused), path
            assert not refused
            kind = documents.kind_of(path)
            tidy(document, kind.shape)
            after |= documents.write(path, document, files)
    assert after == files
    assert read_upload(zipped(after, course.name)).files == files


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(documents_of(CASE))
def test_any_case_is_given_back_by_its_forms(app: Flask, document) -> None:
    with app.test_request_context():
        assert through_the_forms({}, "cases/any.yaml", document, {}) == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(documents_of(SURVEY))
def test_any_survey_is_given_back_by_its_forms(app: Flask, document) -> None:
    with app.test_request_context():
        assert through_the_forms({}, "surveys/any.yaml", document, {}) == []
