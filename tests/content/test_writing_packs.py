"""Packs in their canonical form, and the command that brings them there."""

from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest

from lms.content.checks import checked_course
from lms.content.files import read_folder
from lms.content.formats import COURSE
from lms.content.formatting import format_files, format_yaml, shape_of
from lms.content.render import render_page
from tests.builders import COURSE as SMALL_FOLDER
from tests.content.documents import typed
from tests.content.packs import SMALL

SHIPPED = sorted(path.parent for path in Path("courses").glob("*/course.yaml"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_shipped_pack_is_in_canonical_form(folder):
    files = read_folder(folder)
    formatted = format_files(files)
    assert [path for path in files if formatted[path] != files[path]] == []


def test_a_pack_typed_by_hand_says_the_same_in_canonical_form(app):
    formatted = format_files(SMALL)
    assert formatted.keys() == SMALL.keys()
    assert sum(formatted[path] != SMALL[path] for path in SMALL) > 10
    before, after = checked_course(SMALL), checked_course(formatted)
    for name in {field.name for field in fields(before)} - {"modules", "library"}:
        assert typed(getattr(after, name)) == typed(getattr(before, name)), name
    with app.app_context():
        for page in ("m1", "m2", "glossary"):
            for locale in ("sr", "sr_Latn", "en"):
                assert render_page(after, page, locale) == render_page(before, page, locale)


def test_formatting_twice_changes_nothing():
    formatted = format_files(SMALL)
    assert format_files(formatted) == formatted


def test_figures_stay_byte_for_byte():
    figure = "figures/steps.sr.svg"
    assert format_files({figure: "<svg >\n\n</svg>  \n"}) == {figure: "<svg >\n\n</svg>  \n"}


def test_what_cannot_be_read_stays_as_it_is():
    broken = {
        "course.yaml": "key: [a\n",
        "surveys/a.yaml": "key: &a b\n",
        "pages/a.sr.md": "---\ntitle: а\n---\n## б\n",
        "pages/a.en.md": "---\ntitle: a\n---\n## b\n\n## c\n",
        "pages/b.en.md": "no header\n",
    }
    assert format_files(broken) == broken


def test_a_page_that_has_one_language_only_gets_no_file_for_the_other():
    formatted = format_files({"pages/a.sr.md": "---\ntitle: а\n---\n\n## б\n"})
    assert formatted == {"pages/a.sr.md": '---\ntitle: "а"\nsummary: ""\nnotice: ""\n---\n## б\n'}


def test_the_comment_at_the_head_stays():
    text = "# Who wrote it.\n\nkey:   small # the name\n"
    assert format_yaml(text, COURSE) == "# Who wrote it.\nkey: small\n"


def test_documents_are_known_by_their_paths():
    assert shape_of("course.yaml") is COURSE
    assert shape_of("surveys/knowledge.yaml") is not shape_of("cases/first.yaml")
    assert shape_of("pages/m1.sr.md") is shape_of("figures/a.svg") is None


def test_the_command_lists_what_differs_and_then_mends_it(app, tmp_path):
    runner = app.test_cli_runner()
    folder = copytree(SMALL_FOLDER, tmp_path / "small")
    asked = runner.invoke(args=["courses", "format", "--check", str(tmp_path)])
    assert asked.exit_code == 1
    assert f"{folder}/surveys/knowledge.yaml\n" in asked.output
    assert "svg" not in asked.output
    assert read_folder(folder) == SMALL
    done = runner.invoke(args=["courses", "format", str(folder)])
    assert done.exit_code == 0
    assert done.output == asked.output
    assert read_folder(folder) == format_files(SMALL)
    again = runner.invoke(args=["courses", "format", "--check", str(folder)])
    assert (again.exit_code, again.output) == (0, "")


def test_the_command_refuses_what_is_no_pack(app, tmp_path):
    refused = app.test_cli_runner().invoke(args=["courses", "format", str(tmp_path / "nothing")])
    assert refused.exit_code == 1
    assert "nothing/.:1: " in refused.output
