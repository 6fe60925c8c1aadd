"""A page of a draft as trainees would read it."""

from flask import g, render_template

from lms import ui
from lms.access import allow
from lms.authoring.access import writer_of_draft
from lms.authoring.previewing import preview_of
from lms.authoring.queries import files_of_draft
from lms.authoring.routes import blueprint
from lms.errors import NotAllowed
from lms.language import current


@blueprint.get("/drafts/<int:draft_id>/pages/<key>/preview")
@allow(writer_of_draft)
def page_preview(draft_id: int, key: str) -> ui.Answer:
    """The page as far as it is written; for htmx only what stands beside the form."""
    files = files_of_draft(g.draft)
    if f"pages/{key}.sr.md" not in files:
        raise NotAllowed()
    page = preview_of(files, f"pages/{key}", current())
    if page is None:
        return render_template("authoring/_no_preview.html")
    return ui.render_part("authoring/preview.html", "authoring/_preview.html", read=page, key=key)
