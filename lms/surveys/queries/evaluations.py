"""Anonymous answers. Nothing is readable before the close, or with too few."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms import clock
from lms.extensions import db
from lms.surveys.models import Ballot, Opening, Remark
from lms.surveys.rules import FEWEST_BALLOTS, FEWEST_FOR_REMARKS, Value


@dataclass(frozen=True)
class Remarked:
    """A free text as it may be shown: redacted where staff redacted it. `quoted`: chosen, and its author allowed it."""

    item: str
    text: str
    quoted: bool


def ballots(training_ids: Sequence[int]) -> list[dict[str, Value]]:
    """The closed answers of every closed evaluation with five ballots or more: item → value. One statement."""
    rows = db.session.scalars(
        sa.select(Ballot.answers)
        .where(Ballot.opening_id.in_(readable(FEWEST_BALLOTS, training_ids)))
        .order_by(Ballot.key)
    )
    return [dict(answers) for answers in rows]  # type: ignore[arg-type]


def remarks(training_ids: Sequence[int]) -> list[Remarked]:
    """The free texts of every closed evaluation with ten ballots or more, in a random order. One statement."""
    rows = db.session.scalars(
        sa.select(Remark)
        .where(Remark.opening_id.in_(readable(FEWEST_FOR_REMARKS, training_ids)))
        .order_by(Remark.item, Remark.key)
    )
    shown = [Remarked(row.item, _shown(row), row.quoted and row.may_quote) for row in rows]
    return [remark for remark in shown if remark.text]


def _shown(remark: Remark) -> str:
    return remark.text if remark.redacted is None else remark.redacted


def desk(training_id: int) -> list[Remark]:
    """The free texts of a training for the trainer's desk: the same, redacted to nothing included."""
    return list(
        db.session.scalars(
            sa.select(Remark)
            .where(Remark.opening_id.in_(readable(FEWEST_FOR_REMARKS, [training_id])))
            .order_by(Remark.item, Remark.key)
        )
    )


def readable(fewest: int, training_ids: Sequence[int]) -> sa.Select[int]:
    """Ids of closed openings with at least `fewest` ballots."""
    return (
        sa.select(Opening.id)
        .join(Ballot, Ballot.opening_id == Opening.id)
        .where(Opening.training_id.in_(training_ids), Opening.closed_at <= clock.now())
        .group_by(Opening.id)
        .having(sa.func.count(Ballot.key) >= fewest)
    )
