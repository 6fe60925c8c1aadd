"""Series: trainings that share one report, and what was published about them elsewhere."""

from flask import flash, g, render_template, request, url_for
from flask_login import current_user

from lms import ui
from lms.access import allow, signed_in
from lms.errors import Refused
from lms.evaluation import actions
from lms.evaluation.access import LOOKING, MAKERS, may_read, own_trainings, series_editor, series_maker, series_reader
from lms.evaluation.forms import FigureForm, SeriesForm
from lms.evaluation.queries import reports as queries
from lms.evaluation.routes import blueprint
from lms.evaluation.screens import page
from lms.evaluation.screens.report import Report, of_series
from lms.language import gettext
from lms.trainings.models import Training
from lms.ui import N_


@blueprint.get("/reports")
@allow(signed_in)
def index() -> ui.Answer:
    """The series that the visitor may read."""
    own = own_trainings()
    rows = [series for series in queries.all_series() if may_read(series, own)]
    may_make = bool(MAKERS & current_user.role_names)
    return render_template("evaluation/index.html", series=rows, may_make=may_make)


@blueprint.get("/reports/<int:series_id>")
@allow(series_reader)
def series(series_id: int) -> ui.Answer:
    """The joint report of a series."""
    screen = page.show(of_series(g.series), {"series_id": series_id})
    return render_template("evaluation/report.html", screen=screen, series=g.series, may_edit=g.may_edit)


def _choosable() -> list[Training]:
    """The trainings that the visitor may join to a series."""
    return queries.trainings(None if LOOKING & current_user.role_names else own_trainings("trainer"))


@blueprint.route("/reports/new", methods=["GET", "POST"])
@allow(series_maker)
def new_series() -> ui.Answer:
    """Choose trainings and name the series."""
    form = SeriesForm(_choosable())
    if form.sent():
        try:
            return ui.to(url_for(".series", series_id=actions.make_series(form.data, form.trainings.data)))
        except Refused as refusal:
            form.trainings.errors = [gettext(refusal.message)]
    return render_template("evaluation/series_form.html", form=form, series=None), form.status


@blueprint.route("/reports/<int:series_id>/edit", methods=["GET", "POST"])
@allow(series_editor)
def edit_series(series_id: int) -> ui.Answer:
    """Other words, other trainings."""
    now = [training.id for training in g.series.trainings]
    choosable = {training.id: training for training in [*_choosable(), *g.series.trainings]}
    form = SeriesForm(choosable.values(), obj=g.series, data={"trainings": now})
    if request.method == "GET":
        form.trainings.data = now
    if form.sent():
        try:
            actions.change_series(series_id, form.data, form.trainings.data)
            return ui.to(url_for(".series", series_id=series_id))
        except Refused as refusal:
            form.trainings.errors = [gettext(refusal.message)]
    return render_template("evaluation/series_form.html", form=form, series=g.series), form.status


@blueprint.post("/reports/<int:series_id>/delete")
@allow(series_editor)
def drop_series(series_id: int) -> ui.Answer:
    """Take the series away; trainings and answers stay."""
    actions.drop_series(series_id)
    flash(gettext("The series is gone; its trainings and their reports are still here."), "ok")
    return ui.to(url_for(".index"))


@blueprint.post("/reports/<int:series_id>/publish")
@allow(series_editor)
def publish(series_id: int) -> ui.Answer:
    """Let report readers see it, or take it back."""
    published = request.form.get("published") == "1"
    actions.publish(series_id, published)
    shown, hidden = N_("Report readers can see this report now."), N_("Only those who make the report see it now.")
    flash(gettext(shown if published else hidden), "ok")
    return ui.to(url_for(".series", series_id=series_id))


@blueprint.route("/reports/<int:series_id>/published-figures", methods=["GET", "POST"])
@allow(series_editor)
def figures(series_id: int) -> ui.Answer:
    """What was published elsewhere, beside what is computed here."""
    report = of_series(g.series)
    form = FigureForm([one.answered.item for one in report.headlines])
    if form.sent():
        actions.keep_figure(series_id, form.item.data, form.percent.data, form.source.data)
        flash(gettext("The published figure is kept."), "ok")
        return ui.to(url_for(".figures", series_id=series_id))
    return _figures(form, report)


def _figures(form: FigureForm, report: Report) -> ui.Answer:
    rows = [page.headline(one) for one in report.headlines if one.published]
    page_text = render_template("evaluation/figures.html", form=form, series=g.series, rows=rows)
    return page_text, form.status


@blueprint.post("/reports/<int:series_id>/published-figures/<item>/delete")
@allow(series_editor)
def drop_figure(series_id: int, item: str) -> ui.Answer:
    """Take a published figure out."""
    actions.drop_figure(series_id, item)
    flash(gettext("The published figure was taken out."), "ok")
    return ui.to(url_for(".figures", series_id=series_id))
