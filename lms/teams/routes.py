"""Addresses of the room «teams»."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)
