"""Charts: well-formed, without inline styles, nothing outside the drawing, no two texts over each other – at every extreme."""

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from markupsafe import Markup

from lms.charts import Place, bars, dots, likert, paired_shift, rays, ring, river_map, slope
from lms.charts.text import text_width

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Невладине организације и удружења грађана у локалној заједници која раде са младима"
SECTORS = [("Социјална заштита", 29, "40,28%"), ("Полиција", 18, "25%"), (LONG, 6, "8,33%"), ("Образовање", 1, "1,39%")]
HEADS = ("пре обуке", "после обуке")
ITEM = "Познаник нуди посао на градилишту, превози двојицу радника у други град и узима им личне карте. Шта је овде средство?"

DRAWINGS = {
    "rays": rays(43, 29, title="72 особе", caption="учесника и учесница", legend=("43 жене", "29 мушкараца")),
    "rays: nobody": rays(0, 0, title="нико"),
    "rays: one": rays(0, 0, 1, title="једна особа", caption="особа"),
    "rays: very many": rays(90_000, 9_999, 1, title="много", caption="особа"),
    "bars": bars(SECTORS, title="По сектору"),
    "bars: wide": bars(SECTORS, title="По сектору", width=680),
    "bars: nothing": bars([], title="ништа"),
    "bars: zero": bars([("Нема", 0, "0%")], title="нула"),
    "bars: huge": bars([(LONG, 1_234_567, "100%"), ("б", 0, "0%")], title="велико"),
    "likert": likert([213, 107, 31, 9, 0], ["59,17%", "29,72%", "8,61%", "2,5%", "0%"], title="Е1"),
    "likert: all one": likert([1, 0, 0, 0, 0], ["100%", "", "", "", ""], title="сви"),
    "likert: nobody": likert([0] * 5, [""] * 5, title="нико"),
    "likert: slivers": likert([960, 10, 10, 10, 10, 3], ["96%", "1%", "1%", "1%", "1%", "0,3%"], title="мало"),
    "likert: slivers first": likert([1, 1, 1, 1, 996], ["0,1%", "0,1%", "0,1%", "0,1%", "99,6%"], title="мало"),
    "likert: cannot judge": likert([0, 0, 0, 0, 0, 4], ["", "", "", "", "", "4"], title="не могу"),
    "slope": slope([("укупно", 0.54, 0.82, "54%", "82%", True), (LONG, 0.58, 0.86, "58%", "86%")], title="т", heads=HEADS),
    "slope: nothing": slope([], title="т", heads=HEADS),
    "slope: all the same": slope([(f"модул {n}", 1, 1, "100%", "100%") for n in range(8)], title="т", heads=HEADS),
    "slope: from 0 to 100": slope([("модул", 0, 1, "0%", "100%"), ("б", 1, 0, "100%", "0%")], title="т", heads=HEADS),
    "shift": paired_shift([(ITEM, 2, 31), ("Кога обавештавате прво?", 0, 12), ("Нико", 0, 0)], title="т", heads=HEADS),
    "shift: nothing": paired_shift([], title="т", heads=HEADS),
    "shift: one": paired_shift([("Питање", 1, 0)], title="т", heads=("са тачног на нетачан одговор", "са нетачног на тачан одговор")),
    "ring": ring(["social", "police"], "social", ["ngo"], title="2 од 9"),
    "ring: empty": ring([], title="0 од 9"),
    "dots": dots(3, 9, title="3 од 9"),
    "dots: none": dots(0, title="0"),
    "dots: many": dots(31, title="31"),
    "map": river_map([Place("Краљево", 43.72, 20.69, ("social",)), Place("Врање", 42.55, 21.9, need=True)], title="мапа"),
    "map: crowded": river_map([Place(f"Место {n}", 43.6 + n / 200, 20.7, ("police",)) for n in range(40)], title="мапа"),
    "map: edges": river_map([Place("Суботица", 46.1, 19.67), Place("Прешево", 42.31, 21.65), Place("Димитровград", 43.02, 22.78)], title="мапа"),
}  # fmt: skip


