"""Twelve months after its close an evaluation is taken apart: its totals stay, what one person answered goes."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.database import writing
from lms.extensions import db
from lms.surveys.actions.ballots import fresh_key, sweep
from lms.surveys.models import Ballot, Opening, Remark, Retirement
from lms.surveys.rules import EVALUATION_KEPT, FEWEST_BALLOTS

_chance = random.SystemRandom()


@dataclass(frozen=True)
class Retired:
    """An evaluation that was taken apart now: how many ballots became totals, and how many texts are left."""

    training_id: int
    ballots: int
    texts: int


def retire_due(reported: Collection[int]) -> list[Retired]:
    """Take apart every evaluation that was closed twelve months ago, once; then sweep the database.

    Fewer than five ballots are deleted: nothing may be shown of them. Unless their training is in `reported`, the trainings of
    joint reports: there they were counted with others, and if they went, the difference would tell what they were.
    """
    retired = [_retire(opening_id, training_id, training_id in reported) for opening_id, training_id in _due()]
    if retired:
        sweep()
    return retired


def _due() -> Sequence[tuple[int, int]]:
    """Openings with ballots – evaluations, that is – whose time has come, with their trainings."""
    rows = db.session.execute(
        sa.select(Opening.id, Opening.training_id)
        .where(
            Opening.closed_at <= clock.now() - EVALUATION_KEPT,
            Opening.id.in_(sa.select(Ballot.opening_id)),
            Opening.id.not_in(sa.select(Retirement.opening_id)),
        )
        .order_by(Opening.id)
    )
    return [(row.id, row.training_id) for row in rows]


def _retire(opening_id: int, training_id: int, reported: bool) -> Retired:
    with writing() as session:
        session.add(Retirement(opening_id=opening_id, retired_on=clock.today()))
        rows = list(session.scalars(sa.select(Ballot.answers).where(Ballot.opening_id == opening_id)))
        session.execute(sa.delete(Ballot).where(Ballot.opening_id == opening_id))
        kept = taken_apart(rows) if len(rows) >= FEWEST_BALLOTS or reported else []
        if kept:
            values = [{"key": fresh_key(), "opening_id": opening_id, "answers": answers} for answers in kept]
            session.execute(sa.insert(Ballot), values)
        texts = _printed_texts(session, opening_id)
        record(session, "survey.retired", f"training {training_id}")
    return Retired(training_id, len(kept), texts)


def taken_apart(ballots: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """As many ballots with the same answers to each question, in another chance order for each question.

    Every total stays as it is; no two answers stand together because one person gave them.
    """
    apart: list[dict[str, object]] = [{} for _ in ballots]
    for item in {item for ballot in ballots for item in ballot}:
        order = list(range(len(ballots)))
        _chance.shuffle(order)
        for place, ballot in zip(order, ballots, strict=True):
            if item in ballot:
                apart[place][item] = ballot[item]
    return apart


def _printed_texts(session: Session, opening_id: int) -> int:
    """Free texts go, but for those that were chosen to be printed: these stay as they were shown. How many stay."""
    ours = Remark.opening_id == opening_id
    session.execute(sa.delete(Remark).where(ours, sa.or_(~Remark.quoted, ~Remark.may_quote)))
    shown = sa.func.coalesce(Remark.redacted, Remark.text)
    session.execute(sa.update(Remark).where(ours).values(text=shown, redacted=None))
    return session.scalar(sa.select(sa.func.count()).select_from(Remark).where(ours)) or 0
