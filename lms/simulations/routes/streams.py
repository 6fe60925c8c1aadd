"""The open answers that wake pages. They say a version and nothing else; in production another process serves `/live/…`."""

from flask import Response, g

from lms.access import allow
from lms.simulations import queries, wake
from lms.simulations.access import seated, wall_of
from lms.simulations.routes import blueprint
from lms.trainings.access import member_of


@blueprint.get("/live/t/<int:training_id>/exercises/<int:run_id>")
@allow(seated)
def player_stream(training_id: int, run_id: int) -> Response:
    """For a player's page: its holder has come, or has come back."""
    wake.seen(run_id, g.seat.id, arrived=True)
    return wake.stream(run_id, wake.player(), g.run.version)


@blueprint.get("/live/trainings/<int:training_id>/exercises")
@allow(member_of)
def console_stream(training_id: int) -> Response:
    """For the facilitator's console: all live runs of the training."""
    return wake.stream(wake.console_topic(training_id), wake.member(), queries.versions_of(training_id))


@blueprint.get("/live/wall/<token>")
@allow(wall_of)
def wall_stream(token: str) -> Response:
    """For the hall's wall."""
    return wake.stream(g.run.id, wake.wall(), g.run.version)
