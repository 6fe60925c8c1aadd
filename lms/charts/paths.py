"""How a story may go: two shares of the same thing one under the other, and spans of time against the time there is."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from lms.charts.svg import drawing, lines, shape, words
from lms.charts.text import text_width, wrap

SIZE, SMALL, LEADING = 15.0, 13.0, 18.0
BAR, GAP, MARK = 13.0, 3.0, 8.0


class Pair(NamedTuple):
    """One row: two shares from 0 to 1, each with the words to print beside its bar („44%”)."""

    label: str
    first: float
    second: float
    first_words: str
    second_words: str


class Span(NamedTuple):
    """One row: from `least` to `most`, with the words to print beside it („22–40 минута”)."""

    label: str
    least: float
    most: float
    words: str


def pairs(rows: Sequence[Pair], *, title: str, names: tuple[str, str], width: float = 400) -> Markup:
    """Two bars a row, on one scale from 0 to the whole. `names` says above them what the first and the second one are."""
    body, top = _legend(names, width)
    column = _column([row.label for row in rows], width)
    start = column + 12
    printed = [words for row in rows for words in (row.first_words, row.second_words)]
    room = width - start - max((text_width(one, SMALL, bold=True) for one in printed), default=0) - 8
    y = top
    for row in rows:
        label = wrap(row.label, column, SIZE)
        height = max(2 * BAR + GAP, len(label) * LEADING) + 10
        middle = y + height / 2
        body += lines(label, 0, middle, LEADING)
        values = ((row.first, row.first_words, "d1", -BAR - GAP / 2), (row.second, row.second_words, "d2", GAP / 2))
        for share, said, paint, below in values:
            length = max(room * share, 2.0) if share else 0.0
            if length:
                body += shape("rect", paint, x=start, y=middle + below, width=length, height=BAR, rx=min(3, length / 2))
            body += words(said, start + length + 6, middle + below + BAR - 2.5, size=SMALL, bold=True)
        y += height
    return drawing(body, width, y + 2, title)


def _legend(names: tuple[str, str], width: float) -> tuple[str, float]:
    """The names of the two bars, each with its colour, and where the rows begin."""
    body, x, y = "", 0.0, 14.0
    for name, paint in zip(names, ("d1", "d2"), strict=True):
        length = 20 + text_width(name, SMALL)
        if x and x + length > width:
            x, y = 0.0, y + LEADING
        body += shape("rect", paint, x=x, y=y - 11, width=13, height=13, rx=3)
        body += words(name, x + 20, y, size=SMALL, paint="fig-text-2")
        x += length + 24
    return body, y + 10


def _column(labels: Sequence[str], width: float) -> float:
    return min(max((text_width(label, SIZE) for label in labels), default=0), width * 0.36)


def spans(rows: Sequence[Span], limit: float, *, title: str, limit_words: str, width: float = 400) -> Markup:
    """Spans on one scale from 0; a line marks the `limit`, and what lies beyond it has another colour."""
    column = _column([row.label for row in rows], width)
    start, largest = column + 12, max([limit, *(row.most for row in rows)]) or 1
    room = width - start - max((text_width(row.words, SMALL, bold=True) for row in rows), default=0) - 8
    unit = room / largest
    at, anchor = start + limit * unit, "end" if limit * unit > room / 2 else "start"
    body = words(limit_words, at, 13, size=SMALL, paint="fig-text-2", anchor=anchor)
    y = top = 22.0
    for row in rows:
        label = wrap(row.label, column, SIZE)
        height = max(26.0, len(label) * LEADING + 6)
        middle = y + height / 2
        body += lines(label, 0, middle, LEADING)
        body += shape("rect", "ch-track", x=start, y=middle - 5, width=largest * unit, height=10, rx=5)
        if row.least <= limit:
            body += _piece(start + row.least * unit, start + min(row.most, limit) * unit, middle, "d1")
        if row.most > limit:
            body += _piece(start + max(row.least, limit) * unit, start + row.most * unit, middle, "d4")
        body += words(row.words, width, middle + 4.5, size=SMALL, anchor="end", bold=True)
        y += height
    body += shape("line", "mp-l", x1=at, y1=top - 2, x2=at, y2=y, stroke_width="1.5", stroke_dasharray="4 3")
    return drawing(body, width, y + 2, title)


def _piece(begin: float, end: float, middle: float, paint: str) -> str:
    """A piece of a span; what has no length is a mark that ends there."""
    length = max(end - begin, MARK)
    return shape("rect", paint, x=end - length, y=middle - 7, width=length, height=14, rx=4)
