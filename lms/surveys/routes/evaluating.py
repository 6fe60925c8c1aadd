"""The anonymous evaluation. Nothing of it is logged, and nothing of it is kept anywhere but in the ballot."""

from flask import Response, g, make_response, render_template, request

from lms import language, ui
from lms.access import allow
from lms.errors import Refused
from lms.surveys import forms
from lms.surveys.access import evaluation_respondent
from lms.surveys.actions import ballots
from lms.surveys.routes import blueprint
from lms.surveys.screens import respondent as screens
from lms.surveys.screens.questions import Trouble


@blueprint.post("/t/<int:training_id>/surveys/<survey>/<any(once):moment>")
@allow(evaluation_respondent)
def send_evaluation(**_path: object) -> ui.Answer:
    """Send the evaluation; sent twice, it is stored once. On a failure everything typed comes back."""
    read = forms.read_evaluation(g.sitting, request.form)
    trouble = Trouble(read.sent.errors, {}, read.sent.typed)
    if request.form.get("_language") in language.LOCALES:
        language.remember_language(request.form["_language"])
        return show_evaluation(screens.evaluation(g.sitting, Trouble({}, {}, read.sent.typed)))
    if read.sent.errors:
        return show_evaluation(screens.evaluation(g.sitting, trouble), 422)
    try:
        ballots.send(g.training.id, g.sitting.survey.key, g.participant.id, read.answers, read.texts)
    except Refused as refusal:
        return _too_late(refusal, read)
    return ui.to(g.sitting.url("survey"))


def show_evaluation(screen: screens.Evaluation, status: int = 200) -> Response:
    """The form, the receipt, or why there is no form now."""
    return make_response(render_template("surveys/evaluation.html", sitting=g.sitting, screen=screen), status)


def _too_late(refusal: Refused, read: forms.SentEvaluation) -> Response:
    if request.wants_part:  # the page keeps what was typed; the sentence goes beside it
        raise refusal
    sentence = language.gettext(refusal.message, **refusal.values)
    typed = screens.typed_in_words(g.sitting, read.sent.typed)
    page = render_template("surveys/too_late.html", sitting=g.sitting, sentence=sentence, typed=typed)
    return make_response(page, refusal.status)
