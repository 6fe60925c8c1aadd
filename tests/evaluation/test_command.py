"""`flask evaluation export`: places in any script, the series preferred, a whole file or none."""

import os
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from lms.evaluation.models import Selection
from lms.extensions import db
from tests.evaluation.test_reports import a_training_with
from tests.evaluation.world import a_series_of_2022


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["evaluation", "export", *arguments])
    return result.exit_code, result.output


def test_the_report_of_2022_is_found_by_its_places_in_any_script(app: Flask, tmp_path: Path) -> None:
    series = a_series_of_2022()
    target = tmp_path / "report.xlsx"
    code, said = run(
        app, "--trainings", "Niš, НОВИ САД,subotica", "--format", "xlsx", "-o", str(target), "--language", "sr_Latn"
    )
    assert code == 0, said
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert rows[2][1] == "Treninzi u oblasti borbe protiv trgovine ljudima"
    assert series.title_sr.startswith("Тренинзи")
    assert os.listdir(tmp_path) == ["report.xlsx"]


@pytest.mark.parametrize("form", ["csv", "zip", "pdf", "json"])
def test_every_format_can_be_written(app: Flask, tmp_path: Path, form: str) -> None:
    a_series_of_2022()
    code, said = run(app, "--trainings", "Niš,Novi Sad,Subotica", "--format", form, "-o", str(tmp_path / f"r.{form}"))
    assert code == 0, said
    assert (tmp_path / f"r.{form}").stat().st_size > 2000


def test_trainings_that_are_no_series_are_joined_and_remembered(app: Flask, tmp_path: Path) -> None:
    ids = [a_training_with(12, "nis", "Ниш").id, a_training_with(12, "bor", "Бор").id]
    assert run(app, "--trainings", "Niš,Bor", "--format", "json", "-o", str(tmp_path / "r.json"))[0] == 0
    assert db.session.query(Selection).one().trainings == " ".join(map(str, ids))


def test_a_selection_that_would_show_few_people_is_refused(app: Flask, tmp_path: Path) -> None:
    a_training_with(12, "nis", "Ниш")
    a_training_with(7, "bor", "Бор")
    code, said = run(
        app, "--trainings", "Niš,Bor", "--format", "json", "-o", str(tmp_path / "r.json"), "--language", "en"
    )
    assert code == 1
    assert "fewer than ten people" in said
    assert os.listdir(tmp_path) == []


def test_an_unknown_place_is_named_with_those_there_are(app: Flask, tmp_path: Path) -> None:
    a_training_with(12, "nis", "Ниш")
    code, said = run(app, "--trainings", "Bor", "--format", "json", "-o", str(tmp_path / "r.json"))
    assert code == 1
    assert "«Bor»" in said
    assert "Niš" in said


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(app: Flask, tmp_path: Path) -> None:
    a_training_with(12, "nis", "Ниш")
    code, said = run(app, "--trainings", "Niš", "--format", "json", "-o", str(tmp_path / "no" / "r.json"))
    assert code == 1
    assert "Cannot write" in said


def test_an_older_file_stays_whole_when_writing_fails(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_training_with(12, "nis", "Ниш")
    target = tmp_path / "r.json"
    target.write_text("older")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, said = run(app, "--trainings", "Niš", "--format", "json", "-o", str(target))
    assert code == 1
    assert "No space left" in said
    assert target.read_text() == "older"
    assert os.listdir(tmp_path) == ["r.json"]
