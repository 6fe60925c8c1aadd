"""The pages: the series of 2022, small trainings, what differences between pages tell, how many statements they take."""

import itertools
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.evaluation.models import Series
from lms.evaluation.rules.answers import Banded, Full, Rough
from lms.evaluation.rules.knowledge import Gained
from lms.evaluation.rules.privacy import Band, Suppressed
from lms.evaluation.screens.report import Report, of_series, of_training
from lms.trainings.models import Training
from tests.builders import a_day, an_account, save, sign_in
from tests.conftest import Statements
from tests.evaluation.test_privacy import reduced, remainder
from tests.evaluation.world import (
    CONCLUSIONS,
    QUOTE,
    RECOMMENDATIONS,
    a_closed_training,
    a_series,
    a_series_of_2022,
    both_tests,
    evaluation,
    people_of,
)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def office(client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("office"))


def a_training_with(
    answers: int, code: str = "nis", name: str = "Ниш", day: str = "2022-05-17", **values: Any
) -> Training:
    """A training in which so many people sent the evaluation."""
    training = a_closed_training(code, name, a_day(day))
    people_of(training, [("f", "social")] * max(answers, 1))
    evaluation(
        training, [{"e1": 1 + number % 5, "e4": "yes" if number % 2 else "no"} | values for number in range(answers)]
    )
    return training


def test_the_series_of_2022_shows_what_was_published(office: FlaskClient) -> None:
    series = a_series_of_2022()
    page = text_of(office.get(f"/reports/{series.id}").get_data(as_text=True))
    for figure in ("72 особе", "43 59,72%", "29 40,28%", "70,83%", "62,5%", "98,61%", "100,01%"):
        assert figure in page
    for text in (*CONCLUSIONS, *RECOMMENDATIONS, f"„{QUOTE}”"):
        assert text in page
    for name, count in (
        ("Социјална заштита", 29),
        ("Полиција", 18),
        ("Црвени крст", 8),
        ("Здравство", 4),
        ("Тужилаштво", 2),
        ("Судство", 1),
    ):
        assert f"{name} {count} " in page


def test_a_published_figure_that_no_count_gives_stands_beside_the_computed_one(office: FlaskClient) -> None:
    series = a_series_of_2022()
    page = text_of(office.get(f"/reports/{series.id}").get_data(as_text=True))
    assert "59,72%" in page
    assert "Објављено: 59,17% – ниједан број од 72 не даје тај удео; најближи су 42 (58,33%), 43 (59,72%)" in page
    report = of_series(series)
    assert [one.differs for one in report.headlines] == [True, False, False, False]


def test_the_report_of_one_training_is_its_own(office: FlaskClient) -> None:
    training = a_series_of_2022().trainings[0]
    answer = office.get(f"/trainings/{training.id}/report")
    assert answer.status_code == 200
    assert "24" in text_of(answer.get_data(as_text=True))


@pytest.mark.parametrize("language", ["sr", "sr_Latn", "en"])
def test_the_page_reads_in_all_three_languages(office: FlaskClient, language: str) -> None:
    series = a_series_of_2022()
    office.set_cookie("language", language)
    page = office.get(f"/reports/{series.id}").get_data(as_text=True)
    assert {"sr": "Ко је учествовао", "sr_Latn": "Ko je učestvovao", "en": "Who took part"}[language] in page
    assert {"sr": "59,72%", "sr_Latn": "59,72%", "en": "59.72%"}[language] in page


def test_a_training_without_answers_has_a_report(office: FlaskClient) -> None:
    training = a_closed_training("nis", "Ниш", a_day("2022-05-17"))
    page = text_of(office.get(f"/trainings/{training.id}/report").get_data(as_text=True))
    assert "Још се нико није пријавио." in page
    assert "нема одговора" in page
    assert "нема одговора одговора" not in page  # the question stands there, not a sentence about a share
    assert "одговора је „" not in page


