"""Addresses of the room, split by audience: players, facilitators, the hall's wall, the debrief, and the streams."""

from flask import Blueprint

blueprint = Blueprint("simulations", __name__)

from lms.simulations.routes import (  # noqa: E402  (they put their views on the blueprint)
    coming_in,  # noqa: F401
    debriefing,  # noqa: F401
    facilitating,  # noqa: F401
    paper,  # noqa: F401
    playing,  # noqa: F401
    practising,  # noqa: F401
    preparing,  # noqa: F401
    printing,  # noqa: F401
    streams,  # noqa: F401
    walls,  # noqa: F401
)
