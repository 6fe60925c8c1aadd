"""The menus, by audience: what a person may reach from where they are."""

from typing import Any, NamedTuple

from flask import Flask, url_for
from flask_login import current_user

from lms.language import gettext

_ = gettext


class Link(NamedTuple):
    """One entry of a menu."""

    key: str
    url: str
    icon: str
    label: str


def trainee_menu(training_id: int) -> list[Link]:
    """What a trainee reaches with the thumb."""
    return [
        Link("home", url_for("today.home", training_id=training_id), "calendar-days", _("Programme")),
        Link("modules", url_for("trainings.modules", training_id=training_id), "book-open", _("Modules")),
        Link("exercises", url_for("simulations.exercises", training_id=training_id), "play", _("Exercises")),
        Link("me", url_for("trainings.me", training_id=training_id), "user-round", _("About me")),
    ]


def training_menu(training_id: int, part: str) -> list[Link]:
    """The rooms of one training; `part` is what the visitor is in it (trainer, observer, reader, office)."""
    places: list[tuple[str, str, str, str, set[str]]] = [
        ("dashboard", "trainings.dashboard", "clipboard-check", _("Overview"), {"trainer", "observer"}),
        ("programme", "trainings.programme", "calendar-days", _("Programme"), {"trainer"}),
        ("participants", "trainings.participants", "users-round", _("People here"), {"trainer", "observer"}),
        ("attendance", "trainings.attendance", "list-checks", _("Attendance"), {"trainer", "observer"}),
        ("exercises", "simulations.index", "play", _("Exercises"), {"trainer", "observer"}),
        ("surveys", "surveys.overview", "file-text", _("Surveys"), {"trainer"}),
        ("report", "evaluation.report", "chart-column", _("Report"), {"trainer", "observer", "reader", "office"}),
        ("findings", "evaluation.findings", "flag", _("Conclusions"), {"trainer", "observer", "reader", "office"}),
        ("certificates", "certificates.overview", "award", _("Certificates"), {"trainer"}),
        ("print", "trainings.printing", "printer", _("Printing"), {"trainer"}),
        ("settings", "trainings.settings", "pencil", _("Settings"), {"trainer"}),
    ]
    return [Link("all", url_for("trainings.index"), "arrow-left", _("All trainings"))] + [
        Link(key, url_for(endpoint, training_id=training_id), icon, label)
        for key, endpoint, icon, label, parts in places
        if part in parts
    ]


def staff_menu() -> list[Link]:
    """What a member of staff reaches from everywhere."""
    places: list[tuple[str, str, str, str, set[str]]] = [
        ("trainings", "trainings.index", "calendar-days", _("Trainings"), set()),
        ("reports", "evaluation.index", "chart-column", _("Reports"), set()),
        ("overview", "overview.national", "map-pin", _("Coverage"), {"office", "administrator"}),
        ("teams", "teams.index", "users-round", _("Local teams"), {"office", "administrator", "trainer"}),
        ("courses", "trainings.courses", "book-open", _("Courses"), {"author", "trainer", "office", "administrator"}),
        ("drafts", "authoring.drafts", "pencil", _("Write courses"), {"author", "trainer"}),
        ("people", "accounts.people", "shield-check", _("Staff"), {"administrator"}),
    ]
    roles: Any = current_user.role_names if current_user.is_authenticated else set()
    return [
        Link(key, url_for(endpoint), icon, label)
        for key, endpoint, icon, label, wanted in places
        if not wanted or wanted & roles
    ]


def init_navigation(app: Flask) -> None:
    """Make the menus callable from templates."""
    app.jinja_env.globals.update(trainee_menu=trainee_menu, training_menu=training_menu, staff_menu=staff_menu)
