"""The browser in a trainee's hand: its cookie, and how often it may try a code."""

from flask import Response, current_app, request, session, url_for

from lms.accounts.sessions import digest
from lms.limits import address, count_attempt
from lms.trainings.actions import joining
from lms.ui import on_this_site


def device_token() -> str:
    """What this browser's device cookie holds; empty when it has none."""
    return request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")


def limit_tries(what: str) -> None:
    """Ten tries a browser and five minutes; 600 a minute for the whole hall behind one address."""
    browser = session.setdefault("browser", joining.new_device_token()[:16])
    count_attempt(f"{what}:browser:{browser}", limit=10, seconds=300)
    count_attempt(f"{what}:address:{digest(address()).hex()[:16]}", limit=600, seconds=60)


def onward(training_id: int) -> str:
    """Where somebody who has joined goes on to: the page of this training, or the seat, that they had asked for; else the home."""
    wanted = on_this_site(session.pop("wanted", ""))
    here = wanted.startswith((f"/t/{training_id}/", "/s/"))
    return wanted if here else url_for("today.home", training_id=training_id)


def remember_device(response: Response, device: str) -> Response:
    """Let the browser keep its device token."""
    settings = current_app.config
    response.set_cookie(
        settings["DEVICE_COOKIE_NAME"], device, max_age=int(settings["DEVICE_LIFETIME"].total_seconds()),
        httponly=True, samesite="Lax", secure=settings["PRODUCTION"] or request.is_secure,
    )  # fmt: skip
    return response
