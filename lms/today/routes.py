"""The trainee's home."""

from flask import Blueprint, g

from lms import ui
from lms.access import allow
from lms.content.queries import course_of
from lms.simulations.own import current_seat
from lms.surveys.queries.states import own_states
from lms.today import screens
from lms.trainings.access import visitor_of
from lms.trainings.queries import trainee as queries

blueprint = Blueprint("today", __name__)


@blueprint.get("/t/<int:training_id>")
@allow(visitor_of)
def home(training_id: int) -> ui.Answer:
    """The programme, with what to do now in front. The same address gives the page or, every minute, its main part."""
    person = g.participant
    facts = screens.Facts(
        g.training,
        person,
        queries.programme(training_id),
        screens.survey_states(course_of(g.training.course_hash), own_states(training_id, person.id)),
        queries.team_sectors(training_id, person.municipality_code),
        current_seat(training_id, person.id),
        queries.unmarked_half_days(training_id, person.id),
    )
    return ui.render_part("today/home.html", "today/_home.html", training=g.training, screen=screens.home(facts))
