"""Breaking lines and keeping labels apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lms.charts.text import spread, text_width, wrap


def test_bold_is_wider_and_size_scales() -> None:
    assert text_width("обука", 15, bold=True) > text_width("обука", 15)
    assert text_width("обука", 30) == 2 * text_width("обука", 15)


@given(st.text(alphabet="абвгш љx%1", max_size=80), st.floats(40, 200))
def test_wrapped_lines_fit_and_lose_nothing(words: str, room: float) -> None:
    lines = wrap(words, room, 15)
    assert all(text_width(line, 15) <= room for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == words.replace(" ", "")


def test_a_word_too_long_is_cut() -> None:
    assert wrap("Најнеприпремљенијима", 60, 15)[0].endswith("-")


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_things_are_kept_apart_in_order_and_inside(wanted: list[float]) -> None:
    centres = spread(wanted, [10] * len(wanted), 0, 100)
    ordered = sorted(zip(wanted, centres, strict=True))
    places = sorted(centres)
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(places))
    assert places[0] >= 5 - 1e-6
    assert places[-1] <= 95 + 1e-6
    assert all(a[1] <= b[1] or a[0] == b[0] for a, b in pairwise(ordered))


def test_things_with_room_stay_where_they_are() -> None:
    assert spread([20, 50, 80], [10, 10, 10], 0, 100) == [20, 50, 80]
