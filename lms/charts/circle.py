"""The ring of the nine sectors round the person, as a drawing of its own (on pages: the macro `ring` in ui/macros.html)."""

import math
from collections.abc import Collection

from markupsafe import Markup

from lms.charts.svg import drawing, number, shape

ORDER = ("social", "police", "prosecution", "judiciary", "health", "education", "redcross", "ngo", "city")


def segment(place: int, *, inner: float = 27, outer: float = 45, x: float = 50, y: float = 50, gap: float = 2.5) -> str:
    """The outline of segment `place` (0–8, clockwise from the top), with straight gaps of 2 × `gap` between segments."""

    def point(radius: float, side: int) -> str:
        turn = math.radians(40 * place + 20 * side) - side * math.asin(gap / radius)
        return f"{number(x + radius * math.sin(turn))} {number(y - radius * math.cos(turn))}"

    a, b = number(outer), number(inner)
    return f"M{point(outer, -1)}A{a} {a} 0 0 1 {point(outer, 1)}L{point(inner, 1)}A{b} {b} 0 0 0 {point(inner, -1)}Z"


def ring(present: Collection[str], you: str = "", invited: Collection[str] = (), *, title: str) -> Markup:
    """Filled: the sector is there; outline: it is missing; pale: invited; honey: you. The order of sectors never changes.

    `present` holds codes from `ORDER`; codes of other sectors have no place in the ring and are passed over.
    """
    body = segments(present, you, invited) + shape("circle", "seg-c", cx=50, cy=50, r=11)
    return drawing(body, 100, 100, title, "ring")


def segments(
    present: Collection[str], you: str = "", invited: Collection[str] = (), thin: float = 2, **place: float
) -> str:
    """The nine segments alone; `place` moves and sizes them as in `segment`, `thin` is the width of outlines."""
    body = ""
    for index, code in enumerate(ORDER):
        state = "you" if code == you else "on" if code in present else "part" if code in invited else "off"
        outline = {"stroke_width": number(thin)} if state in ("off", "part") else {}
        body += shape("path", f"seg--{state} seg", d=segment(index, **place), **outline)
    return body
