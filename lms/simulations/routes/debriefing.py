"""After the exercise: what was decided and what the person lived through, for staff, on the wall and on paper; and the plan."""

from flask import Response, flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.content.queries import course_of
from lms.errors import Refused
from lms.language import gettext
from lms.simulations import plan, play, queries
from lms.simulations.access import facilitator_of, watcher_of
from lms.simulations.forms_debrief import PlanForm
from lms.simulations.routes import blueprint
from lms.simulations.routes.facilitating import ALL, ONE
from lms.simulations.screens.compare import compare_screen
from lms.simulations.screens.debrief import DebriefScreen, debrief_screen
from lms.simulations.state import FINISHED
from lms.trainings.access import member_of


@blueprint.get(f"{ONE}/debrief")
@allow(watcher_of)
def debrief(training_id: int, run_id: int) -> ui.Answer:
    """The debrief of a finished run; a kind sentence while it is still played. `?wall=1`: for the projector."""
    return _page(_plan_form())


def _page(form: PlanForm | None) -> ui.Answer:
    wall = "wall" in request.args
    screen = _screen(wall) if g.run.state == FINISHED else None
    page = render_template(
        "simulations/debrief.html", training=g.training, part=g.part, run=g.run, case=play.case_of(g.run), screen=screen,
        form=None if wall else form,
    )  # fmt: skip
    return make_response(page, form.status if form else 200)


def _screen(wall: bool) -> DebriefScreen:
    runs = queries.finished_runs([g.training.id], g.run.case_key)
    return debrief_screen(g.run, course_of(g.run.course_hash), runs, plan.plan_of(g.run), wall)


def _plan_form() -> PlanForm | None:
    """The form for a new line, or for the line named by `?line=`; None for those who only watch."""
    if g.part != "trainer" or g.run.state != FINISHED:
        return None
    number = request.args.get("line", None, row_number)
    line = next((one for one in plan.plan_of(g.run) if one.id == number), None) if number else None
    if line is None:
        return PlanForm(formdata=None)
    return PlanForm(formdata=None, line=line.id, what=line.what, who=line.who, until=line.until)


@blueprint.post(f"{ONE}/plan")
@allow(facilitator_of)
def keep_plan_line(training_id: int, run_id: int) -> ui.Answer:
    """Add a line to the plan, or change one."""
    _must_be_finished()
    form = PlanForm()
    if not form.sent():
        return _page(form)
    number = request.form.get("line", None, row_number)
    plan.keep_line(g.run, number, form.what.data or "", form.who.data or "", form.until.data)
    flash(gettext("The plan is saved."), "ok")
    return ui.to(_plan_address())


@blueprint.post(f"{ONE}/plan/<int:line_id>/remove")
@allow(facilitator_of)
def drop_plan_line(training_id: int, run_id: int, line_id: int) -> Response:
    """Take a line out of the plan."""
    plan.drop_line(g.run, line_id)
    return ui.to(_plan_address())


def _must_be_finished() -> None:
    if g.run.state != FINISHED:
        raise Refused("The plan is made when the exercise is over.")


def _plan_address() -> str:
    return url_for(".debrief", training_id=g.run.training_id, run_id=g.run.id) + "#plan-h"


@blueprint.get(f"{ALL}/compare")
@allow(member_of)
def compare(training_id: int) -> ui.Answer:
    """The finished groups of one case (`?case=`) side by side."""
    screen = compare_screen(queries.finished_runs([training_id]), request.args.get("case", ""))
    return render_template("simulations/compare.html", training=g.training, part=g.part, screen=screen)
