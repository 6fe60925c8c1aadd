"""Addresses of the room, split by audience: trainees, and staff."""

from flask import Blueprint

blueprint = Blueprint("trainings", __name__)

# The files put their views on the blueprint above.
from lms.trainings.routes import (  # noqa: E402, F401
    joining,
    staff,
    staff_attendance,
    staff_courses,
    staff_dashboard,
    staff_people,
    staff_print,
    staff_programme,
    staff_roster,
    staff_teams,
    trainee,
)
