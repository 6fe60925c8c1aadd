"""Who may read and who may shape reports. A training's report belongs to its staff; a series to those who run all of it."""

import sqlalchemy as sa
from flask import g
from flask_login import current_user

from lms.access import signed_in
from lms.errors import NotAllowed
from lms.evaluation import queries
from lms.evaluation.models import Series
from lms.extensions import db
from lms.trainings.access import LOOKING, reader_of, trainer_of
from lms.trainings.models import TrainingStaff

MAKERS = {*LOOKING, "trainer"}


def own_trainings(*roles: str) -> set[int]:
    """The trainings in which the signed-in account has one of `roles`; any part when none is named."""
    query = sa.select(TrainingStaff.training_id).where(TrainingStaff.account_id == current_user.id)
    return set(db.session.scalars(query.where(TrainingStaff.role.in_(roles)) if roles else query))


def report_reader(training_id: int | None = None, series_id: int | None = None, **_arguments: object) -> None:
    """Readers of the training's figures, or of the series."""
    if training_id is not None:
        reader_of(training_id)
        g.series, g.may_edit = None, g.part == "trainer"
    else:
        series_reader(series_id or 0)


def report_editor(training_id: int | None = None, series_id: int | None = None, **_arguments: object) -> None:
    """Trainers of the training, or those who may change the series."""
    if training_id is not None:
        trainer_of(training_id)
        g.series, g.may_edit = None, True
    else:
        series_editor(series_id or 0)


def series_reader(series_id: int, **_arguments: object) -> None:
    """The coordinator's office, administrators, staff of every training in the series; report readers once it is published."""
    signed_in()
    found = queries.reports.series(series_id)
    if found is None or not may_read(found, own_trainings()):
        raise NotAllowed()
    g.series = found
    g.may_edit = may_edit(found)


def series_editor(series_id: int, **_arguments: object) -> None:
    """The coordinator's office, administrators, and trainers of every training in the series."""
    series_reader(series_id)
    if not g.may_edit:
        raise NotAllowed()


def series_maker(**_arguments: object) -> None:
    """The coordinator's office, administrators and trainers: may join trainings to a series."""
    signed_in()
    if not MAKERS & current_user.role_names:
        raise NotAllowed()


def may_read(series: Series, own: set[int]) -> bool:
    """Whether the signed-in account may read `series`; `own` are the trainings it has a part in."""
    roles = current_user.role_names
    members = {training.id for training in series.trainings}
    published = series.published_at is not None and "reader" in roles
    return bool(LOOKING & roles) or published or bool(members and members <= own)


def may_edit(series: Series) -> bool:
    """Whether the signed-in account may change `series`."""
    if LOOKING & current_user.role_names:
        return True
    members = {training.id for training in series.trainings}
    return bool(members) and members <= own_trainings("trainer")
