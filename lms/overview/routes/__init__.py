"""Addresses of the national picture, and of the register: it tells which trainings a team has had, so it lives above trainings."""

from flask import Blueprint

blueprint = Blueprint("overview", __name__)
register = Blueprint("teams", __name__)

from lms.overview.routes import national, register_keeping, register_reading  # noqa: E402, F401
