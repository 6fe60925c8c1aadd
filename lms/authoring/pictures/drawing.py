"""The map as an SVG string: classes and attributes only, a link around every box. Pure; case-map.css paints it."""

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from lms.authoring.pictures.blocks import Point, Wire
from lms.authoring.pictures.boxes import ICON, LEADING, SIDE, SUB_LEADING, Box, Chip, icon_of
from lms.authoring.pictures.graph import GO, INJECT
from lms.authoring.pictures.layout import Frame, Label, Layout, Line
from lms.authoring.pictures.marks import ERROR, Mark, Marked, by_box, innermost
from lms.charts.svg import number
from lms.icons import ICONS
from lms.language import gettext as _
from lms.language import ngettext

ROUND = 9.0
Href = Callable[[str], str]  # the page of the form of a part, by the part's address
_HEAD = (
    '<marker id="map-arrow{0}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="gah{0}" d="M0 0L8 4L0 8z"/></marker>'
)
_HEADS = f"<defs>{''.join(_HEAD.format(kind) for kind in ('', '--go', '--lost'))}</defs>"


def drawn(layout: Layout, href: Href, chosen: str = "", marks: Sequence[Mark] = ()) -> Markup:
    """The drawing. `href` gives the page of a part; `chosen` is the address of what is being written; `marks` what was found."""
    title = _("Map of the case: %(title)s", title=layout.title) if layout.title else _("Map of the case")
    label = _("%(title)s. Without sight, the outline says the same in its order.", title=title)
    size = f'width="{number(layout.width)}" height="{number(layout.height)}"'
    return Markup(  # noqa: S704 - texts were escaped where they entered
        f'<svg class="graph" viewBox="0 0 {number(layout.width)} {number(layout.height)}" {size} role="group" '
        f'aria-label="{escape(label)}"><title>{escape(title)}</title>{_HEADS}{_Pen(layout, href, chosen, marks).all()}</svg>'
    )


class _Pen:
    def __init__(self, layout: Layout, href: Href, chosen: str, marks: Sequence[Mark]) -> None:
        self.layout = layout
        self.href = href
        ids = [box.node.id for box in layout.boxes]
        choices = [chip.choice.address for box in layout.boxes for chip in box.chips]
        self.chosen = {innermost(chosen, ids), innermost(chosen, choices)} - {""} if chosen else set()
        self.marked = by_box(marks, ids)
        self.faulty = by_box(marks, choices)

    def all(self) -> str:
        """Grounds, then lines, then every scene with its links in the order of the story."""
        home = {box.node.id: box.node.stage or box.node.id for box in self.layout.boxes}
        ways: dict[str, list[Label]] = {}
        for label in self.layout.labels:
            ways.setdefault(home[label.edge.source], []).append(label)
        parts = [self._frame(frame) for frame in self.layout.frames]
        parts += ['<g aria-hidden="true">', *map(_wire, self.layout.wires), *map(_line, self.layout.lines), "</g>"]
        last = {home[box.node.id]: box for box in self.layout.boxes}
        for box in self.layout.boxes:
            parts += [self._box(box), *(self._chip(chip) for chip in box.chips)]
            if last[home[box.node.id]] is box:
                parts += [self._label(label) for label in ways.get(home[box.node.id], ())]
        return "".join(parts)

    def _frame(self, frame: Frame) -> str:
        return (
            f'<rect class="gp" x="{number(frame.x)}" y="{number(frame.y)}" width="{number(frame.width)}" '
            f'height="{number(frame.height)}" rx="16"/>'
        )

    def _box(self, box: Box) -> str:
        node, marked = box.node, self.marked.get(box.node.id, Marked())
        chosen = node.id in self.chosen
        rest = " gn--across" if node.across else ""
        rest += " is-lost" if not node.reached else ""
        rest += " is-sel" if chosen else ""
        how = f" gn--{node.how}" if node.how else ""
        more = node.more if node.more != node.sub else ""
        label = _named(f"{node.calls}: {' '.join((*box.title, *box.sub))}", more, _found(marked))
        return (
            f'<a class="gn gn--{node.kind}{how}{rest}" {self._to(node.address, label, chosen)}>'
            f"{_ground(box)}{_words(box)}{_badge(box, marked)}</a>"
        )

    def _to(self, address: str, label: str, chosen: bool = False) -> str:
        now = ' aria-current="true"' if chosen else ""
        return f'href="{escape(self.href(address))}" aria-label="{escape(label)}"{now}'

    def _chip(self, chip: Chip) -> str:
        choice, chosen = chip.choice, chip.choice.address in self.chosen
        marked = self.faulty.get(choice.address, Marked())
        cls = f"gc gc--{choice.grade or 'none'}{' gc--go' if choice.go else ''}"
        cls += f"{' is-sel' if chosen else ''}{f' gc--{marked.kind}' if marked.kind else ''}"
        label = _named(choice.label, _found(marked))
        return (
            f'<a class="{cls}" {self._to(choice.address, label, chosen)}><title>{escape(choice.label)}</title>'
            f'<rect class="gch" x="{number(chip.x - 12)}" y="{number(chip.y - 12)}" width="24" height="24"/>'
            f'{_chip_shape(chip)}<text class="gct" x="{number(chip.x)}" y="{number(chip.y + 4.2)}">{choice.number}</text></a>'
        )

    def _label(self, label: Label) -> str:
        edge = label.edge
        whole = _named(_("Way on: %(what)s", what=" ".join(label.lines)), edge.whole)
        middle = label.x + label.width / 2
        top = label.y + 4 + 12
        words = " ".join(
            f'<text class="gwt" x="{number(middle)}" y="{number(top + SUB_LEADING * place)}">{escape(line)}</text>'
            for place, line in enumerate(label.lines)
        )
        cls = "gw gw--go" if edge.kind == GO else "gw"
        return (
            f'<a class="{cls}" {self._to(edge.address, whole)}><title>{escape(edge.whole or edge.label)}</title>'
            f'<rect x="{number(label.x)}" y="{number(label.y)}" width="{number(label.width)}" '
            f'height="{number(label.height)}" rx="8"/>{words}</a>'
        )


