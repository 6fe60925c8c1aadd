"""What the demo reads."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.accounts.models import Account, AccountRole
from lms.certificates.models import Certificate
from lms.demo.documents import STAFF_DOMAIN
from lms.evaluation.models import Series
from lms.extensions import db
from lms.teams.models import LocalTeam
from lms.trainings.models import Participant, Training


def is_loaded() -> bool:
    """Whether there are demo trainings."""
    return db.session.scalar(sa.select(Training.id).where(Training.demo).limit(1)) is not None


def has_real_trainings() -> bool:
    """Whether there is any training without the demo flag."""
    return db.session.scalar(sa.select(Training.id).where(Training.demo.is_(False)).limit(1)) is not None


def training_of_today() -> Training | None:
    """The demo training that goes on now."""
    return db.session.scalar(
        sa.select(Training)
        .options(joinedload(Training.municipality))
        .where(Training.demo, Training.state == "open")
        .order_by(Training.starts_on.desc())
        .limit(1)
    )


def series() -> Series | None:
    """The demo series."""
    return db.session.scalar(sa.select(Series).join(Series.trainings).where(Training.demo).limit(1))


def staff() -> dict[str, Account]:
    """The demo accounts by role."""
    rows = db.session.execute(
        sa.select(AccountRole.name, Account).join(Account).where(Account.email.endswith(STAFF_DOMAIN))
    )
    return {role: account for role, account in rows}


def prepared_people(training_id: int, numbers: int) -> list[Participant]:
    """The first participants of the roster: the prepared devices belong to them."""
    return list(
        db.session.scalars(
            sa.select(Participant)
            .options(joinedload(Participant.municipality))
            .where(Participant.training_id == training_id, Participant.number <= numbers)
            .order_by(Participant.number)
        )
    )


def a_certificate() -> Certificate | None:
    """A valid certificate of a demo training, to look at and to check."""
    return db.session.scalar(
        sa.select(Certificate).join(Training).where(Training.demo, Certificate.state == "valid").limit(1)
    )


@dataclass(frozen=True)
class Counts:
    """How much there is to look at."""

    trainings: int
    people: int
    teams: int


def counts() -> Counts:
    """Demo trainings, the people in them, demo teams. One statement."""
    trainings = sa.select(sa.func.count(Training.id)).where(Training.demo).scalar_subquery()
    people = sa.select(sa.func.count(Participant.id)).join(Training).where(Training.demo).scalar_subquery()
    teams = sa.select(sa.func.count(LocalTeam.id)).where(LocalTeam.demo).scalar_subquery()
    return Counts(*db.session.execute(sa.select(trainings, people, teams)).one())
