"""Where the teams are: places by their coordinates, rivers for orientation, no borders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

from markupsafe import Markup, escape

from lms.charts.circle import segments
from lms.charts.svg import drawing, shape
from lms.charts.text import text_width

WEST, EAST, NORTH, SOUTH = 18.7, 23.0, 46.28, 42.15  # degrees: Serbia with a margin
NARROWING = 0.717  # cosine of the middle latitude, 44.2°

# Rough courses (longitude, latitude), drawn by hand for orientation only.
RIVERS: Mapping[str, Sequence[tuple[float, float]]] = {
    "danube": [(18.87, 45.85), (18.98, 45.67), (19.0, 45.5), (19.1, 45.35), (19.39, 45.23), (19.6, 45.2), (19.84, 45.25), (20.0, 45.17),
               (20.27, 45.13), (20.4, 44.95), (20.46, 44.83), (20.65, 44.84), (20.93, 44.68), (21.1, 44.73), (21.38, 44.79), (21.55, 44.7),
               (21.8, 44.63), (22.1, 44.49), (22.35, 44.52), (22.5, 44.66), (22.72, 44.58), (22.55, 44.42), (22.66, 44.22)],
    "sava": [(19.05, 44.88), (19.29, 44.91), (19.61, 44.96), (19.78, 44.85), (19.7, 44.77), (19.95, 44.7), (20.2, 44.66), (20.38, 44.77),
             (20.46, 44.83)],
    "tisa": [(20.06, 46.1), (20.09, 45.93), (20.06, 45.75), (20.05, 45.6), (20.2, 45.4), (20.3, 45.25), (20.27, 45.13)],
    "morava": [(21.41, 43.67), (21.36, 43.93), (21.2, 44.15), (21.12, 44.35), (21.05, 44.55), (21.03, 44.71)],
    "west-morava": [(20.05, 43.86), (20.35, 43.88), (20.69, 43.74), (21.0, 43.62), (21.2, 43.61), (21.41, 43.67)],
    "south-morava": [(21.75, 42.45), (21.95, 42.58), (22.06, 42.72), (22.0, 42.9), (21.97, 43.05), (21.82, 43.2), (21.75, 43.35),
                     (21.68, 43.54), (21.41, 43.67)],
    "drina": [(19.3, 43.75), (19.35, 43.97), (19.25, 44.15), (19.12, 44.35), (19.2, 44.6), (19.36, 44.88)],
    "ibar": [(20.61, 43.12), (20.6, 43.29), (20.6, 43.5), (20.69, 43.72)],
    "nisava": [(22.75, 43.02), (22.59, 43.15), (22.2, 43.28), (21.9, 43.33), (21.75, 43.37)],
    "timok": [(22.25, 43.6), (22.28, 43.9), (22.4, 44.05), (22.66, 44.22)],
}  # fmt: skip
NAMED = {
    "danube": (19.12, 45.44, 50),
    "tisa": (20.12, 45.62, 70),
    "drina": (19.02, 44.22, -72),
}  # longitude, latitude, turn


LINE = 15  # from one line of a name to the next

Room = tuple[float, float, float, float]  # left, top, right, bottom
Side = tuple[float, float, str, tuple[str, ...]]  # where a name begins, its anchor, its lines


@dataclass(frozen=True)
class Place:
    """One team. `sectors` are the codes present; `words` is its sentence for those who do not see the map."""

    name: str
    latitude: float
    longitude: float
    sectors: frozenset[str] | tuple[str, ...] = ()
    words: str = ""
    href: str = ""
    need: bool = False  # a thick brick ring: no training yet
    key: bool = False  # keeps its name on a phone


def river_map(
    points: Sequence[Place], *, title: str, rivers: Mapping[str, str] | None = None, width: float = 500
) -> Markup:
    """Each team as its ring of sectors at its place. `rivers` names `danube`, `tisa` and `drina` in the reader's language.

    Rings grow smaller when there are many teams. A name that finds no free room beside its ring stands there in two lines, or
    further off, at the end of a line that crosses no ring; where that fails too, it is left out: it is in the sentence of its
    place and in the table beside the map.
    """
    scale = width / ((EAST - WEST) * NARROWING)
    spots = [((p.longitude - WEST) * NARROWING * scale, (NORTH - p.latitude) * scale) for p in points]
    outer = 16.5 if len(points) <= 30 else 11.0
    height = (NORTH - SOUTH) * scale
    body = "".join(shape("path", "riv", d=_course(name, scale), stroke_width="5" if name == "danube" else "2.5", stroke_linecap="round")
                   for name in RIVERS)  # fmt: skip
    named = []
    for name, text in (rivers or {}).items():
        longitude, latitude, turn = NAMED[name]
        x, y = (longitude - WEST) * NARROWING * scale, (NORTH - latitude) * scale
        body += shape(
            "text", "riv-t", str(escape(text)), x=x, y=y, font_size=12, transform=f"rotate({turn} {x:.0f} {y:.0f})"
        )
        named.append(_turned(x, y, text_width(text, 12), turn))
    sides = _sides(points, spots, outer, (width, height), named)
    body += "".join(_place(point, spot, side, outer) for point, spot, side in zip(points, spots, sides, strict=True))
    return drawing(
        body, width, height, title, "chart natmap", role="group" if any(point.href for point in points) else "img"
    )


def _turned(x: float, y: float, long: float, turn: float) -> Room:
    """The room of a river's name that begins at x, y and is turned by `turn` degrees."""
    across, down = long * cos(radians(turn)), long * sin(radians(turn))
    return min(x, x + across) - 8, min(y, y + down) - 8, max(x, x + across) + 8, max(y, y + down) + 8


