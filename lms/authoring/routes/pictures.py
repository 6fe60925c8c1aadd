"""The pictures of a case of a draft: its map, its matrices, and what a role sees."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import g, render_template, request

from lms import ui
from lms.access import allow
from lms.authoring import documents
from lms.authoring.access import writer_of_draft
from lms.authoring.checking import faults_in
from lms.authoring.queries import files_of_draft
from lms.authoring.routes import blueprint
from lms.authoring.screens.editor import address_of
from lms.authoring.screens.map import ALL, map_screen, marks_of
from lms.authoring.screens.matrices import roles_matrix, steps_matrix
from lms.authoring.screens.role_view import role_view
from lms.errors import NotAllowed

CASE = "/drafts/<int:draft_id>/cases/<key>"
LONGEST_ADDRESS = 400


@blueprint.get(f"{CASE}/map")
@allow(writer_of_draft)
def case_map(draft_id: int, key: str) -> ui.Answer:
    """The map; for htmx only the part that the editor's page has too. `?at=` is what is being written, `?map=` how much is shown."""
    files, path = files_of_draft(g.draft), f"cases/{key}.yaml"
    document, at = _case(files, path), request.args.get("at", "")[:LONGEST_ADDRESS]
    marks = marks_of(faults_in(files, path))
    screen = map_screen(document, key, at, marks, _href(path), level=request.args.get("map", ALL))
    return ui.render_part("authoring/map.html", "authoring/_map.html", map=screen)


@blueprint.get(f"{CASE}/matrix/roles")
@allow(writer_of_draft)
def roles_by_scenes(draft_id: int, key: str) -> ui.Answer:
    """Who knows and does what in which scene."""
    path = f"cases/{key}.yaml"
    matrix = roles_matrix(_case(files_of_draft(g.draft), path), key, _href(path))
    return render_template("authoring/matrices_roles.html", matrix=matrix)


@blueprint.get(f"{CASE}/matrix/steps")
@allow(writer_of_draft)
def steps_by_scenes(draft_id: int, key: str) -> ui.Answer:
    """Where each step of the procedure can be done, and whether that is in time."""
    path = f"cases/{key}.yaml"
    matrix = steps_matrix(_case(files_of_draft(g.draft), path), key, _href(path))
    return render_template("authoring/matrices_steps.html", matrix=matrix)


@blueprint.get(f"{CASE}/sees")
@allow(writer_of_draft)
def sees(draft_id: int, key: str) -> ui.Answer:
    """What one role sees in one scene: `?role=`, `?stage=`, and `?injects=no` for the moment when the scene begins."""
    path = f"cases/{key}.yaml"
    asked = request.args
    view = role_view(
        _case(files_of_draft(g.draft), path), key, asked.get("role", ""), asked.get("stage", ""),
        injects=asked.get("injects") != "no", href=_href(path),
    )  # fmt: skip
    return render_template("authoring/role_view.html", view=view)


def _case(files: documents.Files, path: str) -> Any:
    """The document of a case, to read from."""
    if documents.kind_of(path) is None or path not in files:
        raise NotAllowed()
    return documents.look_up(files, path)


def _href(path: str) -> Callable[[str], str]:
    return partial(address_of, g.draft, path)
