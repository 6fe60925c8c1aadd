"""Names of the yearly tables, in their order."""

from lms.ui import N_

TITLES = {
    "trainings": N_("Trainings"),
    "sectors": N_("People by sector"),
    "sexes": N_("People by sex"),
    "places": N_("People by place"),
    "places-and-sectors": N_("People by place and sector"),
    "teams": N_("Local teams"),
    "recommendations": N_("Recommendations"),
}
