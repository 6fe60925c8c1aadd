"""Coming in, reading, being here: a trainee's addresses."""

from flask import Response, current_app, flash, g, make_response, render_template, request, session, url_for

from lms import ui
from lms.access import allow, anyone
from lms.accounts.sessions import digest
from lms.content.queries import course_of
from lms.content.render import render_page
from lms.content.search import search as find
from lms.errors import NotAllowed, Refused
from lms.language import current, gettext
from lms.limits import address, count_attempt
from lms.trainings.access import participant_of
from lms.trainings.actions import joining
from lms.trainings.forms.trainee import AboutMeForm, CodeForm, DetailsForm, HereForm, NameForm
from lms.trainings.models import Participant, Training
from lms.trainings.queries import trainee as queries
from lms.trainings.routes import blueprint
from lms.trainings.rules import show_code
from lms.trainings.screens.trainee import WHOLE, device_label, module_list, page_screen


def joinable(token: str, **_arguments: object) -> None:
    """Whoever holds the QR code of an open training."""
    g.training = queries.training_by_token(token)
    if g.training is None:
        raise NotAllowed()


@blueprint.route("/", methods=["GET", "POST"])
@blueprint.route("/join", methods=["GET", "POST"], endpoint="join")
@allow(anyone)
def start() -> ui.Answer:
    """The front door: type the code from the wall."""
    form = CodeForm()
    training = None
    if form.sent():
        _limit("join")
        training = queries.training_by_code(form.code.data)
        if training:
            return ui.to(url_for(".come_in", token=training.join_token))
        form.code.errors = [
            gettext("There is no open training with this code now. Check the code on the wall or ask the trainer.")
        ]
    mine = queries.devices_trainings(_device() or "") if _device() else []
    return make_response(
        render_template("trainings/join.html", form=form, mine=mine, again="again" in request.args),
        422 if form.errors else 200,
    )


def _limit(what: str) -> None:
    """Ten tries a browser and five minutes; 600 a minute for the whole hall behind one address."""
    browser = session.setdefault("browser", joining.new_device_token()[:16])
    count_attempt(f"{what}:browser:{browser}", limit=10, seconds=300)
    count_attempt(f"{what}:address:{digest(address()).hex()[:16]}", limit=600, seconds=60)


def _device() -> str:
    return request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@allow(joinable)
def come_in(token: str) -> ui.Answer:
    """Who are you? Looks the typed name up in the roster."""
    known = _known_here(g.training)
    if known:
        return ui.to(url_for("today.home", training_id=g.training.id))
    form = NameForm()
    if not form.sent():
        return make_response(render_template("trainings/come_in.html", form=form, training=g.training), form.status)
    found = queries.namesakes(g.training.id, form.name.data)
    if found:
        return make_response(render_template("trainings/choose.html", form=form, training=g.training, found=found))
    return _details(token, {"name": form.name.data})


def _known_here(training: Training) -> bool:
    return any(mine.id == training.id for mine in queries.devices_trainings(_device())) if _device() else False


@blueprint.route("/join/<token>/details", methods=["GET", "POST"])
@allow(joinable)
def details(token: str) -> ui.Answer:
    """The rest, asked once: sector, institution, place. Prefilled from the roster when an entry was chosen."""
    if _known_here(g.training):
        return ui.to(url_for("today.home", training_id=g.training.id))
    if request.method == "GET" or "sector" not in request.form:
        name, chosen = request.form.get("name", "")[:400], request.form.get("chosen", type=int)
        entry = next((one for one in queries.namesakes(g.training.id, name) if one.id == chosen), None)
        return _details(token, _prefill(entry) if entry and not entry.joined_at else {"name": name})
    form = DetailsForm()
    if not form.sent():
        return _show_details(form, form.status)
    device = _device() or joining.new_device_token()
    try:
        participant = joining.join(
            g.training,
            _person(form),
            int(form.chosen.data or 0) or None,
            device,
            device_label(request.user_agent.string),
        )
    except Refused as refusal:
        form.name.errors = [gettext(refusal.message, **refusal.values)]
        return _show_details(form, refusal.status)
    flash(gettext("You are in. This device will remember you."), "ok")
    return _remember_device(ui.to(url_for("today.home", training_id=participant.training_id)), device)


