"""Two shares under one another, and spans against a limit: lengths tell the truth, and words stay whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.charts import Pair, Span, pairs, spans

RECTANGLE = re.compile(r'<rect class="(\S+)"[^>]*? x="([\d.]+)"[^>]*? width="([\d.]+)"')
NAMES = ("of all paths", "of teams")


def bars_of(drawing: str, paint: str) -> list[tuple[float, float]]:
    return [(float(x), float(width)) for cls, x, width in RECTANGLE.findall(drawing) if cls == paint]


@given(st.lists(st.tuples(st.floats(0.02, 1), st.floats(0.02, 1)), min_size=1, max_size=6))
def test_a_bar_is_as_long_as_its_share_on_one_scale(shares: list[tuple[float, float]]) -> None:
    drawing = pairs([Pair("Крај", *one, "1%", "2%") for one in shares], title="Крајеви", names=NAMES)
    first, second = bars_of(drawing, "d1")[1:], bars_of(drawing, "d2")[1:]  # after the legend
    scale = first[0][1] / shares[0][0]
    for (share, other), (_x, long), (_y, also_long) in zip(shares, first, second, strict=True):
        assert long == pytest.approx(share * scale, rel=0.1, abs=0.2)
        assert also_long == pytest.approx(other * scale, rel=0.1, abs=0.2)


def test_nothing_has_no_bar_and_very_little_can_be_seen() -> None:
    drawing = pairs([Pair("Крај", 0.0, 0.0001, "0%", "< 1%")], title="Крајеви", names=NAMES)
    assert len(bars_of(drawing, "d1")) == 1  # that of the legend
    assert bars_of(drawing, "d2")[1][1] >= 2


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 60)), min_size=1, max_size=6), st.integers(5, 240))
def test_what_lies_beyond_the_limit_has_a_colour_of_its_own(rows: list[tuple[int, int]], limit: int) -> None:
    shown = [Span("Крај", least, least + more, f"{least}") for least, more in rows]
    drawing = spans(shown, limit, title="Времена", limit_words="траје")
    assert len(bars_of(drawing, "d4")) == sum(one.most > limit for one in shown)
    assert len(bars_of(drawing, "d1")) == sum(one.least <= limit for one in shown)


def test_words_are_escaped_and_the_title_is_said() -> None:
    for drawing in (
        pairs([Pair("<b>", 0.5, 0.5, "50%", "50%")], title="Крајеви & путеви", names=NAMES),
        spans([Span("<b>", 1, 2, "1–2")], 5, title="Крајеви & путеви", limit_words="<5"),
    ):
        assert "<b>" not in drawing
        assert 'aria-label="Крајеви &amp; путеви"' in drawing


def test_without_rows_there_is_still_a_drawing() -> None:
    assert "<svg" in spans([], 30, title="Времена", limit_words="30")
    assert "<svg" in pairs([], title="Крајеви", names=NAMES)