def _found(marked: Marked) -> str:
    """What was found, in words for whoever does not see the badge."""
    parts = [ngettext("%(num)d fault", "%(num)d faults", marked.errors)] if marked.errors else []
    if marked.advice:
        parts.append(ngettext("%(num)d piece of advice", "%(num)d pieces of advice", marked.advice))
    return ", ".join(parts)


def _named(*parts: str) -> str:
    """The name of a link; what can be seen comes first, so that it can be called by it."""
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _ground(box: Box) -> str:
    round_ = {"start": 14, "ending": box.height / 2, "inject": 8, "handoff": 8}.get(box.node.kind, 10)
    own = (
        f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}" '
        f'rx="{number(min(round_, 24))}"'
    )
    return f"<rect {own}/>"


def _words(box: Box) -> str:
    name = icon_of(box.node)
    left = box.x + SIDE + (ICON if name else 0)
    top = box.y + 10
    found = [_icon(name, box.x + SIDE - 3, top)] if name else []
    for place, line in enumerate(box.title):
        found.append(_text("gnt", left, top + 13 + LEADING * place, line))
    top += LEADING * len(box.title)
    for place, line in enumerate(box.sub):
        found.append(_text("gns", left, top + 12 + SUB_LEADING * place, line))
    return " ".join(found)  # with spaces, so that the words are apart for whoever hears them


def _text(cls: str, x: float, y: float, words: str) -> str:
    return f'<text class="{cls}" x="{number(x)}" y="{number(y)}">{escape(words)}</text>'


def _icon(name: str, x: float, y: float) -> str:
    return f'<svg class="gi" x="{number(x)}" y="{number(y)}" width="17" height="17" viewBox="0 0 24 24">{ICONS[name]}</svg>'


def _badge(box: Box, marked: Marked) -> str:
    if not marked.kind:
        return ""
    cls = "risk" if marked.kind == ERROR else "warn"
    x, y = number(box.right - 4), number(box.y + 4)
    return f' <circle class="gf gf--{cls}" cx="{x}" cy="{y}" r="9"/>' + _text("gft", box.right - 4, box.y + 8.6, "!")


def _chip_shape(chip: Chip) -> str:
    """A grade is told by the shape, not by the colour alone."""
    x, y = number(chip.x), number(chip.y)
    if chip.choice.grade == "harmful":
        far = 12.0
        points = [(chip.x, chip.y - far), (chip.x + far, chip.y), (chip.x, chip.y + far), (chip.x - far, chip.y)]
        return f'<path class="gcs" d="M{"L".join(f"{number(a)} {number(b)}" for a, b in points)}z"/>'
    if chip.choice.grade == "acceptable":
        return f'<rect class="gcs" x="{number(chip.x - 9)}" y="{number(chip.y - 9)}" width="18" height="18" rx="4"/>'
    return f'<circle class="gcs" cx="{x}" cy="{y}" r="10"/>'


def _wire(wire: Wire) -> str:
    dash = " ge--dash" if wire.kind == INJECT else ""
    head = ' marker-end="url(#map-arrow)"' if wire.head else ""
    return f'<path class="ge ge--in{dash}" d="{path(wire.points)}"{head}/>'


def _line(line: Line) -> str:
    kind = "--lost" if line.edge.target[:1] in "!?" else "--go" if line.edge.kind == GO else ""
    cls = f"ge{f' ge{kind}' if kind else ''}{' ge--back' if line.back else ''}"
    return f'<path class="{cls}" d="{path(line.points)}" marker-end="url(#map-arrow{kind})"/>'


def path(points: Sequence[Point]) -> str:
    """The line through the points, its corners rounded."""
    start, *inner = points
    found = [f"M{_pair(start)}"]
    for at, corner in enumerate(inner[:-1]):
        before, after = _towards(corner, points[at]), _towards(corner, inner[at + 1])
        found.append(f"L{_pair(before)}Q{_pair(corner)} {_pair(after)}")
    return "".join([*found, f"L{_pair(inner[-1])}"])


def _towards(corner: Point, other: Point) -> Point:
    """The point where the line leaves for the corner: so far that two corners never meet."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    far = (across**2 + down**2) ** 0.5
    share = min(ROUND, far / 2) / far if far else 0
    return corner[0] + across * share, corner[1] + down * share


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
