"""Who answers: the device's participant of the training, or the holder of a personal link to a follow-up."""

from flask import g

from lms.accounts.sessions import digest
from lms.content.queries import course_of
from lms.errors import NotAllowed
from lms.surveys.queries.answers import link_behind
from lms.surveys.rules import moments
from lms.surveys.sitting import Sitting
from lms.trainings.access import trainer_of, visitor_of


def respondent(training_id: int = 0, survey: str = "", moment: str = "", token: str = "", **_arguments: object) -> None:
    """The device's participant of this training, for a survey of its course; or whoever holds a personal link to it."""
    path: dict[str, str | int]
    if token:
        found = link_behind(digest(token))
        if found is None:
            raise NotAllowed()
        g.participant, g.training, opening = found
        survey, moment, path = opening.survey, opening.moment, {"token": token}
    else:
        visitor_of(training_id)
        path = {"training_id": training_id, "survey": survey, "moment": moment}
        moment = "" if moment == "once" else moment
    course = course_of(g.training.course_hash)
    asked = course.surveys.get(survey)
    if asked is None or moment not in moments(asked):
        raise NotAllowed()
    g.sitting = Sitting(g.training, course, asked, moment, g.participant.id, path)


def pseudonymous_respondent(**arguments: str | int) -> None:
    """A respondent of a test or follow-up; the anonymous evaluation has one page only."""
    respondent(**arguments)  # type: ignore[arg-type]
    if g.sitting.survey.kind == "evaluation":
        raise NotAllowed()


def evaluation_respondent(**arguments: str | int) -> None:
    """A respondent of the anonymous evaluation, by the device in the training."""
    respondent(**arguments)  # type: ignore[arg-type]
    if g.sitting.survey.kind != "evaluation":
        raise NotAllowed()


def trainer_of_survey(training_id: int, survey: str, moment: str = "once", **_arguments: object) -> None:
    """A trainer of this training, for a survey of its course."""
    trainer_of(training_id)
    moment = "" if moment == "once" else moment
    asked = course_of(g.training.course_hash).surveys.get(survey)
    if asked is None or moment not in moments(asked):
        raise NotAllowed()
    g.survey, g.moment = asked, moment


def trainer_of_follow_up(training_id: int, survey: str, **_arguments: object) -> None:
    """A trainer of this training, for a follow-up of its course."""
    trainer_of_survey(training_id, survey)
    if g.survey.kind != "follow-up":
        raise NotAllowed()
