"""Bars: how many of each, and how answers are spread over a scale."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from lms.charts.svg import drawing, lines, shape, words
from lms.charts.text import spread, text_width, wrap

SIZE, LEADING = 15.0, 18.0


class Bar(NamedTuple):
    """One row. `value` is counted (and printed), `share` is printed as it is given: „40,28%”."""

    label: str
    value: int
    share: str = ""


def bars(rows: Sequence[Bar | tuple[str, int, str]], *, title: str, width: float = 400) -> Markup:
    """Horizontal bars in the order given, from zero, the longest as long as the room allows.

    Labels stand in a column of their own, broken into lines; number and share stand at the right edge.
    """
    table = [Bar(*row) for row in rows]
    column = min(max((text_width(row.label, SIZE) for row in table), default=0), width * 0.42)
    labels = [wrap(row.label, column, SIZE) for row in table]
    share_room = max((text_width(row.share, 13) for row in table), default=0)
    value_room = max((text_width(str(row.value), SIZE, bold=True) for row in table), default=0)
    share_x, value_x = width, width - (share_room + 10 if share_room else 0)
    start = column + 12
    room = max(value_x - value_room - 10 - start, 20)
    largest = max((row.value for row in table), default=0) or 1
    body, y = "", 2.0
    for row, label in zip(table, labels, strict=True):
        height = max(26.0, len(label) * LEADING + 6)
        middle = y + height / 2
        body += lines(label, 0, middle, LEADING)
        length = max(room * row.value / largest, 2.0) if row.value else 0
        if length:
            body += shape("rect", "d1", x=start, y=middle - 7, width=length, height=14, rx=min(4, length / 2))
        body += lines([str(row.value)], value_x, middle, LEADING, anchor="end", bold=True)
        if row.share:
            body += lines([row.share], share_x, middle, LEADING, size=13, paint="fig-text-2", anchor="end")
        y += height
    return drawing(body, width, y + 2, title)


def likert(
    shares: Sequence[float], labels: Sequence[str], *, title: str, width: float = 400, height: float = 30
) -> Markup:
    """One answer scale as one bar: five parts from the strongest agreement to none, and beside it, hollow, „cannot judge”.

    `shares` are five or six numbers (counts or shares of one base; the sixth is „cannot judge”), `labels` the number to print for
    each. A part of zero is left out. A number that does not fit into its part stands above, with a line to it.
    """
    if len(shares) not in (5, 6) or len(labels) != len(shares):
        raise ValueError("five shares, or six with „cannot judge”, and as many labels")
    parts = _parts(shares, width)
    top = 24.0
    body = "" if parts else shape("rect", "ch-track", x=0, y=top, width=width, height=height, rx=4)
    outside = []
    for index, x, length in parts:
        if index == 5:
            body += shape("rect", "fig-line", x=x + 0.75, y=top + 0.75, width=max(length - 1.5, 0.5), height=height - 1.5, rx=4,
                          stroke_width="1.5", stroke_dasharray="4 3")  # fmt: skip
        else:
            body += shape("rect", f"l{index + 1}", x=x, y=top, width=length, height=height, rx=min(3, length / 2))
        if text_width(labels[index], SIZE, bold=True) + 8 <= length:
            paint = "fig-text" if index == 5 else f"on-l{index + 1}"
            body += lines(
                [labels[index]], x + length / 2, top + height / 2, LEADING, paint=paint, anchor="middle", bold=True
            )
        else:
            outside.append((index, x + length / 2))
    return drawing(body + _above(outside, labels, width, top), width, top + height + 2, title)


def _parts(shares: Sequence[float], width: float) -> list[tuple[int, float, float]]:
    """(index, x, length) of the parts that are there: 1.5 apart, 12 before „cannot judge”, none under 2 units."""
    present = [index for index, share in enumerate(shares) if share > 0]
    gaps = [12.0 if index == 5 and index != present[0] else 1.5 for index in present][1:] if present else []
    room = width - sum(gaps)
    total = sum(shares[index] for index in present) or 1
    lengths = [max(room * shares[index] / total, 2.0) for index in present]
    excess = sum(lengths) - room
    longest = lengths.index(max(lengths)) if lengths else 0
    parts, x = [], 0.0
    for place, index in enumerate(present):
        length = lengths[place] - (excess if place == longest else 0)
        parts.append((index, x, length))
        x += length + (gaps[place] if place < len(gaps) else 0)
    return parts


def _above(outside: Sequence[tuple[int, float]], labels: Sequence[str], width: float, top: float) -> str:
    sizes = [text_width(labels[index], SIZE, bold=True) + 8 for index, _ in outside]
    centres = spread([middle for _, middle in outside], sizes, 0, width)
    body = ""
    for (index, middle), centre in zip(outside, centres, strict=True):
        body += shape("path", "fig-line", d=f"M{centre:.1f} {top - 8:.1f}L{middle:.1f} {top - 1:.1f}", stroke_width="1")
        body += words(labels[index], centre, top - 11, size=SIZE, anchor="middle", bold=True)
    return body
