"""Trainings as staff run them: the list, planning, settings, the lobby, who takes part in running them."""

from collections.abc import Sequence
from datetime import timedelta

from flask import flash, g, make_response, render_template, request, url_for
from flask_login import current_user

from lms import clock, ui
from lms.access import allow, signed_in, staff
from lms.accounts.rules import normalise_email
from lms.content.models import CourseVersion
from lms.content.queries import all_versions, course_of
from lms.errors import Refused
from lms.language import gettext
from lms.trainings.access import LOOKING, trainer_of
from lms.trainings.actions import manage
from lms.trainings.forms.staff import NewForm, PlanForm, SettingsForm, StaffForm
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint
from lms.trainings.rules import half_days_needed, lobby_is_open, only_latin, show_code

may_plan = staff("trainer", "administrator")


@blueprint.get("/trainings")
@allow(signed_in)
def index() -> ui.Answer:
    """One's own trainings; the office and administrators see all, as figures."""
    looking = bool(LOOKING & current_user.role_names)
    rows = queries.trainings(current_user.id, everything=looking)
    may = bool({"trainer", "administrator"} & current_user.role_names)
    return render_template("trainings/staff/index.html", rows=rows, may_plan=may, today=clock.today())


@blueprint.route("/trainings/new", methods=["GET", "POST"])
@allow(may_plan)
def new() -> ui.Answer:
    """Plan a training from a version of a course."""
    form = NewForm(_longest_first(all_versions()), queries.municipalities())
    if form.sent():
        course = course_of(form.course_hash.data)
        training = manage.create(_plan(form), form.course_hash.data, course)
        flash(gettext("The training is planned. Its programme was copied from the course."), "ok")
        _warn_of_latin(training.title_sr)
        return ui.to(url_for(".dashboard", training_id=training.id))
    return make_response(render_template("trainings/staff/new.html", form=form), form.status)


def _longest_first(versions: Sequence[CourseVersion]) -> list[CourseVersion]:
    """The course with the most teaching hours in its newest version comes first: the whole training before its additions."""
    hours: dict[str, int] = {}
    for version in versions:  # the newest of a course comes first
        if version.course_key not in hours:
            hours[version.course_key] = course_of(version.hash).teaching_hours
    return sorted(versions, key=lambda version: -hours[version.course_key])


@blueprint.route("/trainings/<int:training_id>/duplicate", methods=["GET", "POST"])
@allow(trainer_of)
def duplicate(training_id: int) -> ui.Answer:
    """The same training once more, in another place or on other days."""
    old = g.training
    length = old.ends_on - old.starts_on
    start = max(clock.today(), old.ends_on) + timedelta(days=7)
    form = PlanForm(
        queries.municipalities(), title_sr=old.title_sr, title_en=old.title_en, starts_on=start, ends_on=start + length
    )
    if form.sent():
        training = manage.duplicate(training_id, _plan(form))
        flash(gettext("The training was copied without its people and answers."), "ok")
        _warn_of_latin(training.title_sr)
        return ui.to(url_for(".dashboard", training_id=training.id))
    return make_response(render_template("trainings/staff/duplicate.html", form=form, training=old), form.status)


def _warn_of_latin(title: str) -> None:
    if only_latin(title):
        flash(gettext("The Serbian title is typed in Latin: it stays in Latin on pages in Cyrillic too."), "warn")


def _plan(form: PlanForm) -> manage.Plan:
    return manage.Plan(
        title_sr=form.title_sr.data.strip(), title_en=(form.title_en.data or "").strip(),
        municipality_code=form.municipality_code.data, venue=(form.venue.data or "").strip(),
        starts_on=form.starts_on.data, ends_on=form.ends_on.data,
    )  # fmt: skip


@blueprint.route("/trainings/<int:training_id>/settings", methods=["GET", "POST"])
@allow(trainer_of)
def settings(training_id: int) -> ui.Answer:
    """Names, place, days, rules, lobby hours; closing; who takes part in running it."""
    form, title = _settings_form(), g.training.title_sr
    if form.sent():
        try:
            manage.change_settings(training_id, _settings(form), form.days_moved.data)
        except manage.DaysMove as refusal:
            form.days_moved.errors = [gettext(refusal.message)]
        except Refused as refusal:
            form.ends_on.errors = [gettext(refusal.message)]
        else:
            flash(gettext("Saved."), "ok")
            if form.title_sr.data.strip() != title:
                _warn_of_latin(form.title_sr.data)
            return ui.to(url_for(".settings", training_id=training_id))
    return _show_settings(form, StaffForm(formdata=None))


