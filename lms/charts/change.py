"""Before and after: by module, and item by item for the same people."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from lms.charts.svg import drawing, lines, shape, words
from lms.charts.text import spread, text_width, wrap

SIZE, LEADING = 15.0, 18.0


class Change(NamedTuple):
    """One line: shares (0–1) before and after, with the text printed for each; `strong` for the line that matters most."""

    name: str
    before: float
    after: float
    before_text: str
    after_text: str
    strong: bool = False


class Shift(NamedTuple):
    """One item, the same people twice: how many went from right to wrong, and from wrong to right."""

    label: str
    worse: int
    better: int


def slope(
    rows: Sequence[Change | tuple[str, float, float, str, str]],
    *,
    title: str,
    heads: tuple[str, str],
    width: float = 400,
) -> Markup:
    """Lines from before to after. Names stand at their line's end; where lines end close together the labels are moved apart.

    The scale is cut to what is shown (at least 40 points of 100), the same for both sides; numbers are printed at both ends.
    """
    table = [Change(*row) for row in rows]
    left = max((text_width(row.before_text, SIZE, bold=True) for row in table), default=40) + 16
    left = max(left, text_width(heads[0], 14, bold=True) / 2)
    right = width - max(width * 0.46, text_width(heads[1], 14, bold=True) / 2)
    labels = [_ending(row, width - right - 14) for row in table]
    sizes = [len(label) * LEADING + 4 for label in labels]
    top, low, high = 40.0, *_span(table)
    bottom = top + max(230.0, sum(sizes))

    def level(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    starts = spread([level(row.before) for row in table], [LEADING + 2] * len(table), top - 8, bottom + 10)
    ends = spread([level(row.after) for row in table], sizes, top - 8, bottom + 10)
    body = "".join(
        shape("line", "s-line", x1=x, x2=x, y1=top - 10, y2=bottom + 6, stroke_width="1.5") for x in (left, right)
    )
    body += words(heads[0], left, 16, size=14, paint="fig-text-2", anchor="middle", bold=True)
    body += words(heads[1], right, 16, size=14, paint="fig-text-2", anchor="middle", bold=True)
    for row, label, start, end in zip(table, labels, starts, ends, strict=True):
        body += _line(row, left, right, level(row.before), level(row.after))
        body += lines([row.before_text], left - 12, start, LEADING, anchor="end", bold=row.strong)
        body += lines(label, right + 12, end, LEADING, bold=row.strong)
    return drawing(body, width, bottom + 16, title)


def _ending(row: Change, room: float) -> list[str]:
    return wrap(f"{row.after_text} {row.name}", room, SIZE, bold=row.strong)


def _span(table: Sequence[Change]) -> tuple[float, float]:
    values = [value for row in table for value in (row.before, row.after)] or [0.0, 1.0]
    low, high = min(values), max(values)
    missing = max(0.4 - (high - low), 0)
    low, high = low - missing / 2, high + missing / 2
    if low < 0:
        low, high = 0.0, max(high - low, 0.4)
    if high > 1:
        low, high = min(low - (high - 1), 0.6), 1.0
    return max(low, 0.0), high


def _line(row: Change, left: float, right: float, before: float, after: float) -> str:
    paint, thick = ("s-d1", "4") if row.strong else ("fig-line", "1.75")
    body = shape("line", paint, x1=left, y1=before, x2=right, y2=after, stroke_width=thick)
    for x, y in ((left, before), (right, after)):
        if row.strong:
            body += shape("circle", "d1", cx=x, cy=y, r=5.5)
        else:
            body += shape("circle", "ch-ground", cx=x, cy=y, r=5)
            body += shape("circle", "fig-line", cx=x, cy=y, r=5, stroke_width="2")
    return body


def paired_shift(
    rows: Sequence[Shift | tuple[str, int, int]], *, title: str, heads: tuple[str, str], width: float = 400
) -> Markup:
    """For each item two bars from a middle line: to the left how many went from right to wrong, to the right from wrong to right.

    Both sides have one scale. Item texts stand above their bars, over the whole width.
    """
    table = [Shift(*row) for row in rows]
    largest = max((max(row.worse, row.better) for row in table), default=0) or 1
    edge = max((text_width(str(value), SIZE, bold=True) for row in table for value in row[1:]), default=10) + 8
    middle = width / 2
    room = middle - edge
    left_head, right_head = wrap(heads[0], middle - 12, 14, bold=True), wrap(heads[1], middle - 12, 14, bold=True)
    deep = max(len(left_head), len(right_head)) * 17
    body = lines(left_head, middle - 8, deep / 2, 17, size=14, paint="fig-text-2", anchor="end", bold=True)
    body += lines(right_head, middle + 8, deep / 2, 17, size=14, paint="fig-text-2", bold=True)
    y = deep + 8.0
    for row in table:
        label = wrap(row.label, width, SIZE)
        body += lines(label, 0, y + len(label) * LEADING / 2, LEADING)
        y += len(label) * LEADING + 3
        body += _two_bars(row, middle, y, room / largest)
        y += 32
    return drawing(body, width, y, title)


def _two_bars(row: Shift, middle: float, y: float, unit: float) -> str:
    worse, better = row.worse * unit, row.better * unit
    body = shape("line", "fig-line", x1=middle, x2=middle, y1=y - 1, y2=y + 19, stroke_width="1.5")
    if row.worse:
        body += shape("rect", "d2", x=middle - 1 - worse, y=y + 1, width=worse, height=16, rx=min(3, worse / 2))
    if row.better:
        body += shape("rect", "d1", x=middle + 1, y=y + 1, width=better, height=16, rx=min(3, better / 2))
    body += lines([str(row.worse)], middle - 6 - worse, y + 9, LEADING, anchor="end", bold=True)
    return body + lines([str(row.better)], middle + 6 + better, y + 9, LEADING, bold=True)
