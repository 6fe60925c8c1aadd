"""What changes in trials: they begin, moves are made and taken back, and old ones are thrown away."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from lms import clock
from lms.authoring.models import Draft, Trial
from lms.authoring.trying.beginning import MODES, SOLO, Beginning, begin, case_at, case_in, entered_at
from lms.authoring.trying.pressing import carried_out, last_move, rows_of, state_after, taken_back
from lms.content.case import Case
from lms.database import writing
from lms.errors import NotAllowed, Refused
from lms.simulations.moves import Move, made
from lms.simulations.play import to_moment
from lms.simulations.replay import beginning as nothing_yet
from lms.simulations.state import State
from lms.ui import N_

MOST_KEPT = 5  # trials of one person and draft
CANNOT_BE_TRIED = N_("This case cannot be tried yet: it needs a role and a stage.")


def begin_trial(draft: Draft, account_id: int, case_key: str, text: str, wanted: Beginning) -> Trial:
    """A trial of the case in `text`. A role or stage that there is not is the whole table and the first one.

    Refused while the case cannot be played. The person's oldest trials of the draft are thrown away.
    """
    case = case_in(text).case
    if case is None:
        raise Refused(CANNOT_BE_TRIED, status=422)
    wanted = _possible(case, wanted)
    played = entered_at(case, wanted.stage, wanted.flags)
    _state, events = made(played, nothing_yet(played), to_moment(clock.now()), begin(wanted))
    with writing() as session:
        trial = Trial(
            draft_id=draft.id, account_id=account_id, case_key=case_key, text=text, mode=wanted.mode, role=wanted.role,
            stage=wanted.stage, flags=dict(wanted.flags), version=len(events), events=rows_of(events, 0), created_at=clock.now(),
        )  # fmt: skip
        session.add(trial)
        session.flush()
        _throw_away(session, trial)
    return trial


def _possible(case: Case, wanted: Beginning) -> Beginning:
    stage = wanted.stage if wanted.stage in case.stage else case.stages[0].key
    mode = wanted.mode if wanted.mode in MODES else MODES[-1]
    role = wanted.role if mode == SOLO and wanted.role in case.role else ""
    flags = {key: value for key, value in wanted.flags.items() if key in case.flag and value != case.flag[key].start}
    return Beginning(mode, role, stage, flags)


def _throw_away(session: Session, newest: Trial) -> None:
    mine = sa.select(Trial.id).where(Trial.draft_id == newest.draft_id, Trial.account_id == newest.account_id)
    old = session.scalars(mine.order_by(Trial.id.desc()).offset(MOST_KEPT)).all()
    session.execute(sa.delete(Trial).where(Trial.id.in_(old)))


def case_of(trial: Trial) -> Case:
    """The case as the trial plays it."""
    return case_at(trial.text, trial.stage, tuple(sorted(trial.flags.items())))


def press(trial: Trial, move: Move | None) -> State:
    """Make a move in a trial; without one time passes. Refused when the rules do not allow it."""
    with writing() as session:
        held = _held(session, trial.id)
        case = case_of(held)
        state = state_after(case, held.events)
        state, events = carried_out(case, state, move)
        if events:
            _keep(held, [*held.events, *rows_of(events, last_move(held.events) + 1)])
    return state


def take_back(trial: Trial) -> None:
    """The last move has never been. At the beginning there is none."""
    with writing() as session:
        held = _held(session, trial.id)
        _keep(held, taken_back(held.events))


def begin_again(trial: Trial) -> None:
    """Back to the beginning."""
    with writing() as session:
        held = _held(session, trial.id)
        _keep(held, [row for row in held.events if not row["move"]])


def _keep(trial: Trial, rows: list[dict[str, object]]) -> None:
    trial.events, trial.version = rows, len(rows)


def _held(session: Session, number: int) -> Trial:
    """The trial as it is stored now. NotAllowed when it was thrown away meanwhile."""
    found = session.get(Trial, number, populate_existing=True, options=[undefer(Trial.text), undefer(Trial.events)])
    if found is None:
        raise NotAllowed()
    return found