def _course(name: str, scale: float) -> str:
    points = [((a - WEST) * NARROWING * scale, (NORTH - b) * scale) for a, b in RIVERS[name]]
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for i in range(len(points) - 1):  # Catmull-Rom through the points, as Bézier curves
        p0, p1, p2, p3 = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, len(points) - 1)]
        near = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        far = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        path += f"C{near[0]:.0f} {near[1]:.0f} {far[0]:.0f} {far[1]:.0f} {p2[0]:.0f} {p2[1]:.0f}"
    return path


def _boxes(x: float, y: float, name: str, outer: float) -> list[tuple[Side, Room]]:
    """Where a name may stand, best first, and the room it takes: beside its ring, there in two lines, further off."""
    long = text_width(name, 13, bold=True)
    one = [((across, down, anchor, (name,)), room) for across, down, anchor, room in _near(x, y, long, outer)]
    further = [((across, down, anchor, (name,)), room) for across, down, anchor, room in _far(x, y, long, outer)]
    return one + (_in_two(x, y, name, outer) if " " in name else []) + further


def _in_two(x: float, y: float, name: str, outer: float) -> list[tuple[Side, Room]]:
    """Two lines: right, left, then under and over the ring with either end at it."""
    lines = tuple(name.split(" ", 1))
    long = max(text_width(line, 13, bold=True) for line in lines)
    under, over = y + outer + LINE, y - outer - 6 - LINE
    places = [(x + outer + 5, y - 3, "start"), (x - outer - 5, y - 3, "end")]
    places += [
        (x + outer / 4 * turn, down, anchor) for down in (under, over) for turn, anchor in ((1, "end"), (-1, "start"))
    ]
    found: list[tuple[Side, Room]] = []
    for across, down, anchor in places:
        left = across if anchor == "start" else across - long
        found.append(((across, down, anchor, lines), (left, down - 12, left + long, down + LINE + 4)))
    return found


def _near(x: float, y: float, long: float, outer: float) -> list[tuple[float, float, str, Room]]:
    away = outer + 5
    return [
        (x + away, y + 4.5, "start", (x + away, y - 8, x + away + long, y + 8)),
        (x - away, y + 4.5, "end", (x - away - long, y - 8, x - away, y + 8)),
        (x, y + outer + 15, "middle", (x - long / 2, y + outer + 3, x + long / 2, y + outer + 19)),
        (x, y - outer - 6, "middle", (x - long / 2, y - outer - 18, x + long / 2, y - outer - 2)),
    ]


def _far(x: float, y: float, long: float, outer: float) -> list[tuple[float, float, str, Room]]:
    """At the end of a line."""
    far = outer * 2.2
    led = []
    for times in (1, 1.6, 2.4, 3.4):
        for down in (far * times, -far * times, 0):
            for across in (far * times, -far * times):
                left = x + across if across > 0 else x + across - long
                anchor = "start" if across > 0 else "end"
                led.append((x + across, y + down + 4.5, anchor, (left, y + down - 8, left + long, y + down + 8)))
    return led


def _away(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point is from the line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / (across**2 + down**2 or 1)
    part = min(max(along, 0), 1)
    return hypot(start[0] + part * across - point[0], start[1] + part * down - point[1])


def _sides(
    points: Sequence[Place],
    spots: Sequence[tuple[float, float]],
    outer: float,
    size: tuple[float, float],
    rivers: Sequence[Room],
) -> list[Side | None]:
    taken = [(x - outer - 2, y - outer - 2, x + outer + 2, y + outer + 2) for x, y in spots] + list(rivers)
    chosen: list[Side | None] = [None] * len(points)
    for index in sorted(range(len(points)), key=lambda i: not (points[i].key or points[i].need)):  # these first
        for side, box in _boxes(*spots[index], points[index].name, outer):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
            clear = not any(
                _away(other, spots[index], (side[0], side[1] - 4.5)) < outer for other in spots if other != spots[index]
            )
            if (
                inside
                and clear
                and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken)
            ):
                taken.append(box)
                chosen[index] = side
                break
    return chosen


def _place(point: Place, spot: tuple[float, float], side: Side | None, outer: float) -> str:
    x, y = spot
    halo = (
        shape("circle", "mp-need", cx=x, cy=y, r=outer + 4.5, stroke_width="2.5")
        if point.need
        else shape("circle", "mp-h", cx=x, cy=y, r=outer + 4)
    )
    body = halo + segments(point.sectors, thin=1, x=x, y=y, outer=outer, inner=outer / 2, gap=0.8)
    body += shape("circle", "seg-c", cx=x, cy=y, r=outer / 4)
    if side:
        if len(side[3]) == 1 and hypot(side[0] - x, side[1] - 4.5 - y) > outer * 2:
            part = outer / hypot(side[0] - x, side[1] - 4.5 - y)  # the line begins at the ring's edge
            start = x + (side[0] - x) * part, y + (side[1] - 4.5 - y) * part
            end = f"{side[0]:.0f} {side[1] - 4.5:.0f}"
            body += shape("path", "mp-l", d=f"M{start[0]:.0f} {start[1]:.0f}L{end}", stroke_width="1.2")
        for number, line in enumerate(side[3]):
            body += " " * (number > 0)  # the words stand apart for whoever hears them
            body += shape("text", "mp-t", str(escape(line)), x=side[0], y=side[1] + number * LINE, text_anchor=side[2], font_size=13,
                          font_weight="700", stroke_width="4", stroke_linejoin="round", paint_order="stroke")  # fmt: skip
    cls = "mp" + (" mp--need" if point.need else "") + (" mp--key" if point.key else "")
    label = f' aria-label="{escape(point.words or point.name)}"'
    if point.href:
        return f'<a href="{escape(point.href)}" class="{cls}"{label}>{body}</a>'
    return f'<g class="{cls}" role="img"{label}>{body}</g>'
