"""Keeping the register of local teams: the coordinator's office and administrators."""

from flask import flash, make_response, render_template, url_for

from lms import ui
from lms.access import allow
from lms.errors import Refused
from lms.language import gettext
from lms.overview.routes import register
from lms.teams import actions, queries
from lms.teams.access import register_keeper
from lms.teams.forms import EntryForm, SeatForm, TeamForm


def _saved(team_id: int, part: str = "") -> ui.Answer:
    flash(gettext("Saved."), "ok")
    return ui.to(url_for("teams.show", team_id=team_id, _anchor=part or None))


@register.route("/teams/new", methods=["GET", "POST"])
@allow(register_keeper)
def new() -> ui.Answer:
    """A team that is not in the register yet."""
    form = TeamForm(queries.places_without_team())
    if form.sent():
        try:
            return _saved(actions.add_team(form.municipality.data, form.fields()).id)
        except Refused as refusal:
            form.municipality.errors = [gettext(refusal.message)]
    return make_response(render_template("teams/edit.html", form=form, team=None), form.status)


@register.route("/teams/<int:team_id>/edit", methods=["GET", "POST"])
@allow(register_keeper)
def edit(team_id: int) -> ui.Answer:
    """What is known about a team."""
    team = queries.team(team_id)
    form = TeamForm([team.municipality], team)
    if form.sent():
        actions.change_team(team_id, form.fields())
        return _saved(team_id)
    return make_response(render_template("teams/edit.html", form=form, team=team), form.status)


@register.route("/teams/<int:team_id>/seats/new", methods=["GET", "POST"])
@register.route("/teams/<int:team_id>/seats/<int:seat_id>", methods=["GET", "POST"])
@allow(register_keeper)
def seat(team_id: int, seat_id: int | None = None) -> ui.Answer:
    """An institution's place in a team."""
    team = queries.team(team_id)
    form = SeatForm(obj=queries.seat(team_id, seat_id)) if seat_id else SeatForm()
    if form.sent():
        actions.save_seat(team_id, seat_id, form.fields())
        return _saved(team_id, "members")
    known = queries.institutions_in(team.municipality_code)
    page = render_template("teams/seat.html", form=form, team=team, seat_id=seat_id, institutions=known)
    return make_response(page, form.status)


@register.post("/teams/<int:team_id>/seats/<int:seat_id>/remove")
@allow(register_keeper)
def remove_seat(team_id: int, seat_id: int) -> ui.Answer:
    """The institution has no place in the team any more."""
    actions.remove_seat(team_id, seat_id)
    return _saved(team_id, "members")


@register.route("/teams/<int:team_id>/entries/new-<any(activity, plan):kind>", methods=["GET", "POST"])
@allow(register_keeper)
def new_entry(team_id: int, kind: str) -> ui.Answer:
    """One more activity or plan."""
    return _entry(team_id, kind, None, EntryForm())


@register.route("/teams/<int:team_id>/entries/<int:entry_id>", methods=["GET", "POST"])
@allow(register_keeper)
def entry(team_id: int, entry_id: int) -> ui.Answer:
    """One activity or plan."""
    found = queries.entry(team_id, entry_id)
    return _entry(team_id, found.kind, entry_id, EntryForm(obj=found))


def _entry(team_id: int, kind: str, entry_id: int | None, form: EntryForm) -> ui.Answer:
    if form.sent():
        actions.save_entry(team_id, kind, entry_id, form.fields())
        return _saved(team_id, "plans" if kind == "plan" else "activities")
    screen = {"team": queries.team(team_id), "kind": kind, "entry_id": entry_id}
    return make_response(render_template("teams/entry.html", form=form, **screen), form.status)


@register.post("/teams/<int:team_id>/entries/<int:entry_id>/remove")
@allow(register_keeper)
def remove_entry(team_id: int, entry_id: int) -> ui.Answer:
    """The activity or plan is no longer on the list."""
    actions.remove_entry(team_id, entry_id)
    return _saved(team_id)
