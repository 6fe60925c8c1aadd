"""Waking the pages of a run: `lms.live` bound to runs, and the keys of those who may listen."""

from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.models import Account, SignIn
from lms.accounts.sessions import digest
from lms.extensions import db
from lms.live import changes
from lms.live.hub import Hub, Room, State
from lms.live.stream import full, stream_response
from lms.live.waiting import Full
from lms.simulations.models import Run, Seat
from lms.trainings.models import Device, TrainingStaff

PRESENT_FOR = timedelta(seconds=30)  # who was not seen for longer has dropped out; open pages ask every 15 s
STREAMS = 96  # at once in a process whose server has not said how many threads it has (lms.server)
WALLS = 12  # screens of one run in a hall
Watcher = tuple[str, bytes | str, int]
Allowed = Callable[[Collection[Hashable]], Collection[Hashable]]
Present = Callable[[Collection[int]], object]


def init_wake(
    app: Flask, tick: Callable[[int], object], present: Present, still_allowed: Allowed | None = None
) -> None:
    """Give `app` its hub. `tick(run_id)` does what time has brought to a run, `present(seat_ids)` notes who was seen;
    `still_allowed` is for tests."""
    room = Room(look=_look, still_allowed=still_allowed or _still_allowed, tick=tick, present=present)
    app.extensions["live"] = Hub(app, room, STREAMS)


def _hub() -> Hub:
    hub: Hub = current_app.extensions["live"]
    return hub


def announce(session: Session, run_id: int, version: int) -> None:
    """Inside the transaction that changes a run's version, seating or next moment: tell all processes."""
    changes.announce(session, run_id, version)


def touch(run_id: int, version: int) -> None:
    """After the commit: wake this process's own pages at once."""
    _hub().touch(run_id, version)


def seen(run_id: int, seat_id: int | None = None, arrived: bool = False) -> None:
    """A screen of the run was asked for, by the holder of a seat: they are present. `arrived`: they have come only now."""
    _hub().seen(run_id, seat_id, arrived)


def player() -> Watcher:
    """The key of the device that `access.seated` has let in."""
    return "seat", digest(request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")), g.seat.id


def member() -> Watcher:
    """The key of the sign-in that `access.watcher_of` has let in."""
    return "staff", digest(current_user.get_id()), g.training.id


def wall() -> Watcher:
    """The key of a wall that `access.wall_of` has let in."""
    return "wall", g.run.projector_token, g.run.id


def console_topic(training_id: int) -> int:
    """What a console waits for: all live runs of a training together."""
    return -training_id


def stream(topic: int, watcher: Watcher, version: int) -> Response:
    """The open answer for a page of a run (or of a console): its version now and whenever it changes, until the watcher's
    right ends."""
    try:
        opened = _hub().open(topic, watcher, version, most=WALLS if watcher[0] == "wall" else 3)
    except Full:
        return full()
    return stream_response(_hub(), opened)


_RUNS = sa.select(Run.id, Run.version, Run.seating, Run.next_due).where(
    Run.id.in_(sa.bindparam("runs", expanding=True))
)


_CONSOLES = (
    sa.select(
        Run.training_id, sa.func.sum(Run.version + Run.seating).label("version"), sa.func.sum(Run.seating).label("seating"),
        sa.func.min(Run.next_due).label("next_due"),
    )
    .where(Run.training_id.in_(sa.bindparam("trainings", expanding=True)), Run.mode == "live")
    .group_by(Run.training_id)
)  # fmt: skip


def _look(topics: Collection[int]) -> Mapping[int, State]:
    runs, trainings = [one for one in topics if one > 0], [-one for one in topics if one < 0]
    found: dict[int, State] = {}
    with db.engine.connect() as connection:  # not the session: between a commit and its pages nothing should take long
        if runs:
            for run, version, rights, due in connection.execute(_RUNS, {"runs": runs}):
                found[run] = State(version, rights, due)
        if trainings:
            for training, version, rights, due in connection.execute(_CONSOLES, {"trainings": trainings}):
                found[console_topic(training)] = State(version, rights, due)
    return found


_SEATS = (
    sa.select(Device.token_hash, Seat.id)
    .join(Seat, Seat.participant_id == Device.participant_id)
    .where(Seat.id.in_(sa.bindparam("numbers", expanding=True)), Device.token_hash.in_(sa.bindparam("tokens", expanding=True)))
)  # fmt: skip
_STAFF = (
    sa.select(SignIn.token_hash, TrainingStaff.training_id)
    .join(SignIn.account)
    .join(TrainingStaff, TrainingStaff.account_id == Account.id)
    .where(
        TrainingStaff.training_id.in_(sa.bindparam("numbers", expanding=True)),
        TrainingStaff.role.in_(("trainer", "observer")),
        SignIn.token_hash.in_(sa.bindparam("tokens", expanding=True)),
        SignIn.second_step,
        SignIn.expires_at > sa.bindparam("now"),
        Account.deactivated_at.is_(None),
    )
)
_WALLS = sa.select(Run.projector_token, Run.id).where(
    Run.id.in_(sa.bindparam("numbers", expanding=True)), Run.projector_token.in_(sa.bindparam("tokens", expanding=True))
)
_KINDS: dict[str, sa.Executable] = {"seat": _SEATS, "staff": _STAFF, "wall": _WALLS}


def _still_allowed(watchers: Collection[Any]) -> set[Hashable]:
    """Those whose seat, sign-in with its place in the training, or wall is still what it was. One statement a kind."""
    allowed: set[Hashable] = set()
    for kind, statement in _KINDS.items():
        mine = [(token, number) for one, token, number in watchers if one == kind]
        if mine:
            values = {"tokens": [token for token, _ in mine], "numbers": list({number for _, number in mine})}
            rows = db.session.execute(statement, values | ({"now": clock.now()} if kind == "staff" else {}))
            allowed |= {(kind, token, number) for token, number in rows}
    return allowed
