"""Courses as files: a draft or a version goes out as a zip; a zip comes in, is looked at, and becomes a draft."""

from flask import Response, flash, g, make_response, render_template, request, url_for
from flask_login import current_user

from lms import ui
from lms.access import allow, row_number, staff
from lms.authoring.access import writer, writer_of_draft
from lms.authoring.actions import packs as actions
from lms.authoring.forms.packs import ImportForm
from lms.authoring.packs.writing import zip_name, zipped
from lms.authoring.queries import files_of_draft, waiting_import
from lms.authoring.routes import blueprint
from lms.authoring.screens.packs import preview, refusal
from lms.content.files import Files
from lms.content.models import CourseVersion
from lms.content.queries import files_of_version
from lms.errors import NotAllowed, Refused
from lms.extensions import db
from lms.language import gettext

reader = staff("author", "trainer", "office", "administrator")
WAITING = "/drafts/import/<int:pending_id>"


def reader_of_version(version: str, **_arguments: object) -> None:
    """Authors, trainers, the office and administrators, of a version that exists; loads it into `g.version`."""
    reader()
    g.version = db.session.get(CourseVersion, version)
    if g.version is None:
        raise NotAllowed()


def sender_of_import(pending_id: int, **_arguments: object) -> None:
    """Who has sent a pack, for an hour; loads it into `g.pending`."""
    writer()
    g.pending = waiting_import(current_user.id)
    if g.pending is None or g.pending.id != pending_id:
        raise NotAllowed()


@blueprint.get("/drafts/<int:draft_id>/pack.zip")
@allow(writer_of_draft)
def draft_pack(draft_id: int) -> ui.Answer:
    """The draft as it is now, as a zip."""
    return _zip(files_of_draft(g.draft), g.draft.course_key)


@blueprint.get("/courses/<version>/pack.zip")
@allow(reader_of_version)
def version_pack(version: str) -> ui.Answer:
    """A published version as a zip."""
    return _zip(files_of_version(version), g.version.course_key)


def _zip(files: Files, course_key: str) -> Response:
    answer = make_response(zipped(files, course_key))
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = ui.attachment(zip_name(files, course_key))
    return answer


@blueprint.route("/drafts/import", methods=["GET", "POST"])
@allow(writer)
def import_pack() -> ui.Answer:
    """Choose a file with a course. It is read and checked at once; nothing is changed yet."""
    form, screen = ImportForm(), None
    if form.sent():
        try:
            reading = actions.read(current_user, form.pack.data.read())
        except Refused as refused:
            if refused.status != 422:
                raise
            form.pack.errors = [gettext(refused.message, **refused.values)]
        else:
            if reading.files:
                pending = actions.keep(current_user, reading)
                return ui.to(url_for(".import_preview", pending_id=pending.id))
            screen = refusal(reading)
    waiting = waiting_import(current_user.id)
    page = render_template("authoring/import.html", form=form, screen=screen, waiting=waiting)
    return make_response(page, 422 if screen else form.status)


@blueprint.get(WAITING)
@allow(sender_of_import)
def import_preview(pending_id: int) -> ui.Answer:
    """What would change. Nothing has been changed yet."""
    return render_template("authoring/import_preview.html", screen=preview(g.pending))


@blueprint.post(f"{WAITING}/confirm")
@allow(sender_of_import)
def import_confirm(pending_id: int) -> ui.Answer:
    """Make a draft of it, or write it into the one under way."""
    draft = actions.confirm(g.pending, request.form.get("version", -1, row_number))
    flash(gettext("The course was brought in. It is a draft: nothing in trainings has changed."), "ok")
    return ui.to(url_for(".draft", draft_id=draft.id))


@blueprint.post(f"{WAITING}/discard")
@allow(sender_of_import)
def import_discard(pending_id: int) -> ui.Answer:
    """Forget it."""
    actions.discard(g.pending)
    flash(gettext("The file was forgotten. Nothing was changed."), "ok")
    return ui.to(url_for(".import_pack"))
