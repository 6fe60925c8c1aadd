"""Conclusions and recommendations: of a training, and of a series. Both homes share every view."""

from flask import flash, g, render_template, request, url_for

from lms import ui
from lms.access import allow
from lms.errors import NotAllowed
from lms.evaluation import actions
from lms.evaluation.access import report_editor, report_reader
from lms.evaluation.forms import FORMS
from lms.evaluation.models import Finding
from lms.evaluation.queries import reports as queries
from lms.evaluation.routes import blueprint
from lms.evaluation.wording import STATE, state_name
from lms.language import gettext


def _all(home: dict[str, int]) -> list[Finding]:
    if "series_id" in home:
        return queries.findings(series_id=home["series_id"])
    return queries.findings([home["training_id"]])


def _found(home: dict[str, int], finding_id: int) -> Finding:
    """The conclusion or recommendation, if it is one of this home."""
    found = next((one for one in _all(home) if one.id == finding_id), None)
    if found is None:
        raise NotAllowed()
    return found


def _place() -> dict[str, object]:
    """What the templates need to know about the home: the training with the visitor's part in it, or the series."""
    return {"training": None, "part": None, "series": g.series} if g.series else {
        "training": g.training, "part": g.part, "series": None}  # fmt: skip


@blueprint.get("/trainings/<int:training_id>/findings")
@blueprint.get("/reports/<int:series_id>/findings")
@allow(report_reader)
def findings(**home: int) -> ui.Answer:
    """The conclusions and the recommendations, with what became of them."""
    rows = _all(home)
    names = {state: state_name(state) for state in STATE}
    lists = [(kind, [one for one in rows if one.kind == kind]) for kind in FORMS]
    return render_template(
        "evaluation/findings.html", lists=lists, home=home, may_edit=g.may_edit, STATE=names, **_place()
    )


@blueprint.route(
    "/trainings/<int:training_id>/findings/new-<any(conclusion,recommendation):kind>", methods=["GET", "POST"]
)
@blueprint.route("/reports/<int:series_id>/findings/new-<any(conclusion,recommendation):kind>", methods=["GET", "POST"])
@allow(report_editor)
def new_finding(kind: str, **home: int) -> ui.Answer:
    """One more conclusion or recommendation."""
    form = FORMS[kind]()
    if form.sent():
        actions.add_finding(home, kind, form.data)
        return ui.to(url_for(".findings", **home))
    page = render_template("evaluation/finding_form.html", form=form, kind=kind, home=home, finding=None, **_place())
    return page, form.status


@blueprint.route("/trainings/<int:training_id>/findings/<int:finding_id>", methods=["GET", "POST"])
@blueprint.route("/reports/<int:series_id>/findings/<int:finding_id>", methods=["GET", "POST"])
@allow(report_editor)
def finding(finding_id: int, **home: int) -> ui.Answer:
    """Change a conclusion or recommendation."""
    found = _found(home, finding_id)
    form = FORMS[found.kind](obj=found)
    if form.sent():
        actions.change_finding(home, finding_id, form.data)
        return ui.to(url_for(".findings", **home))
    page = render_template(
        "evaluation/finding_form.html", form=form, kind=found.kind, home=home, finding=found, **_place()
    )
    return page, form.status


@blueprint.post("/trainings/<int:training_id>/findings/<int:finding_id>/delete")
@blueprint.post("/reports/<int:series_id>/findings/<int:finding_id>/delete")
@allow(report_editor)
def drop_finding(finding_id: int, **home: int) -> ui.Answer:
    """Take a conclusion or recommendation out."""
    actions.drop_finding(home, _found(home, finding_id).id)
    flash(gettext("It was taken out."), "ok")
    return ui.to(url_for(".findings", **home))


@blueprint.post("/trainings/<int:training_id>/findings/<int:finding_id>/move")
@blueprint.post("/reports/<int:series_id>/findings/<int:finding_id>/move")
@allow(report_editor)
def move_finding(finding_id: int, **home: int) -> ui.Answer:
    """One place up or down."""
    actions.move_finding(home, _found(home, finding_id).id, up=request.form.get("to") == "up")
    return ui.to(url_for(".findings", **home) + f"#finding-{finding_id}")
