"""Reading, being here, what is kept about me: a trainee's addresses."""

from flask import Response, flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, anyone
from lms.accounts.sessions import digest
from lms.content.queries import course_of
from lms.content.render import render_page
from lms.content.search import search as find
from lms.errors import NotAllowed, Refused
from lms.language import current, gettext
from lms.trainings.access import participant_of, visitor_of
from lms.trainings.actions import joining
from lms.trainings.forms.trainee import AboutMeForm, HereForm
from lms.trainings.queries import trainee as queries
from lms.trainings.routes import blueprint
from lms.trainings.routes.devices import device_token, limit_tries
from lms.trainings.rules import show_code
from lms.trainings.screens.addresses import site
from lms.trainings.screens.programme import calendar_answer
from lms.trainings.screens.trainee import WHOLE, module_list, page_screen


@blueprint.get("/t/<int:training_id>/modules")
@allow(visitor_of)
def modules(training_id: int) -> ui.Answer:
    """The modules and the library."""
    course = course_of(g.training.course_hash)
    return render_template("trainings/modules.html", training=g.training, course=course, modules=module_list(course))


@blueprint.get("/t/<int:training_id>/pages/<key>")
@allow(visitor_of)
def page(training_id: int, key: str) -> ui.Answer:
    """A page of the library, a part of a module, or (without a part) the whole module, for printing and searching."""
    course, locale = course_of(g.training.course_hash), current()
    part = max(request.args.get("part", WHOLE, type=int), WHOLE)
    try:
        rendered = render_page(course, key, locale)
        screen = page_screen(course, rendered, part, locale)
    except LookupError:
        raise NotAllowed() from None
    return render_template("trainings/page.html", training=g.training, page=rendered, screen=screen)


@blueprint.get("/t/<int:training_id>/search")
@allow(visitor_of)
def search(training_id: int) -> ui.Answer:
    """Find words in the modules and the library, under any script."""
    query = request.args.get("q", "")[:200]
    hits = find(course_of(g.training.course_hash), query, current()) if query.strip() else []
    return render_template("trainings/search.html", training=g.training, query=query, hits=hits)


@blueprint.route("/t/<int:training_id>/here", methods=["GET", "POST"])
@allow(participant_of)
def here(training_id: int) -> ui.Answer:
    """Being here, by the code that is read out."""
    form = HereForm()
    if form.sent():
        limit_tries("here")
        half_day = queries.half_day_by_code(training_id, form.code.data)
        if half_day is None:
            form.code.errors = [gettext("This is not the code that was read out. Listen once more or ask the trainer.")]
        else:
            joining.mark_present(g.participant.id, half_day.id, "code")
            return _thanks(training_id)
    marks = queries.half_days_with_mark(training_id, g.participant.id)
    return make_response(
        render_template("trainings/here.html", training=g.training, form=form, marks=marks), 422 if form.errors else 200
    )


def _thanks(training_id: int) -> Response:
    flash(gettext("Noted: you are present."), "ok")
    return ui.to(url_for("today.home", training_id=training_id))


@blueprint.route("/t/<int:training_id>/here/<token>", methods=["GET", "POST"])
@allow(participant_of)
def here_by_picture(training_id: int, token: str) -> ui.Answer:
    """Being here, by the QR code on the wall: one press, so that following a link changes nothing."""
    half_day = queries.half_day_by_token(training_id, token)
    if half_day is None:
        raise NotAllowed()
    if request.method == "POST":
        joining.mark_present(g.participant.id, half_day.id, "qr")
        return _thanks(training_id)
    return render_template("trainings/here_by_picture.html", training=g.training, half_day=half_day)


@blueprint.route("/t/<int:training_id>/me", methods=["GET", "POST"])
@allow(participant_of)
def me(training_id: int) -> ui.Answer:
    """What is kept about the trainee: details, consent, attendance, devices."""
    person = g.participant
    form = AboutMeForm(name=person.name, email=person.email, show_on_certificate=person.show_on_certificate)
    if form.sent():
        try:
            joining.change_details(person.id, form.name.data, form.email.data or "", form.show_on_certificate.data)
        except Refused as refusal:
            form.name.errors = [gettext(refusal.message, **refusal.values)]
        else:
            flash(gettext("Saved."), "ok")
            return ui.to(url_for(".me", training_id=training_id))
    screen = {
        "marks": queries.half_days_with_mark(training_id, person.id),
        "devices": queries.devices_of(person.id),
        "this_device": digest(device_token()),
    }
    page = render_template("trainings/me.html", training=g.training, person=person, form=form, **screen)
    return make_response(page, 422 if form.errors else 200)


@blueprint.post("/t/<int:training_id>/me/resume-code")
@allow(participant_of)
def resume_code(training_id: int) -> ui.Answer:
    """A code for one more device, shown once."""
    code = show_code(joining.new_resume_code(g.participant.id))
    return render_template("trainings/resume_code.html", training=g.training, code=code, site=site())


@blueprint.post("/t/<int:training_id>/me/end-device")
@allow(participant_of)
def end_device(training_id: int) -> ui.Answer:
    """A device of one's own is forgotten."""
    try:
        token_hash = bytes.fromhex(request.form.get("device", ""))
    except ValueError:
        raise NotAllowed() from None
    joining.end_device(g.participant.id, token_hash)
    flash(gettext("That device is forgotten."), "ok")
    return ui.to(url_for(".me", training_id=training_id) if token_hash != digest(device_token()) else "/")


@blueprint.get("/t/<int:training_id>/calendar.ics")
@allow(participant_of)
def own_calendar(training_id: int) -> ui.Answer:
    """The training for one's own calendar: an event for each half-day."""
    return calendar_answer(g.training, g.training.programme, by_line=False)


@blueprint.post("/t/<int:training_id>/me/leave")
@allow(participant_of)
def leave(training_id: int) -> ui.Answer:
    """This device forgets the trainee: for a borrowed or shared phone."""
    joining.end_device(g.participant.id, digest(device_token()))
    flash(gettext("This device has forgotten you."), "ok")
    return ui.to("/")


@blueprint.get("/privacy")
@allow(anyone)
def privacy() -> ui.Answer:
    """What is kept about whom, and for how long."""
    return render_template("trainings/privacy.html")


@blueprint.get("/help")
@allow(anyone)
def help() -> ui.Answer:
    """How to come in, how to go on, whom to ask."""
    return render_template("trainings/help.html")
