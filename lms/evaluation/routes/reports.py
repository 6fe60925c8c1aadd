"""Reports as pages and as files: of one training, and of a series."""

from flask import Response, g, make_response, render_template

from lms import ui
from lms.access import allow
from lms.errors import NotAllowed
from lms.evaluation import actions
from lms.evaluation.access import report_reader
from lms.evaluation.files import reports as files
from lms.evaluation.queries.reports import partner
from lms.evaluation.routes import blueprint
from lms.evaluation.screens import drawings, page
from lms.evaluation.screens.report import Report, of_series, of_training
from lms.trainings.access import reader_of

FOREVER = "private, max-age=86400"


def present_report() -> Report:
    """The report of what the guard has loaded."""
    return of_series(g.series) if g.series else of_training(g.training)


@blueprint.get("/trainings/<int:training_id>/report")
@allow(reader_of)
def report(training_id: int) -> ui.Answer:
    """The report of one training."""
    screen = page.show(of_training(g.training), {"training_id": training_id})
    return render_template("evaluation/report.html", screen=screen, training=g.training, part=g.part)


@blueprint.get("/trainings/<int:training_id>/report.<any(pdf,xlsx,csv,zip,json):form>")
@blueprint.get("/reports/<int:series_id>.<any(pdf,xlsx,csv,zip,json):form>")
@allow(report_reader)
def export(form: str, **home: int) -> ui.Answer:
    """The report as a file."""
    made = files.make(present_report(), form)
    actions.note_export(actions.subject_of(home), form)
    return _download(made.content, made.mimetype, made.name)


@blueprint.get("/trainings/<int:training_id>/report/charts/<name>.<any(svg,png):form>")
@blueprint.get("/reports/<int:series_id>/charts/<name>.<any(svg,png):form>")
@allow(report_reader)
def chart(name: str, form: str, **home: int) -> ui.Answer:
    """One chart of the report as a picture, in the light colours."""
    drawing = drawings.drawings(present_report()).get(name)
    if drawing is None:
        raise NotAllowed()
    made = files.picture(name, drawing, form)
    actions.note_export(actions.subject_of(home), f"{name}.{form}")
    return _download(made.content, made.mimetype, made.name)


@blueprint.get("/trainings/<int:training_id>/report/logos/<int:partner_id>.png")
@blueprint.get("/reports/<int:series_id>/logos/<int:partner_id>.png")
@allow(report_reader)
def logo(partner_id: int, **_home: int) -> ui.Answer:
    """The logo of somebody whom the report thanks."""
    ids = [training.id for training in g.series.trainings] if g.series else [g.training.id]
    found = partner(ids, partner_id)
    if found is None or not found.logo:
        raise NotAllowed()
    response = make_response(found.logo)
    response.mimetype = "image/png"
    response.headers["Cache-Control"] = FOREVER
    return response


def _download(content: bytes, mimetype: str, name: str) -> Response:
    response = make_response(content)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
