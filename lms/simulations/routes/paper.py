"""The paper twin: its papers, and results typed in afterwards, scene by scene."""

from flask import flash, g, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from lms import ui
from lms.access import allow, row_number
from lms.content.case import Case
from lms.content.queries import course_of
from lms.errors import NotAllowed, Refused
from lms.language import gettext, localise
from lms.simulations import paper_runs, play
from lms.simulations.access import facilitator_of
from lms.simulations.forms_paper import read_sheet
from lms.simulations.paper import NotSo
from lms.simulations.printing.paper_twin import PAPERS, papers_of
from lms.simulations.routes import blueprint
from lms.simulations.routes.facilitating import ALL, ONE
from lms.simulations.routes.printing import as_pdf
from lms.simulations.screens.paper import sheet
from lms.simulations.seats import LONGEST_NAME
from lms.simulations.state import FINISHED
from lms.trainings.access import trainer_of


@blueprint.get(f"{ALL}/paper")
@allow(trainer_of)
def paper(training_id: int) -> ui.Answer:
    """The papers of every case, and where results are typed in."""
    cases = course_of(g.training.course_hash).cases.values()
    return render_template(
        "simulations/paper.html", training=g.training, part=g.part, cases=[(case, papers_of(case)) for case in cases]
    )


@blueprint.get(f"{ALL}/paper/<case_key>/<name>.pdf")
@allow(trainer_of)
def paper_pdf(training_id: int, case_key: str, name: str) -> ui.Answer:
    """One of the papers of a case."""
    case = _case(case_key)
    if name not in papers_of(case):
        raise NotAllowed()
    return as_pdf(PAPERS[name](case), f"{case.key}-{name}")


def _case(key: str) -> Case:
    case = course_of(g.training.course_hash).cases.get(key)
    if case is None:
        raise NotAllowed()
    return case


@blueprint.get(f"{ALL}/paper/<case_key>/results")
@allow(trainer_of)
def paper_results(training_id: int, case_key: str) -> ui.Answer:
    """Before the first scene: which group, which roles were played."""
    return _begin(_case(case_key))


def _begin(case: Case, problem: str = "") -> ui.Answer:
    page = render_template(
        "simulations/paper_begin.html",
        training=g.training,
        part=g.part,
        case=case,
        problem=problem,
        values=request.form,
    )
    return make_response(page, 422 if problem else 200)


@blueprint.post(f"{ALL}/paper/<case_key>/results")
@allow(trainer_of)
def begin_paper(training_id: int, case_key: str) -> ui.Answer:
    """Begin to type in."""
    case = _case(case_key)
    name = request.form.get("name", "").strip()[:LONGEST_NAME] or gettext("Group on paper")
    try:
        run = paper_runs.begin(g.training, case.key, name, request.form.getlist("role"), gettext("played on paper"))
    except Refused as refusal:
        return _begin(case, gettext(refusal.message, **refusal.values))
    return ui.to(url_for(".paper_sheet", training_id=training_id, run_id=run.id))


@blueprint.get(f"{ONE}/paper")
@allow(facilitator_of)
def paper_sheet(training_id: int, run_id: int) -> ui.Answer:
    """The scene that is to be typed in now."""
    _must_be_paper()
    if g.run.state == FINISHED:
        return ui.to(url_for(".debrief", training_id=training_id, run_id=run_id))
    return _sheet()


def _sheet(problem: str = "") -> ui.Answer:
    case, state = play.case_of(g.run), paper_runs.state_of(g.run)
    values = request.form if problem else MultiDict()
    page = render_template(
        "simulations/paper_sheet.html", training=g.training, part=g.part, run=g.run, case=case, screen=sheet(case, state),
        problem=problem, values=values,
    )  # fmt: skip
    return make_response(page, 422 if problem else 200)


@blueprint.post(f"{ONE}/paper")
@allow(facilitator_of)
def keep_sheet(training_id: int, run_id: int) -> ui.Answer:
    """Keep what was typed; the next sheet follows, or the debrief."""
    _must_be_paper()
    if g.run.state != FINISHED:
        case = play.case_of(g.run)
        try:
            entries = read_sheet(case, sheet(case, paper_runs.state_of(g.run)), request.form)
            paper_runs.keep(g.run, request.form.get("version", -1, row_number), entries)
        except NotSo as wrong:
            return _sheet(_sentence(wrong))
    return ui.to(url_for(".paper_sheet", training_id=training_id, run_id=run_id))


def _sentence(wrong: NotSo) -> str:
    sentence = gettext(wrong.refusal.message, **wrong.refusal.values)
    return f"{localise(wrong.about)}: {sentence}" if wrong.about else sentence


@blueprint.post(f"{ONE}/paper/back")
@allow(facilitator_of)
def take_back_sheet(training_id: int, run_id: int) -> ui.Answer:
    """Type the last scene again."""
    _must_be_paper()
    paper_runs.back(g.run)
    flash(gettext("Type this scene again."), "ok")
    return ui.to(url_for(".paper_sheet", training_id=training_id, run_id=run_id))


@blueprint.post(f"{ONE}/paper/remove")
@allow(facilitator_of)
def remove_paper(training_id: int, run_id: int) -> ui.Answer:
    """Throw away what was typed."""
    _must_be_paper()
    paper_runs.remove(g.run)
    flash(gettext("The group was removed."), "ok")
    return ui.to(url_for(".index", training_id=training_id))


def _must_be_paper() -> None:
    if g.run.mode != "paper":
        raise NotAllowed()