def texts(drawing: Markup) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Every upright text with its box: left, top, right, bottom."""
    for element in ET.fromstring(drawing).iter(f"{SVG}text"):
        if "transform" in element.attrib:
            continue
        size, x, y = (float(element.attrib[name]) for name in ("font-size", "x", "y"))
        long = text_width(element.text or "", size, element.attrib["font-weight"] != "400")
        left = x - long * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        yield element.text or "", (left, y - size * 0.72, left + long, y + size * 0.2)


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_is_well_formed_named_and_without_inline_styles(drawing: Markup) -> None:
    root = ET.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert not [element for element in root.iter() if "style" in element.attrib or element.tag == f"{SVG}style"]
    assert "nan" not in drawing


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_texts_stay_inside_the_drawing(drawing: Markup) -> None:
    _, _, width, height = (float(value) for value in ET.fromstring(drawing).attrib["viewBox"].split())
    for text, (left, top, right, bottom) in texts(drawing):
        assert left >= -0.6, text
        assert top >= -0.6, text
        assert right <= width + 0.6, text
        assert bottom <= height + 0.6, text


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_no_two_texts_overlap(drawing: Markup) -> None:
    for (one, a), (other, b) in itertools.combinations(texts(drawing), 2):
        apart = a[2] <= b[0] + 0.6 or b[2] <= a[0] + 0.6 or a[3] <= b[1] + 0.6 or b[3] <= a[1] + 0.6
        assert apart, f"{one} / {other}"


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_rectangles_stay_inside_the_drawing(drawing: Markup) -> None:
    width = float(ET.fromstring(drawing).attrib["viewBox"].split()[2])
    for rect in ET.fromstring(drawing).iter(f"{SVG}rect"):
        assert float(rect.attrib["x"]) >= -0.1
        assert float(rect.attrib["width"]) >= 0
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width + 0.1


def test_numbers_are_printed_as_given() -> None:
    printed = " ".join(text for text, _ in texts(DRAWINGS["bars"]))
    assert all(f"{value}" in printed and share in printed for _, value, share in SECTORS)
    assert {"59,17%", "29,72%", "8,61%", "2,5%"} <= {text for text, _ in texts(DRAWINGS["likert"])}
    assert {"2", "31", "0", "12"} <= {text for text, _ in texts(DRAWINGS["shift"])}


def test_a_part_of_zero_is_left_out() -> None:
    assert 'class="l5"' not in DRAWINGS["likert"]
    assert "0%" not in {text for text, _ in texts(DRAWINGS["likert"])}


def test_one_ray_is_one_person() -> None:
    assert DRAWINGS["rays"].count('class="s-d1"') == 43
    assert DRAWINGS["rays"].count('class="s-d2"') == 29
    assert ">72<" in DRAWINGS["rays"]


def test_bars_are_as_long_as_their_numbers() -> None:
    lengths = [float(rect.attrib["width"]) for rect in ET.fromstring(DRAWINGS["bars"]).iter(f"{SVG}rect")]
    assert lengths[1] / lengths[0] == pytest.approx(18 / 29, abs=0.01)


def test_texts_from_people_are_escaped() -> None:
    drawing = bars([("<script>&\"'", 1, "<b>")], title='"><script>')
    assert ET.fromstring(drawing).get("aria-label") == '"><script>'
    assert "<script>" not in drawing


def test_an_incomplete_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="five shares"):
        likert([1, 2], ["1", "2"], title="т")


def test_a_place_says_its_sentence_and_links() -> None:
    drawing = river_map(
        [Place("Ниш", 43.32, 21.9, words="Ниш: 3 од 9 сектора", href="/teams/nis?a=1&b=2")],
        title="м",
        rivers={"danube": "Дунав"},
    )
    assert 'aria-label="Ниш: 3 од 9 сектора"' in drawing
    assert 'href="/teams/nis?a=1&amp;b=2"' in drawing
    assert "Дунав" in drawing


def test_a_long_name_among_neighbours_stands_in_two_lines() -> None:
    """Бачка Паланка as in the demo: the edge at its left, rings of others over, under and beside it, a river's name above."""
    around = [
        ("Нови Сад", 45.25, 19.84),
        ("Темерин", 45.49, 19.82),
        ("Сремска Митровица", 44.97, 19.61),
        ("Сомбор", 45.77, 19.11),
    ]
    places = [
        Place(name, latitude, longitude) for name, latitude, longitude in [("Бачка Паланка", 45.25, 19.39), *around]
    ]
    drawing = river_map(places, title="м", rivers={"danube": "Дунав", "tisa": "Тиса"})
    printed = {text for text, _ in texts(drawing)}
    assert {"Бачка", "Паланка"} <= printed
    assert {name for name, *_ in around} <= printed
    assert "Бачка Паланка" in "".join(ET.fromstring(drawing).itertext())  # two words for whoever hears them
