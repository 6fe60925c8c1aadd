"""Addresses of the room, split by audience: those who answer, and staff."""

from flask import Blueprint

blueprint = Blueprint("surveys", __name__)

from lms.surveys.routes import answering, evaluating, staff  # noqa: E402, F401  (they put their views on the blueprint)
