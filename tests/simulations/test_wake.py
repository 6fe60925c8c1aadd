"""Waking the pages of runs: who hears of what, until when, and who counts as present."""

import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.accounts.models import SignIn
from lms.extensions import db
from lms.live import hub as hubs
from lms.simulations import facilitation, moves, play, queries, seats, wake
from lms.simulations.models import Run, Seat
from lms.trainings.models import Device, TrainingStaff
from tests.builders import (
    a_course_with_a_case,
    a_participant,
    a_run,
    a_training,
    an_account,
    as_participant,
    save,
    sign_in,
)


@pytest.fixture
def hub(app: Flask, monkeypatch):
    """The application's own hub at work; rights and presence are looked at ten times a second."""
    for name in ("RIGHTS", "PRESENCE", "AGAIN"):
        monkeypatch.setattr(hubs, name, 0.1)
    hub = app.extensions["live"]
    hub.resting = False
    yield hub
    hub.rest()


@pytest.fixture
def trainer(app: Flask):
    return an_account("trainer")


@pytest.fixture
def run(trainer) -> Run:
    training = a_training(trainer=trainer, course_hash=a_course_with_a_case())
    return a_run(training, police=a_participant(training), health=a_participant(training, "Ана Јовић"))


def seat_of(run: Run, role: str) -> Seat:
    return db.session.scalar(sa.select(Seat).where(Seat.run_id == run.id, Seat.role == role))


class Page:
    """A page with an open stream: what it has heard, and whether the stream is still open."""

    def __init__(self, client, address: str) -> None:
        self.answer = client.get(address, buffered=False)
        self.heard: list[int] = []
        self.open = self.answer.status_code == 200
        if self.open:
            threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for message in self.answer.response:
            for line in message.decode().splitlines():
                if line.startswith("data: "):
                    self.heard.append(int(line.split()[1]))
        self.open = False

    def hears(self, version: int) -> bool:
        return eventually(lambda: version in self.heard)

    def ends(self) -> bool:
        return eventually(lambda: not self.open)


def eventually(holds, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return False


def newest(page: Page) -> int:
    return page.heard[-1] if page.heard else -1


def total(run: Run) -> int:
    db.session.rollback()
    return queries.versions_of(run.training_id)


def player_page(app: Flask, run: Run, role: str = "police") -> Page:
    client = as_participant(app.test_client(), seat_of(run, role).participant)
    return Page(client, f"/live/t/{run.training_id}/exercises/{run.id}")


def console_page(app: Flask, run: Run, account) -> Page:
    return Page(sign_in(app.test_client(), account), f"/live/trainings/{run.training_id}/exercises")


def test_a_move_is_heard_by_its_table_the_wall_and_the_console_and_by_nobody_else(app, hub, run, trainer) -> None:
    other = a_run(run.training, name="Група 2", police=a_participant(run.training, "Ива Ивић"))
    own, console, elsewhere = player_page(app, run), console_page(app, run, trainer), player_page(app, other)
    wall = Page(app.test_client(), f"/live/wall/{run.projector_token}")
    assert all(page.hears(0) for page in (own, wall, elsewhere))
    version = play.move(run, moves.sit_down("police")).version
    assert all(page.hears(version) for page in (own, wall))
    assert eventually(lambda: newest(console) == total(run))
    assert elsewhere.heard == [0]


def test_who_gives_up_a_seat_hears_nothing_more_and_the_others_do(app, hub, run) -> None:
    police, health = player_page(app, run), player_page(app, run, "health")
    assert police.hears(0)
    assert health.hears(0)
    seats.give(seat_of(run, "police"), None, "замена")
    assert police.ends()
    assert health.open


def test_a_removed_device_hears_nothing_more(app, hub, run) -> None:
    page = player_page(app, run)
    assert page.hears(0)
    db.session.execute(sa.delete(Device))
    db.session.commit()
    assert page.ends()


@pytest.mark.parametrize("change", ["signed out", "left the training", "became a reader", "deactivated", "expired"])
def test_staff_whose_right_ends_hear_nothing_more(app, hub, run, trainer, change) -> None:
    page = console_page(app, run, trainer)
    assert page.hears(0)
    mine = TrainingStaff.account_id == trainer.id
    if change == "signed out":
        db.session.execute(sa.delete(SignIn))
    elif change == "left the training":
        db.session.execute(sa.delete(TrainingStaff).where(mine))
    elif change == "became a reader":
        db.session.execute(sa.update(TrainingStaff).where(mine).values(role="reader"))
    elif change == "deactivated":
        trainer.deactivated_at = clock.now()
    else:
        db.session.execute(sa.update(SignIn).values(expires_at=clock.now() - timedelta(seconds=1)))
    db.session.commit()
    assert page.ends()


def test_a_deleted_run_ends_its_streams(app, hub, run) -> None:
    page = Page(app.test_client(), f"/live/wall/{run.projector_token}")
    assert page.hears(0)
    db.session.delete(run)
    db.session.commit()
    assert page.ends()


def test_streams_are_for_those_who_may_see_the_screens(app, hub, run) -> None:
    player, console = f"/live/t/{run.training_id}/exercises/{run.id}", f"/live/trainings/{run.training_id}/exercises"
    stranger = as_participant(app.test_client(), a_participant(run.training, "Неко Други"))
    reader = an_account("trainer")
    save(TrainingStaff(training_id=run.training_id, account_id=reader.id, role="reader"))
    assert stranger.get(player).status_code == 404
    assert sign_in(app.test_client(), reader).get(console).status_code == 404
    assert app.test_client().get("/live/wall/guessed").status_code == 404
    assert app.test_client().get(player).status_code == 303


def test_time_brings_its_events_while_somebody_waits_or_asks(app, hub, run) -> None:
    play.move(run, moves.sit_down("police"))
    play.move(run, facilitation.start("нема других"))
    db.session.refresh(run)
    before = run.version
    db.session.execute(sa.update(Run).values(next_due=clock.now()))
    db.session.commit()
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        wake.seen(run.id)
        assert eventually(lambda: db.session.rollback() or db.session.scalar(sa.select(Run.version)) > before)


def test_who_asks_for_a_screen_is_present(app, hub, run) -> None:
    seat = seat_of(run, "police")
    wake.seen(run.id, seat.id)
    assert eventually(
        lambda: db.session.rollback() or db.session.scalar(sa.select(Seat.seen_at).where(Seat.id == seat.id))
    )
    assert seat_of(run, "health").seen_at is None


def test_a_phone_that_comes_is_on_the_console_within_a_second(app, hub, run, trainer, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "PRESENCE", 60.0)
    console, _health = console_page(app, run, trainer), player_page(app, run, "health")
    assert eventually(lambda: newest(console) == total(run) > 0)
    before, begin = total(run), time.monotonic()
    _police = player_page(app, run)
    assert eventually(lambda: newest(console) > before)
    assert time.monotonic() - begin < 1.0
    db.session.rollback()
    assert seat_of(run, "police").seen_at is not None
