"""What stands beside the form: pictures of a case, a page as it will be read. Each is fetched by itself and renewed after a saving."""

from dataclasses import dataclass

from flask import url_for

from lms.authoring import documents
from lms.language import gettext
from lms.ui import N_


@dataclass(frozen=True)
class Beside:
    """A part of the page: where it is fetched from, and the page to go to without JavaScript."""

    id: str
    fragment: str
    page: str
    label: str
    renewed: bool = True  # after each saving; earlier trainings do not change meanwhile


@dataclass(frozen=True)
class Tool:
    """A button or link: what it is called, where it leads."""

    label: str
    url: str
    icon: str
    main: bool = False


def besides(draft_id: int, path: str, at: str) -> tuple[Beside, ...]:
    """What stands beside the form at the part `at` of a document."""
    key = documents.key_of(path)
    if path.startswith("cases/"):
        map_, explored = (
            url_for(f"authoring.{name}", draft_id=draft_id, key=key) for name in ("case_map", "exploration")
        )
        part = url_for("authoring.case_map", draft_id=draft_id, key=key, map="stages", at=at or None)
        short = url_for("authoring.exploration_part", draft_id=draft_id, key=key)
        return (
            Beside("map", part, map_, gettext(N_("Map of the case"))),
            Beside("explored", short, explored, gettext(N_("Every path"))),
        )
    if path.startswith("pages/"):
        page = url_for("authoring.page_preview", draft_id=draft_id, key=key)
        return (Beside("preview", page, page, gettext(N_("How it will be read"))),)
    if path.startswith("surveys/") and at.startswith("items["):
        item = at.removeprefix("items[").partition("]")[0]
        phone, answers = (
            url_for(f"authoring.{name}", draft_id=draft_id, key=key, item=item)
            for name in ("survey_on_phone", "survey_statistics")
        )
        return (
            Beside("phone", phone, phone, gettext(N_("As on a phone"))),
            Beside("answers", answers, answers, gettext(N_("How it was answered so far")), renewed=False),
        )
    return ()


def tools(draft_id: int, path: str, at: str) -> tuple[Tool, ...]:
    """What can be done with this document besides writing it; a case is played from the stage that is being written."""
    key = documents.key_of(path)
    if path.startswith("surveys/"):
        links: tuple[tuple[str, str, str], ...] = (
            ("survey_on_phone", N_("As on a phone"), "smartphone"), ("survey_exchange", N_("Questions in and out"), "upload"),
            ("survey_statistics", N_("How it was answered so far"), "chart-column"),
        )  # fmt: skip
    elif path.startswith("cases/"):
        links = _CASE_LINKS
    else:
        return ()
    stage = at.removeprefix("stages[").partition("]")[0] if at.startswith("stages[") else None
    return tuple(
        Tool(
            gettext(label),
            url_for(f"authoring.{endpoint}", draft_id=draft_id, key=key, stage=stage),
            icon,
            endpoint == "trying",
        )
        for endpoint, label, icon in links
    )


_CASE_LINKS = (
    ("trying", N_("Play it now"), "play"), ("roles_by_scenes", N_("Roles by scenes"), "users-round"),
    ("steps_by_scenes", N_("Steps of the procedure"), "list-checks"), ("sees", N_("What a role sees"), "eye"),
)  # fmt: skip
