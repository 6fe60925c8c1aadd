"""The few SVG elements that the charts are made of.

Every shape has a class and, as attributes, the light colours of that class: on the page the classes of `app.css` win and follow
the theme; alone, in a PDF or a PNG, the attributes speak. No `style=` anywhere, so a strict Content-Security-Policy has
nothing to refuse.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

FONT = "'LT Sans','Source Sans 3',sans-serif"  # the page's subset, then the full family that PDFs carry
SERIF = "'LT Serif','Source Serif 4',serif"

# class: (what it paints, light colour, token in app.css)
PAINT: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "fig-text": [("fill", "#13252d", "ink")],
    "fig-text-2": [("fill", "#435761", "ink-2")],
    "ch-accent": [("fill", "#0a5465", "accent")],
    "ch-track": [("fill", "#e8eef0", "sunken")],
    "ch-ground": [("fill", "#ffffff", "surface")],
    "fig-line": [("fill", "none", ""), ("stroke", "#6c8089", "edge")],
    "s-line": [("stroke", "#d5dfe3", "line")],
    "fig-dot": [("fill", "#f2b632", "now"), ("stroke", "#764a00", "now-ink")],
    "d0": [("fill", "#b9c7cd", "d0")],
    "d1": [("fill", "#0c5768", "d1")],
    "d2": [("fill", "#e6b04a", "d2")],
    "d3": [("fill", "#a77fc4", "d3")],
    "d4": [("fill", "#b9502f", "d4")],
    "s-d0": [("stroke", "#b9c7cd", "d0")],
    "s-d1": [("stroke", "#0c5768", "d1")],
    "s-d2": [("stroke", "#e6b04a", "d2")],
    "l1": [("fill", "#0c5768", "l1")],
    "l2": [("fill", "#6fa7b3", "l2")],
    "l3": [("fill", "#d3dcdf", "l3")],
    "l4": [("fill", "#dba88f", "l4")],
    "l5": [("fill", "#a4452f", "l5")],
    "on-l1": [("fill", "#ffffff", "on-l1")],
    "on-l2": [("fill", "#13252d", "on-l2")],
    "on-l3": [("fill", "#13252d", "on-l3")],
    "on-l4": [("fill", "#13252d", "on-l4")],
    "on-l5": [("fill", "#ffffff", "on-l5")],
    "seg--on": [("fill", "#0c5768", "accent-fill")],
    "seg--off": [("fill", "#ffffff", "surface"), ("stroke", "#6c8089", "edge")],
    "seg--part": [("fill", "#a9cbd3", "accent-line"), ("stroke", "#0c5768", "accent-fill")],
    "seg--you": [("fill", "#f2b632", "now")],
    "seg-c": [("fill", "#f2b632", "now")],
    "riv": [("fill", "none", ""), ("stroke", "#b3d6e5", "river")],
    "riv-t": [("fill", "#3a6f89", "river-ink")],
    "mp-h": [("fill", "#ffffff", "surface")],
    "mp-need": [("fill", "#ffffff", "surface"), ("stroke", "#a53928", "risk-fill")],
    "mp-l": [("stroke", "#13252d", "ink")],
    "mp-t": [("fill", "#13252d", "ink"), ("stroke", "#ffffff", "surface")],
}


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def shape(tag: str, paint: str, inside: str | None = None, **attributes: float | str) -> str:
    """One element of class `paint`. Names of attributes are written with _ for -; numbers are coordinates.

    `inside` is markup that is already escaped. Further classes follow the first one: "l1 wide".
    """
    colours = "".join(f' {where}="{colour}"' for where, colour, _ in PAINT[paint.partition(" ")[0]])
    given = "".join(
        f' {name.replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
    )
    ending = "/>" if inside is None else f">{inside}</{tag}>"
    return f'<{tag} class="{paint}"{colours}{given}{ending}'


def words(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 15,
    paint: str = "fig-text",
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text, `y` at its base line."""
    weight = "700" if bold else "400"
    return shape("text", paint, str(escape(text)), x=x, y=y, font_size=size, text_anchor=anchor, font_weight=weight)


def lines(texts: Sequence[str], x: float, middle: float, leading: float, *, size: float = 15, **look: Any) -> str:
    """Several lines of text, centred on `middle`; `look` as in `words`."""
    first = middle - leading * (len(texts) - 1) / 2 + size * 0.34
    return "".join(words(text, x, first + leading * row, size=size, **look) for row, text in enumerate(texts))


def drawing(
    body: str, width: float, height: float, title: str, cls: str = "chart", *, natural: bool = False, role: str = "img"
) -> Markup:
    """The whole drawing. `title` says in a sentence what it shows: for those who do not see it, and for the tagged PDF.

    It is as wide as its place on the page; a `natural` one keeps its own size (1 unit = 1 CSS pixel). With links inside its
    `role` is group.
    """
    size = f' width="{number(width)}" height="{number(height)}"' if natural else ""
    return Markup(  # noqa: S704 - texts were escaped where they entered
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{cls}" viewBox="0 0 {number(width)} {number(height)}"{size} '
        f'role="{role}" aria-label="{escape(title)}" font-family="{FONT}">{body}</svg>'
    )
