"""What is printed for a training."""

from flask import Response, g, render_template, request

from lms import ui
from lms.access import allow
from lms.errors import NotAllowed
from lms.trainings.access import reader_of, trainer_of
from lms.trainings.actions.attendance import note_export
from lms.trainings.printing import documents
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint
from lms.trainings.screens.addresses import join_address, site
from lms.trainings.screens.people import in_order
from lms.trainings.tables import half_day_name


@blueprint.get("/trainings/<int:training_id>/print")
@allow(trainer_of)
def printing(training_id: int) -> ui.Answer:
    """Everything that can be printed."""
    half_days = [(half_day.number, half_day_name(half_day.number)) for half_day in queries.half_days(training_id)]
    people = len(queries.names(training_id))
    return render_template("trainings/staff/printing.html", training=g.training, half_days=half_days, people=people)


@blueprint.get("/trainings/<int:training_id>/print/poster.pdf")
@allow(trainer_of)
def print_poster(training_id: int) -> ui.Answer:
    """The poster with the code; `?paper=a3` for the large one."""
    thanks = documents.credits(queries.partners(training_id), queries.logos(training_id))
    paper = request.args.get("paper", "a4")
    content = documents.poster(g.training, join_address(g.training), site(), thanks, paper)
    return _pdf(content, f"poster-{training_id}")


@blueprint.get("/trainings/<int:training_id>/print/programme.pdf")
@allow(reader_of)
def print_programme(training_id: int) -> ui.Answer:
    """The programme."""
    thanks = documents.credits(queries.partners(training_id), queries.logos(training_id))
    content = documents.programme(g.training, queries.items(training_id), thanks)
    return _pdf(content, f"programme-{training_id}")


@blueprint.get("/trainings/<int:training_id>/print/name-tags.pdf")
@allow(trainer_of)
def print_name_tags(training_id: int) -> ui.Answer:
    """Name tags, eight to a page."""
    content = documents.name_tags(g.training, in_order(queries.participants(training_id)))
    note_export(training_id, "name-tags.pdf")
    return _pdf(content, f"name-tags-{training_id}")


@blueprint.get("/trainings/<int:training_id>/print/signatures-<int:number>.pdf")
@allow(trainer_of)
def print_signatures(training_id: int, number: int) -> ui.Answer:
    """The signature sheet of a half-day."""
    half_day = queries.half_day(training_id, number)
    if half_day is None:
        raise NotAllowed()
    content = documents.signature_sheet(g.training, half_day, in_order(queries.participants(training_id)))
    note_export(training_id, f"signatures-{number}.pdf")
    return _pdf(content, f"signatures-{training_id}-{number}")


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename={name}.pdf"
    return response
