"""Addresses of the room «surveys»."""

from flask import Blueprint

blueprint = Blueprint("surveys", __name__)
