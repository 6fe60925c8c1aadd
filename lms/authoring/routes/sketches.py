"""Sketching a case: the whole of it on one page, from which a document is made."""

from zlib import crc32

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow
from lms.authoring.access import writer_of_draft
from lms.authoring.actions.starting import case_of_sketch
from lms.authoring.forms.sketch import ENDINGS, ROLES, SCENES, SketchForm
from lms.authoring.queries import contacts_of_draft
from lms.authoring.routes import blueprint
from lms.language import gettext

ONE = "/drafts/<int:draft_id>/sketch"


@blueprint.get(ONE)
@allow(writer_of_draft)
def sketch(draft_id: int) -> ui.Answer:
    """The empty page; titles that were written on the way here stand in it."""
    return _sketch(
        SketchForm(
            contacts_of_draft(g.draft),
            title_sr=request.args.get("title_sr", "")[:200],
            title_en=request.args.get("title_en", "")[:200],
        )
    )


@blueprint.post(ONE)
@allow(writer_of_draft)
def add_sketch(draft_id: int) -> ui.Answer:
    """Make a case of it."""
    form = SketchForm(contacts_of_draft(g.draft))
    if not form.sent():
        return _sketch(form)
    path = case_of_sketch(g.draft, form.sketch())
    flash(
        gettext("The sketch is a case now, and can be played. What is still to be written stands under Checks."), "ok"
    )
    return ui.to(url_for(".document", draft_id=draft_id, path=path))


def _sketch(form: SketchForm) -> ui.Answer:
    screen = {
        "draft": g.draft,
        "form": form,
        "roles": ROLES,
        "scenes": SCENES,
        "endings": ENDINGS,
        "kept_as": crc32(request.args.get("title_sr", "").encode()),  # another title is another sketch
    }
    return make_response(render_template("authoring/sketch.html", **screen), form.status)
