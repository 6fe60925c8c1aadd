"""Coming in: by the code on the wall, by the QR code, by a code for one more device."""

from flask import Response, flash, g, make_response, render_template, request, session, url_for

from lms import clock, ui
from lms.access import allow, anyone, row_number
from lms.errors import NotAllowed, Refused
from lms.language import alphabet_key, gettext
from lms.trainings.actions import joining
from lms.trainings.forms.trainee import CodeForm, DetailsForm, NameForm, ResumeForm
from lms.trainings.models import Participant, Training
from lms.trainings.queries import trainee as queries
from lms.trainings.routes import blueprint
from lms.trainings.routes.devices import device_token, limit_tries, onward, remember_device
from lms.trainings.rules import SEAT_CODE_LENGTH, lobby_is_open, normalise_code
from lms.trainings.screens.trainee import device_label


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
        limit_tries("join")
        training = queries.training_by_code(form.code.data)
        if training:
            return ui.to(url_for(".come_in", token=training.join_token))
        form.code.errors = [_no_training(form.code.data)]
    mine = queries.devices_trainings(device_token() or "") if device_token() else []
    return make_response(
        render_template("trainings/join.html", form=form, mine=mine, again="again" in request.args, seat=_wants_seat()),
        422 if form.errors else 200,
    )


def _no_training(typed: str) -> str:
    if len(normalise_code(typed)) == SEAT_CODE_LENGTH:
        return gettext(
            "This is the code of a seat in an exercise. First type the code of the training from the wall, then your seat."
        )
    return gettext(
        "No training can be joined with this code now. Compare it with the wall; if it is the same, joining is closed: ask the trainer."
    )


def _wants_seat() -> bool:
    """The picture on a seat card was opened before joining: whoever joins goes on to that seat."""
    return str(session.get("wanted", "")).startswith("/s/")


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@allow(joinable)
def come_in(token: str) -> ui.Answer:
    """Who are you? Looks the typed name up in the roster."""
    known = _known_here(g.training)
    if known:
        return ui.to(onward(g.training.id))
    if not _lobby_open(g.training):
        return _closed()
    form = NameForm()
    if not form.sent():
        return make_response(render_template("trainings/come_in.html", form=form, training=g.training), form.status)
    limit_tries("name")
    found = queries.namesakes(g.training.id, form.name.data)
    if found:
        return make_response(render_template("trainings/choose.html", form=form, training=g.training, found=found))
    return _details(token, {"name": form.name.data})


def _known_here(training: Training) -> bool:
    return (
        any(mine.id == training.id for mine in queries.devices_trainings(device_token())) if device_token() else False
    )


def _lobby_open(training: Training) -> bool:
    return lobby_is_open(training.state, training.lobby_opens_at, training.lobby_closes_at, clock.now())


def _closed() -> Response:
    """Outside the lobby hours nobody new comes in; the page says when, or whom to ask, and how to return."""
    opens = g.training.lobby_opens_at
    later = opens if opens and opens > clock.now() else None
    return make_response(render_template("trainings/closed.html", training=g.training, opens=later), 409)


@blueprint.route("/join/<token>/details", methods=["GET", "POST"])
@allow(joinable)
def details(token: str) -> ui.Answer:
    """The rest, asked once: sector, institution, place. Prefilled from the roster when an entry was chosen."""
    if _known_here(g.training):
        return ui.to(onward(g.training.id))
    if request.method == "GET" or "sector" not in request.form:
        if not _lobby_open(g.training):
            return _closed()
        name, chosen = request.form.get("name", "")[:400], request.form.get("chosen", type=row_number)
        entry = next((one for one in queries.namesakes(g.training.id, name) if one.id == chosen), None)
        return _details(token, _prefill(entry) if entry and not entry.joined_at else {"name": name})
    form = DetailsForm()
    if not form.sent():
        return _show_details(form, form.status)
    device = device_token() or joining.new_device_token()
    try:
        participant = joining.join(
            g.training,
            _person(form),
            request.form.get("chosen", type=row_number),
            device,
            device_label(request.user_agent.string),
        )
    except Refused as refusal:
        form.name.errors = [gettext(refusal.message, **refusal.values)]
        return _show_details(form, refusal.status)
    flash(gettext("You have joined. This device will remember you."), "ok")
    return remember_device(ui.to(onward(participant.training_id)), device)


def _details(token: str, values: dict[str, object]) -> Response:
    return _show_details(DetailsForm(formdata=None, **values), 200)


def _show_details(form: DetailsForm, status: int) -> Response:
    places = sorted(queries.municipalities(), key=lambda place: alphabet_key(place.name_sr))
    screen = {"training": g.training, "places": places, "institutions": queries.institution_names()}
    return make_response(render_template("trainings/details.html", form=form, **screen), status)


def _prefill(entry: Participant) -> dict[str, object]:
    """What the roster says, but the address: whoever types a colleague's name must not learn it."""
    place = entry.municipality
    return {
        "chosen": entry.id, "name": entry.name, "sector": entry.sector, "institution": entry.institution,
        "municipality": place.name_sr if place else "", "sex": entry.sex,
    }  # fmt: skip


def _person(form: DetailsForm) -> joining.Person:
    return joining.Person(
        name=form.name.data, sector=form.sector.data, institution=form.institution.data or "",
        municipality_code=form.municipality_code, sex=form.sex.data or None, email=(form.email.data or "").strip().lower(),
    )  # fmt: skip


@blueprint.route("/resume", methods=["GET", "POST"])
@allow(anyone)
def resume() -> ui.Answer:
    """A second device, or a new one, comes in with a code made on the first or by the trainer."""
    form = ResumeForm()
    if not form.sent():
        return make_response(render_template("trainings/resume.html", form=form), form.status)
    limit_tries("resume")
    device = device_token() or joining.new_device_token()
    try:
        participant = joining.resume(form.code.data, device, device_label(request.user_agent.string))
    except Refused as refusal:
        form.code.errors = [gettext(refusal.message)]
        return make_response(render_template("trainings/resume.html", form=form), refusal.status)
    flash(gettext("Welcome back. Everything is where you left it."), "ok")
    return remember_device(ui.to(onward(participant.training_id)), device)
