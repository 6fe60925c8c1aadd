"""Addresses of the room «certificates»: of trainers, of holders, and of anybody who checks one."""

from flask import Blueprint

blueprint = Blueprint("certificates", __name__)

from lms.certificates.routes import public, staff, trainee  # noqa: E402, F401  (they put their views on the blueprint)
