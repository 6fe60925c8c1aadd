"""Before the exercise: which case, which groups, who sits where."""

from collections import Counter
from collections.abc import Mapping

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.content.case import Case
from lms.content.queries import course_of
from lms.errors import NotAllowed, Refused
from lms.language import gettext
from lms.simulations import facilitation, groups, play, queries, seats
from lms.simulations.access import facilitator_of
from lms.simulations.routes import blueprint
from lms.simulations.routes.facilitating import ALL, ONE
from lms.simulations.screens import console, overview
from lms.simulations.screens import groups as screens
from lms.trainings.access import member_of, trainer_of

MOST_GROUPS = 12


@blueprint.get(ALL)
@allow(member_of)
def index(training_id: int) -> ui.Answer:
    """The cases of the course and the groups that play them."""
    screen = overview.overview(course_of(g.training.course_hash), queries.runs_of(training_id))
    return render_template("simulations/index.html", training=g.training, part=g.part, screen=screen)


@blueprint.get(f"{ALL}/groups")
@allow(trainer_of)
def group_proposal(training_id: int) -> ui.Answer:
    """Groups as the rule proposes them, to be changed by hand."""
    case = _case(request.args.get("case", ""))
    people = queries.people_of(training_id)
    busy = queries.busy_in(training_id)
    free = [screens.person(one) for one in people if one.id not in busy]
    wanted = request.args.get("count", groups.groups_for(case, len(free)), row_number)
    count = min(max(wanted, 1), MOST_GROUPS)
    plan = groups.form(case, free, count)
    return _show_groups(case, screens.proposal(case, people, plan, {}, busy=busy))


@blueprint.post(f"{ALL}/groups")
@allow(trainer_of)
def make_groups(training_id: int) -> ui.Answer:
    """Make a run for every group, as set by hand; or look at the choice again (`check`)."""
    case = _case(request.form.get("case", ""))
    people = queries.people_of(training_id)
    count = min(max(request.form.get("count", 1, row_number), 1), MOST_GROUPS)
    chosen = [_chosen(case, number) for number in range(1, count + 1)]
    names = {number: request.form.get(f"name-{number}", "").strip() for number in range(1, count + 1)}
    seated = Counter(holder for group in chosen for holder in group.values() if holder)
    twice = [one.name for one in people if seated[one.id] > 1]
    if twice or "check" in request.form or not seated:
        plan = groups.by_hand(case, [screens.person(one) for one in people], chosen)
        problem = gettext("Nobody sits in two places: %(names)s", names=", ".join(twice)) if twice else ""
        problem = problem or ("" if seated else gettext("Seat at least one person."))
        busy = queries.busy_in(training_id)
        twice_seated = frozenset(one.id for one in people if seated[one.id] > 1)
        return _show_groups(case, screens.proposal(case, people, plan, names, busy=busy, twice=twice_seated), problem)
    known = {one.id for one in people}
    made = []
    for number, group in enumerate(chosen, 1):
        holders = {role: holder if holder in known else None for role, holder in group.items()}
        name = names[number] or gettext("Group %(number)d", number=number)
        made.append(seats.make_run(g.training, case.key, name, holders))
    flash(
        gettext("The groups are formed. Everybody sees their role on the phone now; seat cards can be printed."), "ok"
    )
    return ui.to(url_for(".console", training_id=training_id, run=made[0].id))


def _case(key: str) -> Case:
    case = course_of(g.training.course_hash).cases.get(key)
    if case is None:
        raise NotAllowed()
    return case


def _chosen(case: Case, group: int) -> Mapping[str, int | None]:
    return {role: request.form.get(screens.field(group, role), None, row_number) for role in case.role}


def _show_groups(case: Case, proposal: screens.Proposal, problem: str = "") -> ui.Answer:
    page = render_template(
        "simulations/groups.html", training=g.training, part=g.part, case=overview.case_line(case), screen=proposal,
        problem=problem, most=MOST_GROUPS,
    )  # fmt: skip
    return make_response(page, 422 if problem else 200)


@blueprint.get(f"{ONE}/seats")
@allow(facilitator_of)
def seating(training_id: int, run_id: int) -> ui.Answer:
    """Seats of one run with their codes: give one to somebody else, let somebody cover."""
    run = queries.run_with_seats(run_id)
    table = console.table(run, play.case_of(run), play.look(run))
    people = queries.people_of(training_id)
    codes = {seat.role: seat for seat in run.seats}
    return render_template(
        "simulations/seating.html", training=g.training, part=g.part, table=table, people=people, seats=codes
    )


@blueprint.post(f"{ONE}/seats")
@allow(facilitator_of)
def give_seat(training_id: int, run_id: int) -> ui.Answer:
    """Give a seat to somebody, or free it."""
    run = queries.run_with_seats(run_id)
    seat = next((one for one in run.seats if one.role == request.form.get("role")), None)
    person = request.form.get("person", None, row_number)
    if seat is None or (person is not None and person not in {one.id for one in queries.people_of(training_id)}):
        raise Refused("Choose a role and a person of this training.", status=422)
    seats.give(seat, person, request.form.get("reason", "").strip()[:300])
    return ui.to(url_for(".seating", training_id=training_id, run_id=run_id))


@blueprint.post(f"{ONE}/cover")
@allow(facilitator_of)
def cover_role(training_id: int, run_id: int) -> ui.Answer:
    """Let somebody at the table speak for a role."""
    by, role = request.form.get("by", ""), request.form.get("role", "")
    play.move(g.run, facilitation.cover(role, by, request.form.get("reason", "").strip()[:300]))
    return ui.to(url_for(".seating", training_id=training_id, run_id=run_id))


@blueprint.post(f"{ONE}/remove")
@allow(facilitator_of)
def remove_run(training_id: int, run_id: int) -> ui.Answer:
    """Take back groups that have not begun."""
    seats.remove_run(g.run)
    flash(gettext("The group was removed."), "ok")
    return ui.to(url_for(".index", training_id=training_id))
