"""The addresses of the editor, one file a part of it; all under /drafts."""

from flask import Blueprint

blueprint = Blueprint("authoring", __name__)

from lms.authoring.routes import documents, drafts, explorations, figures, forks, packs, pictures, previews, trials  # noqa: E402, F401
