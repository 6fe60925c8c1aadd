"""GIFT: what is read, what is refused in words, and that a survey written as GIFT comes back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.exchange import gift, gift_writing
from lms.authoring.exchange.reading import TOO_MANY_ITEMS
from lms.authoring.exchange.uploads import as_plain, from_plain
from lms.errors import Refused
from tests.authoring.exchange_surveys import compared, imported, kept_of, surveys

KNOWN = ("single", "multiple", "number", "short-text", "long-text")


def read(text, language="sr"):
    return gift.read(text, language).found


def one(text):
    found = read(text)
    assert len(found) == 1
    return found[0]


def options(found, language="sr"):
    return [(option["text"][language], option["right"]) for option in found.item["options"]]


def messages(found):
    return [problem.message for problem in found.problems]


def test_one_right_answer_and_several() -> None:
    found = one("::q1::Ко пријављује? {=свако ~нико ~само полиција}")
    assert found.item["type"] == "single"
    assert found.item["key"] == "q1"
    assert options(found) == [("свако", True), ("нико", False), ("само полиција", False)]
    several = one("Ко долази? {~%50%полиција ~%50%центар ~%-100%новине}")
    assert several.item["type"] == "multiple"
    assert options(several) == [("полиција", True), ("центар", True), ("новине", False)]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [("{}", "long-text"), ("{=да =јесте}", "short-text"), ("{T}", "true-false"), ("{FALSE#није#јесте}", "true-false"), ("{#1..5}", "number"), ("{#3:2}", "number")],
)  # fmt: skip
def test_kinds_of_answers(answers, kind) -> None:
    found = one(f"Питање {answers}")
    assert found.item["type"] == kind
    assert not found.stops


def test_a_number_gets_its_limits() -> None:
    assert (one("Број? {#1..5}").item["min"], one("Број? {#3:2}").item["max"]) == (1, 5)
    exact = one("Година? {#1999}")
    assert "min" not in exact.item
    assert messages(exact) == [gift.NUMBER_NOT_JUDGED]


def test_signs_with_a_backslash_are_plain_signs() -> None:
    found = one(r"::a\:b::Колико је 2 \= 1+1\{x\} \~ \# \\ ред\nдруги? {=две\: \{2\} ~не\#}")
    assert found.item["text"]["sr"] == "Колико је 2 = 1+1{x} ~ # \\ ред\nдруги?"
    assert options(found) == [("две: {2}", True), ("не#", False)]
    assert found.item["key"] == "a-b"


def test_remarks_become_the_explanation_or_are_told() -> None:
    general = one("Питање {=да #браво ~не #погрешно ####Закон каже да.}")
    assert general.item["explanation"] == {"sr": "Закон каже да."}
    assert general.problems[0].values["remarks"] == "браво; погрешно"
    assert one("Питање {=да #браво ~не}").item["explanation"] == {"sr": "браво"}


def test_comments_categories_markup_and_a_gap_in_the_middle() -> None:
    found = read(
        "// белешка\n$CATEGORY: $course$/top\n\n[html]<p>Ко <b>све</b> долази?</p> {=сви ~нико}\n\nДолази {=полиција ~нико} одмах.\n"
    )
    assert found[0].item["text"]["sr"] == "Ко све долази?"
    assert found[0].where.line == 4
    assert found[1].item["text"]["sr"] == "Долази _____ одмах."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ово је само текст.", gift.NO_ANSWERS), ("Питање {=да ~не", gift.NOT_CLOSED), ("Питање }", gift.NO_BRACKET),
        ("Пар {=а -> б =в -> г}", gift.MATCHING), ("Пар {да или не}", gift.NOT_MARKED), ("А {=б ~в} и {=г ~д}", gift.TWO_GROUPS),
        ("А {~б}", gift.FEW_ANSWERS), ("А {=б" + "~в" * 20 + "}", gift.MANY_ANSWERS),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_line(text, message) -> None:
    found = read(f"\n\n{text}\n")[0]
    assert [problem.message for problem in found.problems if problem.stops] == [message]
    assert found.where.line == 3


def test_a_picture_is_refused_in_words() -> None:
    from lms.authoring.exchange.markup import PICTURE

    assert PICTURE in messages(one('[html]<img src\\="x.png"> Шта је ово? {=а ~б}'))


def test_an_open_bracket_does_not_swallow_the_next_question() -> None:
    found = read("::a::Прво {=да ~не\n\n::b::Друго {=да ~не}\n")
    assert [one.stops for one in found] == [True, False]
    joined = read("Прво {\n=да\n\n~не\n}\n")
    assert [one.stops for one in joined] == [False]


def test_more_than_five_hundred_questions_are_refused() -> None:
    with pytest.raises(Refused, match=TOO_MANY_ITEMS[:20]):
        gift.read("Питање {}\n\n" * 501, "sr")


@given(st.text(st.sampled_from("{}~=#%:\\ \nаб1.-*[]/>"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_fault(text) -> None:
    reading = gift.read(text, "sr")
    assert from_plain(as_plain(reading)) == reading


@given(surveys(), st.sampled_from(("sr", "sr_Latn", "en")))
@settings(max_examples=60, deadline=None)
def test_a_survey_that_comes_back_changes_nothing(survey, language) -> None:
    reading = gift.read(gift_writing.write(survey, language), language[:2])
    asked = [item["key"] for item in survey["items"] if item["type"] in KNOWN]
    assert [found.item["key"] for found in reading.found] == asked
    assert [entry.state for entry in compared(reading, survey).entries] == ["same"] * len(asked)


@given(surveys(), st.sampled_from(("sr", "en")))
@settings(max_examples=40, deadline=None)
def test_a_survey_comes_back_the_same_into_an_empty_one(survey, language) -> None:
    asked = [kept_of(item, language) for item in survey["items"] if item["type"] in KNOWN]
    reading = gift.read(gift_writing.write(survey, language), language)
    if asked:
        assert imported(reading, survey["kind"])["items"] == asked


@given(surveys("evaluation"))
@settings(max_examples=25, deadline=None)
def test_what_gift_does_not_know_stands_in_a_comment_with_the_reason(survey) -> None:
    text = gift_writing.write(survey, "sr", str.upper)
    for item in survey["items"]:
        if item["type"] not in KNOWN:
            first = item["text"]["sr"].split("\n")[0]
            assert f"// {item['key']}: {first}" in text
            assert text.count("\n// (THIS FORMAT KNOWS") == sum(one["type"] not in KNOWN for one in survey["items"])
