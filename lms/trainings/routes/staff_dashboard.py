"""The trainer's dashboard, and the wall in the hall."""

from flask import Response, g, request

from lms import clock, ui
from lms.access import allow
from lms.trainings.access import member_of, trainer_of
from lms.trainings.queries import staff as queries
from lms.trainings.routes import blueprint
from lms.trainings.rules import lobby_is_open, show_code
from lms.trainings.screens.addresses import join_address, qr, site
from lms.trainings.screens.dashboard import Dashboard, Facts
from lms.trainings.screens.dashboard import dashboard as build
from lms.trainings.screens.people import in_order
from lms.trainings.screens.wall import wall_screen


@blueprint.get("/trainings/<int:training_id>")
@allow(member_of)
def dashboard(training_id: int) -> ui.Answer:
    """What is now, what is next, who is in the hall. Asked again every ten seconds; 204 when nothing has changed."""
    screen = _screen(training_id)
    if getattr(request, "wants_part", False) and request.args.get("seen") == screen.version:
        return Response(status=204)
    return ui.render_part(
        "trainings/staff/dashboard.html", "trainings/staff/_dashboard.html",
        screen=screen, training=g.training, qr=qr(join_address(g.training)),
    )  # fmt: skip


def _screen(training_id: int) -> Dashboard:
    facts = Facts(
        training=g.training,
        items=queries.items(training_id),
        half_days=queries.half_days(training_id),
        participants=in_order(queries.participants(training_id)),
        marks=queries.marks(training_id),
        teams=queries.invited_teams(training_id),
    )
    return build(facts, only_waiting=request.args.get("show") == "waiting")


@blueprint.get("/trainings/<int:training_id>/wall")
@allow(trainer_of)
def wall(training_id: int) -> ui.Answer:
    """The page for the projector: QR code and code while joining is open, how many of each team are here. No names."""
    training = g.training
    now_open = lobby_is_open(training.state, training.lobby_opens_at, training.lobby_closes_at, clock.now())
    screen = wall_screen(queries.people_here(training_id), queries.invited_teams(training_id), now_open)
    if getattr(request, "wants_part", False) and request.args.get("seen") == screen.version:
        return Response(status=204)
    opens = training.lobby_opens_at
    return ui.render_part(
        "trainings/staff/wall.html", "trainings/staff/_wall.html",
        screen=screen, training=training, code=show_code(training.join_code), qr=qr(join_address(training)), site=site(),
        opens=opens if opens and opens > clock.now() else None,
    )  # fmt: skip