def _settings_form(**binding: None) -> SettingsForm:
    training = g.training
    opens, closes = training.lobby_opens_at, training.lobby_closes_at
    kept = ("title_sr", "title_en", "municipality_code", "venue", "starts_on", "ends_on", "attendance_percent",
            "teaching_hours", "accreditation")  # fmt: skip
    return SettingsForm(
        queries.municipalities(),
        lobby_opens_at=clock.local(opens).replace(second=0) if opens else None,
        lobby_closes_at=clock.local(closes).replace(second=0) if closes else None,
        **{name: getattr(training, name) for name in kept},
        **binding,
    )


def _settings(form: SettingsForm) -> manage.Settings:
    plan = _plan(form)
    return manage.Settings(
        **{name: getattr(plan, name) for name in plan.__dataclass_fields__},
        attendance_percent=form.attendance_percent.data,
        teaching_hours=form.teaching_hours.data,
        accreditation=(form.accreditation.data or "").strip(),
        lobby_opens_at=form.moment(form.lobby_opens_at),
        lobby_closes_at=form.moment(form.lobby_closes_at),
    )


def _show_settings(form: SettingsForm, staff_form: StaffForm) -> ui.Answer:
    half_days = 2 * ((g.training.ends_on - g.training.starts_on).days + 1)
    screen = {
        "training": g.training, "staff": queries.staff_of(g.training.id), "form": form, "half_days": half_days,
        "needed": half_days_needed(half_days, g.training.attendance_percent),
    }  # fmt: skip
    status = 422 if form.errors or staff_form.errors else 200
    return make_response(render_template("trainings/staff/settings.html", staff_form=staff_form, **screen), status)


@blueprint.post("/trainings/<int:training_id>/staff")
@allow(trainer_of)
def appoint(training_id: int) -> ui.Answer:
    """An account gets a part in this training."""
    form = StaffForm()
    if form.sent():
        try:
            manage.appoint(training_id, normalise_email(form.email.data), form.role.data)
        except Refused as refusal:
            form.email.errors = [gettext(refusal.message)]
        else:
            flash(gettext("They have a part in this training now."), "ok")
            return ui.to(url_for(".settings", training_id=training_id) + "#staff")
    return _show_settings(_settings_form(formdata=None), form)


@blueprint.post("/trainings/<int:training_id>/staff/<int:account_id>/dismiss")
@allow(trainer_of)
def dismiss(training_id: int, account_id: int) -> ui.Answer:
    """An account no longer has a part in this training."""
    manage.dismiss(training_id, account_id)
    flash(gettext("They no longer have a part in this training."), "ok")
    if account_id == current_user.id:
        return ui.to(url_for(".index"))
    return ui.to(url_for(".settings", training_id=training_id) + "#staff")


@blueprint.get("/trainings/<int:training_id>/lobby")
@allow(trainer_of)
def lobby(training_id: int) -> ui.Answer:
    """The code, the QR code, and whether people may come in."""
    from lms.trainings.screens.addresses import join_address, qr, site

    training, now = g.training, clock.now()
    opens, closes = training.lobby_opens_at, training.lobby_closes_at
    screen = {
        "by_itself": bool(training.state == "open" and opens and opens > now), "to_come": bool(closes and closes > now),
        "open": lobby_is_open(training.state, opens, closes, now),
        "code": show_code(training.join_code), "qr": qr(join_address(training)), "address": join_address(training),
        "site": site(),
    }  # fmt: skip
    return render_template("trainings/staff/lobby.html", training=training, **screen)


@blueprint.post("/trainings/<int:training_id>/lobby")
@allow(trainer_of)
def change_lobby(training_id: int) -> ui.Answer:
    """Open or close the lobby."""
    if request.form.get("open") == "yes":
        manage.open_lobby(training_id)
        flash(gettext("People can come in now."), "ok")
    else:
        manage.close_lobby(training_id)
        flash(gettext("Joining is closed. Those who are in stay in."), "ok")
    back = ".lobby" if request.form.get("at") == "lobby" else ".dashboard"
    return ui.to(url_for(back, training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/close")
@allow(trainer_of)
def close(training_id: int) -> ui.Answer:
    """The training is over."""
    manage.close(training_id)
    flash(gettext("The training is closed."), "ok")
    return ui.to(url_for(".dashboard", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/reopen")
@allow(trainer_of)
def reopen(training_id: int) -> ui.Answer:
    """The training was closed too early."""
    manage.reopen(training_id)
    flash(gettext("The training is open again."), "ok")
    return ui.to(url_for(".dashboard", training_id=training_id))
