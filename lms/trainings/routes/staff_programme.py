"""The programme is fitted to the real hours, and taken away as a calendar."""

from flask import Response, flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.errors import Refused
from lms.language import gettext
from lms.trainings.access import reader_of, trainer_of
from lms.trainings.actions import programme as actions
from lms.trainings.forms.staff import LineForm
from lms.trainings.models import ProgrammeItem
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint
from lms.trainings.screens.dashboard import day_dates
from lms.trainings.screens.programme import Difference, after_shift, calendar_answer, differences, programme_screen
from lms.trainings.timetable import time_of

FURTHEST = 240  # minutes


@blueprint.get("/trainings/<int:training_id>/programme")
@allow(trainer_of)
def programme(training_id: int) -> ui.Answer:
    """All lines by day, with what does not fit in words."""
    screen = programme_screen(g.training, queries.items(training_id))
    return render_template("trainings/staff/programme.html", screen=screen, training=g.training)


@blueprint.route("/trainings/<int:training_id>/programme/new", methods=["GET", "POST"])
@allow(trainer_of)
def new_line(training_id: int) -> ui.Answer:
    """A new line, after the last one of the chosen day."""
    screen = programme_screen(g.training, queries.items(training_id))
    day = request.args.get("day", 1, row_number)
    form = LineForm(_days(), day=day, starts=time_of(screen.end_of(day)), minutes=15, kind="talk")
    if form.sent():
        actions.add_line(training_id, _text(form))
        return _back(training_id, gettext("The line was added."))
    return _show_form(form, None)


@blueprint.route("/trainings/<int:training_id>/programme/<int:item_id>", methods=["GET", "POST"])
@allow(trainer_of)
def line(training_id: int, item_id: int) -> ui.Answer:
    """One line: time, length, titles, notes."""
    item = _item(training_id, item_id)
    form = LineForm(_days(), obj=item, seen=actions.version_of(item))
    if form.sent():
        try:
            actions.change_line(training_id, item_id, _text(form), form.seen.data)
        except actions.LineChanged as refusal:
            form.seen.data, form.seen.errors = actions.version_of(item), [gettext(refusal.message)]
        else:
            return _back(training_id, gettext("Saved."))
    return _show_form(form, item)


def _days() -> int:
    return len(day_dates(g.training))


def _item(training_id: int, item_id: int) -> ProgrammeItem:
    item = queries.item(training_id, item_id)
    if item is None:  # most often: removed meanwhile, in another tab
        raise Refused("This line is no longer in the programme.", 404)
    return item


def _text(form: LineForm) -> actions.LineText:
    return actions.LineText(
        day=form.day.data, starts=form.starts.data, minutes=form.minutes.data, kind=form.kind.data,
        title_sr=form.title_sr.data.strip(), title_en=(form.title_en.data or "").strip(),
        note_sr=(form.note_sr.data or "").strip(), note_en=(form.note_en.data or "").strip(),
    )  # fmt: skip


def _show_form(form: LineForm, item: ProgrammeItem | None) -> ui.Answer:
    page = render_template(
        "trainings/staff/line.html", form=form, item=item, training=g.training, changed=_changed(form, item)
    )
    return make_response(page, form.status)


def _changed(form: LineForm, item: ProgrammeItem | None) -> list[Difference]:
    return differences(form, item) if item and form.seen.errors else []


def _back(training_id: int, said: str) -> Response:
    flash(said, "ok")
    return ui.to(url_for(".programme", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/programme/<int:item_id>/remove")
@allow(trainer_of)
def remove_line(training_id: int, item_id: int) -> ui.Answer:
    """The line goes."""
    actions.remove_line(training_id, item_id)
    return _back(training_id, gettext("The line was removed."))


@blueprint.post("/trainings/<int:training_id>/programme/<int:item_id>/move")
@allow(trainer_of)
def move_line(training_id: int, item_id: int) -> ui.Answer:
    """The line changes places with the one before or after it."""
    actions.move_line(training_id, item_id, down=request.form.get("to") == "down")
    return ui.to(url_for(".programme", training_id=training_id) + f"#line-{item_id}")


@blueprint.post("/trainings/<int:training_id>/programme/<int:item_id>/shift")
@allow(trainer_of)
def shift(training_id: int, item_id: int) -> ui.Answer:
    """Everything after this line moves by some minutes."""
    minutes = request.form.get("minutes", 0, row_number)
    try:
        if not 0 < abs(minutes) <= FURTHEST:
            raise Refused("Say by how many minutes, from 1 to 240, or with a minus to move back.", 422)
        lines = actions.shift_after(training_id, item_id, minutes)
    except Refused as refusal:
        if refusal.status == 404:
            raise
        flash(gettext(refusal.message), "risk")
    else:
        flash(
            gettext("The rest of the day was moved by %(n)s min. To take it back, move it by %(back)s min.",
                    n=minutes, back=-minutes), "ok",
        )  # fmt: skip
        for warning in after_shift(lines, item_id):
            flash(warning, "warn")
    return ui.to(url_for(".programme", training_id=training_id) + f"#line-{item_id}")


@blueprint.get("/trainings/<int:training_id>/calendar.ics")
@allow(reader_of)
def calendar(training_id: int) -> ui.Answer:
    """The training for one's own calendar: an event for each half-day, or for each line (`?by=line`)."""
    return calendar_answer(g.training, queries.items(training_id), by_line=request.args.get("by") == "line")
