"""Which groups played which cases, read from the room of exercises. Solo practice is nobody else's business."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from lms.extensions import db
from lms.simulations.debriefing import Debrief
from lms.simulations.queries import finished_runs
from lms.simulations.screens.debrief import debriefs_of
from lms.trainings.models import Training


@dataclass(frozen=True)
class Played:
    """A group of a training that has finished a case. `closed`: no further group of the training can come."""

    training: int
    case: str
    debrief: Debrief
    closed: bool


def played(training_ids: Collection[int]) -> list[Played]:
    """The finished groups of these trainings. Three statements at most."""
    runs = finished_runs(training_ids)
    if not runs:
        return []
    closed = set(
        db.session.scalars(sa.select(Training.id).where(Training.id.in_(training_ids), Training.state == "closed"))
    )
    told = debriefs_of(runs)
    return [
        Played(run.training_id, run.case_key, debrief, run.training_id in closed)
        for run, debrief in zip(runs, told, strict=True)
    ]
