"""A published course is made one's own; when the original goes on, what has changed in it is taken over piece by piece."""

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow, row_number
from lms.authoring.access import writer, writer_of_draft
from lms.authoring.actions import forking
from lms.authoring.forms.packs import ForkForm
from lms.authoring.routes import blueprint
from lms.authoring.screens.forks import TAKE, origin_of, origin_screen
from lms.content.models import CourseVersion
from lms.errors import NotAllowed
from lms.extensions import db
from lms.language import gettext
from lms.teams.models import Municipality
from lms.trainings.queries.staff import municipalities


def writer_of_version(version: str, **_arguments: object) -> None:
    """Authors and trainers, of a version that exists; loads it into `g.version`."""
    writer()
    g.version = db.session.get(CourseVersion, version)
    if g.version is None:
        raise NotAllowed()


def writer_of_fork(draft_id: int, **_arguments: object) -> None:
    """Authors and trainers, of a draft that came from another course; loads where it came from into `g.origin`."""
    writer_of_draft(draft_id)
    g.origin = origin_of(g.draft, request.values.get("since", ""))
    if g.origin is None:
        raise NotAllowed()


@blueprint.route("/courses/<version>/fork", methods=["GET", "POST"])
@allow(writer_of_version)
def fork(version: str) -> ui.Answer:
    """Begin a course of one's own from a published one."""
    form = ForkForm(municipalities(), title_sr=g.version.title_sr, title_en=g.version.title_en)
    if form.sent():
        title = {"sr": form.title_sr.data.strip(), "en": form.title_en.data.strip()}
        place = db.session.get(Municipality, form.municipality.data) if form.municipality.data else None
        title = forking.told_apart(title, g.version, place)
        draft = forking.fork(g.version, title, form.municipality.data or "local")
        flash(gettext("The course is yours now. Write your own telephones for help and services into it."), "ok")
        return ui.to(url_for(".draft", draft_id=draft.id))
    return make_response(render_template("authoring/fork.html", form=form, version=g.version), form.status)


@blueprint.get("/drafts/<int:draft_id>/origin")
@allow(writer_of_fork)
def origin(draft_id: int) -> ui.Answer:
    """What has changed in the original since it was last taken over, piece by piece."""
    return render_template("authoring/fork_origin.html", screen=origin_screen(g.draft, g.origin))


@blueprint.post("/drafts/<int:draft_id>/origin")
@allow(writer_of_fork)
def take_over(draft_id: int) -> ui.Answer:
    """Take over what was chosen, when every piece has been decided on."""
    screen = origin_screen(g.draft, g.origin, request.form)
    newer = g.origin.newer
    if newer is None or newer.hash != request.form.get("towards") or screen.undecided:
        return make_response(render_template("authoring/fork_origin.html", screen=screen), 422)
    chosen = {offer.id for offer in screen.offers if offer.chosen == TAKE}
    forking.take_over(g.draft, g.origin.taken, newer, chosen, request.form.get("version", -1, row_number))
    flash(gettext("What you chose was taken over. It is one step and can be taken back."), "ok")
    return ui.to(url_for(".draft", draft_id=draft_id))
