"""The addresses of the editor, one file a part of it; all under /drafts."""

from flask import Blueprint

blueprint = Blueprint("authoring", __name__)

from lms.authoring.routes import (  # noqa: E402, F401
    documents,
    drafts,
    exchange,
    explorations,
    figures,
    forks,
    packs,
    pictures,
    previews,
    sketches,
    trials,
)
