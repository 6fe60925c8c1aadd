"""A trainee's own certificate."""

from flask import Response, g, render_template

from lms import ui
from lms.access import allow
from lms.certificates import documents, queries, screens
from lms.certificates.access import holder_of
from lms.certificates.routes import blueprint
from lms.certificates.routes.sending import send_pdf
from lms.trainings.access import participant_of


@blueprint.get("/t/<int:training_id>/certificate")
@allow(participant_of)
def download(training_id: int) -> ui.Answer:
    """The certificate to look at and to take along; before there is one, what is missing."""
    certificate = queries.own_certificate(g.participant.id)
    if certificate is None:
        standing = queries.own_standing(g.training, g.participant.id)
        return render_template("certificates/not_yet.html", training=g.training, standing=standing)
    check = screens.check_of(certificate, show_name=True)
    screen = {"check": check, "person": g.participant, "languages": screens.LANGUAGES}
    return render_template("certificates/own.html", training=g.training, **screen)


@blueprint.get("/t/<int:training_id>/certificate/<language>.pdf")
@allow(holder_of)
def own_pdf(training_id: int, language: str) -> ui.Answer:
    """The own certificate as PDF."""
    return send_pdf([g.certificate], language, documents.file_name(g.certificate))


@blueprint.get("/t/<int:training_id>/certificate.png")
@allow(holder_of)
def own_picture(training_id: int) -> ui.Answer:
    """The own certificate as a picture for the page, in the language of the page."""
    return Response(documents.picture(g.certificate, queries.logos(training_id)), content_type="image/png")
