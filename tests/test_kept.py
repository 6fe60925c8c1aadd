"""A piece that is kept is the piece that would have been made, whoever asks next and whatever has changed."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.database import writing
from lms.surveys.actions import answers
from lms.trainings.models import Participant, ProgrammeItem, Training
from tests.builders import a_participant, a_training, as_participant, save
from tests.surveys.world import an_opening, place

OWN = re.compile(r'"X-CSRFToken": "[^"]*"|name="csrf_token" value="[^"]*"')
NOON = time(12, 30)


@pytest.fixture
def training(app: Flask) -> Training:
    training = a_training()
    lines = [
        {"key": "a", "starts": time(9), "kind": "survey", "survey": "knowledge", "moment": "pre", "title_sr": "Улазни тест", "title_en": "Pre-test"},
        {"key": "b", "starts": time(12), "kind": "module", "page": "m1", "title_sr": "Први модул", "title_en": "First module"},
        {"key": "c", "starts": time(13), "kind": "break", "title_sr": "Пауза", "title_en": "Break"},
    ]  # fmt: skip
    save(*(ProgrammeItem(training_id=training.id, day=1, minutes=60, **line) for line in lines))
    return training


@pytest.fixture
def person(training: Training) -> Participant:
    return a_participant(training)


@pytest.fixture
def phone(client: FlaskClient, person: Participant) -> FlaskClient:
    return as_participant(client, person)


def at_noon(training: Training, minutes: int = 0) -> datetime:
    moment = datetime.combine(training.starts_on, NOON, clock.BELGRADE)
    return moment + timedelta(minutes=minutes)


def shown(app: Flask, phone: FlaskClient, address: str, moment: datetime) -> str:
    """The page as it is kept, which is the page as it would be made anew."""
    kept = app.jinja_env.globals["kept"]
    with clock.stopped_at(moment):
        page = OWN.sub("", phone.get(address).text)
        kept.forget()
        assert page == OWN.sub("", phone.get(address).text)
    return page


def _change_a_title(training: Training, _person: Participant) -> None:
    with writing() as session:
        session.execute(sa.update(ProgrammeItem).where(ProgrammeItem.key == "b").values(title_sr="Други назив"))


def _move_a_line(training: Training, _person: Participant) -> None:
    with writing() as session:
        session.execute(sa.update(ProgrammeItem).where(ProgrammeItem.key == "b").values(starts=time(12, 40)))


def _lengthen_a_line(training: Training, _person: Participant) -> None:
    with writing() as session:
        session.execute(sa.update(ProgrammeItem).where(ProgrammeItem.key == "b").values(minutes=50))


def _take_out_a_line(training: Training, _person: Participant) -> None:
    with writing() as session:
        session.execute(sa.delete(ProgrammeItem).where(ProgrammeItem.key == "c"))


def _move_the_training(training: Training, _person: Participant) -> None:
    with writing() as session:
        values = {"starts_on": training.starts_on - timedelta(days=1), "ends_on": training.ends_on - timedelta(days=1)}
        session.execute(sa.update(Training).where(Training.id == training.id).values(**values))


def _open_the_test(training: Training, _person: Participant) -> None:
    an_opening(training, "knowledge", "pre")


def _send_the_test(training: Training, person: Participant) -> None:
    an_opening(training, "knowledge", "pre")
    answers.submit(place(person))


CHANGES = [
    _change_a_title, _move_a_line, _lengthen_a_line, _take_out_a_line, _move_the_training, _open_the_test, _send_the_test,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[one.__name__.strip("_") for one in CHANGES])
def test_the_home_shows_every_change_at_once(
    app: Flask, training: Training, person: Participant, phone: FlaskClient, change: Callable[..., None]
) -> None:
    before = shown(app, phone, f"/t/{training.id}", at_noon(training))
    assert shown(app, phone, f"/t/{training.id}", at_noon(training)) == before
    noon = at_noon(training)
    with clock.stopped_at(noon):
        change(training, person)
    assert shown(app, phone, f"/t/{training.id}", noon) != before


def test_the_home_goes_with_the_clock(app: Flask, training: Training, phone: FlaskClient) -> None:
    moments = [at_noon(training, minutes) for minutes in (-240, 0, 31, 120)]
    pages = [shown(app, phone, f"/t/{training.id}", moment) for moment in moments]
    assert len(set(pages)) == len(pages)
    assert [shown(app, phone, f"/t/{training.id}", moment) for moment in moments] == pages


def test_what_one_person_has_sent_is_not_said_to_another(
    app: Flask, training: Training, person: Participant, phone: FlaskClient
) -> None:
    other = as_participant(app.test_client(), a_participant(training, "Ана Анић"))
    with clock.stopped_at(at_noon(training)):
        an_opening(training, "knowledge", "pre")
        answers.submit(place(person))
        for one, word in ((phone, ", послато"), (other, ", отворено"), (phone, ", послато")):
            assert word in one.get(f"/t/{training.id}").text


@pytest.mark.parametrize("address", ["/t/{}", "/t/{}/modules", "/help"])
def test_bars_keep_to_the_readers_language_theme_and_address(
    app: Flask, training: Training, phone: FlaskClient, address: str
) -> None:
    address, noon = address.format(training.id), at_noon(training)
    pages = {}
    for language in ("sr", "sr_Latn", "en"):
        for theme in ("light", "dark", ""):
            phone.set_cookie("language", language)
            phone.set_cookie("theme", theme)
            pages[language, theme] = shown(app, phone, address, noon)
    assert len(set(pages.values())) == len(pages)
    assert shown(app, phone, f"{address}?from=x", noon) != pages["en", ""]


def test_each_training_has_its_own_menu(
    app: Flask, training: Training, phone: FlaskClient, person: Participant
) -> None:
    other = a_training()
    there = as_participant(app.test_client(), a_participant(other))
    with clock.stopped_at(at_noon(training)):
        assert f'href="/t/{training.id}/modules"' in phone.get(f"/t/{training.id}").text
        page = there.get(f"/t/{other.id}").text
    assert f'href="/t/{other.id}/modules"' in page
    assert f"/t/{training.id}/" not in page
