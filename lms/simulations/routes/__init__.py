"""Addresses of the room, split by audience: players, facilitators, the hall's wall, the debrief, and the streams."""

from flask import Blueprint

blueprint = Blueprint("simulations", __name__)
