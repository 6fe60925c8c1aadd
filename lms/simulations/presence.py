"""Who is really there: a seat whose screen has been gone for a while never holds up its table, and is back as soon as it is seen.

Called by the hub with the seats that were seen in the last seconds. The rules know nothing of screens; they get the events.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from lms import clock
from lms.database import writing
from lms.extensions import db
from lms.simulations import play
from lms.simulations.clockwork import asked_now
from lms.simulations.models import Run, Seat
from lms.simulations.moves import leave, sit_down
from lms.simulations.state import ALONE, State
from lms.simulations.wake import PRESENT_FOR, announce

GONE_AFTER = timedelta(seconds=60)  # a locked telephone is not yet gone; the table waits for it so long


def note(seat_ids: Collection[int]) -> None:
    """These seats were seen just now: remember it, and let their runs draw the consequences."""
    now = clock.now()
    with writing() as session:
        _tell_consoles(session, seat_ids, now)
        for seats in (Seat.run_id.in_(_away_together(seat_ids, now - GONE_AFTER)), Seat.id.in_(seat_ids)):
            seen = sa.update(Seat).where(seats).values(seen_at=now)
            session.execute(seen, execution_options={"synchronize_session": False})
    runs = db.session.scalars(
        sa.select(Run)
        .options(selectinload(Run.seats))
        .where(Run.state == "running", Run.mode == "live", Run.seats.any(Seat.id.in_(seat_ids)))
        .execution_options(populate_existing=True)
    )
    for run in runs.all():
        _draw_consequences(run, {seat.role for seat in run.seats if seat.id in seat_ids})


def _tell_consoles(session: Session, seat_ids: Collection[int], now: datetime) -> None:
    """Who was not reached and is reached now shows on the console at once, not with the next thing that happens in the run."""
    lost = sa.or_(Seat.seen_at.is_(None), Seat.seen_at < now - PRESENT_FOR)
    reached = sa.select(Seat.run_id).where(Seat.id.in_(seat_ids), lost)
    runs = sa.update(Run).where(Run.mode == "live", Run.id.in_(reached)).values(seating=Run.seating + 1)
    for run in session.execute(runs.returning(Run.id, Run.version), execution_options={"synchronize_session": False}):
        announce(session, run.id, run.version)


def _away_together(seat_ids: Collection[int], since: datetime) -> sa.Select[int]:
    """The runs of these seats of which nobody was seen `since` then: the network or the server was away, not the people. Who comes
    back first must not decide without the others: they are waited for anew."""
    runs = sa.select(Seat.run_id).where(Seat.id.in_(seat_ids))
    return (
        sa.select(Seat.run_id)
        .where(Seat.run_id.in_(runs))
        .group_by(Seat.run_id)
        .having(sa.func.max(Seat.seen_at) < since)
    )


def _draw_consequences(run: Run, seen: Collection[str]) -> None:
    state = play.look(run)
    for role in seen:
        if state.seats[role].away == "gone":
            play.move(run, sit_down(role))
    for role in holding_up(run, state, clock.now() - GONE_AFTER):
        play.move(run, leave(role, "gone"))


def holding_up(run: Run, state: State, since: datetime) -> set[str]:
    """The seats not seen `since` then, for whom alone an open decision still waits: everybody else has answered.

    Who has just come in through another process may not be noted yet; nobody is gone who was not seen before.
    """
    gone = {seat.role for seat in run.seats if seat.seen_at is not None and seat.seen_at < since}
    found: set[str] = set()
    for voting in state.open_decisions:
        answered = voting.alone if voting.phase == ALONE else voting.votes
        waiting = asked_now(play.case_of(run), state, voting) - answered.keys()
        if waiting and waiting <= gone:
            found |= waiting
    return found
