"""Who is invited and who is thanked: local teams, organisers, partners, donors and their logos."""

from flask import Response, flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.errors import NotAllowed, Refused
from lms.language import alphabet_key, gettext
from lms.teams.models import LocalTeam
from lms.trainings.access import reader_of, trainer_of
from lms.trainings.actions import partners as actions
from lms.trainings.forms.staff import PartnerForm
from lms.trainings.models import Partner
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint


@blueprint.get("/trainings/<int:training_id>/teams")
@allow(trainer_of)
def teams(training_id: int) -> ui.Answer:
    """The invited local teams, and a search for more."""
    search = request.args.get("q", "").strip()[:80]
    screen = {"search": search, "found": _by_alphabet(queries.teams_to_invite(training_id, search))}
    if getattr(request, "wants_part", False):
        return make_response(render_template("trainings/staff/_teams_found.html", training=g.training, **screen))
    invited = _by_alphabet(queries.invited_teams(training_id))
    return render_template("trainings/staff/teams.html", training=g.training, invited=invited, **screen)


def _by_alphabet(teams: list[LocalTeam]) -> list[LocalTeam]:
    return sorted(teams, key=lambda team: alphabet_key(team.municipality.name_sr))


@blueprint.post("/trainings/<int:training_id>/teams")
@allow(trainer_of)
def invite_team(training_id: int) -> ui.Answer:
    """Invite a team, or take the invitation back."""
    team_id = request.form.get("team", 0, row_number)
    if request.form.get("drop"):
        actions.drop_team(training_id, team_id)
        flash(gettext("The team is no longer invited. Its people stay on the list."), "ok")
    else:
        actions.invite_team(training_id, team_id)
        flash(
            gettext(
                "The team is on the list of those invited. Nothing was sent to it: you send the invitation yourself."
            ),
            "ok",
        )
    return ui.to(url_for(".teams", training_id=training_id))


@blueprint.get("/trainings/<int:training_id>/partners")
@allow(trainer_of)
def partners(training_id: int) -> ui.Answer:
    """Organisers, partners and donors in their order, and how the credits will look."""
    rows = queries.partners(training_id)
    return render_template("trainings/staff/partners.html", training=g.training, partners=rows)


@blueprint.route("/trainings/<int:training_id>/partners/new", methods=["GET", "POST"])
@allow(trainer_of)
def new_partner(training_id: int) -> ui.Answer:
    """Somebody more to be named."""
    form = PartnerForm()
    if form.sent():
        try:
            actions.add_partner(training_id, _credit(form), form.picture())
        except Refused as refusal:
            form.logo.errors = [gettext(refusal.message)]
        else:
            return _saved(training_id)
    return _show_form(form, None)


@blueprint.route("/trainings/<int:training_id>/partners/<int:partner_id>", methods=["GET", "POST"])
@allow(trainer_of)
def partner(training_id: int, partner_id: int) -> ui.Answer:
    """How one of them is named."""
    row = _partner(training_id, partner_id)
    names = ("kind", "name_sr", "name_en", "credit_sr", "credit_en")
    form = PartnerForm(**{name: getattr(row, name) for name in names})
    if form.sent():
        try:
            actions.change_partner(training_id, partner_id, _credit(form), form.picture(), form.drop_logo.data)
        except Refused as refusal:
            form.logo.errors = [gettext(refusal.message)]
        else:
            return _saved(training_id)
    return _show_form(form, row)


def _partner(training_id: int, partner_id: int) -> Partner:
    row = queries.partner(training_id, partner_id)
    if row is None:
        raise NotAllowed()
    return row


def _credit(form: PartnerForm) -> actions.Credit:
    texts = (form.name_sr, form.name_en, form.credit_sr, form.credit_en)
    return actions.Credit(form.kind.data, *((field.data or "").strip() for field in texts))


def _show_form(form: PartnerForm, row: Partner | None) -> ui.Answer:
    page = render_template("trainings/staff/partner.html", form=form, partner=row, training=g.training)
    return make_response(page, form.status)


def _saved(training_id: int) -> Response:
    flash(gettext("Saved."), "ok")
    return ui.to(url_for(".partners", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/partners/<int:partner_id>/move")
@allow(trainer_of)
def move_partner(training_id: int, partner_id: int) -> ui.Answer:
    """One place up or down."""
    actions.move_partner(training_id, partner_id, down=request.form.get("to") == "down")
    return ui.to(url_for(".partners", training_id=training_id))


@blueprint.post("/trainings/<int:training_id>/partners/<int:partner_id>/remove")
@allow(trainer_of)
def remove_partner(training_id: int, partner_id: int) -> ui.Answer:
    """They are no longer named."""
    actions.remove_partner(training_id, partner_id)
    flash(gettext("Removed."), "ok")
    return ui.to(url_for(".partners", training_id=training_id))


@blueprint.get("/trainings/<int:training_id>/partners/<int:partner_id>/logo.png")
@allow(reader_of)
def logo(training_id: int, partner_id: int) -> ui.Answer:
    """The logo as we have made it; never a file as it was uploaded."""
    picture = queries.logos(training_id).get(partner_id)
    if picture is None:
        raise NotAllowed()
    response = Response(picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
