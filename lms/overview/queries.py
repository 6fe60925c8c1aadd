"""What is read across rooms for the register and the national picture. Every function has a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms import clock
from lms.certificates.models import Certificate
from lms.evaluation.models import Finding, Series, series_trainings
from lms.extensions import db
from lms.serbian import to_latin
from lms.teams.models import LocalTeam, Municipality
from lms.teams.rules import city_of
from lms.trainings.models import Participant, Training, TrainingTeam


def is_over() -> sa.ColumnElement[bool]:
    """A training that was closed, or that was opened and whose last day is past. One that still goes on trained nobody yet."""
    return sa.or_(Training.state == "closed", sa.and_(Training.state != "draft", Training.ends_on < clock.today()))


@dataclass(frozen=True)
class TrainedGroup:
    """People of one sector, sex and town in one training."""

    training_id: int
    starts_on: date
    town: str | None  # code of the municipality; a city for its city municipalities
    sector: str
    sex: str | None
    people: int


def trained(year: int | None = None) -> list[TrainedGroup]:
    """Who came to trainings that are over, in groups; of one `year` or of all. One statement."""
    columns = (
        Training.id,
        Training.starts_on,
        Municipality.code,
        Municipality.kind,
        Participant.sector,
        Participant.sex,
    )
    query = (
        sa.select(*columns, sa.func.count(Participant.id))
        .select_from(Participant)
        .join(Training)
        .outerjoin(Municipality, Municipality.code == Participant.municipality_code)
        .where(Participant.joined_at.is_not(None), is_over())
        .group_by(*columns)
    )
    if year:
        query = query.where(Training.ends_on.between(date(year, 1, 1), date(year, 12, 31)))
    return [
        TrainedGroup(training, starts, city_of(code, kind) if code else None, sector, sex, people)
        for training, starts, code, kind, sector, sex, people in db.session.execute(query)
    ]


def planned_trainings() -> list[tuple[Training, int]]:
    """Trainings that lie ahead or go on, with how many teams are invited, the next one first. One statement."""
    invited = (
        sa.select(sa.func.count()).where(TrainingTeam.training_id == Training.id).correlate(Training).scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Training, invited)
        .join(Training.municipality)
        .options(contains_eager(Training.municipality))
        .where(Training.ends_on >= clock.today(), Training.state != "closed")
        .order_by(Training.starts_on)
        .limit(12)
    )
    return [(training, count) for training, count in rows]


def trainings_of_year(year: int) -> list[tuple[Training, int, int]]:
    """Trainings that ended in `year` and are over: each with how many people came and how many valid certificates there are. One statement."""
    people = sa.select(sa.func.count()).where(
        Participant.training_id == Training.id, Participant.joined_at.is_not(None)
    )
    certificates = sa.select(sa.func.count()).where(
        Certificate.training_id == Training.id, Certificate.state == "valid"
    )
    rows = db.session.execute(
        sa.select(
            Training, people.correlate(Training).scalar_subquery(), certificates.correlate(Training).scalar_subquery()
        )
        .join(Training.municipality)
        .options(contains_eager(Training.municipality))
        .where(is_over(), Training.ends_on.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(Training.starts_on, Training.id)
    )
    return [(training, came, issued) for training, came, issued in rows]


def years() -> list[int]:
    """The years in which trainings ended, the newest first."""
    year = sa.extract("year", Training.ends_on)
    rows = db.session.scalars(sa.select(year).where(is_over()).distinct().order_by(year.desc()))
    return [int(row) for row in rows]


@dataclass(frozen=True)
class Attended:
    """A training in which people from a team's municipality took part, or to which the team is invited."""

    training: Training
    people: int


def trainings_of_team(team: LocalTeam) -> list[Attended]:
    """Trainings with people from the team's place, and those it is invited to, the newest first. One statement.

    People from the city municipalities count for their city.
    """
    place = team.municipality_code
    here = sa.or_(
        Participant.municipality_code == place,
        sa.and_(Municipality.kind == "city-municipality", Municipality.code.startswith(f"{place}-", autoescape=True)),
    )
    people = (
        sa.select(sa.func.count(Participant.id))
        .join(Municipality, Municipality.code == Participant.municipality_code)
        .where(Participant.training_id == Training.id, Participant.joined_at.is_not(None), here)
        .correlate(Training)
        .scalar_subquery()
    )
    invited = sa.exists().where(TrainingTeam.training_id == Training.id, TrainingTeam.team_id == team.id)
    rows = db.session.execute(
        sa.select(Training, people)
        .options(joinedload(Training.municipality))
        .where(Training.state != "draft", sa.or_(invited, people > 0))
        .order_by(Training.starts_on.desc(), Training.id.desc())
    )
    return [Attended(training, count) for training, count in rows]


@dataclass(frozen=True)
class Recommended:
    """A recommendation and where it comes from: a training (named by its place) or a series."""

    finding: Finding
    origin: dict[str, str]

    @property
    def home(self) -> dict[str, int]:
        """The part of an address that names its training or series."""
        if self.finding.series_id:
            return {"series_id": self.finding.series_id}
        return {"training_id": self.finding.training_id or 0}


def recommendations(year: int | None = None) -> list[Recommended]:
    """Every recommendation. One statement.

    Of one `year`: those of trainings that ended in it, and of series with such a training.
    """
    query = (
        sa.select(Finding, Series.title_sr, Series.title_en, Municipality.name_sr)
        .outerjoin(Series, Series.id == Finding.series_id)
        .outerjoin(Training, Training.id == Finding.training_id)
        .outerjoin(Municipality, Municipality.code == Training.municipality_code)
        .where(Finding.kind == "recommendation")
        .order_by(Finding.series_id, Finding.training_id, Finding.position)
    )
    if year:
        ended = Training.ends_on.between(date(year, 1, 1), date(year, 12, 31))
        of_series = (
            sa.select(series_trainings.c.series_id)
            .join(Training, Training.id == series_trainings.c.training_id)
            .where(ended)
        )
        query = query.where(sa.or_(ended, Finding.series_id.in_(of_series)))
    return [
        Recommended(finding, {"sr": title_sr, "en": title_en} if title_sr else {"sr": place, "en": to_latin(place)})
        for finding, title_sr, title_en, place in db.session.execute(query)
    ]
