"""One mark is one person: rays round a number, and dots for small counts."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from lms.charts.svg import SERIF, drawing, number, shape, words
from lms.charts.text import text_width, wrap

CENTRE, INNER, OUTER = 160.0, 94.0, 148.0
MOST_RAYS = 300  # above, rays are thinner than a pixel: each group becomes a band
JOINT = 2.2  # degrees added on both sides where one group meets the next


def rays(
    women: int, men: int, unstated: int = 0, *, title: str, caption: str = "", legend: Sequence[str] = ()
) -> Markup:
    """A ring of rays, one a person: women, then men, then those who did not say, clockwise from the top.

    `caption` stands under the total („особе”). `legend` names the three groups („43 жене”, …) below the ring; where the page has
    its own words beside the drawing it is left out. No pink and blue: the colours are lake and honey.
    """
    groups = [(women, "s-d1", "d1"), (men, "s-d2", "d2"), (unstated, "s-d0", "d0")]
    total = women + men + unstated
    body = _ring_of_rays([(count, paint) for count, paint, _ in groups if count])
    body += shape("text", "fig-text ch-big", str(total), x=CENTRE, y=CENTRE + 12, font_size=min(76, 190 / max(len(str(total)), 2)),
                  text_anchor="middle", font_weight="600", font_family=SERIF)  # fmt: skip
    for row, line in enumerate(wrap(caption, 130, 19)[:2] if caption else []):
        body += words(line, CENTRE, CENTRE + 43 + row * 21, size=19, paint="fig-text-2", anchor="middle")
    bottom = 2 * CENTRE
    for (_, _, paint), text in zip(groups, legend, strict=False):
        if text:
            start = CENTRE - (text_width(text, 17) + 24) / 2
            body += shape("rect", paint, x=start, y=bottom + 3, width=14, height=14, rx=3)
            body += words(text, start + 24, bottom + 16, size=17)
            bottom += 25
    return drawing(body, 2 * CENTRE, bottom, title, "chart rays")


def _ring_of_rays(groups: Sequence[tuple[int, str]]) -> str:
    total = sum(count for count, _ in groups)
    if not total:
        middle = (INNER + OUTER) / 2
        return shape("circle", "fig-line", cx=CENTRE, cy=CENTRE, r=middle, stroke_width="1.5", stroke_dasharray="2 8")
    joints = len(groups) if len(groups) > 1 else 0
    step = (360 - 2 * JOINT * joints) / total
    body, angle = "", JOINT if joints else -step / 2
    for count, paint in groups:
        if total <= MOST_RAYS:
            body += "".join(_ray(angle + step * (place + 0.5), step, paint) for place in range(count))
        else:
            body += _band(angle, angle + step * count, paint)
        angle += step * count + 2 * JOINT
    return body


def _at(angle: float, radius: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return CENTRE + radius * math.sin(turn), CENTRE - radius * math.cos(turn)


def _ray(angle: float, step: float, paint: str) -> str:
    (x1, y1), (x2, y2) = _at(angle, INNER), _at(angle, OUTER)
    thick = f"{min(12.0, 0.79 * math.radians(step) * INNER):.2f}"
    return shape("line", paint, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=thick, stroke_linecap="round")


def _band(start: float, end: float, paint: str) -> str:
    """Too many for rays: one band for the group."""
    middle = (INNER + OUTER) / 2
    (x1, y1), (x2, y2) = _at(start, middle), _at(min(end, start + 359.9), middle)
    radius, large = number(middle), int(end - start > 180)
    arc = f"M{x1:.2f} {y1:.2f}A{radius} {radius} 0 {large} 1 {x2:.2f} {y2:.2f}"
    return shape("path", paint, d=arc, fill="none", stroke_width=OUTER - INNER)


def dots(count: int, total: int | None = None, *, title: str, a_row: int = 10) -> Markup:
    """`count` filled dots, of `total` (the rest hollow), `a_row` in a row: for counts too small for a percentage."""
    total = max(count, total or 0)
    columns = min(max(total, 1), a_row)
    body = ""
    for place in range(total):
        x, y = 11 + 22 * (place % a_row), 11 + 22 * (place // a_row)
        body += (
            shape("circle", "d1", cx=x, cy=y, r=8)
            if place < count
            else shape("circle", "fig-line", cx=x, cy=y, r=7.25, stroke_width="1.5")
        )
    rows = max(1, math.ceil(total / a_row))
    return drawing(body, 22 * columns, 22 * rows, title, "dots", natural=True)
