"""Two exercises for the training of today: one that was played to its end, with its debrief, and one in the middle of a decision."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.content.case import Case
from lms.content.course import Course
from lms.demo.documents import document
from lms.demo.rehearsal import Rehearsal
from lms.serbian import fold
from lms.simulations.groups import Person, form
from lms.simulations.models import Improvement
from lms.simulations.play import append, to_moment
from lms.simulations.seats import new_run
from lms.trainings.models import Participant, Training


def add_exercises(session: Session, training: Training, course: Course) -> None:
    """Play them, and store their logs as if people had."""
    joined = sa.select(Participant).where(Participant.training_id == training.id, Participant.joined_at.is_not(None))
    people = list(session.scalars(joined.order_by(Participant.number)))
    for row in document("exercises"):
        _add(session, training, course.cases[row["case"]], people, row)


def _add(session: Session, training: Training, case: Case, people: list[Participant], row: Mapping[str, Any]) -> None:
    holders = _seated(case, people, row["sure"])
    run = new_run(session, training, case.key, row["name"], holders=holders, mode="live")
    begin = to_moment(clock.now() - timedelta(minutes=row["began_minutes_ago"]))
    seats = [role for role, holder in holders.items() if holder]
    rehearsal = Rehearsal(case, seats, begin, Random(row["seed"]), row.get("notes", ()))  # noqa: S311 - the same demo everywhere
    sure = next(one.id for one in people if one.number == row["sure"])
    whom = next(role for role, holder in holders.items() if holder == sure)
    events = rehearsal.play(row.get("until", ""), whom)
    append(session, run, case, rehearsal.state, events)
    session.add_all(
        Improvement(
            run_id=run.id, what=line["what"], who=line["who"], until=clock.today() + timedelta(days=line["days"])
        )
        for line in row.get("plan", ())
    )


def _seated(case: Case, people: Sequence[Participant], sure: int) -> dict[str, int | None]:
    """One group by the rule for groups; the person with the number `sure` on the roster has a seat in any case."""
    plan = form(
        case, [Person(one.id, one.sector, fold(one.institution), one.municipality_code or "") for one in people], 1
    )
    holders = dict(plan.groups[0])
    wanted = next(one for one in people if one.number == sure)
    if wanted.id not in holders.values():
        role = next((key for key in holders if case.role[key].sector == wanted.sector), next(iter(holders)))
        holders[role] = wanted.id
    return holders
