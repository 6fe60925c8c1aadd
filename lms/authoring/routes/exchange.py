"""A survey of a draft: questions come in and go out, how it looks on a phone, and what earlier trainings say of its questions."""

import io

from flask import Response, flash, g, make_response, render_template, request, url_for
from markupsafe import Markup

from lms import ui
from lms.access import allow
from lms.authoring import documents
from lms.authoring.access import writer_of_draft
from lms.authoring.actions import exchanging as actions
from lms.authoring.actions.exchanging import Upload, path_of
from lms.authoring.documents import Files
from lms.authoring.exchange import gift_writing, moodle_writing
from lms.authoring.exchange.one_language import LANGUAGES
from lms.authoring.exchange.sheets import sheets
from lms.authoring.forms_exchange import ExchangeForm
from lms.authoring.queries import files_of_draft
from lms.authoring.routes import blueprint
from lms.authoring.screens.exchange import chosen, exchange, preview
from lms.authoring.screens.item_statistics import statistics_screen
from lms.authoring.screens.survey_preview import SurveyPreview, survey_preview
from lms.errors import NotAllowed, Refused
from lms.evaluation.files import xlsx
from lms.language import LOCALES, current, gettext, ngettext, remember_language, speaking

ONE = "/drafts/<int:draft_id>/surveys/<key>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _files(key: str) -> Files:
    """The files of the draft, which has a survey `key`."""
    files = files_of_draft(g.draft)
    if not documents.kind_of(path_of(key)) or path_of(key) not in files:
        raise NotAllowed()
    return files


@blueprint.route(f"{ONE}/exchange", methods=["GET", "POST"])
@allow(writer_of_draft)
def survey_exchange(draft_id: int, key: str) -> ui.Answer:
    """Both ways: a file with questions comes in and is shown beside the survey; the survey goes out as a file."""
    files, form = _files(key), ExchangeForm()
    if form.sent():
        file = form.questions.data
        try:
            upload = actions.receive(
                g.draft, key, files, file.read(), name=file.filename or "", language=form.language.data
            )
        except Refused as refusal:
            if refusal.status != 422:
                raise
            form.questions.errors = [gettext(refusal.message, **refusal.values)]
        else:
            return _preview(files, key, upload)
    page = render_template("authoring/exchange.html", form=form, draft=g.draft, key=key, screen=exchange(files, key))
    return make_response(page, form.status)


@blueprint.post(f"{ONE}/exchange/confirm")
@allow(writer_of_draft)
def survey_import(draft_id: int, key: str) -> ui.Answer:
    """Take over what was chosen; or show it once more, when something stands in the way or in another language."""
    files = _files(key)
    upload = actions.opened(g.draft, key, request.form.get("seal", ""))
    if (language := request.form.get("_language", "")) in LOCALES:
        remember_language(language)
        return _preview(files, key, upload)
    try:
        added, changed = actions.bring_in(g.draft, key, files, upload, chosen(request.form.items()))
    except Refused as refusal:
        if not isinstance(refusal, actions.ChangedMeanwhile) and refusal.status != 422:
            raise
        return _preview(files, key, upload, gettext(refusal.message, **refusal.values), refusal.status)
    if added:
        flash(ngettext("%(num)d question was added.", "%(num)d questions were added.", added), "ok")
    if changed:
        flash(ngettext("%(num)d question was changed.", "%(num)d questions were changed.", changed), "ok")
    return ui.to(url_for("authoring.document", draft_id=draft_id, path=path_of(key)))


def _preview(files: Files, key: str, upload: Upload, trouble: str = "", status: int = 200) -> Response:
    """What was read beside the survey as it is now."""
    screen = preview(upload, actions.beside(files, key, upload), chosen(request.form.items()))
    seal = actions.sealed(g.draft, key, actions.seen_now(files, key, upload))
    page = render_template(
        "authoring/exchange_preview.html", screen=screen, seal=seal, draft=g.draft, key=key, trouble=trouble,
        title=exchange(files, key).title,
    )  # fmt: skip
    return make_response(page, status)


@blueprint.get(f"{ONE}/export.<form>")
@allow(writer_of_draft)
def survey_export(draft_id: int, key: str, form: str) -> ui.Answer:
    """The survey as XLSX, GIFT or Moodle XML; as XLSX also an empty table to fill in."""
    survey = documents.look_up(_files(key), path_of(key))
    language = request.args.get("language", "sr")
    if language not in LANGUAGES or form not in ("xlsx", "gift", "xml"):
        raise NotAllowed()
    name = f"{g.draft.course_key}-{key}"
    if form == "xlsx":
        file = io.BytesIO()
        empty = bool(request.args.get("empty"))
        xlsx.write(sheets(survey, with_items=not empty), file)
        return _file(file.getvalue(), XLSX, f"{name}{'-empty' if empty else ''}.xlsx")
    text = (gift_writing if form == "gift" else moodle_writing).write(survey, language, gettext)
    kind = "text/plain; charset=utf-8" if form == "gift" else "application/xml; charset=utf-8"
    return _file(
        text.encode(), kind, f"{name}-{language.replace('_', '-').lower()}.{'gift.txt' if form == 'gift' else 'xml'}"
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = ui.attachment(name)
    return answer


@blueprint.get(f"{ONE}/preview")
@allow(writer_of_draft)
def survey_on_phone(draft_id: int, key: str) -> ui.Answer:
    """One question as a trainee will see it."""
    language = request.args.get("language", "")
    language = language if language in LOCALES else current()
    screen = survey_preview(_files(key), path_of(key), request.args.get("item", ""), language)
    return ui.render_part(
        "authoring/survey_preview.html", "authoring/_survey_preview.html", screen=screen, draft=g.draft, key=key,
        path=path_of(key), phone=_phone(screen, key) if screen else "",
    )  # fmt: skip


def _phone(screen: SurveyPreview, key: str) -> Markup:
    """What is on the phone, in its own language."""
    with speaking(screen.language):
        return Markup(render_template("authoring/_survey_phone.html", screen=screen, draft=g.draft, key=key))  # noqa: S704


@blueprint.get(f"{ONE}/statistics")
@allow(writer_of_draft)
def survey_statistics(draft_id: int, key: str) -> ui.Answer:
    """How the questions were answered in earlier trainings: one of them as a part of a page, or all."""
    survey = documents.look_up(_files(key), path_of(key))
    screen = statistics_screen(survey, key, request.args.get("item", ""))
    return ui.render_part(
        "authoring/survey_statistics.html", "authoring/_item_statistics.html", screen=screen, draft=g.draft, key=key,
        path=path_of(key), statistics=screen.one,
    )  # fmt: skip
