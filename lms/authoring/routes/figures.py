"""The drawings of a draft: added and replaced as SVG files, removed."""

import re

from flask import flash, g, request, url_for

from lms import ui
from lms.access import allow
from lms.authoring.access import writer_of_draft
from lms.authoring.actions.drafting import write_files
from lms.authoring.queries import file_of_draft
from lms.authoring.routes import blueprint
from lms.authoring.starting import slug
from lms.content.faults import PackFaulty
from lms.content.files import texts_of
from lms.content.shapes import KEY
from lms.content.svg import problems
from lms.errors import NotAllowed, Refused
from lms.language import gettext
from lms.ui import N_

LANGUAGES = ("", ".sr", ".en")
_FIGURE = re.compile(rf"figures/{KEY}(?:\.(?:sr|en))?\.svg")
NO_SVG = N_(
    "Only drawings in SVG files can be added; photographs and scans cannot. Save the drawing as SVG and choose it again."
)


@blueprint.post("/drafts/<int:draft_id>/figures")
@allow(writer_of_draft)
def add_figure(draft_id: int) -> ui.Answer:
    """Take a drawing in, under the name that was typed. What is unsafe or cannot be read is refused in words."""
    sent = request.files.get("drawing")
    name = slug(request.form.get("name", "")[:120])
    language = request.form.get("language", "")
    if sent is None or not sent.filename or not name or language not in LANGUAGES:
        raise Refused(NO_SVG, status=422)
    path, content = f"figures/{name}{language}.svg", sent.read()
    if b"<svg" not in content:
        raise Refused(NO_SVG, status=422)
    try:
        text = texts_of({path: content})[path]
        faults = list(problems(text, path))
    except PackFaulty as error:
        faults = list(error.faults)
    for fault in faults[:5]:
        flash(f"{fault.sentence(gettext)} {fault.what_to_do(gettext)}", "warn")
    if not faults:
        write_files(g.draft, {path: text})
        flash(
            gettext(N_("The drawing is in the draft. Show it on a page with a figure block and describe it there.")),
            "ok",
        )
    return ui.to(url_for(".draft", draft_id=draft_id))


@blueprint.post("/drafts/<int:draft_id>/figures/remove")
@allow(writer_of_draft)
def remove_figure(draft_id: int) -> ui.Answer:
    """Remove a drawing; the step can be taken back."""
    path = request.form.get("path", "")
    if not _FIGURE.fullmatch(path) or file_of_draft(g.draft, path) is None:
        raise NotAllowed()
    write_files(g.draft, {path: None}, "remove")
    return ui.to(url_for(".draft", draft_id=draft_id))
