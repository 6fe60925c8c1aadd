"""Addresses that leave the screen: in QR codes, on posters, read out."""

from flask import current_app, request, url_for
from markupsafe import Markup

from lms import pdf
from lms.trainings.models import HalfDay, Training


def absolute(path: str) -> str:
    """`path` with the address under which people reach this server."""
    return (current_app.config["PUBLIC_URL"] or request.url_root.rstrip("/")) + path


def site() -> str:
    """What people type by hand: the server's name without the protocol."""
    return absolute("").removeprefix("https://").removeprefix("http://")


def join_address(training: Training) -> str:
    """The address in the QR code for joining."""
    return absolute(url_for("trainings.come_in", token=training.join_token))


def here_address(training_id: int, half_day: HalfDay) -> str:
    """The address in the QR code of a half-day."""
    return absolute(url_for("trainings.here_by_picture", training_id=training_id, token=half_day.token))


def qr(address: str) -> Markup:
    """A QR code for a page."""
    return Markup(pdf.qr_svg(address))  # noqa: S704 - made by us from an address of ours
