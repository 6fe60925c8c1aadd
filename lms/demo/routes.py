"""The page for trying things out: every role and a few trainees with one press."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from lms import ui
from lms.access import allow
from lms.accounts import sessions
from lms.demo import queries
from lms.demo.access import in_demo, only_in_demo
from lms.demo.actions import entering
from lms.demo.screens import demo_screen, device_owner, first_page
from lms.errors import NotAllowed

blueprint = Blueprint("demo", __name__)
blueprint.add_app_template_global(in_demo, "in_demo")


@blueprint.get("/demo")
@allow(only_in_demo)
def index() -> ui.Answer:
    """Who one can be, and where to look."""
    return render_template("demo/index.html", screen=demo_screen())


@blueprint.post("/demo/sign-in/<role>")
@allow(only_in_demo)
def sign_in(role: str) -> ui.Answer:
    """Become the member of staff with this role."""
    account = queries.staff().get(role)
    if account is None:
        raise NotAllowed()
    sessions.remember(account, entering.sign_in_as(account))
    return ui.to(first_page(role))


@blueprint.post("/demo/join/<device>")
@allow(only_in_demo)
def join(device: str) -> ui.Answer:
    """This browser becomes one of the prepared devices."""
    person = device_owner(device)
    if person is None:
        raise NotAllowed()
    response = redirect(url_for("today.home", training_id=person.training_id), 303)
    settings = current_app.config
    response.set_cookie(
        settings["DEVICE_COOKIE_NAME"],
        entering.bind_device(person.id),
        max_age=int(settings["DEVICE_LIFETIME"].total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response  # type: ignore[return-value]
