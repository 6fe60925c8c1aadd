"""Addresses of the room, split by audience: trainees, and staff."""

from flask import Blueprint

blueprint = Blueprint("trainings", __name__)

from lms.trainings.routes import trainee  # noqa: E402, F401  (the files put their views on the blueprint above)
