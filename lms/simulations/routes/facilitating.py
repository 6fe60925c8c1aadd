"""The facilitator's console: all tables of a training, the moves, and the seats."""

from flask import flash, g, render_template, request, url_for
from sqlalchemy.orm import Session

from lms import language, ui
from lms.access import allow, row_number
from lms.accounts.audit import record
from lms.errors import Refused
from lms.problems import error_page
from lms.simulations import commands, play, queries
from lms.simulations.access import facilitator_of
from lms.simulations.models import Run
from lms.simulations.routes import blueprint
from lms.simulations.screens import console as screens
from lms.trainings.access import member_of, trainer_of

ALL = "/trainings/<int:training_id>/exercises"
ONE = f"{ALL}/<int:run_id>"
LONGEST = 600  # characters of a reason


@blueprint.get(f"{ALL}/console")
@allow(member_of)
def console(training_id: int) -> ui.Answer:
    """All tables side by side; `?run=` looks closely at one."""
    screen = _console(training_id, _chosen())
    page = "simulations/console.html"
    return render_template(page, training=g.training, part=g.part, screen=screen, why=commands.WHY)


@blueprint.get(f"{ALL}/console/screen")
@allow(member_of)
def console_screen(training_id: int) -> ui.Answer:
    """The same, as the part that changes. Sent whenever it is asked for: who has dropped out is in no version."""
    screen = _console(training_id, _chosen())
    return render_template("simulations/_console.html", training=g.training, part=g.part, screen=screen)


def _chosen() -> int:
    return request.args.get("run", 0, row_number)


def _console(training_id: int, chosen: int) -> screens.Console:
    runs = queries.runs_of(training_id, ("live",))
    shown = [run for run in runs if run.state != "finished" or _recent(run)]
    tables = [screens.table(run, play.case_of(run), play.look(run)) for run in shown]
    return screens.console(tables, chosen, sum(run.version + run.seating for run in runs))


def _recent(run: Run) -> bool:
    """A finished run stays on the console for the rest of the day."""
    return run.finished_at is not None and play.now() - play.to_moment(run.finished_at) < 12 * 3_600_000


@blueprint.post(f"{ONE}/moves")
@allow(facilitator_of)
def one_move(training_id: int, run_id: int) -> ui.Answer:
    """A button of one table."""
    _carry_out(g.run, request.form.get("move", ""))
    return _onward(training_id, run_id)


@blueprint.post(f"{ALL}/moves")
@allow(trainer_of)
def moves_for_all(training_id: int) -> ui.Answer:
    """A button for several tables at once: those ticked, or all. A table that cannot do it is told of, the others do it."""
    numbers = {row_number(one) for one in request.form.getlist("run") if one.isdigit()}
    runs = queries.runs_by_number(training_id, numbers) if numbers else queries.runs_of(training_id, ("live",))
    command, told = request.form.get("move", ""), []
    for run in runs:
        try:
            _carry_out(run, command)
        except Refused as refusal:
            sentence = language.gettext(refusal.message, **refusal.values)
            told.append(f"{language.in_script(run.name)}: {sentence}")
    if told and request.wants_part:  # what the others have done shows by itself
        return error_page(409, language.gettext("This cannot be done now"), " ".join(told))
    for words in told:
        flash(words, "warn")
    return _onward(training_id, request.form.get("chosen", 0, row_number))


def _carry_out(run: Run, command: str) -> None:
    typed, chosen = request.form.get("reason", "")[: LONGEST + 1], request.form.get("why", "")
    reason = commands.reason_of(command, typed, chosen)
    reason = language.gettext(reason) if reason in commands.WHY.values() else reason
    move = commands.read(command, reason)
    if commands.word_of(command) in commands.OVERRIDES:
        play.move(run, move, also=lambda session: _note_override(session, run, command, reason))
    else:
        play.move(run, move)


def _note_override(session: Session, run: Run, command: str, reason: str) -> None:
    record(session, "run.overridden", f"training {run.training_id}", run=run.id, move=command, reason=reason)


def _onward(training_id: int, run_id: int) -> ui.Answer:
    if request.wants_part:
        screen = _console(training_id, run_id)
        return render_template("simulations/_console.html", training=g.training, part=g.part, screen=screen)
    return ui.to(url_for(".console", training_id=training_id, run=run_id or None))
