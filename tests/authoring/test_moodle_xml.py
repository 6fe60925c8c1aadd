"""Moodle XML: what is read, what is refused, and that a survey written as Moodle XML comes back as it was."""

import contextlib
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.exchange import moodle_writing, moodle_xml
from lms.authoring.exchange.gift import ACCEPTED, FEEDBACK, NUMBER_NOT_JUDGED, PARTLY
from lms.authoring.exchange.markup import PICTURE
from lms.authoring.exchange.uploads import read_upload
from lms.errors import Refused
from tests.authoring.exchange_surveys import compared, imported, kept_of, surveys

KNOWN = ("single", "multiple", "number", "short-text", "long-text")


def quiz(inside, kind="multichoice", name="q1", text="<p>Ко <b>долази</b>?</p>"):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="{kind}">\n<name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>\n{inside}\n</question></quiz>'
    )


def read(text):
    return moodle_xml.read(text.encode(), "sr").found


def one(*arguments, **values):
    return read(quiz(*arguments, **values))[0]


def answer(text, fraction, feedback=""):
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text><feedback><text>{feedback}</text></feedback></answer>'


def messages(found):
    return [problem.message for problem in found.problems]


def test_a_question_with_one_right_answer() -> None:
    found = one(
        f"<single>true</single>{answer('&lt;p&gt;сви&lt;/p&gt;', 100)}{answer('нико', 0)}<generalfeedback><text>Зато.</text></generalfeedback>"
    )
    assert found.item == {
        "key": "q1", "text": {"sr": "Ко долази?"}, "type": "single", "explanation": {"sr": "Зато."},
        "options": [{"text": {"sr": "сви"}, "right": True}, {"text": {"sr": "нико"}, "right": False}],
    }  # fmt: skip
    assert found.where.line == 3
    assert not found.problems


def test_a_question_with_several_right_answers_and_one_with_half_right_ones() -> None:
    several = one(f"<single>false</single>{answer('а', 50)}{answer('б', 50)}{answer('в', -50)}")
    assert [option["right"] for option in several.item["options"]] == [True, True, False]
    partly = one(f"<single>true</single>{answer('а', 100)}{answer('б', 50)}{answer('в', 0)}")
    assert [option["right"] for option in partly.item["options"]] == [True, False, False]
    assert messages(partly) == [PARTLY]


def test_other_kinds_of_questions() -> None:
    assert one(answer("true", 100) + answer("false", 0), "truefalse").item["right"] is True
    assert one(answer("true", 0) + answer("false", 100), "truefalse").item["right"] is False
    assert one("", "essay").item["type"] == "long-text"
    short = one(answer("НАТКО", 100), "shortanswer")
    assert (short.item["type"], messages(short)) == ("short-text", [ACCEPTED])
    number = '<answer fraction="100"><text>10</text><tolerance>{}</tolerance></answer>'
    assert one(number.format(10), "numerical").item == {
        "key": "q1",
        "text": {"sr": "Ко долази?"},
        "type": "number",
        "min": 0,
        "max": 20,
    }
    assert messages(one(number.format(0), "numerical")) == [NUMBER_NOT_JUDGED]


def test_remarks_on_answers_are_told() -> None:
    found = one(f"<single>true</single>{answer('а', 100, 'тачно')}{answer('б', 0, 'не')}")
    assert found.item["explanation"] == {"sr": "тачно"}
    assert messages(found) == [FEEDBACK]


def test_categories_are_passed_over_and_other_kinds_refused_with_their_line() -> None:
    found = read(
        '<quiz><question type="category"></question>\n<question type="cloze"><questiontext><text>x</text></questiontext></question></quiz>'
    )
    assert [(messages(one), one.where.line, one.problems[0].values) for one in found] == [
        ([moodle_xml.OTHER_KIND], 2, {"kind": "cloze"})
    ]


@pytest.mark.parametrize(
    "inside",
    ['<file name="a.png" encoding="base64">AAAA</file>', '<answer fraction="0"><text>x</text><file>AA</file></answer>'],
)
def test_files_are_refused_in_words(inside) -> None:
    assert PICTURE in messages(one(inside, "essay"))
    assert PICTURE in messages(one("", "essay", text='<img src="@@PLUGINFILE@@/a.png"/>'))


BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><name><text>&x;</text></name></question></quiz>'


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        OUTSIDE,
        '<!DOCTYPE quiz SYSTEM "http://example.org/x.dtd"><quiz/>',
        '<?xml version="1.0"?>\n<!DOCTYPE html><html/>',
    ],
)
def test_document_types_are_refused_before_anything_is_read(text) -> None:
    with pytest.raises(Refused) as refusal:
        read_upload(text.encode(), "sr")
    assert refusal.value.message == moodle_xml.DOCUMENT_TYPE
    assert refusal.value.status == 422


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<quiz><question>", moodle_xml.NOT_XML), ("<quiz>&nbsp;</quiz>", moodle_xml.NOT_XML),
        ("<?xml version='1.0'?><html/>", moodle_xml.NO_QUIZ), ("<quiz>" + "<a>" * 40 + "</a>" * 40 + "</quiz>", moodle_xml.TOO_DEEP),
        ("<?xml version='1.0' encoding='nonsense'?><quiz/>", moodle_xml.NOT_XML),
    ],
)  # fmt: skip
def test_what_is_no_question_bank_is_refused_in_words(text, message) -> None:
    with pytest.raises(Refused) as refusal:
        read_upload(text.encode(), "sr")
    assert refusal.value.message == message


def test_a_hostile_megabyte_is_read_quickly() -> None:
    for text in ("<" * 900_000, "<p" * 400_000, "&lt;" * 200_000, "&lt;p " * 150_000, "[" * 900_000):
        began = time.process_time()
        with contextlib.suppress(Refused):
            read_upload(quiz("", "essay", text=text).encode(), "sr")
        assert time.process_time() - began < 5


@given(surveys(), st.sampled_from(("sr", "sr_Latn", "en")))
@settings(max_examples=60, deadline=None)
def test_a_survey_that_comes_back_changes_nothing(survey, language) -> None:
    text = moodle_writing.write(survey, language)
    ElementTree.fromstring(text)
    reading = moodle_xml.read(text.encode(), language[:2])
    asked = [item["key"] for item in survey["items"] if item["type"] in KNOWN]
    assert [found.item["key"] for found in reading.found] == asked
    assert [entry.state for entry in compared(reading, survey).entries] == ["same"] * len(asked)


@given(surveys(), st.sampled_from(("sr", "en")))
@settings(max_examples=40, deadline=None)
def test_a_survey_comes_back_the_same_into_an_empty_one(survey, language) -> None:
    asked = [kept_of(item, language) for item in survey["items"] if item["type"] in KNOWN]
    reading = moodle_xml.read(moodle_writing.write(survey, language).encode(), language)
    if asked:
        assert imported(reading, survey["kind"])["items"] == asked


def test_the_end_of_cdata_and_of_comments_does_no_harm() -> None:
    nasty = "а ]]> б <b> & --> -- <!-- --"
    survey = {
        "kind": "evaluation",
        "items": [
            {"key": "a", "type": "long-text", "text": {"sr": nasty, "en": ""}},
            {"key": "b", "type": "scale", "text": {"sr": nasty, "en": ""}},
            {"key": "c", "type": "long-text", "text": {"sr": "", "en": "x"}},
        ],
    }
    text = moodle_writing.write(survey, "sr")
    assert [found.item["text"]["sr"] for found in moodle_xml.read(text.encode(), "sr").found] == [nasty]
    assert text.count("<!--") == 2
