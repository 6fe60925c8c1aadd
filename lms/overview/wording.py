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
SHEETS = {  # Excel shows 31 characters of the name of a sheet
    **TITLES,
    "sectors": N_("By sector"),
    "sexes": N_("By sex"),
    "places": N_("By place"),
    "places-and-sectors": N_("By place and sector"),
}
