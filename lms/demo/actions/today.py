"""A training that goes on now, in Kragujevac: 26 on the roster, 20 in the hall, the pre-test open."""

from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.content.course import Course
from lms.database import writing
from lms.demo.actions.leftovers import remove_mark
from lms.demo.actions.people import new_token, participant, partners, programme
from lms.demo.actions.stage import Stage
from lms.demo.actions.tests_taken import Sheet, add_sheets
from lms.demo.documents import document
from lms.demo.rules import fitted, take_test
from lms.surveys.keys import pseudonym
from lms.surveys.models import Opening
from lms.surveys.rules import asked_in_order
from lms.teams.models import LocalTeam
from lms.trainings.actions.manage import new_half_day
from lms.trainings.models import (
    Attendance,
    HalfDay,
    Participant,
    ProgrammeItem,
    Training,
    TrainingStaff,
    TrainingTeam,
)
from lms.trainings.rules import new_code

BEGAN = timedelta(minutes=20)  # how long ago people were let in
UNMARKED = {1, 16}  # in the hall, but not yet noted as present
LOBBY_CLOSES = time(20, 0)


def add_training(stage: Stage) -> int:
    """The training with its teams, people, marks and half-filled tests; its id."""
    session, course, rows = stage.session, stage.course, document("today")
    text = rows["training"]
    training = Training(
        course_hash=stage.version, title_sr=text["title"]["sr"], title_en=text["title"]["en"], venue=text["venue"],
        municipality_code=text["place"], starts_on=clock.today(), ends_on=clock.today() + timedelta(days=1),
        state="open", join_token=new_token(), join_code=new_code(), teaching_hours=course.teaching_hours, demo=True,
        created_at=clock.now() - timedelta(days=14), partners=partners(rows["partners"]),
        half_days=[new_half_day(number) for number in range(1, 5)],
    )  # fmt: skip
    session.add(training)
    session.flush()
    remove_mark(training.id)
    parts = {"trainer": "trainer", "administrator": "trainer", "author": "observer", "reader": "reader"}
    session.add_all(
        TrainingStaff(training_id=training.id, account_id=stage.staff[role].id, role=part)
        for role, part in parts.items()
    )
    session.add_all(
        TrainingTeam(training_id=training.id, team_id=team_id)
        for team_id in session.scalars(sa.select(LocalTeam.id).where(LocalTeam.demo))
    )
    set_hours(session, training, course)
    people = _people(session, training, rows["people"])
    _tests(stage, training, people, rows["people"])
    return training.id


def set_hours(session: Session, training: Training, course: Course) -> None:
    """Let the training begin today, with its pre-test on at this moment."""
    now = clock.now()
    training.starts_on, training.ends_on = clock.today(), clock.today() + timedelta(days=1)
    training.lobby_opens_at = now - 2 * BEGAN
    training.lobby_closes_at = datetime.combine(training.ends_on, LOBBY_CLOSES, clock.BELGRADE)
    session.execute(sa.delete(ProgrammeItem).where(ProgrammeItem.training_id == training.id))
    lines = programme(fitted(course.programme, clock.local(now).time()))
    session.add_all(lines)
    for line in lines:
        line.training_id = training.id
    first = session.scalar(sa.select(HalfDay).where(HalfDay.training_id == training.id, HalfDay.number == 1))
    if first:
        first.opens_at, first.closes_at = now - BEGAN, None
    session.flush()


def move_to_present(training: Training, course: Course) -> None:
    """A demo from an earlier day goes on today."""
    with writing() as session:
        set_hours(session, session.get_one(Training, training.id, populate_existing=True), course)
        session.execute(
            sa.update(Opening)
            .where(Opening.training_id == training.id, Opening.moment == "pre")
            .values(opened_at=clock.now() - timedelta(minutes=5))
        )


def _people(session: Session, training: Training, rows: list[dict[str, Any]]) -> list[Participant]:
    people = [
        participant(number, row, training_id=training.id, joined_at=_joined(number) if "test" in row else None)
        for number, row in enumerate(rows, start=1)
    ]
    session.add_all(people)
    session.flush()
    half_day = session.scalars(
        sa.select(HalfDay.id).where(HalfDay.training_id == training.id, HalfDay.number == 1)
    ).one()
    session.add_all(
        Attendance(participant_id=person.id, half_day_id=half_day, how=("qr", "qr", "code")[person.number % 3])
        for person in people
        if person.joined_at and person.number not in UNMARKED
    )
    return people


def _joined(number: int) -> datetime:
    return clock.now() - BEGAN + timedelta(seconds=31 * number)


def _tests(stage: Stage, training: Training, people: list[Participant], rows: list[dict[str, Any]]) -> None:
    """`test: done`, or how many of the questions are answered."""
    session, survey = stage.session, stage.test
    opening = Opening(
        training_id=training.id, survey=survey.key, moment="pre", opened_at=clock.now() - timedelta(minutes=5)
    )
    session.add(opening)
    session.flush()
    sheets: list[Sheet] = []
    for person, row in zip(people, rows, strict=True):
        answers, reached = take_test(survey, stage.chance).before, row.get("test", 0)
        if reached == "done":
            sheets.append((person.id, answers, True))
        elif reached:
            order = asked_in_order(survey, pseudonym(training.id, person.id), "pre")
            sheets.append((person.id, {item.key: answers[item.key] for item in order[:reached]}, False))
    add_sheets(session, opening, sheets)
