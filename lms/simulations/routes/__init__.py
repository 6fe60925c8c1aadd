"""Addresses of the room, split by audience: players, facilitators, the hall's wall, the debrief, and the streams."""

from flask import Blueprint

blueprint = Blueprint("simulations", __name__)

from lms.simulations.routes import facilitating, preparing, streams, walls  # noqa: E402, F401  (they put their views on the blueprint)
