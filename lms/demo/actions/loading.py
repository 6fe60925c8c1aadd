"""Putting the demo in, and taking it out again."""

from pathlib import Path
from random import Random

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.models import Account
from lms.certificates.actions import issue_all
from lms.certificates.models import Certificate
from lms.content.actions import store_pack
from lms.content.queries import course_of
from lms.database import writing
from lms.demo import queries
from lms.demo.actions import exercises, series, staff, teams, today
from lms.demo.actions.leftovers import remove_keys
from lms.demo.actions.stage import Stage
from lms.demo.documents import COURSE, MORE_COURSES, SEED, STAFF_DOMAIN, document
from lms.errors import Refused
from lms.evaluation.models import Selection, Series
from lms.extensions import db
from lms.surveys import keys
from lms.teams.actions import load_teams
from lms.teams.models import LocalTeam
from lms.trainings.models import Training, TrainingStaff, TrainingTeam


def load() -> bool:
    """Put the demo in; False when it was there already (then its training of today is moved to the present day).

    Refused in production and beside real trainings. The places must be loaded.
    """
    if current_app.config["PRODUCTION"]:
        raise Refused("The demo is never loaded in production.", status=403)
    if queries.is_loaded():
        _follow_the_calendar()
        return False
    if queries.has_real_trainings():
        raise Refused("There are real trainings here, so the demo is not loaded beside them.")
    folder: Path = current_app.config["COURSES_DIR"]
    for course in MORE_COURSES:
        store_pack(folder / course)
    _fill(store_pack(folder / COURSE).hash)
    return True


def _fill(version: str) -> None:
    course, chance = course_of(version), Random(SEED)  # noqa: S311 - the same demo everywhere
    load_teams()
    with writing() as session:
        teams.add_teams(session)
        accounts = staff.add_staff(session, document("today")["staff"])
        stage = Stage(session, version, course, accounts, chance)
        past = series.add_series(stage)
        exercises.add_exercises(session, session.get_one(Training, today.add_training(stage)), course)
    _issue_certificates(past[0])
    for training_id in past:  # long over: nobody can link these answers to a person any more
        keys.destroy(training_id)


def _issue_certificates(training_id: int) -> None:
    """For one of the past trainings, as on its last day."""
    training = db.session.get_one(Training, training_id)
    with clock.stopped_at(training.closed_at or clock.now()):
        issue_all(training)


def _follow_the_calendar() -> None:
    training = queries.training_of_today()
    if training and training.starts_on != clock.today():
        today.move_to_present(training, course_of(training.course_hash))


def clear() -> None:
    """Take the demo out: trainings with all that belongs to them, series, teams, accounts. Real data stays."""
    with writing() as session:
        trainings = list(session.scalars(sa.select(Training.id).where(Training.demo)))
        session.execute(sa.delete(Certificate).where(Certificate.training_id.in_(trainings)))
        shared = sa.select(Series.id).join(Series.trainings).where(Training.demo)
        session.execute(sa.delete(Series).where(Series.id.in_(shared)))
        _remove_selections(session, set(trainings))
        session.execute(sa.delete(Training).where(Training.id.in_(trainings)))
        invited, busy = sa.select(TrainingTeam.team_id), sa.select(TrainingStaff.account_id)
        session.execute(sa.delete(LocalTeam).where(LocalTeam.demo, LocalTeam.id.not_in(invited)))
        session.execute(sa.delete(Account).where(Account.email.endswith(STAFF_DOMAIN), Account.id.not_in(busy)))
    for training_id in trainings:
        remove_keys(training_id)


def _remove_selections(session: Session, trainings: set[int]) -> None:
    """Reports that were made of demo trainings: their numbers will be given to other trainings."""
    for selection in session.scalars(sa.select(Selection)):
        if trainings & {int(number) for number in selection.trainings.split()}:
            session.delete(selection)
