"""What tests of this room need besides tests/builders.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from lms import clock
from lms.content.course import Survey
from lms.content.queries import course_of
from lms.surveys import keys
from lms.surveys.actions.ballots import send
from lms.surveys.actions.openings import close_survey
from lms.surveys.models import Opening
from lms.surveys.queries.answers import Place
from lms.surveys.rules import Spoken
from lms.trainings.models import Participant, Training
from tests.builders import a_participant, save

TWO_DAY = Path(__file__).parents[2] / "courses" / "sop-two-day"
HOUR = timedelta(hours=1)


def an_opening(training: Training, survey: str = "knowledge", moment: str = "pre", **more: Any) -> Opening:
    """An open survey; `closed=True` for a closed one."""
    closed_at = clock.now() - HOUR / 2 if more.pop("closed", False) else None
    values = {"opened_at": clock.now() - HOUR, "closed_at": closed_at} | more
    return save(Opening(training_id=training.id, survey=survey, moment=moment, **values))


def the_survey(training: Training, key: str = "knowledge") -> Survey:
    return course_of(training.course_hash).surveys[key]


def place(participant: Participant, survey: str = "knowledge", moment: str = "pre") -> Place:
    """Where this participant's answers lie."""
    training_id = participant.training_id
    return Place(training_id, survey, moment, keys.pseudonym(training_id, participant.id))


def a_closed_evaluation(training: Training, count: int, texts: int = 0) -> list[Participant]:
    """`count` people have sent the evaluation, the first `texts` of them with a free text; then it was closed."""
    an_opening(training, "evaluation", "")
    people = [a_participant(training, f"Особа {number}") for number in range(count)]
    for number, person in enumerate(people):
        spoken = [Spoken("add", f"Више вежбе {number}"), Spoken("e3", f"Добро {number}", number % 2 == 0)]
        send(training.id, "evaluation", person.id, {"e1": 4, "e4": "yes"}, spoken if number < texts else [])
    close_survey(training, the_survey(training, "evaluation"), "")
    return people
