"""Practice alone: beginning, and going on to the next stage."""

from flask import g, request, url_for

from lms import ui
from lms.access import allow
from lms.simulations import practice
from lms.simulations.forms_player import LONGEST_KEY
from lms.simulations.routes import blueprint
from lms.trainings.access import participant_of


@blueprint.post("/t/<int:training_id>/exercises/solo")
@allow(participant_of)
def practise(training_id: int) -> ui.Answer:
    """Begin to practise a case alone, in one role or as the whole table."""
    case, role = (request.form.get(name, "")[:LONGEST_KEY] for name in ("case", "role"))
    run = practice.begin(g.training, g.participant, case, role)
    return ui.to(url_for(".player", training_id=training_id, run_id=run.id))
