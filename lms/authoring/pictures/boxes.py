"""A box of the map: how large it is, and its words in lines that fit. Pure."""

from dataclasses import dataclass, field

from lms.authoring.pictures.graph import (
    BY_HAND,
    CONDITIONAL,
    ENDING,
    HANDOFF,
    NOWHERE,
    TIMED,
    UNKNOWN,
    Choice,
    Node,
)
from lms.charts.text import text_width, wrap

WIDTH = 196.0
SIDE = 14.0  # from the edge to the words
TITLE, SUB = 14.0, 12.5  # sizes of type, as in case-map.css
LEADING, SUB_LEADING = 17.0, 16.0
ICON = 22.0  # room for an icon before the words
CHIP, CHIPS = 24.0, 30.0  # from one option to the next; the height of their row
_ICONS = {
    TIMED: "clock", CONDITIONAL: "list-checks", BY_HAND: "megaphone", HANDOFF: "send", ENDING: "flag",
    UNKNOWN: "circle-help", NOWHERE: "circle-alert",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """An option, drawn as its number; `x` and `y` are its middle."""

    choice: Choice
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place. `title` and `sub` are lines."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    sub: tuple[str, ...]
    chips: tuple[Chip, ...] = field(default=())

    @property
    def middle(self) -> float:
        """From left to right."""
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.height


def boxed(node: Node, x: float, y: float) -> Box:
    """The box of a node with its left upper corner at (x, y)."""
    room = WIDTH - 2 * SIDE - (ICON if icon_of(node) else 0)
    title = fitted(node.title, room, TITLE, most=2, bold=True)
    sub = fitted(node.sub, room, SUB, most=1 if node.stage and node.how != CONDITIONAL else 2)
    height = 20 + LEADING * len(title) + SUB_LEADING * len(sub) + (CHIPS if node.choices else 0)
    height = max(height, 40.0)
    chips = tuple(
        Chip(choice, x + SIDE + CHIP / 2 + CHIP * place, y + height - 20)
        for place, choice in enumerate(node.choices[:6])
    )
    return Box(node, x, y, WIDTH, height, title, sub, chips)


def icon_of(node: Node) -> str:
    """The icon that tells the kind of a node; scenes and decisions need none."""
    return _ICONS.get(node.how or node.kind, "")


def fitted(words: str, room: float, size: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """`words` in at most so many lines of that width; what does not fit is cut off with an ellipsis."""
    lines = wrap(words, room, size, bold) if words.strip() else []
    if len(lines) <= most:
        return tuple(lines)
    last = f"{lines[most - 1]}…"
    while len(last) > 2 and text_width(last, size, bold) > room:
        last = f"{last[:-2].rstrip(' ,.;:–-')}…"
    return (*lines[: most - 1], last)
