"""What is printed for exercises: seat cards and the debrief."""

from flask import Response, g, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.errors import NotAllowed, Refused
from lms.simulations import play, queries
from lms.simulations.access import watcher_of
from lms.simulations.models import Seat
from lms.simulations.plan import plan_of
from lms.simulations.printing.debrief_sheet import debrief_sheet
from lms.simulations.printing.seat_cards import seat_cards as printed_cards
from lms.simulations.routes import blueprint
from lms.simulations.routes.facilitating import ALL, ONE
from lms.simulations.screens.debrief import debrief_of
from lms.simulations.state import FINISHED
from lms.trainings.access import trainer_of
from lms.trainings.actions.attendance import note_export
from lms.trainings.screens.addresses import absolute


@blueprint.get(f"{ONE}/debrief.pdf")
@allow(watcher_of)
def debrief_pdf(training_id: int, run_id: int) -> ui.Answer:
    """The debrief on paper, with the improvement plan."""
    if g.run.state != FINISHED:
        raise NotAllowed()
    content = debrief_sheet(g.run, play.case_of(g.run), debrief_of(g.run), plan_of(g.run))
    return as_pdf(content, f"debrief-{run_id}")


@blueprint.get(f"{ALL}/seats.pdf")
@allow(trainer_of)
def seat_cards(training_id: int) -> ui.Answer:
    """The cards of one run (`?run=`), or of every run that has not begun."""
    number = request.args.get("run", None, row_number)
    runs = [
        run for run in queries.runs_of(training_id, ("live",)) if run.state != FINISHED and number in (None, run.id)
    ]
    if not runs:
        raise Refused("There are no seats to print: form groups first.", status=404)
    note_export(training_id, "seats.pdf")
    return as_pdf(printed_cards(runs, _seat_address), f"seats-{training_id}")


def _seat_address(seat: Seat) -> str:
    return absolute(url_for(".seat", token=seat.token))


def as_pdf(content: bytes, name: str) -> Response:
    """A PDF that opens in the browser; `name` is ASCII."""
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename={name}.pdf"
    return response
