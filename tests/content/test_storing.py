"""Storing versions and reading them back."""

from pathlib import Path

import pytest

from lms.content.actions import store_pack
from lms.content.faults import PackFaulty
from lms.content.files import canonical, files_of, read_folder
from lms.content.models import CourseVersion
from lms.content.queries import all_versions, course_of, latest
from lms.extensions import db
from tests.builders import COURSE, a_course


def test_a_pack_is_stored_once_however_often_it_is_loaded(app):
    first, second = store_pack(COURSE), store_pack(COURSE)
    assert first.hash == second.hash
    assert len(all_versions()) == 1
    assert latest("small").hash == first.hash


def test_the_stored_course_says_what_the_pack_says(app):
    course = course_of(a_course())
    assert course.title == {"sr": "Мали курс", "en": "Small course"}
    assert [module.key for module in course.modules] == ["m1", "m2"]
    assert next(entry.key for entry in course.programme if entry.day == 2) == "m2"
    assert course.test.item("q2").right == {"a", "b"}
    assert course.evaluation.item("e2").headline == "yes"
    assert [item.key for item in course.surveys["follow-up-3"].items] == ["used", "meetings", "obstacle", "q1"]


def test_a_course_is_parsed_once(app, statements):
    name = a_course()
    course_of(name)
    with statements:
        assert course_of(name) is course_of(name)
    assert statements.count == 0


def test_an_unknown_version_is_a_lookup_error(app):
    with pytest.raises(LookupError):
        course_of("0" * 64)


def test_document_and_files_are_the_same_byte_for_byte(app):
    files = read_folder(COURSE)
    document = db.session.get(CourseVersion, a_course()).document
    assert files_of(document) == files
    assert canonical(files_of(document)) == document.encode()
    assert {name: text.encode() for name, text in files.items()} == {
        path.relative_to(COURSE).as_posix(): path.read_bytes() for path in COURSE.rglob("*") if path.is_file()
    }


def test_an_incomplete_pack_is_refused_with_reasons(app, tmp_path: Path):
    (tmp_path / "course.yaml").write_text("key: half\n")
    with pytest.raises(PackFaulty) as refusal:
        store_pack(tmp_path)
    assert "course.yaml:1: `title`: Nothing has been written here yet." in str(refusal.value)
    assert "sources.yaml:1: This document is missing" in str(refusal.value)
    assert all_versions() == []
