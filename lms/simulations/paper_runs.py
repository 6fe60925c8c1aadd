"""Runs that were played on paper, in the database: begun, typed in scene by scene, corrected. The log is what has been typed so far.

While it is being typed in, its last scenes can be taken back; the run then gets another long name, so that no process remembers what
is no longer so.
"""

import secrets
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.simulations import paper, play
from lms.simulations.log import DecisionOpened, Event, InjectSent, StageBegan
from lms.simulations.models import Run, RunEvent
from lms.simulations.paper import Entry
from lms.simulations.play import case_of, to_moment
from lms.simulations.replay import replay
from lms.simulations.seats import new_run
from lms.simulations.state import RUNNING, State
from lms.trainings.models import Training


def state_of(run: Run) -> State:
    """Where the story stands by what has been typed; no time passes."""
    return replay(paper.unhurried(case_of(run)), play.events_of(run))


def begin(training: Training, case_key: str, name: str, roles: Sequence[str], reason: str) -> Run:
    """A run on paper in which `roles` were played. Refused when nobody was."""
    with writing() as session:
        run = new_run(session, training, case_key, name, holders={}, mode="paper")
        case = case_of(run)
        if not set(roles) & case.role.keys():
            raise Refused("Tick at least one role that was played.", status=422)
        played = [role for role in case.role if role in roles]
        state, events = paper.begun(case, to_moment(run.created_at), played, reason)
        _store(session, run, state, events)
        record(session, "run.typed", f"training {training.id}", case=case_key, run=run.id)
    return run


def keep(run: Run, version: int, entries: Sequence[Entry]) -> None:
    """Add what was typed on a sheet that showed `version`; a sheet sent twice is kept once. Raises paper.NotSo."""
    with writing() as session:
        held = session.get_one(Run, run.id, populate_existing=True)
        if held.version == version:
            state, events = paper.typed(case_of(held), state_of(held), entries)
            _store(session, held, state, events)


def _store(session: Session, run: Run, state: State, events: list[Event]) -> None:
    if events:
        play.append(session, run, case_of(run), state, events)
        session.execute(sa.update(Run).where(Run.id == run.id).values(next_due=None))  # no clock runs for paper


def back(run: Run) -> None:
    """Take back what was typed of the last scene; when nothing was, the whole scene, and one types the one before again."""
    with writing() as session:
        held = session.get_one(Run, run.id, populate_existing=True)
        events = play.events_of(held)
        kept = _before(events)
        if kept == len(events):
            raise Refused("Nothing has been typed yet.")
        session.execute(sa.delete(RunEvent).where(RunEvent.run_id == held.id, RunEvent.seq > kept))
        held.version, held.state, held.finished_at, held.next_due = kept, RUNNING, None, None
        held.projector_token = secrets.token_urlsafe(16)
        record(session, "run.typed_again", f"training {held.training_id}", run=held.id)


def remove(run: Run) -> None:
    """Throw away what was typed of a run that is not finished. Refused when it is: its debrief stays."""
    with writing() as session:
        held = session.get_one(Run, run.id, populate_existing=True)
        if held.state != RUNNING:
            raise Refused("This exercise has been typed in to its end; correct its last scene instead.")
        record(session, "run.removed", f"training {held.training_id}", run=held.id, case=held.case_key)
        session.delete(held)


def _before(events: Sequence[Event]) -> int:
    """How many events stay: up to the beginning of the last scene of which something was typed."""
    began = [number for number, event in enumerate(events, 1) if isinstance(event, StageBegan)]
    typed_last = _typed(events[began[-1] :])
    return began[-1] if typed_last or len(began) == 1 else began[-2]


def _typed(events: Iterable[Event]) -> bool:
    """Somebody wrote it; the rest came by itself."""
    return any(
        not isinstance(one, DecisionOpened) and not (isinstance(one, InjectSent) and one.how != "hand")
        for one in events
    )
