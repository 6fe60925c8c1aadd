"""Addresses of the room: reports and their files, series, conclusions and recommendations."""

from flask import Blueprint

blueprint = Blueprint("evaluation", __name__)

# The files put their views on the blueprint above.
from lms.evaluation.routes import findings, reports, series  # noqa: E402, F401
