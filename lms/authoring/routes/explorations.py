"""Exploring a case of a draft in the background: it is begun, looked at while it goes on, and shown as a picture."""

from flask import g, render_template, request

from lms import ui
from lms.access import allow
from lms.authoring.access import writer_of_draft
from lms.authoring.actions import exploring as actions
from lms.authoring.queries import file_of_draft
from lms.authoring.routes import blueprint
from lms.authoring.screens.exploration import ExplorationScreen, exploration_of
from lms.authoring.trying import exploring
from lms.authoring.trying.beginning import case_in
from lms.errors import NotAllowed

CASE = "/drafts/<int:draft_id>/cases/<key>"


@blueprint.get(f"{CASE}/explore")
@allow(writer_of_draft)
def exploration(draft_id: int, key: str) -> ui.Answer:
    """What is known of exploring the case; while it is being explored the page asks for this again."""
    return ui.render_part("authoring/exploration.html", "authoring/_exploration_whole.html", screen=_screen(key))


@blueprint.get(f"{CASE}/explore/part")
@allow(writer_of_draft)
def exploration_part(draft_id: int, key: str) -> ui.Answer:
    """The same in a few words, for the side of the editor; it asks for itself while the case is being explored."""
    return render_template("authoring/_exploration.html", screen=_screen(key))


@blueprint.post(f"{CASE}/explore")
@allow(writer_of_draft)
def explore(draft_id: int, key: str) -> ui.Answer:
    """Explore the case as it is now, unless that has been done. `part` says which of the two fragments stands on the page."""
    text = _text(key)
    if case_in(text).case and actions.ask_for(g.draft, key, text):
        exploring.start()
    screen = _screen(key)
    if not request.wants_part:
        return ui.to(screen.page)
    part = "_exploration" if request.form.get("part") == "short" else "_exploration_whole"
    return render_template(f"authoring/{part}.html", screen=screen)


def _text(key: str) -> str:
    text = file_of_draft(g.draft, f"cases/{key}.yaml")
    if text is None:
        raise NotAllowed()
    return text


def _screen(key: str) -> ExplorationScreen:
    return exploration_of(g.draft, key, _text(key))
