"""Addresses of the room «certificates»."""

from flask import Blueprint

blueprint = Blueprint("certificates", __name__)
