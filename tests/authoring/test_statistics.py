"""What earlier trainings say of a question: only the same question, only where ten people or more answered, and never a small training."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from lms import clock
from lms.authoring.exchange.questions import questions_of
from lms.authoring.screens.item_statistics import KNOWN_BEFORE, NOT_CHOSEN, UNLEARNT, shown
from lms.authoring.statistics import FEWEST_FOR_DISCRIMINATION, item_rest, statistics_of
from lms.content.actions import store_files
from lms.content.files import read_folder
from lms.content.formats import SURVEY
from lms.content.writing import write_yaml
from lms.content.yaml import read_yaml
from lms.evaluation.rules.answers import Banded, Full
from lms.evaluation.rules.privacy import Band, Suppressed
from lms.language import gettext
from lms.surveys.models import Answer, Opening, Response
from tests.builders import COURSE, save
from tests.evaluation.world import COURSE as SHIPPED
from tests.evaluation.world import a_closed_training, a_series_of_2022, evaluation

DAY = date(2026, 5, 14)
ITEMS = 6


def a_test(change=None):
    """The document of a test with six questions, and the version of the small course that has it."""
    files = dict(read_folder(COURSE))
    survey = read_yaml(files["surveys/knowledge.yaml"], "")
    first = survey["items"][0]
    survey["items"] = [deepcopy(first) | {"key": f"q{number}", "text": {"sr": f"Питање {number}?", "en": f"Question {number}?"}} for number in range(1, ITEMS + 1)]  # fmt: skip
    if change:
        change(survey)
    files["surveys/knowledge.yaml"] = write_yaml(survey, SURVEY)
    return survey, store_files(files).hash


def a_training_with(version, *people, code="nis", post_closed=True):
    """A closed training; each of `people` is (answers before, answers after): item -> option."""
    training = a_closed_training(code, code.title(), DAY, version)
    now = clock.now()
    for moment in ("pre", "post"):
        closed = now - timedelta(hours=1) if moment == "pre" or post_closed else None
        opening = save(
            Opening(
                training_id=training.id,
                survey="knowledge",
                moment=moment,
                opened_at=now - timedelta(hours=2),
                closed_at=closed,
            )
        )
        sheets = {number: person[moment == "post"] for number, person in enumerate(people) if person[moment == "post"]}
        rows = [
            Response(opening_id=opening.id, pseudonym=number.to_bytes(16, "big"), submitted=True) for number in sheets
        ]
        save(*rows)
        save(
            *(
                Answer(response_id=row.id, item=item, value=value)
                for row, answers in zip(rows, sheets.values(), strict=True)
                for item, value in answers.items()
            )
        )
    return training


def all_items(option):
    return {f"q{number}": option for number in range(1, ITEMS + 1)}


A, B, C, NOT_YET = (all_items(option) for option in ("a", "b", "c", "?"))  # b is right


def test_before_after_and_every_option_of_the_same_question(app: Flask, statements) -> None:
    survey, version = a_test()
    a_training_with(version, *[(A, B)] * 6, *[(B, B)] * 3, *[(B, C)] * 1, *[(C, A)] * 2)
    with statements:
        found = statistics_of(survey)["q1"]
    assert (found.trainings, found.people) == (1, 12)
    assert (found.change.before, found.change.after) == (Decimal("33.3"), Decimal("75.0"))
    assert (found.change.better, found.change.worse) == (6, 1)
    assert isinstance(found.before, Full)
    assert [(one.key, one.count) for one in found.before.categories] == [("a", 6), ("b", 4), ("c", 2)]
    assert [(one.key, one.count) for one in found.after.categories] == [("a", 2), ("b", 9), ("c", 1)]
    assert found.discrimination is None
    assert statements.count <= 5


def test_a_small_training_is_never_counted_not_even_together_with_others(app: Flask) -> None:
    survey, version = a_test()
    a_training_with(version, *[(A, B)] * 9)
    assert statistics_of(survey) == {}
    a_training_with(version, *[(A, B)] * 9, code="uzice")
    assert statistics_of(survey) == {}
    a_training_with(version, *[(A, B)] * 6, *[(B, A)] * 6, code="bor")
    found = statistics_of(survey)["q1"]
    assert (found.trainings, found.people) == (1, 12)


def test_only_closed_tests_and_people_who_took_both_count(app: Flask) -> None:
    survey, version = a_test()
    a_training_with(version, *[(A, B)] * 12, post_closed=False)
    a_training_with(version, *[(A, B)] * 9, *[(A, {})] * 5, code="uzice")
    assert statistics_of(survey) == {}


@pytest.mark.parametrize("part", ["text", "option", "right", "type", "key"])
def test_another_question_is_not_counted(app: Flask, part) -> None:
    survey, version = a_test()
    a_training_with(version, *[(A, B)] * 6, *[(B, A)] * 6)
    item = survey["items"][0]
    if part == "text":
        item["text"]["sr"] = "Другачије питање?"
    elif part == "option":
        item["options"][0]["text"]["sr"] = "друго"
    elif part == "right":
        item["options"][0]["right"], item["options"][1]["right"] = True, False
    else:
        item[part] = {"type": "multiple", "key": "q9"}[part]
    found = statistics_of(survey)
    assert item["key"] not in found
    assert "q2" in found


def test_the_same_question_counts_in_every_version_that_asks_it(app: Flask) -> None:
    survey, version = a_test()
    other = a_test(lambda document: document["items"][1]["text"].update(sr="Ново?"))[1]
    a_training_with(version, *[(A, B)] * 6, *[(B, A)] * 6)
    a_training_with(other, *[(A, B)] * 10, code="uzice")
    found = statistics_of(survey)
    assert (found["q1"].trainings, found["q1"].people) == (2, 22)
    assert (found["q2"].trainings, found["q2"].people) == (1, 12)


def test_what_nearly_everybody_answered_is_a_band(app: Flask) -> None:
    survey, version = a_test()
    a_training_with(version, *[(A, B)] * 12)
    found = statistics_of(survey)["q1"]
    assert isinstance(found.change.after, Band)
    assert found.change.better == Suppressed("unanimous")
    assert isinstance(found.after, Banded)
    assert found.discrimination is None


def test_options_that_few_chose_are_not_spread_out(app: Flask) -> None:
    survey, version = a_test()
    a_training_with(version, *[(NOT_YET, B)] * 8, *[(A, A)] * 4)
    assert statistics_of(survey)["q1"].before == Suppressed("none")


def test_discrimination_needs_fifty_people_of_several_trainings(app: Flask) -> None:
    survey, version = a_test()
    knows_little = {f"q{number}": "b" if number < 2 else "a" for number in range(1, ITEMS + 1)}
    half = [(B, B)] * 8 + [(A, A)] * 9 + [(knows_little, B)] * 8
    a_training_with(version, *half)
    assert statistics_of(survey)["q2"].discrimination is None
    a_training_with(version, *half, code="uzice")
    found = statistics_of(survey)
    assert found["q2"].people == 50 >= FEWEST_FOR_DISCRIMINATION
    assert found["q2"].discrimination > Decimal("0.8")
    assert found["q1"].discrimination < found["q2"].discrimination
    a_few = statistics_of(survey | {"items": survey["items"][:4]})
    assert a_few["q2"].discrimination is None


def test_the_correlation_is_pearsons() -> None:
    assert item_rest([(1, 0.75), (0, 0.25), (1, 0.5), (0, 0.5)]) == Decimal("0.71")
    assert item_rest([(1, 0.5)] * 3) is None


def test_an_author_is_told_what_to_make_of_it(app: Flask) -> None:
    survey, version = a_test()
    item = next(iter(questions_of(survey)))
    a_training_with(version, *[(B, B)] * 12)
    assert shown(item, statistics_of(survey)["q1"]).advice == (gettext(KNOWN_BEFORE),)
    a_training_with(version, *[(B, A)] * 12, *[(A, A)] * 12, code="bor")
    found = shown(item, statistics_of(survey)["q1"])
    assert found.advice == (gettext(UNLEARNT), gettext(NOT_CHOSEN, letters="В"))
    assert [(row.mark, row.right, row.before.words, row.after.words) for row in found.rows] == [
        ("А", False, "33%", "67%"), ("Б", True, "67%", "33%"), ("В", False, "0%", "0%"),
    ]  # fmt: skip
    assert shown(item, None) is None


def test_an_evaluation_is_spread_over_its_categories(app: Flask, statements) -> None:
    files = read_folder(COURSE)
    survey = read_yaml(files["surveys/evaluation.yaml"], "")
    version = store_files(files).hash
    evaluation(
        a_closed_training("nis", "Ниш", DAY, version), [{"e1": 5, "e2": "yes"}] * 6 + [{"e1": 4, "e2": "no"}] * 6
    )
    evaluation(a_closed_training("bor", "Бор", DAY, version), [{"e1": 1, "e2": "no"}] * 9)
    with statements:
        found = statistics_of(survey)
    assert (found["e1"].trainings, found["e1"].people) == (1, 12)
    assert [one.count for one in found["e1"].after.categories] == [0, 0, 0, 6, 6]
    assert found["e1"].change is None
    assert set(found) == {"e1", "e2"}
    assert statements.count <= 4
    survey["scales"]["extent"]["labels"][0]["sr"] = "никако"
    assert "e1" not in statistics_of(survey)


def test_unfinished_surveys_and_follow_ups_have_no_statistics(app: Flask) -> None:
    assert statistics_of({}) == {}
    assert statistics_of({"kind": "test", "items": [None, {}, {"type": "single", "options": [3]}]}) == {}
    assert statistics_of({"kind": "follow-up", "items": [{"key": "a", "text": {"sr": "Шта?"}}]}) == {}


def test_the_series_of_2022_has_enough_for_all_of_it(app: Flask) -> None:
    a_series_of_2022()
    survey = read_yaml((SHIPPED / "surveys" / "knowledge.yaml").read_text(), "")
    found = statistics_of(survey)
    assert len(found) == survey["draw"]
    assert {one.people for one in found.values()} == {66}
    assert {one.trainings for one in found.values()} == {3}
    assert all(one.discrimination is not None and -1 <= one.discrimination <= 1 for one in found.values())
    asked = read_yaml((SHIPPED / "surveys" / "evaluation.yaml").read_text(), "")
    assert {"e1", "e2", "e3", "e4"} <= set(statistics_of(asked))
