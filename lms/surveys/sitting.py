"""A sitting: one person before one survey, wherever they came from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from lms.content.course import Course, Item, Survey
from lms.language import gettext, localise
from lms.surveys import keys
from lms.surveys.queries.answers import Place
from lms.surveys.rules import asked_in_order
from lms.trainings.models import Training, TrainingRow


@dataclass(frozen=True)
class Sitting:
    """Who answers what. `path` are the arguments of the addresses: the training and survey, or the personal link."""

    training: Training | TrainingRow
    course: Course
    survey: Survey
    moment: str
    participant_id: int
    path: Mapping[str, str | int]

    @property
    def place(self) -> Place:
        """Where the answers lie. Refused (409) when the pseudonym key was destroyed."""
        pseudonym = keys.pseudonym(self.training.id, self.participant_id)
        return Place(self.training.id, self.survey.key, self.moment, pseudonym)

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions in this person's order."""
        return asked_in_order(self.survey, self.place.pseudonym, self.moment)

    @property
    def public_contacts(self) -> list[str]:
        """Numbers that may stand in a free text: nobody's own."""
        return [hotline.number for hotline in self.course.hotlines if hotline.number]

    @property
    def name(self) -> str:
        """What the survey is called at this moment, in the language in force."""
        return survey_name(self.survey, self.moment)

    @property
    def mark(self) -> str:
        """What the browser files unsent answers under: tells them apart by person, and says nothing about the person."""
        return hashlib.sha256(b"unsent/" + self.place.pseudonym + self.url("survey").encode()).hexdigest()[:24]

    def url(self, endpoint: str, **more: str | int) -> str:
        """The address of another page of this sitting."""
        return url_for(f"surveys.{endpoint}", **self.path, **more)  # type: ignore[arg-type]

    @property
    def home(self) -> str:
        """The way out: the programme; a personal link has none but its own beginning."""
        if "token" in self.path:
            return self.url("survey")
        return url_for("today.home", training_id=self.training.id)


def survey_name(survey: Survey, moment: str) -> str:
    """„Улазни тест”, „Излазни тест”, or the survey's own title."""
    names = {"pre": gettext("Pre-test"), "post": gettext("Post-test")}
    return names.get(moment) or localise(survey.title)
