"""Search in a course."""

import pytest

from lms.content.build import build
from lms.content.pack import read_pack
from lms.content.search import search
from tests.content.packs import SMALL

COURSE = build(read_pack(SMALL))


@pytest.mark.parametrize("query", ["сумња", "sumnja", "СУМЊА", "sumnju", "Сумње"])
@pytest.mark.parametrize("locale", ["sr", "sr_Latn"])
def test_script_case_and_endings_do_not_matter(app, query, locale):
    assert search(COURSE, query, locale)[0].key == "m1"


def test_a_find_names_its_section_and_shows_words_around(app):
    hit = search(COURSE, "индикатор", "sr")[0]
    assert (hit.key, hit.section, hit.section_title) == ("glossary", "s-terms", "Појмови")
    assert "Индикатор – знак да нешто" in hit.excerpt


def test_every_word_must_be_found(app):
    assert search(COURSE, "papers taken", "en")
    assert not search(COURSE, "papers zeppelin", "en")


def test_a_title_counts_more_than_the_text(app):
    assert search(COURSE, "glossary", "en")[0].key == "glossary"


@pytest.mark.parametrize("query", ["", "  ", "„”", "<b>", "a" * 5000, "%", "[["])
def test_nothing_useful_finds_nothing(app, query):
    assert search(COURSE, query, "sr") == []
