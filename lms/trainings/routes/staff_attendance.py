"""Who was there: half-days, marks by hand, the wall with the code, the export."""

from flask import Response, flash, g, make_response, render_template, request, url_for

from lms import clock, ui
from lms.access import allow
from lms.errors import NotAllowed, Refused
from lms.language import gettext, show_time
from lms.trainings.access import member_of, trainer_of
from lms.trainings.actions import attendance as actions
from lms.trainings.printing import documents
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint
from lms.trainings.screens.addresses import here_address, qr, site
from lms.trainings.screens.attendance import attendance_screen, read_marks
from lms.trainings.screens.dashboard import is_open
from lms.trainings.screens.people import in_order
from lms.trainings.tables import Table, attendance_table, half_day_name, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/trainings/<int:training_id>/attendance")
@allow(member_of)
def attendance(training_id: int) -> ui.Answer:
    """The grid: everybody and every half-day."""
    people = in_order(queries.participants(training_id))
    screen = attendance_screen(g.training, people, queries.half_days(training_id), queries.marks(training_id))
    return render_template("trainings/staff/attendance.html", screen=screen, training=g.training)


@blueprint.post("/trainings/<int:training_id>/attendance")
@allow(trainer_of)
def note_attendance(training_id: int) -> ui.Answer:
    """Marks by hand or from the signature sheet: one tick (htmx), or the whole grid."""
    how = request.form.get("how", "hand")
    if how not in actions.BY_STAFF:
        raise Refused("There is no such choice.", 422)
    ticked = read_marks(" ".join(request.form.getlist("mark")))
    asked = read_marks(request.form.get("tick", ""))  # htmx: only this one was touched
    before = asked - ticked if asked else read_marks(request.form.get("before", ""))
    after = asked & ticked if asked else ticked
    actions.set_marks(training_id, present=after - before, absent=before - after, how=how)
    if getattr(request, "wants_part", False):
        saved = {"saved_at": show_time(clock.now()), "training": g.training}
        return make_response(render_template("trainings/staff/_saved.html", **saved))
    flash(gettext("Saved."), "ok")
    return ui.to(url_for(".attendance", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/attendance/<int:number>")
@allow(trainer_of)
def change_half_day(training_id: int, number: int) -> ui.Answer:
    """Open or close a half-day."""
    if request.form.get("open") == "yes":
        actions.open_half_day(training_id, number)
        flash(gettext("Attendance is open: %(half_day)s.", half_day=half_day_name(number)), "ok")
        return ui.to(url_for(".attendance_wall", training_id=training_id, number=number))
    actions.close_half_day(training_id, number)
    flash(gettext("Attendance is closed: %(half_day)s.", half_day=half_day_name(number)), "ok")
    return ui.to(url_for(".attendance", training_id=training_id))


@blueprint.get("/trainings/<int:training_id>/attendance/<int:number>/wall")
@allow(trainer_of)
def attendance_wall(training_id: int, number: int) -> ui.Answer:
    """The page for the projector: QR code, spoken code, how many are here. No names."""
    half_day = queries.half_day(training_id, number)
    if half_day is None:
        raise NotAllowed()
    screen = {
        "training": g.training, "half_day": half_day, "name": half_day_name(number), "open": is_open(half_day),
        "present": queries.present_count(half_day.id), "total": len(queries.names(training_id)),
    }  # fmt: skip
    seen = f"{screen['present']}-{screen['total']}-{screen['open']}"
    if getattr(request, "wants_part", False):
        if request.args.get("seen") == seen:
            return Response(status=204)
        return make_response(render_template("trainings/staff/_attendance_wall.html", seen=seen, **screen))
    picture = qr(here_address(training_id, half_day)) if screen["open"] else ""
    return render_template("trainings/staff/attendance_wall.html", seen=seen, qr=picture, site=site(), **screen)


def _table(training_id: int) -> Table:
    people = in_order(queries.participants(training_id))
    return attendance_table(gettext("Attendance"), people, queries.half_days(training_id), queries.marks(training_id))


@blueprint.post("/trainings/<int:training_id>/attendance/export")
@allow(trainer_of)
def export_attendance(training_id: int) -> ui.Answer:
    """The attendance as XLSX or PDF for the organiser. Names leave the system, so it is noted and needs a press."""
    kind = "pdf" if request.form.get("as") == "pdf" else "xlsx"
    table = _table(training_id)
    content = documents.attendance(g.training, table) if kind == "pdf" else xlsx(table)
    actions.note_export(training_id, f"attendance.{kind}")
    response = Response(content, content_type="application/pdf" if kind == "pdf" else XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename=attendance-{training_id}.{kind}"
    return response
