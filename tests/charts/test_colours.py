"""The colours that charts carry are the light ones of app.css, and every pair of colours in use can be told apart."""

import re
from pathlib import Path

import pytest

from lms.charts.circle import ORDER, segment
from lms.charts.svg import PAINT

ROOT = Path(__file__).parent.parent.parent
CSS = (ROOT / "static/css/app.css").read_text("utf-8")


def block(start: str) -> str:
    begin = CSS.index("{", CSS.index(start))
    depth, end = 1, begin + 1
    while depth:
        depth += {"{": 1, "}": -1}.get(CSS[end], 0)
        end += 1
    return CSS[begin:end]


def tokens(text: str) -> dict[str, str]:
    short = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-fA-F]{3,6})\b", text))
    return {
        name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for name, value in short.items()
    }


LIGHT = tokens(block("\n  :root{"))
DARK = {**LIGHT, **tokens(block(":root[data-theme=dark]{"))}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT = [("ink", 7, "canvas surface sunken now-soft risk-soft sim-soft accent-soft"), ("ink-2", 4.5, "canvas surface sunken now-soft sim-soft accent-soft"),
        ("ink-3", 4.5, "canvas surface"), ("accent", 4.5, "canvas surface sunken accent-soft"), ("on-accent", 4.5, "accent-fill accent-press"),
        ("sim", 4.5, "canvas surface sim-soft"), ("on-sim", 4.5, "sim-fill sim-press"), ("on-now", 4.5, "now"), ("now-ink", 4.5, "canvas surface now-soft"),
        ("ok", 4.5, "canvas surface ok-soft"), ("risk", 4.5, "canvas surface risk-soft"), ("on-risk", 4.5, "risk-fill risk-press"), ("on-deep", 7, "deep"),
        ("on-deep-2", 4.5, "deep"), ("on-l1", 4.5, "l1"), ("on-l2", 4.5, "l2"), ("on-l3", 4.5, "l3"), ("on-l4", 4.5, "l4"), ("on-l5", 4.5, "l5")]  # fmt: skip
SHAPES = [("edge", 3, "canvas surface sunken"), ("accent-fill", 3, "surface"), ("sim-fill", 3, "surface"), ("ok-fill", 3, "surface"), ("risk-fill", 3, "surface"),
          ("focus", 3, "canvas surface accent-soft focus-halo"), ("d1", 3, "surface"), ("d3", 3, "surface"), ("d4", 3, "surface"), ("now", 3, "deep"),
          ("l1", 2, "l2"), ("l5", 2, "l4")]  # fmt: skip
PAIRS = [(front, back, least) for front, least, backs in TEXT + SHAPES for back in backs.split()]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front: str, back: str, least: float, theme: dict[str, str]) -> None:
    assert contrast(theme[front], theme[back]) >= least


def test_both_dark_blocks_say_the_same() -> None:
    assert tokens(block(":root:not([data-theme=light]){")) == tokens(block(":root[data-theme=dark]{"))


def test_charts_carry_the_light_colours() -> None:
    for paints in PAINT.values():
        for _, colour, token in paints:
            assert colour == (LIGHT[token] if token else "none"), token


def test_every_class_of_the_charts_is_in_the_stylesheet() -> None:
    assert [name for name in PAINT if not re.search(rf"\.{re.escape(name)}[{{,]", CSS)] == []


def test_the_ring_on_pages_is_the_ring_of_the_charts() -> None:
    macros = (ROOT / "templates/ui/macros.html").read_text("utf-8")
    assert re.findall(r"\('(\w+)', '(M[^']+)'\)", macros) == [
        (code, segment(place)) for place, code in enumerate(ORDER)
    ]


def test_the_stylesheets_ask_nobody_else_for_anything() -> None:
    for path in (ROOT / "static/css").glob("*.css"):
        text = path.read_text("utf-8")
        assert "http" not in text
        assert "url(data:" not in text
        for address in re.findall(r"url\(([^)]+)\)", text):
            assert (path.parent / address).resolve().is_file(), address
