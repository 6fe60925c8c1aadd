"""One furnished house for the whole folder; every test finds it as it was first furnished."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from lms.app import create_app
from lms.authoring.packs.archive import entries_of
from lms.authoring.packs.reading import read_zip
from tests import databases
from tests.conftest import Browser
from tests.security import crawl, forms
from tests.security.actors import browser
from tests.security.furnished import Furnished, furnished_house
from tests.security.stored import Watch
from tests.security.world import World


@pytest.fixture(scope="session")
def furnished(whole_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """An application of its own with the twins in its database. (`whole_app` has compiled the catalogues.)"""
    folder = tmp_path_factory.mktemp("security")
    with databases.a_database(folder) as url:
        yield _furnished(whole_app, folder, url)


def _furnished(whole_app: Flask, folder: Path, url: str) -> Furnished:
    kept = ("TESTING", "WTF_CSRF_ENABLED", "SECRET_KEY")
    app = create_app(
        {name: whole_app.config[name] for name in kept}
        | {
            "DATA_DIR": folder,
            "KEYS_DIR": folder / "keys",
            "UPLOADS_DIR": folder / "uploads",
            "SQLALCHEMY_DATABASE_URI": url,
        }
    )
    app.test_client_class = Browser
    return furnished_house(app)


@pytest.fixture
def house(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application, everything in its place. What it would let a process of its own do, it does here, or not at all."""
    monkeypatch.setattr("lms.authoring.trying.exploring.start", lambda: None)
    monkeypatch.setattr(
        "lms.authoring.actions.packs.read_upload", lambda content: read_zip(content, entries_of(content))
    )
    with furnished.entered() as (app, _world):
        yield app


@pytest.fixture
def world(furnished: Furnished, house: Flask) -> World:
    """Canaries, tokens and cookies of the house."""
    return furnished.world


@pytest.fixture
def put_back(furnished: Furnished, house: Flask) -> Callable[[], None]:
    """Call it after a change that the next step must not see."""
    return furnished.snapshot.restore


@pytest.fixture
def watch(house: Flask) -> Iterator[Watch]:
    """Tells what a step has changed in the database."""
    watching = Watch()
    yield watching
    watching.close()


@pytest.fixture
def anew(watch: Watch, put_back: Callable[[], None]) -> Callable[[], None]:
    """Call it after each of many tries: what one has written is put back before the next."""

    def after() -> None:
        if watch.touched():
            put_back()
            watch.touched()

    return after


@pytest.fixture(scope="session")
def visits(furnished: Furnished) -> list[crawl.Visit]:
    """What every actor got at every address: seen once, read by many tests."""
    with furnished.entered() as (app, world):
        return crawl.everywhere(app, world)


@pytest.fixture(scope="session")
def sheets(furnished: Furnished, visits: list[crawl.Visit]) -> list[forms.Sheet]:
    """Every form that any actor was shown, also in the answer to a file that was sent."""
    with furnished.entered() as (app, world):
        answers = [
            crawl.visit(
                browser(app, world, sheet.actor),
                sheet.actor,
                sheet.endpoint,
                sheet.action,
                method="POST",
                data=sheet.filled(),
            )
            for sheet in forms.distinct(forms.found(app, visits))
            if "questions" in sheet.fields
        ]
    return forms.found(app, [*visits, *answers])
