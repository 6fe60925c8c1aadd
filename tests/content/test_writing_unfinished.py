"""A page of which one language is not finished is told so, text by text, and cannot be published."""

import pytest

from lms.content.checks.untranslated import untranslated
from lms.content.pack import read_pack
from lms.content.page_document import page_document, page_texts
from lms.content.page_lines import addressed
from tests.content.packs import SMALL, faults

FILES = ["pages/m1.sr.md", "pages/m1.en.md"]


def told(change):
    document = page_document(*(SMALL[file] for file in FILES))
    change(document["blocks"])
    files = SMALL | dict(zip(FILES, page_texts(document), strict=True))
    found = list(untranslated(read_pack(files)))
    assert {str(fault) for fault in found} <= {str(fault) for fault in faults(files)}
    named = addressed(found, page_document(*(files[file] for file in FILES)))
    return [(fault.file[-5:-3], fault.name, fault.message) for fault in named]


def test_the_small_pack_is_translated():
    assert told(lambda blocks: None) == []


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ("sr", "This text is only in Serbian; the English is missing."),
        ("en", "This text is only in English; the Serbian is missing."),
    ],
)
def test_a_text_in_one_language_is_told_where_it_stands(kept, message):
    assert told(lambda blocks: blocks[1].update(text={kept: "[@S1]"})) == [
        (kept, f"blocks[text-1].text.{kept}", message)
    ]


def test_a_text_that_nobody_has_written_is_told_in_both():
    empty = {"key": "new", "kind": "text", "text": {}}
    assert told(lambda blocks: blocks.append(empty)) == [
        (language, f"blocks[text-3].text.{language}", "Nothing has been written here yet.") for language in ("sr", "en")
    ]


def test_languages_that_are_built_differently_are_not_compared_text_by_text():
    files = SMALL | {FILES[1]: SMALL[FILES[1]].replace("## ", "### ", 1)}
    assert list(untranslated(read_pack(files))) == []
    assert faults(files)
