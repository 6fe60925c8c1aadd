"""Answers of trainings, each training for itself: the raw matter of reports. Only `lms.evaluation.screens` sees it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.content.course import Course, Item, Survey
from lms.content.queries import course_of
from lms.evaluation.models import Selection as SelectionRow
from lms.evaluation.rules.answers import categories_of, closed_items, group_of
from lms.evaluation.rules.knowledge import Person, Tested
from lms.evaluation.rules.privacy import Group, Selection
from lms.extensions import db
from lms.surveys.models import Answer, Ballot, Opening, Response
from lms.surveys.rules import verdict
from lms.trainings.models import Training

Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Evaluated:
    """The closed evaluations of some trainings: ballots by training, and whether more can still come."""

    ballots: dict[int, Rows]
    final: dict[int, bool]
    courses: dict[int, Course]

    def asked(self, item: Item) -> dict[int, Rows]:
        """The ballots of the trainings whose course asked the same question."""
        return {training: rows for training, rows in self.ballots.items() if _asks(self.courses[training], item)}

    def groups(self, item: Item) -> dict[int, Group]:
        """Each training's answers to `item`."""
        asked = self.asked(item)
        return {t: group_of(item, asked.get(t, []), final) for t, final in self.final.items()}

    def senders(self) -> dict[int, Group]:
        """Each training as a group of those who sent the form."""
        return {t: Group(len(self.ballots[t]), len(self.ballots[t]), final) for t, final in self.final.items()}


def earlier_selections() -> list[Selection]:
    """Every set of trainings of which a joint report was made, in that order. One statement."""
    rows = db.session.scalars(sa.select(SelectionRow.trainings).order_by(SelectionRow.id))
    return [frozenset(map(int, row.split())) for row in rows]


def evaluated(training_ids: Collection[int]) -> Evaluated:
    """The evaluations of these trainings. Two statements."""
    rows = db.session.execute(
        sa.select(Training.id, Training.course_hash, Training.published_count, Opening.survey, Opening.closed_at)
        .outerjoin(Opening, sa.and_(Opening.training_id == Training.id, Opening.moment == ""))
        .where(Training.id.in_(training_ids))
    ).all()
    courses = {row.id: course_of(row.course_hash) for row in rows}
    closed = {row.id for row in rows if _is_closed_evaluation(row, courses[row.id])}
    elsewhere = {row.id for row in rows if row.published_count is not None or courses[row.id].evaluation is None}
    ballots: dict[int, Rows] = {training: [] for training in courses}
    for training, answers in _ballots(closed):
        ballots[training].append(answers)
    return Evaluated(ballots, {t: t in closed or t in elsewhere for t in courses}, courses)


def _is_closed_evaluation(row: Any, course: Course) -> bool:
    survey = course.evaluation
    return bool(survey and row.survey == survey.key and row.closed_at and row.closed_at <= clock.now())


def _ballots(training_ids: Collection[int]) -> Any:
    """Closed answers by training, in the order of their random keys. Ballots belong to evaluations only."""
    return db.session.execute(
        sa.select(Opening.training_id, Ballot.answers)
        .join(Opening, Opening.id == Ballot.opening_id)
        .where(Opening.training_id.in_(training_ids))
        .order_by(Ballot.key)
    )


def _asks(course: Course, item: Item) -> bool:
    """True when the course asks the same question: the same kind, with the same categories."""
    own = course.evaluation.item(item.key) if course.evaluation else None
    return bool(own and own.type == item.type and categories_of(own) == categories_of(item))


def evaluation_items(course: Course) -> tuple[Item, ...]:
    """The questions of the course's evaluation that are counted."""
    return closed_items(course.evaluation) if course.evaluation else ()


# ---- tests before and after ----


def tested_items(courses: Collection[Course]) -> tuple[Item, ...]:
    """The test items that all these courses ask with the same right answers, in the order of the first."""
    tests = [course.test for course in courses if course.test]
    if not tests:
        return ()
    common = set.intersection(*(_signatures(test) for test in tests))
    return tuple(item for item in tests[0].asked if item.right and (item.key, item.right) in common)


def _signatures(test: Survey) -> set[tuple[str, frozenset[str]]]:
    return {(item.key, item.right) for item in test.asked}


def tested(courses: dict[int, Course], items: Collection[Item]) -> dict[int, Tested]:
    """The tests of these trainings, people matched before and after. A test counts when both its moments are closed.

    Every person has one sheet a moment, the first attempt. Two statements.
    """
    states = test_states(courses)
    sheets = test_sheets([training for training, (both, _final) in states.items() if both], courses)
    known = {item.key: item for item in items}
    result = {}
    for training, (_both, final) in states.items():
        people = [
            {moment: _right(known, values) for moment, values in moments.items()}
            for _pseudonym, moments in sorted(sheets[training].items())
        ]
        pairs = [Person(person["pre"], person["post"]) for person in people if len(person) == 2]
        result[training] = Tested(tuple(pairs), len(people) - len(pairs), final)
    return result


def test_states(courses: dict[int, Course]) -> dict[int, tuple[bool, bool]]:
    """By training: whether both moments of its test are closed, and whether no result can come any more. One statement."""
    rows = db.session.execute(
        sa.select(Training.id, Training.state, Opening.survey, Opening.moment, Opening.closed_at)
        .outerjoin(Opening, sa.and_(Opening.training_id == Training.id, Opening.moment.in_(("pre", "post"))))
        .where(Training.id.in_(courses))
    ).all()
    closed: dict[int, set[str]] = {training: set() for training in courses}
    for row in rows:
        test = courses[row.id].test
        if test and row.survey == test.key and row.closed_at and row.closed_at <= clock.now():
            closed[row.id].add(row.moment)
    ended = {row.id for row in rows if row.state == "closed"}
    return {t: (len(moments) == 2, len(moments) == 2 or t in ended) for t, moments in closed.items()}


def test_sheets(training_ids: Collection[int], courses: dict[int, Course]) -> Any:
    """Answers to tests by training, pseudonym and moment. One statement."""
    rows = db.session.execute(
        sa.select(Opening.training_id, Opening.survey, Response.pseudonym, Opening.moment, Answer.item, Answer.value)
        .join(Response, Response.opening_id == Opening.id)
        .join(Answer, Answer.response_id == Response.id)
        .where(Opening.training_id.in_(training_ids), Opening.moment.in_(("pre", "post")))
    )
    found: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for training, survey, pseudonym, moment, item, value in rows:
        test = courses[training].test
        if test and survey == test.key and value is not None:
            found[training][pseudonym][moment][item] = value
    return found


def _right(items: dict[str, Item], values: dict[str, Any]) -> frozenset[str]:
    return frozenset(key for key, value in values.items() if key in items and verdict(items[key], value) == "right")
