"""`flask demo …`."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.app import create_app


@pytest.fixture
def fresh(tmp_path: Path, database_url: str) -> Flask:
    """An application with an empty database of its own."""
    place = {"DATA_DIR": tmp_path, "KEYS_DIR": tmp_path / "keys", "TESTING": True}
    return create_app(place | {"SQLALCHEMY_DATABASE_URI": database_url})


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["demo", *words])


def test_load_makes_schema_and_demo_from_nothing_and_show_prints_where_to_begin(fresh: Flask) -> None:
    assert "loaded" in run(fresh, "load", "--if-empty").output
    assert run(fresh, "load", "--if-empty").output == ""
    shown = run(fresh, "show", "--port", "8123").output
    assert shown.splitlines()[0].endswith("http://127.0.0.1:8123/demo")
    assert "trener@demo.example.org" in shown
    assert "/reports/" in shown
    assert run(fresh, "clear").exit_code == 0
    assert run(fresh, "show").output == "Lokalni timovi: http://127.0.0.1:8000/\n"


def test_load_refuses_production(fresh: Flask) -> None:
    fresh.config["PRODUCTION"] = True
    answer = run(fresh, "load", "--if-empty")
    assert answer.exit_code == 1
    assert "production" in answer.output
