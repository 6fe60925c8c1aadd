"""After the exercise: what was decided and what the person lived through, for staff, on the wall and on paper."""

from flask import g, render_template

from lms import ui
from lms.access import allow
from lms.simulations import play
from lms.simulations.access import watcher_of
from lms.simulations.routes import blueprint
from lms.simulations.routes.facilitating import ONE


@blueprint.get(f"{ONE}/debrief")
@allow(watcher_of)
def debrief(training_id: int, run_id: int) -> ui.Answer:
    """The debrief of a finished run; a kind sentence while it is still played."""
    return render_template(
        "simulations/debrief.html", training=g.training, part=g.part, run=g.run, case=play.case_of(g.run)
    )
