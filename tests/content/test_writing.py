"""A document is written in one way only, and says the same when it is read again."""

from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.addresses import by_line, leaves
from lms.content.formats import BLOCKS, CASE, DOCUMENTS, SURVEY
from lms.content.shapes import Line, Many, Named, OneOf, Record, Words
from lms.content.writing import head_comment, write_yaml
from lms.content.yaml import read_yaml
from tests.content.documents import HOSTILE, anything, documents_of, said, shuffled, texts, typed

SHAPES = DOCUMENTS | BLOCKS
slow = settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))


def reread(value, shape=None):
    return read_yaml(write_yaml(value, shape), "f")


@pytest.mark.parametrize("name", SHAPES)
def test_what_fits_its_shape_is_read_again_as_it_was(name):
    @slow
    @given(documents_of(SHAPES[name], wide=1))
    def holds(value):
        assert typed(reread(value, SHAPES[name])) == typed(value)

    holds()


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_unfinished_is_read_again_as_it_was_too_and_written_again_in_the_same_way(name):
    @slow
    @given(documents_of(SHAPES[name], unfinished=True, wide=1))
    def holds(value):
        text = write_yaml(value, SHAPES[name])
        again = read_yaml(text, "f")
        assert typed(again) == typed(said(value, SHAPES[name]))
        assert write_yaml(again, SHAPES[name]) == text

    holds()


@given(anything)
def test_any_value_is_written_without_a_shape(value):
    assert typed(reread(value)) == typed(value)


@given(texts)
def test_any_text_survives_as_a_text_a_word_and_a_key(text):
    assert reread({"a": text}, Record({"a": Line()})) == {"a": text}
    assert reread({"a": text}, Record({"a": Line("x")})) == {"a": text}
    assert reread([text, text], Many(Line("x"))) == [text, text]
    assert reread({text: [text]}) == {text: [text]}


@pytest.mark.parametrize("text", HOSTILE)
def test_other_readers_of_yaml_read_the_same_texts(text):
    assert yaml.safe_load(write_yaml({"a": text, "b": [text]})) == {"a": text, "b": [text]}


@pytest.mark.parametrize("name", ["survey", "course", "flow"])
def test_the_order_in_which_keys_were_edited_does_not_matter(name):
    @slow
    @given(st.data())
    def holds(data):
        value = data.draw(documents_of(SHAPES[name], unfinished=True, wide=1))
        assert write_yaml(data.draw(shuffled(value)), SHAPES[name]) == write_yaml(value, SHAPES[name])

    holds()


def records(shape):
    inner = []
    if isinstance(shape, Record):
        yield shape
        inner = shape.members.values()
    elif isinstance(shape, Many | Named):
        inner = [shape.member]
    for member in inner:
        yield from records(member)


@pytest.mark.parametrize("name", SHAPES)
def test_the_order_of_a_record_names_every_key_once(name):
    for record in records(SHAPES[name]):
        assert sorted(record.order.split()) in ([], sorted([*record.required, *record.optional]))
        assert sorted(record.members) == sorted([*record.required, *record.optional])


def test_a_document_looks_like_this():
    survey = {
        "items": [
            {"text": {"en": "Yes: no?", "sr": "„Да”, „не”"}, "type": "single", "key": "q1", "sources": ["S4", "K-x"]},
            {"key": "q2", "options": [], "headline": "yes", "hint": None, "zzz": 1, "aaa": {"b": True}, "max": 20},
        ],
        "key": "knowledge",
        "scales": {"b": {"labels": [{"sr": "а"}]}, "a": {}},
        "title": {},
    }
    assert write_yaml(survey, SURVEY) == (
        """\
key: knowledge
title: {}
scales:
  a: {}
  b:
    labels:
      - sr: "а"
items:
  - key: q1
    type: single
    text:
      sr: "„Да”, „не”"
      en: "Yes: no?"
    sources: [S4, K-x]
  - key: q2
    options: []
    max: 20
    headline: "yes"
    aaa:
      b: true
    zzz: 1
"""
    )


def test_a_list_of_words_stands_on_one_line_while_it_is_short():
    shape = Record({"roles": Many(OneOf(("a",)))})
    assert write_yaml({"roles": ["police", "2012"]}, shape) == 'roles: [police, "2012"]\n'
    assert write_yaml({"roles": ["police"] * 40}, shape).count("\n") == 41
    assert write_yaml({"roles": ["police", 1]}, shape) == "roles:\n  - police\n  - 1\n"
    assert write_yaml({"aims": [{"sr": "а"}]}, Record({"aims": Many(Words())})) == 'aims:\n  - sr: "а"\n'


def test_what_no_document_holds_is_refused():
    for strange in (1.5, {1, 2}, object(), datetime(2026, 11, 22)):
        with pytest.raises(TypeError):
            write_yaml({"a": strange})


@slow
@given(documents_of(SURVEY, wide=1))
def test_every_line_is_one_address_and_every_address_has_one_line(survey):
    text = write_yaml(survey, SURVEY)
    found = by_line(read_yaml(text, "f"))
    assert list(found) == list(range(1, text.count("\n") + 1))
    assert len(set(found.values())) == len(found)
    assert set(found.values()) >= {address for address, _value in leaves(survey)}


def test_the_comment_at_the_head_is_kept_and_no_other():
    assert head_comment("# one\n# two\nkey: a  # no\n# no\n") == "# one\n# two\n"
    assert head_comment("\n# one  \n\n# two\n\nkey: a\n") == "# one\n# two\n"
    assert head_comment("key: a\n# no\n") == ""
    assert head_comment("# only") == "# only\n"
    assert head_comment("") == ""


def test_the_largest_document_is_written_sooner_than_it_is_read():
    text = Path("courses/sop-two-day/cases/night-shift.yaml").read_text()
    ratios = []
    for _turn in range(5):
        start = process_time()
        value = read_yaml(text, "f")
        read = process_time()
        write_yaml(value, CASE)
        ratios.append((process_time() - read) / (read - start))
    assert min(ratios) < 1
