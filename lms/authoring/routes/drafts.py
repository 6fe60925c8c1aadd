"""The drafts: which there are, and one of them."""

from flask import render_template

from lms import ui
from lms.access import allow
from lms.authoring.access import writer
from lms.authoring.queries import all_drafts
from lms.authoring.routes import blueprint


@blueprint.get("/drafts")
@allow(writer)
def drafts() -> ui.Answer:
    """Every draft."""
    return render_template("authoring/drafts.html", drafts=all_drafts())
