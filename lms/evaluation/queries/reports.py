"""Everything else a report needs: who took part, what was concluded, what was published, whom to thank."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from lms.evaluation.models import Finding, PublishedFigure, Series
from lms.evaluation.rules.people import People, count_people
from lms.extensions import db
from lms.sectors import CODES
from lms.trainings.models import Attendance, HalfDay, Participant, Partner, Training


def _present() -> sa.ColumnElement[bool]:
    """A participant who came: joined, or was marked present. A name on a roster alone is not a participant."""
    was_there = sa.exists().where(Attendance.participant_id == Participant.id)
    return sa.or_(Participant.joined_at.is_not(None), was_there)


def people(training_ids: Collection[int]) -> dict[int, list[tuple[str | None, str, int]]]:
    """By training: (sex, sector, how many) of those who came. One statement."""
    rows = db.session.execute(
        sa.select(Participant.training_id, Participant.sex, Participant.sector, sa.func.count())
        .where(Participant.training_id.in_(training_ids), _present())
        .group_by(Participant.training_id, Participant.sex, Participant.sector)
    )
    found: dict[int, list[tuple[str | None, str, int]]] = {training: [] for training in training_ids}
    for training, sex, sector, count in rows:
        found[training].append((sex, sector, count))
    return found


def half_days(training_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By training: half-days attended, summed over participants, and how many half-days were held. One statement."""
    rows = db.session.execute(
        sa.select(HalfDay.training_id, HalfDay.id, sa.func.count())
        .join(Attendance, Attendance.half_day_id == HalfDay.id)
        .where(HalfDay.training_id.in_(training_ids))
        .group_by(HalfDay.training_id, HalfDay.id)
    )
    found: dict[int, tuple[int, int]] = dict.fromkeys(training_ids, (0, 0))
    for training, _half_day, count in rows:
        attended, held = found[training]
        found[training] = (attended + count, held + 1)
    return found


def people_of(trainings: Sequence[Training]) -> tuple[People, dict[int, int]]:
    """The participants of these trainings together, and how many each had. Two statements."""
    ids = [training.id for training in trainings]
    rows, held = people(ids), half_days(ids)
    totals = {training: sum(count for _sex, _sector, count in rows[training]) for training in ids}
    elsewhere = {t.id: t.published_count for t in trainings if t.published_count and not totals[t.id]}
    places = (sum(held[t][0] for t in ids), sum(held[t][1] * totals[t] for t in ids))
    together = count_people([row for t in ids for row in rows[t]], CODES, places, sum(elsewhere.values()))
    return together, totals | elsewhere


def findings(training_ids: Collection[int] = (), series_id: int | None = None) -> list[Finding]:
    """Conclusions, then recommendations, each in their order. One statement."""
    home = Finding.series_id == series_id if series_id is not None else Finding.training_id.in_(training_ids)
    return list(db.session.scalars(sa.select(Finding).where(home).order_by(Finding.kind, Finding.position, Finding.id)))


def published_figures(series_id: int) -> list[PublishedFigure]:
    """What was published about a series elsewhere. One statement."""
    query = sa.select(PublishedFigure).where(PublishedFigure.series_id == series_id)
    return list(db.session.scalars(query.order_by(PublishedFigure.item)))


def partners(training_ids: Collection[int], with_logos: bool = False) -> list[Partner]:
    """Whom to thank, in the order of the trainings; who is named in several stands once. One statement."""
    query = (
        sa.select(Partner)
        .join(Training, Training.id == Partner.training_id)
        .where(Partner.training_id.in_(training_ids))
        .order_by(Training.starts_on, Training.id, Partner.position)
    )
    rows = db.session.scalars(query.options(undefer(Partner.logo)) if with_logos else query)
    first: dict[tuple[str, str], Partner] = {}
    for partner in rows:
        first.setdefault((partner.kind, partner.name_sr), partner)
    return list(first.values())


def partner(training_ids: Collection[int], partner_id: int) -> Partner | None:
    """One partner of these trainings, with the logo."""
    query = sa.select(Partner).where(Partner.id == partner_id, Partner.training_id.in_(training_ids))
    return db.session.scalar(query.options(undefer(Partner.logo)))


# ---- series ----


def all_series() -> list[Series]:
    """Every series with its trainings and their places, the newest first. Two statements."""
    query = sa.select(Series).options(_with_trainings()).order_by(Series.id.desc())
    return list(db.session.scalars(query).unique())


def series(series_id: int) -> Series | None:
    """One series with its trainings and their places."""
    query = sa.select(Series).where(Series.id == series_id).options(_with_trainings())
    return db.session.scalars(query).unique().first()


def _with_trainings() -> sa.orm.Load:
    return joinedload(Series.trainings).joinedload(Training.municipality)  # type: ignore[return-value]


def trainings(training_ids: Collection[int] | None = None) -> list[Training]:
    """Trainings with their places, the newest first; all, or those named."""
    query = sa.select(Training).options(joinedload(Training.municipality))
    query = query.order_by(Training.starts_on.desc(), Training.id.desc())
    return list(db.session.scalars(query if training_ids is None else query.where(Training.id.in_(training_ids))))
