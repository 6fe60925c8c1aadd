"""A backup is whole, and knows nothing of evaluations that are still open."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from lms import clock
from lms.cli.backup import copy_database
from lms.database import sqlite_module
from lms.surveys.models import Ballot, Opening, Receipt
from tests.builders import a_participant, a_training, save

pytestmark = pytest.mark.sqlite("PostgreSQL is copied by pg_dump")


def rows(file: Path, table: str) -> int:
    return sqlite_module().connect(file).execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_open_evaluations_stay_out_of_the_copy_and_closed_ones_are_in_it(app: Flask, tmp_path: Path) -> None:
    training = a_training()
    person = a_participant(training)
    past = clock.now() - timedelta(hours=1)
    for survey, closed in (("evaluation", None), ("other", past)):
        opening = save(Opening(training_id=training.id, survey=survey, moment="", opened_at=past, closed_at=closed))
        save(Ballot(key=survey.encode()[:16].ljust(16), opening_id=opening.id, answers={}))
        save(Receipt(participant_id=person.id, opening_id=opening.id))
    copy = tmp_path / "copy.db"
    copy_database(Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")), copy)
    assert (rows(copy, "participants"), rows(copy, "ballots"), rows(copy, "receipts")) == (1, 1, 1)


def test_the_command_names_the_file_only_when_it_is_whole(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "night.db"
    result = app.test_cli_runner().invoke(args=["database", "backup", str(target)])
    assert result.exit_code == 0, result.output
    assert target.exists()
    assert not list(tmp_path.glob("*.part"))
    assert target.stat().st_mode & 0o077 == 0
