"""Certificates as the trainer handles them."""

from flask import Response, flash, g, render_template, request, stream_with_context, url_for

from lms import ui
from lms.access import allow, row_number
from lms.certificates import actions, documents, queries, screens
from lms.certificates.access import issuer_of
from lms.certificates.forms import NameForm, ReasonForm
from lms.certificates.models import Certificate
from lms.certificates.routes import blueprint
from lms.certificates.routes.sending import known_language, send_pdf
from lms.errors import NotAllowed, Refused
from lms.language import gettext, ngettext, speaking
from lms.trainings.access import trainer_of


@blueprint.get("/trainings/<int:training_id>/certificates")
@allow(trainer_of)
def overview(training_id: int) -> ui.Answer:
    """Who has earned one, who not and why, who has one."""
    screen = {"screen": screens.overview(g.training), "languages": screens.LANGUAGES}
    return render_template("certificates/overview.html", training=g.training, **screen)


@blueprint.post("/trainings/<int:training_id>/certificates/issue")
@allow(trainer_of)
def issue_all(training_id: int) -> ui.Answer:
    """One press: a certificate for everybody who has earned one."""
    made = actions.issue_all(g.training)
    flash(ngettext("%(num)d certificate has been issued.", "%(num)d certificates have been issued.", made), "ok")
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/certificates/issue/<int:participant_id>")
@allow(trainer_of)
def issue_one(training_id: int, participant_id: int) -> ui.Answer:
    """One for a person who attended: after a revocation, or without the post-test."""
    made = actions.issue_one(g.training, participant_id)
    flash(gettext("Certificate %(serial)s has been issued.", serial=made.serial), "ok")
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.get("/trainings/<int:training_id>/certificates/<int:certificate_id>")
@allow(issuer_of)
def show(training_id: int, certificate_id: int) -> ui.Answer:
    """One certificate: download, correct the name, revoke."""
    name = screens.printed_name(g.certificate)
    wanted = queries.name_on_list(g.certificate.participant_id) or name
    return _show(NameForm(formdata=None, name=wanted), ReasonForm(formdata=None))


@blueprint.post("/trainings/<int:training_id>/certificates/<int:certificate_id>/correct")
@allow(issuer_of)
def correct(training_id: int, certificate_id: int) -> ui.Answer:
    """The right name: a new certificate takes the place of this one."""
    form = NameForm()
    if form.sent():
        try:
            made = actions.correct_name(training_id, certificate_id, form.name.data)
        except Refused as refusal:
            form.name.errors = [gettext(refusal.message, **refusal.values)]
        else:
            flash(gettext("Certificate %(serial)s has been issued with the right name.", serial=made.serial), "ok")
            return ui.to(url_for(".show", training_id=training_id, certificate_id=made.id))
    return _show(form, ReasonForm(formdata=None))


@blueprint.post("/trainings/<int:training_id>/certificates/<int:certificate_id>/revoke")
@allow(issuer_of)
def revoke(training_id: int, certificate_id: int) -> ui.Answer:
    """The certificate is no longer valid, and everybody may read why."""
    form = ReasonForm()
    if form.sent():
        try:
            actions.revoke(training_id, certificate_id, form.reason.data)
        except Refused as refusal:
            form.reason.errors = [gettext(refusal.message, **refusal.values)]
        else:
            flash(gettext("The certificate has been revoked."), "ok")
            return ui.to(url_for(".show", training_id=training_id, certificate_id=certificate_id))
    return _show(NameForm(formdata=None, name=screens.printed_name(g.certificate)), form)


def _show(name_form: NameForm, reason_form: ReasonForm) -> Response:
    certificate: Certificate = g.certificate
    screen = {
        "check": screens.check_of(certificate, show_name=True),
        "certificate": certificate,
        "history": queries.history(certificate),
        "name_form": name_form,
        "reason_form": reason_form,
        "languages": screens.LANGUAGES,
    }
    page = render_template("certificates/show.html", training=g.training, **screen)
    return Response(page, 422 if name_form.errors or reason_form.errors else 200)


@blueprint.get("/trainings/<int:training_id>/certificates/<int:certificate_id>/<language>.pdf")
@allow(issuer_of)
def pdf_of_one(training_id: int, certificate_id: int, language: str) -> ui.Answer:
    """One certificate as PDF."""
    return send_pdf([g.certificate], language, documents.file_name(g.certificate))


@blueprint.get("/trainings/<int:training_id>/certificates/all.pdf")
@allow(trainer_of)
def pdf_of_all(training_id: int) -> ui.Answer:
    """All valid certificates in one PDF, in parts of a hundred (`?part=2`), in `?language=`."""
    part, size = request.args.get("part", 1, type=row_number), documents.IN_ONE_FILE
    certificates = queries.valid_ones(training_id)[(part - 1) * size : part * size] if part > 0 else []
    if not certificates:
        raise NotAllowed()
    actions.note_download(training_id, "pdf", len(certificates))
    return send_pdf(certificates, request.args.get("language", "sr"), f"certificates-{training_id}-{part}")


@blueprint.get("/trainings/<int:training_id>/certificates/all.zip")
@allow(trainer_of)
def zip_of_all(training_id: int) -> ui.Answer:
    """All valid certificates, a PDF for each, sent while they are made."""
    certificates, language = queries.valid_ones(training_id), known_language(request.args.get("language", "sr"))
    if not certificates:
        raise NotAllowed()
    actions.note_download(training_id, "zip", len(certificates))
    logos = queries.logos(training_id)

    def pieces():  # type: ignore[no-untyped-def]
        with speaking(language):
            yield from documents.archive(certificates, logos)

    response = Response(stream_with_context(pieces()), content_type="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"certificates-{training_id}-{language}.zip")
    return response
