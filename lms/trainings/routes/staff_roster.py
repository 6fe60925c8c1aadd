"""A list of people is uploaded, looked at, put right and confirmed."""

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.errors import NotAllowed, Refused
from lms.language import gettext, ngettext
from lms.trainings.access import trainer_of
from lms.trainings.actions import rosters as actions
from lms.trainings.forms.staff import PersonForm, RosterForm
from lms.trainings.models import RosterImport
from lms.trainings.queries import staff as queries
from lms.trainings.roster.entries import Entry
from lms.trainings.routes import blueprint
from lms.trainings.screens.roster import Preview, preview, rows_in_words, with_choice

FIELDS = ("name", "sector", "institution", "municipality", "sex", "email")


@blueprint.route("/trainings/<int:training_id>/roster", methods=["GET", "POST"])
@allow(trainer_of)
def roster(training_id: int) -> ui.Answer:
    """Choose a file with a list of people."""
    form = RosterForm()
    if form.sent():
        file = form.roster.data
        try:
            upload = actions.receive(training_id, file.read(), file.filename or "")
        except Refused as refusal:
            form.roster.errors = [gettext(refusal.message, **refusal.values)]
        else:
            return ui.to(url_for(".roster_preview", training_id=training_id, upload_id=upload.id))
    waiting = queries.waiting_upload(training_id)
    page = render_template("trainings/staff/roster.html", form=form, training=g.training, waiting=waiting)
    return make_response(page, form.status)


@blueprint.get("/trainings/<int:training_id>/roster/<int:upload_id>")
@allow(trainer_of)
def roster_preview(training_id: int, upload_id: int) -> ui.Answer:
    """What was understood, row by row. Nothing is on the list yet."""
    screen = _preview(training_id, upload_id)
    return render_template("trainings/staff/roster_preview.html", screen=screen, training=g.training)


def _upload(training_id: int, upload_id: int) -> RosterImport:
    upload = queries.upload(training_id, upload_id)
    if upload is None:
        raise NotAllowed()
    return upload


def _preview(training_id: int, upload_id: int) -> Preview:
    return preview(
        _upload(training_id, upload_id), queries.municipalities(), queries.names(training_id),
        request.args.get("show", ""), request.args.get("page", 1, row_number),
    )  # fmt: skip


@blueprint.post("/trainings/<int:training_id>/roster/<int:upload_id>/columns")
@allow(trainer_of)
def roster_columns(training_id: int, upload_id: int) -> ui.Answer:
    """What each column of a sheet holds."""
    sheet, kinds = request.form.get("sheet", 0, row_number), request.form.getlist("kind")
    try:
        actions.set_columns(training_id, upload_id, sheet, kinds)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        screen = with_choice(_preview(training_id, upload_id), sheet, kinds, gettext(refusal.message))
        page = render_template("trainings/staff/roster_preview.html", screen=screen, training=g.training)
        return make_response(page, 422)
    flash(gettext("The list was read again with these columns."), "ok")
    return ui.to(url_for(".roster_preview", training_id=training_id, upload_id=upload_id))


@blueprint.route("/trainings/<int:training_id>/roster/<int:upload_id>/rows/<int:place>", methods=["GET", "POST"])
@allow(trainer_of)
def roster_row(training_id: int, upload_id: int, place: int) -> ui.Answer:
    """Put one row right by hand."""
    screen = _preview(training_id, upload_id)
    entry = screen.entry(place)
    if entry is None:
        raise NotAllowed()
    form = PersonForm(queries.municipalities(), municipality_code=entry.municipality, **_read(entry))
    if form.sent():
        fixed = {
            name: (getattr(form, name).data or "").strip() for name in ("name", "sector", "institution", "sex", "email")
        }
        actions.fix_row(training_id, upload_id, place, fixed | {"municipality": form.municipality_code.data or ""})
        flash(gettext("Row %(row)s has been corrected.", row=entry.row), "ok")
        return _row_done(training_id, upload_id, place)
    page = render_template(
        "trainings/staff/roster_row.html", form=form, entry=entry, screen=screen, training=g.training
    )
    return make_response(page, form.status)


def _read(entry: Entry) -> dict[str, str]:
    return {name: getattr(entry, name) for name in ("name", "sector", "institution", "sex", "email")}


def _row_done(training_id: int, upload_id: int, place: int) -> ui.Answer:
    show, page = request.args.get("show", ""), request.args.get("page", 1, row_number)
    address = url_for(".roster_preview", training_id=training_id, upload_id=upload_id, show=show or None, page=page)
    return ui.to(f"{address}#row-{place}")


@blueprint.post("/trainings/<int:training_id>/roster/<int:upload_id>/rows/<int:place>/choose")
@allow(trainer_of)
def roster_choose(training_id: int, upload_id: int, place: int) -> ui.Answer:
    """Leave a row out, take a duplicate all the same, choose an offered municipality, or take it back."""
    if "municipality" in request.form:
        actions.choose_place(training_id, upload_id, place, request.form["municipality"])
    else:
        actions.choose(training_id, upload_id, place, request.form.get("choice", ""))
    return _row_done(training_id, upload_id, place)


@blueprint.post("/trainings/<int:training_id>/roster/<int:upload_id>/confirm")
@allow(trainer_of)
def roster_confirm(training_id: int, upload_id: int) -> ui.Answer:
    """Put everybody whose row is ready on the list."""
    added, left = actions.confirm(training_id, upload_id)
    flash(ngettext("%(num)d person was added to the list.", "%(num)d people were added to the list.", added), "ok")
    if left:
        rows = rows_in_words(left)
        flash(
            ngettext(
                "%(num)d row was left out: %(rows)s.", "%(num)d rows were left out: %(rows)s.", len(left), rows=rows
            ),
            "warn",
        )
    return ui.to(url_for(".participants", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/roster/<int:upload_id>/discard")
@allow(trainer_of)
def roster_discard(training_id: int, upload_id: int) -> ui.Answer:
    """Forget the upload."""
    actions.discard(training_id, upload_id)
    flash(gettext("The upload was forgotten. The list is as it was."), "ok")
    return ui.to(url_for(".roster", training_id=training_id))
