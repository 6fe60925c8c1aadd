"""The people of a training: the list, one person, duplicates, devices."""

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.errors import NotAllowed, Refused
from lms.language import gettext
from lms.trainings.access import member_of, trainer_of
from lms.trainings.actions import people as actions
from lms.trainings.forms.staff import PersonForm
from lms.trainings.models import Participant
from lms.trainings.queries import staff as queries
from lms.trainings.queries.trainee import institution_names
from lms.trainings.routes import blueprint
from lms.trainings.rules import show_code
from lms.trainings.screens.people import people_screen

FIELDS = ("name", "sector", "institution", "municipality_code", "sex", "email")


@blueprint.get("/trainings/<int:training_id>/participants")
@allow(member_of)
def participants(training_id: int) -> ui.Answer:
    """Everybody on the list by the alphabet; search in any script; people who seem to stand twice."""
    search = request.args.get("q", "").strip()[:80]
    screen = people_screen(queries.participants(training_id), search)
    values = {"screen": screen, "training": g.training, "waiting": queries.waiting_upload(training_id)}
    return ui.render_part("trainings/staff/participants.html", "trainings/staff/_participants.html", **values)


@blueprint.route("/trainings/<int:training_id>/participants/new", methods=["GET", "POST"])
@allow(trainer_of)
def new_participant(training_id: int) -> ui.Answer:
    """Put a person on the list by hand."""
    form = PersonForm(queries.municipalities())
    if form.sent():
        try:
            added = actions.add(training_id, _details(form))
        except Refused as refusal:
            form.name.errors = [gettext(refusal.message, **refusal.values)]
        else:
            flash(gettext("%(name)s is on the list.", name=added.name), "ok")
            return ui.to(url_for(".participants", training_id=training_id))
    return _show_form(form, "trainings/staff/new_participant.html")


@blueprint.route("/trainings/<int:training_id>/participants/<int:participant_id>", methods=["GET", "POST"])
@allow(trainer_of)
def participant(training_id: int, participant_id: int) -> ui.Answer:
    """One person: details, devices, a code for another device."""
    person = _person(training_id, participant_id)
    values = {name: getattr(person, name) or "" for name in FIELDS}
    form = PersonForm(queries.municipalities(), **values)
    if form.sent():
        try:
            actions.change(training_id, participant_id, _details(form))
        except Refused as refusal:
            form.name.errors = [gettext(refusal.message, **refusal.values)]
        else:
            flash(gettext("Saved."), "ok")
            return ui.to(url_for(".participants", training_id=training_id))
    devices = queries.devices(participant_id)
    return _show_form(form, "trainings/staff/participant.html", person=person, devices=devices)


def _person(training_id: int, participant_id: int) -> Participant:
    person = queries.participant(training_id, participant_id)
    if person is None:
        raise NotAllowed()
    return person


def _details(form: PersonForm) -> actions.Details:
    return actions.Details(
        name=form.name.data, sector=form.sector.data, institution=form.institution.data or "",
        municipality_code=form.municipality_code.data or None, sex=form.sex.data or None,
        email=(form.email.data or "").strip().lower(),
    )  # fmt: skip


def _show_form(form: PersonForm, page: str, **screen: object) -> ui.Answer:
    screen |= {"form": form, "training": g.training, "institutions": institution_names()}
    return make_response(render_template(page, **screen), form.status)


@blueprint.post("/trainings/<int:training_id>/participants/<int:participant_id>/remove")
@allow(trainer_of)
def remove_participant(training_id: int, participant_id: int) -> ui.Answer:
    """The person is no longer on the list."""
    actions.remove(training_id, participant_id)
    flash(gettext("The person is no longer on the list."), "ok")
    return ui.to(url_for(".participants", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/participants/merge")
@allow(trainer_of)
def merge_participants(training_id: int) -> ui.Answer:
    """Two entries are one person."""
    kept = actions.merge(training_id, request.form.get("kept", 0, row_number), request.form.get("other", 0, row_number))
    flash(gettext("The two entries of %(name)s are one now.", name=kept.name), "ok")
    return ui.to(url_for(".participants", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/participants/<int:participant_id>/resume-code")
@allow(trainer_of)
def issue_resume_code(training_id: int, participant_id: int) -> ui.Answer:
    """A code for another device of this person, shown once, large enough to be read out."""
    person = _person(training_id, participant_id)
    code = show_code(actions.issue_resume_code(training_id, participant_id))
    return render_template("trainings/staff/resume_code.html", training=g.training, person=person, code=code)


@blueprint.post("/trainings/<int:training_id>/participants/<int:participant_id>/end-devices")
@allow(trainer_of)
def end_devices(training_id: int, participant_id: int) -> ui.Answer:
    """One device of the person, or all of them, are forgotten."""
    try:
        token_hash = bytes.fromhex(request.form.get("device", ""))
    except ValueError:
        raise NotAllowed() from None
    actions.end_devices(training_id, participant_id, token_hash or None)
    flash(
        gettext("That device is forgotten.") if token_hash else gettext("All devices of this person are forgotten."),
        "ok",
    )
    return ui.to(url_for(".participant", training_id=training_id, participant_id=participant_id))
