"""What every part of the demo is made with."""

from dataclasses import dataclass
from random import Random

from sqlalchemy.orm import Session

from lms.accounts.models import Account
from lms.content.course import Course, Survey


@dataclass(frozen=True)
class Stage:
    """One loading of the demo: the writing transaction, the course, the staff, and the chance that invents answers."""

    session: Session
    version: str  # hash of the course
    course: Course
    staff: dict[str, Account]  # by role
    chance: Random

    @property
    def test(self) -> Survey:
        return _given(self.course.test)

    @property
    def evaluation(self) -> Survey:
        return _given(self.course.evaluation)


def _given(survey: Survey | None) -> Survey:
    if survey is None:
        raise LookupError("The course of the demo needs a test and an evaluation.")
    return survey
