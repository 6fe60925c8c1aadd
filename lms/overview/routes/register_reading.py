"""Reading the register of local teams."""

from flask import render_template, request
from flask_login import current_user

from lms import ui
from lms.access import allow
from lms.language import alphabet_key
from lms.overview import queries
from lms.overview.routes import register
from lms.overview.screens.register import STATUS_LOOK, profile, status_look, team_rows
from lms.teams import queries as teams
from lms.teams.access import register_reader


def may_keep() -> bool:
    """Whether the signed-in account may change the register."""
    return bool({"office", "administrator"} & current_user.role_names)


@register.get("/teams")
@allow(register_reader)
def index() -> ui.Answer:
    """All teams, found by place in any script, status and district."""
    asked = {name: request.args.get(name, "")[:80] for name in ("q", "status", "district")}
    rows = team_rows(teams.teams(asked["q"], asked["status"], asked["district"]), queries.trained())
    districts = sorted(teams.districts_with_teams(), key=lambda district: alphabet_key(district[1]))
    screen = {"rows": rows, "asked": asked, "districts": districts, "may_keep": may_keep()}
    statuses = [(code, status_look(code)[0]) for code in STATUS_LOOK]
    return ui.render_part("teams/index.html", "teams/_list.html", statuses=statuses, status_look=status_look, **screen)


@register.get("/teams/<int:team_id>")
@allow(register_reader)
def show(team_id: int) -> ui.Answer:
    """One team: founding, members, tasks, activities, plans, trainings."""
    team = teams.team(team_id)
    screen = profile(team, queries.trainings_of_team(team))
    return render_template("teams/show.html", screen=screen, may_keep=may_keep(), status=status_look(team.status))
