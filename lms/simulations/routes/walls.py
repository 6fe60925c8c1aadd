"""The hall's wall: opened by its long address on whatever machine the projector hangs on; nobody signs in there."""

from flask import g, render_template, request

from lms import ui
from lms.access import allow
from lms.simulations import play, queries
from lms.simulations.access import wall_of
from lms.simulations.routes import blueprint
from lms.simulations.screens import wall as screens


@blueprint.get("/wall/<token>")
@allow(wall_of)
def wall(token: str) -> ui.Answer:
    """The shared picture."""
    return render_template("simulations/wall.html", screen=_wall())


@blueprint.get("/wall/<token>/screen")
@allow(wall_of)
def wall_screen(token: str) -> ui.Answer:
    """The part that changes; 204 while nothing is newer than `seen`."""
    screen = _wall()
    if request.args.get("seen", type=int) == screen.version:
        return "", 204
    return render_template("simulations/_wall.html", screen=screen)


def _wall() -> screens.Wall:
    runs = [run for run in queries.runs_of(g.run.training_id, ("live",)) if run.case_key == g.run.case_key]
    groups = [screens.group(run.name, play.case_of(run), play.look(run)) for run in runs]
    state = play.look(g.run)
    return screens.wall(play.case_of(g.run), state, play.now(), groups if len(groups) > 1 else [], g.run.version)
