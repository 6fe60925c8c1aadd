"""Answering a test or a follow-up: by a device in a training, or by a personal link. The same views for both."""

from flask import Response, g, make_response, render_template, request

from lms import clock, language, ui
from lms.access import allow
from lms.errors import NotAllowed, Refused
from lms.surveys import forms
from lms.surveys.access import pseudonymous_respondent, respondent
from lms.surveys.actions import answers
from lms.surveys.queries.answers import sheet
from lms.surveys.routes import blueprint
from lms.surveys.routes.evaluating import show_evaluation
from lms.surveys.rules import unanswered
from lms.surveys.screens import respondent as screens
from lms.surveys.screens.questions import Trouble

DEVICE = "/t/<int:training_id>/surveys/<survey>/<any(pre, post, once):moment>"
LINK = "/f/<token>"


@blueprint.get(DEVICE)
@blueprint.get(LINK)
@allow(respondent)
def survey(**_path: object) -> ui.Answer:
    """The front page: what is asked and where it stands; for the evaluation the whole form."""
    if g.sitting.survey.kind == "evaluation":
        return show_evaluation(screens.evaluation(g.sitting))
    return render_template("surveys/survey.html", sitting=g.sitting, screen=screens.entry(g.sitting))


@blueprint.get(f"{DEVICE}/<int:place>")
@blueprint.get(f"{LINK}/<int:place>")
@allow(pseudonymous_respondent)
def question(place: int, **_path: object) -> ui.Answer:
    """One question, or with `?all=1` all of them."""
    kept = sheet(g.sitting.place)
    if kept.state != "open" or kept.submitted:
        return ui.to(g.sitting.url("survey"))
    if not 1 <= place <= len(g.sitting.items):
        raise NotAllowed()
    return _show(screens.form(g.sitting, kept, 0 if "all" in request.args else place), 200)


@blueprint.post(f"{DEVICE}/answers")
@blueprint.post(f"{LINK}/answers")
@allow(pseudonymous_respondent)
def save(**_path: object) -> ui.Answer:
    """Store one answer (a script, as it is chosen) or those of a page (a plain form), then go on."""
    sent = forms.read_answers(g.sitting, request.form)
    try:
        outcome = answers.save(g.sitting.place, sent.changes)
    except Refused as refusal:
        return _too_late(refusal, sent)
    if sent.errors or outcome.conflicts:
        trouble = Trouble(sent.errors, outcome.conflicts, sent.typed)
        return _show_again(trouble, 409 if outcome.conflicts else 422)
    if request.wants_part:
        return render_template("surveys/_saved.html", saved_at=clock.now(), versions=outcome.saved)
    if request.form.get("_language") in language.LOCALES:
        language.remember_language(request.form["_language"])
    return ui.to(_onward())


@blueprint.route(f"{DEVICE}/summary", methods=["GET", "POST"])
@blueprint.route(f"{LINK}/summary", methods=["GET", "POST"])
@allow(pseudonymous_respondent)
def summary(**_path: object) -> ui.Answer:
    """What has no answer yet; then sending. Twice is the same as once."""
    if request.method == "POST":
        answers.submit(g.sitting.place)
        return ui.to(g.sitting.url("survey"))
    kept = sheet(g.sitting.place)
    if kept.state != "open" or kept.submitted:
        return ui.to(g.sitting.url("survey"))
    form = screens.form(g.sitting, kept, 0)
    missing = {item.key for item in unanswered(g.sitting.items, kept.values)}
    return render_template("surveys/summary.html", sitting=g.sitting, form=form, missing=missing)


@blueprint.get(f"{DEVICE}/result")
@allow(pseudonymous_respondent)
def result(**_path: object) -> ui.Answer:
    """The own result with explanations, after the post-test was sent; on the person's own device only."""
    if not screens.entry(g.sitting).has_result:
        raise Refused("Your result can be seen after you have sent the post-test.")
    return render_template("surveys/result.html", sitting=g.sitting, screen=screens.result(g.sitting))


def _show(form: screens.Form, status: int) -> Response:
    return make_response(render_template("surveys/question.html", sitting=g.sitting, form=form), status)


def _show_again(trouble: Trouble, status: int) -> Response:
    """The page with what was typed and what has to be looked at; to a script only the sentence about its answer."""
    place = request.form.get("place", 0, type=int)
    form = screens.form(g.sitting, sheet(g.sitting.place), place, trouble)
    if request.wants_part:
        return make_response(render_template("surveys/_trouble.html", question=form.errors[0]), status)
    if place and all(question.place != place for question in form.errors):
        form = screens.form(g.sitting, sheet(g.sitting.place), form.errors[0].place, trouble)
    return _show(form, status)


def _too_late(refusal: Refused, sent: forms.Sent) -> Response:
    """The form was closed or sent meanwhile: say so, and give back what was typed, to be copied."""
    sentence = language.gettext(refusal.message, **refusal.values)
    typed = screens.typed_in_words(g.sitting, sent.typed)
    page = "surveys/_too_late.html" if request.wants_part else "surveys/too_late.html"
    return make_response(render_template(page, sitting=g.sitting, sentence=sentence, typed=typed), refusal.status)


def _onward() -> str:
    """Where the pressed button leads."""
    place, last = request.form.get("place", 0, type=int), len(g.sitting.items)
    step = "stay" if "_language" in request.form else request.form.get("go", "next")
    if not place:
        return g.sitting.url("summary") if step == "next" else g.sitting.url("question", place=1, all=1)
    following = place + {"next": 1, "back": -1}.get(step, 0)
    if following > last or step == "summary":
        return g.sitting.url("summary")
    return g.sitting.url("question", place=following) if following > 0 else g.sitting.url("survey")
