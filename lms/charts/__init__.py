"""Charts as SVG strings: the same string on the page (where it follows the theme), in PDFs and as PNG.

Pure functions. Texts and printed numbers pass through as given: the caller speaks the reader's language and keeps groups under
five together. Every chart needs a `title`, and its numbers as a table or list beside it.
"""

from lms.charts.change import Change, Shift, paired_shift, slope
from lms.charts.circle import ring
from lms.charts.paths import Pair, Span, pairs, spans
from lms.charts.people import dots, rays
from lms.charts.rivers import Place, river_map
from lms.charts.shares import Bar, bars, likert

__all__ = [
    "Bar",
    "Change",
    "Pair",
    "Place",
    "Shift",
    "Span",
    "bars",
    "dots",
    "likert",
    "paired_shift",
    "pairs",
    "rays",
    "ring",
    "river_map",
    "slope",
    "spans",
]