def _details(token: str, values: dict[str, object]) -> Response:
    return _show_details(DetailsForm(formdata=None, **values), 200)


def _show_details(form: DetailsForm, status: int) -> Response:
    screen = {"training": g.training, "places": queries.municipalities(), "institutions": queries.institution_names()}
    return make_response(render_template("trainings/details.html", form=form, **screen), status)


def _prefill(entry: Participant) -> dict[str, object]:
    """What the roster says, but the address: whoever types a colleague's name must not learn it."""
    place = entry.municipality
    return {
        "chosen": entry.id, "name": entry.name, "sector": entry.sector, "institution": entry.institution,
        "municipality": place.name_sr if place else "", "sex": entry.sex or "",
    }  # fmt: skip


def _person(form: DetailsForm) -> joining.Person:
    return joining.Person(
        name=form.name.data, sector=form.sector.data, institution=form.institution.data or "",
        municipality_code=form.municipality_code, sex=form.sex.data or None, email=(form.email.data or "").strip().lower(),
    )  # fmt: skip


def _remember_device(response: Response, device: str) -> Response:
    settings = current_app.config
    response.set_cookie(
        settings["DEVICE_COOKIE_NAME"], device, max_age=int(settings["DEVICE_LIFETIME"].total_seconds()),
        httponly=True, samesite="Lax", secure=settings["PRODUCTION"] or request.is_secure,
    )  # fmt: skip
    return response


@blueprint.route("/resume", methods=["GET", "POST"])
@allow(anyone)
def resume() -> ui.Answer:
    """A second device, or a new one, comes in with a code made on the first or by the trainer."""
    form = CodeForm()
    if not form.sent():
        return make_response(render_template("trainings/resume.html", form=form), form.status)
    _limit("resume")
    device = _device() or joining.new_device_token()
    try:
        participant = joining.resume(form.code.data, device, device_label(request.user_agent.string))
    except Refused as refusal:
        form.code.errors = [gettext(refusal.message)]
        return make_response(render_template("trainings/resume.html", form=form), refusal.status)
    flash(gettext("Welcome back. Everything is where you left it."), "ok")
    return _remember_device(ui.to(url_for("today.home", training_id=participant.training_id)), device)


@blueprint.get("/t/<int:training_id>/modules")
@allow(participant_of)
def modules(training_id: int) -> ui.Answer:
    """The modules and the library."""
    course = course_of(g.training.course_hash)
    return render_template("trainings/modules.html", training=g.training, course=course, modules=module_list(course))


@blueprint.get("/t/<int:training_id>/pages/<key>")
@allow(participant_of)
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
@allow(participant_of)
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
        _limit("here")
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
    flash(gettext("Noted: you are here."), "ok")
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
        "this_device": digest(_device()),
    }
    page = render_template("trainings/me.html", training=g.training, person=person, form=form, **screen)
    return make_response(page, 422 if form.errors else 200)


@blueprint.post("/t/<int:training_id>/me/resume-code")
@allow(participant_of)
def resume_code(training_id: int) -> ui.Answer:
    """A code for one more device, shown once."""
    code = show_code(joining.new_resume_code(g.participant.id))
    return render_template("trainings/resume_code.html", training=g.training, code=code)


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
    return ui.to(url_for(".me", training_id=training_id) if token_hash != digest(_device()) else "/")


@blueprint.post("/t/<int:training_id>/me/leave")
@allow(participant_of)
def leave(training_id: int) -> ui.Answer:
    """This device forgets the trainee: for a borrowed or shared phone."""
    joining.end_device(g.participant.id, digest(_device()))
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
