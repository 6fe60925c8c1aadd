"""The improvement plan that a group makes in the debrief: what, which service, until when."""

from datetime import date

import sqlalchemy as sa

from lms.accounts.audit import record
from lms.database import writing
from lms.errors import NotAllowed, Refused
from lms.extensions import db
from lms.simulations.models import Improvement, Run

MOST_LINES = 40


def plan_of(run: Run) -> list[Improvement]:
    """The lines of the plan, the oldest first."""
    return list(db.session.scalars(sa.select(Improvement).where(Improvement.run_id == run.id).order_by(Improvement.id)))


def keep_line(run: Run, number: int | None, what: str, who: str, until: date | None) -> None:
    """Add a line (no `number`) or change the line `number`. Refused when the plan is full; NotAllowed when there is no such line."""
    with writing() as session:
        if number is None:
            held = sa.select(sa.func.count()).select_from(Improvement).where(Improvement.run_id == run.id)
            if (session.scalar(held) or 0) >= MOST_LINES:
                raise Refused("The plan is full. What is done later belongs in the next plan.")
            session.add(Improvement(run_id=run.id, what=what, who=who, until=until))
            record(session, "plan.added", f"training {run.training_id}", run=run.id)
            return
        line = session.scalar(sa.select(Improvement).where(Improvement.id == number, Improvement.run_id == run.id))
        if line is None:
            raise NotAllowed()
        line.what, line.who, line.until = what, who, until
        record(session, "plan.changed", f"training {run.training_id}", run=run.id, line=number)


def drop_line(run: Run, number: int) -> None:
    """Take a line out of the plan. Raises NotAllowed when the plan has no such line."""
    with writing() as session:
        mine = sa.delete(Improvement).where(Improvement.id == number, Improvement.run_id == run.id)
        if session.scalar(mine.returning(Improvement.id)) is None:
            raise NotAllowed()
        record(session, "plan.dropped", f"training {run.training_id}", run=run.id, line=number)
