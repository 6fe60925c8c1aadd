"""Runs that bots have played, as they stand in the database."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms import clock
from lms.extensions import db
from lms.simulations import bots
from lms.simulations.log import Event, to_row
from lms.simulations.models import Run, RunEvent
from lms.simulations.play import case_of, to_datetime
from lms.trainings.models import Training
from tests.builders import a_run


def a_finished_run(
    training: Training, case_key: str = "small", name: str = "Група 1", seed: int = 1, **holders: object
) -> Run:
    """A group of bots has played the case to its end; the same seed gives the same run."""
    run = a_run(training, case_key, name, **holders)
    return keep_log(run, bots.play(case_of(run), seed).log)


def keep_log(run: Run, events: Sequence[Event]) -> Run:
    """Store `events` as the log of `run`, which is then finished."""
    rows = [(to_row(event), to_datetime(event.at)) for event in events]
    values = [
        {"run_id": run.id, "seq": seq, "at": at, "kind": kind, "data": data}
        for seq, ((kind, data), at) in enumerate(rows, 1)
    ]
    db.session.execute(sa.insert(RunEvent), values)
    run.state, run.version, run.finished_at = "finished", len(events), clock.now()
    db.session.commit()
    return run
