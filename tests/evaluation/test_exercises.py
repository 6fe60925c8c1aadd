"""The exercises in a report: over all groups of a case, and nothing of fewer than ten people."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from lms.evaluation.models import Series
from lms.evaluation.rules.exercises import Figures
from lms.evaluation.rules.privacy import Suppressed
from lms.evaluation.screens.report import of_series, of_training
from lms.simulations import facilitation, moves
from lms.trainings.models import Training
from tests.builders import a_course_with_a_case, a_run, a_training, an_account, save, sign_in
from tests.simulations.played import keep_log
from tests.simulations.tables import ALL, Table

THREE = ("police", "social", "health")


@pytest.fixture
def course(app: Flask) -> str:
    return a_course_with_a_case()


def a_group(training: Training, option: str = "talk", seated: tuple[str, ...] = ALL) -> None:
    """Four people take the first decision, tell the Centre, and are stopped."""
    table = Table(seated=seated).start()
    for _ in range(2):
        table.vote(option, *(seat for seat in THREE if seat in seated))
    table.do(moves.vote("social", "tell-centre", "now"), facilitation.end("крај"))
    keep_log(a_run(training), table.log)


def a_training_with(groups: int, course: str, state: str = "closed") -> Training:
    training = a_training(state=state, course_hash=course)
    for number in range(groups):
        a_group(training, "talk" if number else "employer")
    return training


def test_figures_are_over_all_groups_of_a_case(course: str):
    (one,) = of_training(a_training_with(4, course)).exercises
    assert (one.groups, one.figures.people) == (4, 16)
    assert one.figures.on_time == Decimal("77.78")  # 7 of 9: one group left a step out, and was asked for another
    assert one.figures.in_line == Decimal("87.50")
    assert [(step.groups, step.of) for step in one.figures.skipped] == [(1, 4), (1, 1)]
    assert one.figures.together.tables == 75


def test_of_fewer_than_ten_people_only_the_number_of_groups_is_said(course: str):
    (one,) = of_training(a_training_with(2, course)).exercises
    assert (one.groups, one.figures) == (2, Suppressed("detail"))


def test_what_runs_or_is_practised_alone_does_not_count(course: str):
    training = a_training_with(3, course)
    a_run(training, name="Још игра")
    assert of_training(training).exercises[0].groups == 3


def test_a_series_counts_the_same_case_in_all_its_trainings(course: str):
    trainings = [a_training_with(3, course), a_training_with(3, course)]
    series = save(Series(title_sr="Серија", trainings=trainings))
    (one,) = of_series(series).exercises
    assert (one.groups, one.figures.people) == (6, 24)


def test_a_series_does_not_give_away_a_small_training_beside_a_large_one(course: str):
    large, small = a_training_with(3, course), a_training_with(1, course)
    series = save(Series(title_sr="Серија", trainings=[large, small]))
    (one,) = of_series(series).exercises
    assert isinstance(one.figures, Figures)
    assert (one.groups, one.figures.people) == (4, 12)


@pytest.fixture
def office(client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("office"))


def test_page_and_files_say_the_same(office: FlaskClient, course: str):
    training = a_training_with(4, course)
    page = office.get(f"/trainings/{training.id}/report").text
    assert "Мала вежба" in page
    assert "77,78%" in page
    paper = PdfReader(io.BytesIO(office.get(f"/trainings/{training.id}/report.pdf").data))
    assert "77,78%" in re.sub(r"\s+", " ", " ".join(one.extract_text() for one in paper.pages))
    packed = zipfile.ZipFile(io.BytesIO(office.get(f"/trainings/{training.id}/report.zip").data))
    assert "77.78" in packed.read("tables/exercises.csv").decode()
    assert office.get(f"/trainings/{training.id}/report.xlsx").status_code == 200


def test_a_training_without_exercises_has_no_such_section(office: FlaskClient, course: str):
    page = office.get(f"/trainings/{a_training(state='closed', course_hash=course).id}/report").text
    assert 'id="exercises"' not in page