def test_an_open_evaluation_is_not_read(app: Flask) -> None:
    training = a_closed_training("nis", "Ниш", a_day("2022-05-17"))
    evaluation(training, [{"e1": 4}] * 30, closed=False)
    report = of_training(training)
    assert report.forms == Suppressed("none")
    assert {one.result for one in report.answers} == {Suppressed("none")}


@pytest.mark.parametrize(("answers", "kind"), [(4, Suppressed), (5, Rough), (9, Rough), (10, Full)])
def test_the_page_of_a_small_training_follows_the_rule(app: Flask, answers: int, kind: type) -> None:
    report = of_training(a_training_with(answers))
    assert isinstance(report.answers[0].result, kind)
    assert isinstance(report.forms, int) == (answers >= 10)


def test_a_small_training_shows_no_number_of_its_answers(office: FlaskClient) -> None:
    training = a_training_with(7, **{"e2": 5})
    page = text_of(office.get(f"/trainings/{training.id}/report").get_data(as_text=True))
    assert "просек 5" in page
    assert "7 одговора" not in page
    assert "Оцену је послало" not in page


def test_quotes_need_ten_forms(office: FlaskClient) -> None:
    from lms.surveys.models import Remark
    from tests.evaluation.world import opening_of

    training = a_training_with(9)
    save(
        Remark(
            key=b"x" * 16, opening_id=opening_of(training).id, item="quote", text="Добро.", may_quote=True, quoted=True
        )
    )
    assert of_training(training).quotes == ()


def test_a_small_training_in_a_series_is_counted_out_and_named(app: Flask) -> None:
    trainings = [
        a_training_with(n, code, name, "2022-05-17")
        for n, code, name in ((20, "nis", "Ниш"), (20, "bor", "Бор"), (7, "pirot", "Пирот"))
    ]
    report = of_series(a_series(trainings))
    first = report.answers[0].result
    assert isinstance(first, Full)
    assert first.base == 40
    assert [held.place for held in report.left_out] == ["Пирот"]
    assert report.people.total == 47


def test_small_trainings_together_are_counted(app: Flask) -> None:
    trainings = [a_training_with(n, code, code) for n, code in ((6, "a"), (7, "b"), (20, "c"))]
    report = of_series(a_series(trainings))
    assert isinstance(report.answers[0].result, Full)
    assert report.answers[0].result.base == 33
    assert report.by_training[0].shares[0] == Suppressed("detail")
    assert isinstance(report.by_training[2].shares[0], Decimal)


SIZES = {1: 50, 2: 25, 3: 9, 4: 8, 5: 5, 6: 2}  # every subset has a sum of its own, so a base tells who was counted
SUBSETS = {
    sum(SIZES[t] for t in subset): frozenset(subset)
    for size in range(7)
    for subset in itertools.combinations(SIZES, size)
}


def test_no_difference_between_pages_speaks_of_one_to_nine_people(app: Flask) -> None:
    """T24 on the reports themselves: everything that adding and subtracting their bases can reach."""
    trainings = {t: a_training_with(n, f"place-{t}", f"Место {t}") for t, n in SIZES.items()}
    chosen = [
        (1, 2, 3, 4),
        (1, 2, 3),
        (1, 2, 3, 4, 5),
        (1, 3, 4),
        (3, 4, 6),
        (1, 5, 6),
        (3, 4),
        (2, 5, 6, 3),
        (1, 2, 3, 4, 5, 6),
    ]
    series = [a_series([trainings[t] for t in ids]) for ids in chosen]
    reports = [*(of_training(one) for one in trainings.values()), *(of_series(one) for one in series)]
    shown = [SUBSETS[base_of(report)] for report in reports]
    assert frozenset([1, 2, 3, 4]) in shown
    basis = reduced([[int(t in view) for t in SIZES] for view in shown])
    for answers, subset in SUBSETS.items():
        reachable = not any(remainder(basis, [Fraction(int(t in subset)) for t in SIZES]))
        assert not (reachable and 0 < answers < 10), (subset, shown)


def base_of(report: Report) -> int:
    result = report.answers[0].result
    return result.base if isinstance(result, Full | Banded) else 0


