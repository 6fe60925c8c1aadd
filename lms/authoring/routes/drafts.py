"""The drafts: which there are, one of them, its steps, and publishing it."""

from urllib.parse import unquote, urlsplit

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow
from lms.authoring.access import may_discard, may_publish, writer, writer_of_draft
from lms.authoring.actions import drafting, publishing, starting
from lms.authoring.checking import all_faults, errors
from lms.authoring.documents import paths_in
from lms.authoring.forms.drafts import CASE, SKETCH, NewCourse, NewDocument
from lms.authoring.queries import all_drafts, files_of_draft, steps_of
from lms.authoring.routes import blueprint
from lms.authoring.screens.drafts import course_choices, draft_screen, publish_screen
from lms.authoring.screens.steps import step_lines
from lms.authoring.words import KINDS
from lms.errors import Refused
from lms.language import gettext

ONE = "/drafts/<int:draft_id>"


@blueprint.get("/drafts")
@allow(writer)
def drafts() -> ui.Answer:
    """Every draft, and the ways to begin one."""
    return _drafts(NewCourse())


@blueprint.post("/drafts")
@allow(writer)
def new_course() -> ui.Answer:
    """Begin a course of one's own."""
    form = NewCourse()
    if not form.sent():
        return _drafts(form)
    draft = starting.new_course(form.title_sr.data, form.title_en.data)
    return ui.to(url_for(".draft", draft_id=draft.id))


def _drafts(form: NewCourse) -> ui.Answer:
    screen = {"drafts": all_drafts(), "courses": course_choices(), "form": form}
    return make_response(render_template("authoring/drafts.html", **screen), form.status)


@blueprint.post("/drafts/continue")
@allow(writer)
def continue_course() -> ui.Answer:
    """Begin a draft of a course that is published; the one under way when there is one."""
    draft = starting.continue_course(request.form.get("course", "")[:60])
    return ui.to(url_for(".draft", draft_id=draft.id))


@blueprint.get(ONE)
@allow(writer_of_draft)
def draft(draft_id: int) -> ui.Answer:
    """What a draft consists of, how far it is, and what can be done with it."""
    return _draft(NewDocument())


def _draft(form: NewDocument) -> ui.Answer:
    screen = draft_screen(g.draft, files_of_draft(g.draft))
    return make_response(
        render_template(
            "authoring/draft.html", screen=screen, form=form, kinds=KINDS, may_discard=may_discard(g.draft)
        ),
        form.status,
    )


@blueprint.post(f"{ONE}/documents")
@allow(writer_of_draft)
def new_document(draft_id: int) -> ui.Answer:
    """Add a case, a survey or a page."""
    form = NewDocument()
    if not form.sent():
        return _draft(form)
    if form.kind.data == CASE and form.starter.data == SKETCH:
        return ui.to(url_for(".sketch", draft_id=draft_id, title_sr=form.title_sr.data, title_en=form.title_en.data))
    path = starting.new_document(g.draft, form.kind.data, form.starter.data, form.title_sr.data, form.title_en.data)
    return ui.to(url_for(".document", draft_id=draft_id, path=path))


@blueprint.post(f"{ONE}/documents/remove")
@allow(writer_of_draft)
def remove_document(draft_id: int) -> ui.Answer:
    """Remove a case, a survey or a page; the step can be taken back."""
    starting.remove_document(g.draft, request.form.get("path", "")[:200])
    return ui.to(url_for(".draft", draft_id=draft_id))


@blueprint.get(f"{ONE}/steps")
@allow(writer_of_draft)
def steps(draft_id: int) -> ui.Answer:
    """Who changed what, and when."""
    lines = step_lines(g.draft, files_of_draft(g.draft), steps_of(g.draft))
    return render_template("authoring/steps.html", draft=g.draft, lines=lines)


@blueprint.post(f"{ONE}/steps/<int:version>/take-back")
@allow(writer_of_draft)
def take_back(draft_id: int, version: int) -> ui.Answer:
    """Undo one step."""
    try:
        drafting.take_back_step(g.draft, version)
    except Refused as refusal:
        flash(gettext(refusal.message, **refusal.values), "warn")
        return ui.to(url_for(".steps", draft_id=draft_id))
    flash(gettext("The step was taken back. That is a step too: it can be taken back again."), "ok")
    return ui.to(_still_there(ui.on_this_site(request.form.get("next", ""))) or url_for(".steps", draft_id=draft_id))


def _still_there(way: str) -> str:
    """The way back; to the draft when the document that it leads to has gone with the step."""
    before, _, path = urlsplit(way).path.partition("/files/")
    gone = before == url_for(".draft", draft_id=g.draft.id) and unquote(path) not in paths_in(files_of_draft(g.draft))
    return before if gone else way


@blueprint.get(f"{ONE}/publish")
@allow(writer_of_draft)
def publish_page(draft_id: int) -> ui.Answer:
    """What is still to be mended, what has changed since the last version, and the button."""
    files = files_of_draft(g.draft)
    return render_template("authoring/publish.html", screen=publish_screen(g.draft, files), mine=may_publish(g.draft))


@blueprint.post(f"{ONE}/publish")
@allow(writer_of_draft)
def publish(draft_id: int) -> ui.Answer:
    """Make an immutable version of the draft as it was looked at."""
    if not may_publish(g.draft):
        flash(gettext("Only authors publish this course. Ask one to look at the draft."), "warn")
        return ui.to(url_for(".publish_page", draft_id=draft_id))
    if errors(all_faults(files_of_draft(g.draft))):
        return ui.to(url_for(".publish_page", draft_id=draft_id))
    version = publishing.publish(g.draft, request.form.get("version", -1, int))
    flash(gettext("The version %(name)s is published. New trainings can be made from it.", name=version.hash[:8]), "ok")
    return ui.to(url_for(".draft", draft_id=draft_id))


@blueprint.post(f"{ONE}/discard")
@allow(writer_of_draft)
def discard(draft_id: int) -> ui.Answer:
    """Throw the draft away."""
    if not may_discard(g.draft):
        flash(gettext("Only who began a draft, or an author, can throw it away."), "warn")
        return ui.to(url_for(".draft", draft_id=draft_id))
    drafting.discard(g.draft)
    flash(gettext("The draft was thrown away. Published versions and trainings stay as they are."), "ok")
    return ui.to(url_for(".drafts"))
