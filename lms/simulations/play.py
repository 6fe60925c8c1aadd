"""The log in the database: reading where a run stands, and adding what a move makes. The only place that writes events."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from lms import clock
from lms.content.case import Case
from lms.content.queries import course_of
from lms.database import writing
from lms.extensions import db
from lms.simulations import wake
from lms.simulations.clockwork import next_due
from lms.simulations.log import Event, Moment, RunEnded, RunStarted, from_row, to_row
from lms.simulations.models import Run, RunEvent, RunRow
from lms.simulations.moves import Move, made
from lms.simulations.replay import beginning, follow
from lms.simulations.state import State

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_KEPT = 400  # runs whose state a process remembers
_states: OrderedDict[str, State] = OrderedDict()  # run -> state at some version; never changed, only replaced
_still: dict[str, tuple[State, Moment | None]] = {}  # run -> such a state and when time will bring something to it
TRIES = 5


def now() -> Moment:
    """The present moment, in milliseconds since 1970."""
    return to_moment(clock.now())


def to_moment(at: datetime) -> Moment:
    """A moment as the log counts it."""
    return (at - _EPOCH) // _MILLISECOND


def to_datetime(moment: Moment) -> datetime:
    """The other way round."""
    return _EPOCH + moment * _MILLISECOND


def case_of(run: Run | RunRow) -> Case:
    """The case that a run plays: of its own course version, whatever was published since."""
    return course_of(run.course_hash).cases[run.case_key]


def look(run: Run | RunRow, moment: Moment | None = None) -> State:
    """Where `run` stands at `moment` (now): its log, and what time has brought since. Writes nothing."""
    case, moment = case_of(run), now() if moment is None else moment
    stored = _stored(run, run.version, case)
    known, due = _still.get(run.projector_token, (None, None))
    if known is stored and (due is None or max(moment, stored.at) < due):
        return stored
    state, events = made(case, stored, moment)
    if not events:
        _still[run.projector_token] = stored, next_due(case, stored)
    return state


def events_of(run: Run) -> list[Event]:
    """The whole log of a run, as stored."""
    return _read(run.id, 0, run.version)


def move(run: Run | RunRow, what: Move | None, also: Callable[[Session], object] | None = None) -> State:
    """Make a move (None: only what time has brought), store its events, and return where the run stands.

    Refused when the rules do not allow it; then what time had brought is not stored either: it comes again by itself.
    If somebody else was faster, the move is judged anew on what is true now. `also` is done in the same transaction.
    """
    for attempt in range(TRIES):
        try:
            with writing() as session:
                state = move_within(session, run, what)
                if also:
                    also(session)
            break
        except sa.exc.IntegrityError:
            if attempt == TRIES - 1:
                raise
    _remember(run, state)
    wake.touch(run.id, state.version)
    return state


def tick(topic: int) -> None:
    """Store what time has brought to a run, or (a number below zero) to the runs of a training whose console is open."""
    if topic > 0:
        due = sa.select(Run).where(Run.id == topic)
    else:
        due = sa.select(Run).where(Run.training_id == -topic, Run.mode == "live", Run.next_due <= clock.now())
    for run in db.session.scalars(due).all():
        move(run, None)


def move_within(session: Session, run: Run | RunRow, what: Move | None) -> State:
    """The same inside an open transaction of the caller, who changes something else with it."""
    case = case_of(run)
    version = session.connection().execute(_VERSION, {"run": run.id}).scalar() or 0
    moment = now()
    state, events = made(case, _stored(run, version, case), moment, what)
    if events:
        append(session, run, case, state, events)
    return state


def append(session: Session, run: Run | RunRow, case: Case, state: State, events: list[Event]) -> None:
    """Add `events`, which led to `state`, to the log. The one place that writes it."""
    rows = []
    for seq, event in enumerate(events, state.version - len(events) + 1):
        kind, data = to_row(event)
        rows.append({"run_id": run.id, "seq": seq, "at": to_datetime(event.at), "kind": kind, "data": data})
    connection = session.connection()
    connection.execute(_ADD, rows)
    copies = _copies(case, state, events)
    connection.execute(_COPY, {"run": run.id} | copies)
    if isinstance(run, Run):
        for name, value in copies.items():
            set_committed_value(run, name, value)
    wake.announce(session, run.id, state.version)


def _copies(case: Case, state: State, events: list[Event]) -> dict[str, object]:
    """What the row of the run repeats from the log."""
    due = next_due(case, state)
    values: dict[str, object] = {"version": state.version, "next_due": to_datetime(due) if due is not None else None}
    if any(isinstance(event, RunStarted | RunEnded) for event in events):
        values["state"] = state.phase
        values["finished_at"] = to_datetime(state.at) if state.phase == "finished" else None
    return values


# Past the objects, at half the cost: nobody else can write while a move is stored, so it should be short.
_RUNS, _LOG = (Run.metadata.tables[one.__tablename__] for one in (Run, RunEvent))
_ADD, _COPY = _LOG.insert(), _RUNS.update().where(_RUNS.c.id == sa.bindparam("run"))
_VERSION = sa.select(_RUNS.c.version).where(_RUNS.c.id == sa.bindparam("run"))
_EVENTS = (
    sa.select(_LOG.c.at, _LOG.c.kind, _LOG.c.data)
    .where(_LOG.c.run_id == sa.bindparam("run"), _LOG.c.seq > sa.bindparam("after"), _LOG.c.seq <= sa.bindparam("to"))
    .order_by(_LOG.c.seq)
)


def _read(run_id: int, after: int, to: int) -> list[Event]:
    rows = db.session.connection().execute(_EVENTS, {"run": run_id, "after": after, "to": to})
    return [from_row(to_moment(row.at), row.kind, row.data) for row in rows]


def _stored(run: Run | RunRow, version: int, case: Case) -> State:
    """The state at `version`, from what this process remembers and what has been added since."""
    known = _states.get(run.projector_token)
    if known is None or known.version > version:
        known = beginning(case)
    if known.version < version:
        known = follow(case, known, _read(run.id, known.version, version))
        _remember(run, known)
    return known


def _remember(run: Run | RunRow, state: State) -> None:
    """Under the run's long random name: a number may mean another run after a database was restored."""
    _states[run.projector_token] = state
    _states.move_to_end(run.projector_token)
    while len(_states) > _KEPT:
        forgotten, _state = _states.popitem(last=False)
        _still.pop(forgotten, None)