def test_what_everybody_answered_is_a_band_on_the_page(office: FlaskClient) -> None:
    training = a_training_with(24, **{"e4": "yes"})
    page = text_of(office.get(f"/trainings/{training.id}/report").get_data(as_text=True))
    assert "90–100%" in page
    assert "да 24" not in page
    assert of_training(training).headlines[3].answered.headline == Band(90, 100)


def test_tests_are_compared_for_the_same_people(app: Flask) -> None:
    training = a_training_with(12)
    both_tests(training, 12, 3)
    result = of_training(training).knowledge
    assert isinstance(result, Gained)
    assert (result.pairs, result.unmatched, result.items) == (12, 3, 20)
    assert result.after > result.before


def test_a_page_takes_as_many_statements_for_many_people_as_for_few(
    client: FlaskClient, statements: Statements
) -> None:
    office = sign_in(client, an_account("office"))
    small = a_series([a_training_with(12, "a", "А"), a_training_with(12, "b", "Б")])
    large = a_series([a_training_with(60, code, code) for code in "cdefg"])
    for one in large.trainings:
        both_tests(one, 30, 2)
    addresses = [f"/reports/{series.id}" for series in (small, small, large)]
    counts = []
    for address in addresses:
        with statements:
            assert office.get(address).status_code == 200
        counts.append(statements.count)
        statements.sent.clear()
    assert counts[1] == counts[2]
    assert counts[1] <= 20


def test_participants_on_the_roster_who_never_came_are_not_counted(app: Flask) -> None:
    from lms.trainings.models import Participant

    training = a_training_with(12)
    save(
        Participant(
            training_id=training.id,
            number=99,
            name="Није дошла",
            folded="nije dosla",
            sort_key="0",
            sector="ngo",
            source="roster",
        )
    )
    assert of_training(training).people.total == 12


def test_a_training_known_from_print_only_gives_its_number(app: Flask) -> None:
    training = a_closed_training("nis", "Ниш", a_day("2013-05-17"), published_count=20)
    report = of_training(training)
    assert (report.people.total, report.people.by_sector) == (20, ())


def test_a_series_without_trainings_says_what_to_do(office: FlaskClient) -> None:
    series = save(Series(title_sr="Празна"))
    answer = office.get(f"/reports/{series.id}")
    assert answer.status_code == 409
    assert "нема обука" in answer.get_data(as_text=True)
    assert office.get(f"/reports/{series.id}/edit").status_code == 200


def test_a_report_without_published_figures_leads_with_four_and_five(office: FlaskClient) -> None:
    training = a_closed_training("nis", "Ниш", a_day("2026-05-17"))
    evaluation(training, [{"e1": "4" if n == 0 else "5" if n < 5 else "3"} for n in range(12)])
    line = of_training(training).headlines[0]
    assert (line.main, line.beside) == (Decimal("41.67"), Decimal("8.33"))
    page = text_of(office.get(f"/trainings/{training.id}/report").get_data(as_text=True))
    assert "41,67% одговора је „у значајној мери” или „у потпуности”" in page
    assert "само „у значајној мери”: 8,33%" in page


def test_a_series_with_published_figures_leads_with_one_category(office: FlaskClient) -> None:
    report = of_series(a_series_of_2022())
    assert [str(one.main) for one in report.headlines] == ["59.72", "70.83", "62.50", "98.61"]
    assert report.headlines[0].beside == report.headlines[0].answered.top_two
    assert report.headlines[3].beside is None


def test_nearly_the_same_answers_are_a_band_in_both_shares(app: Flask) -> None:
    one = of_training(a_training_with(12, **{"e1": "4", "e3": "4"})).headlines
    assert (one[0].main, one[0].beside) == (Band(90, 100), Band(90, 100))
    assert (one[2].main, one[2].beside) == (Band(90, 100), Band(0, 10))
    few = of_training(a_training_with(7)).headlines[0]
    assert (few.main, few.beside) == (Suppressed("detail"), Suppressed("detail"))
