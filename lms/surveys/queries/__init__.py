"""What is read about surveys. Other rooms use the functions named here, and no others."""

from lms.surveys.queries.answers import Pair, matched_pairs, response_values
from lms.surveys.queries.evaluations import Remarked, ballots, remarks
from lms.surveys.queries.states import OwnState, Progress, own_states, progress

__all__ = [
    "OwnState",
    "Pair",
    "Progress",
    "Remarked",
    "ballots",
    "matched_pairs",
    "own_states",
    "progress",
    "remarks",
    "response_values",
]
