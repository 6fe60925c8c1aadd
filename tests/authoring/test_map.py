"""The map of a case: all of it, once; nothing on top of anything else; drawn from whatever is written so far."""

import time
import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from lms.authoring.pictures.drawing import drawn
from lms.authoring.pictures.graph import NOWHERE, UNKNOWN, stages_only
from lms.authoring.pictures.layers import backward
from lms.authoring.pictures.layout import layout
from lms.authoring.pictures.marks import ADVICE, ERROR
from lms.authoring.pictures.story import map_of
from lms.authoring.screens.map import STAGES, map_screen, marks_of
from lms.content.addresses import value_at
from lms.content.faults import Fault
from tests.authoring.cases_half_written import SHIPPED, a_long_case, half_written, shipped
from tests.authoring.world import a_draft, an_author

SVG = "{http://www.w3.org/2000/svg}"


def href(address: str) -> str:
    return f"/form?at={address}"


def parts_of(document: object) -> list[str]:
    """How many records of each kind a document holds, by their names in it."""
    found = []
    for name in ("stages", "endings"):
        records = document.get(name) if isinstance(document.get(name), list) else []
        for record in (one for one in records if isinstance(one, dict)):
            found.append(name)
            for inner in ("decisions", "injects", "handoffs") if name == "stages" else ():
                members = record.get(inner) if isinstance(record.get(inner), list) else []
                found += [inner for member in members if isinstance(member, dict)]
    return sorted(found)


KIND = {"stage": "stages", "start": "stages", "ending": "endings", "decision": "decisions", "inject": "injects", "handoff": "handoffs"}  # fmt: skip


def rectangles(drawing):
    """Everything that may not lie on anything else: boxes, and the words on ways."""
    return [(box.x, box.y, box.right, box.foot, box.node.id) for box in drawing.boxes] + [
        (label.x, label.y, label.x + label.width, label.y + label.height, label.edge) for label in drawing.labels
    ]


def overlap(one, other, by=0.0):
    return one[0] < other[2] - by and other[0] < one[2] - by and one[1] < other[3] - by and other[1] < one[3] - by


def check_graph(document):
    graph = map_of(document)
    own = [node for node in graph.nodes if node.kind in KIND]
    assert sorted(KIND[node.kind] for node in own) == parts_of(document)
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)
    records = [id(value_at(document, node.id)) for node in own]
    assert len(set(records)) == len(own)
    return graph


def check_drawing(graph):
    drawing = layout(graph)
    for one, other in combinations(rectangles(drawing), 2):
        assert not overlap(one, other), (one[-1], other[-1])
    for left, top, right, foot, name in rectangles(drawing):
        assert left >= 0 and top >= 0 and right <= drawing.width and foot <= drawing.height, name  # noqa: PT018
    for box in drawing.boxes:
        for chip in box.chips:
            assert box.x <= chip.x - 12 and chip.x + 12 <= box.right and chip.y + 12 <= box.foot  # noqa: PT018
    check_lines(graph, drawing)
    return drawing


def check_lines(graph, drawing):
    boxes = {box.node.id: box for box in drawing.boxes}
    frames = {frame.id: frame for frame in drawing.frames}
    stage = {node.id: node.stage or node.id for node in graph.nodes}
    assert sorted(map(repr, (line.edge for line in drawing.lines))) == sorted(
        repr(edge) for edge in graph.edges if edge.kind != "after"
    )
    for line in drawing.lines:
        (x, y), end = line.points[0], line.points[-1]
        starts = [box for box in drawing.boxes if stage[box.node.id] == stage[line.edge.source]]
        assert any(abs(box.foot - y) < 0.1 and box.x <= x <= box.right for box in starts), line
        target = frames.get(line.edge.target) or boxes[line.edge.target]
        assert abs(end[1] - target.y) < 0.1 and target.x <= end[0] <= target.x + target.width, line  # noqa: PT018
        crosses_nothing(line.points, drawing)
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in line.points)
    for wire in drawing.wires:
        crosses_nothing(wire.points, drawing)


def crosses_nothing(points, drawing):
    """No piece of a line runs through a box; it may touch the edge of those that it joins."""
    for (x0, y0), (x1, y1) in pairwise(points):
        assert abs(x0 - x1) < 0.6 or abs(y0 - y1) < 0.6, points  # all pieces run straight
        piece = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for box in drawing.boxes:
            assert not overlap(piece, (box.x, box.y, box.right, box.foot), by=0.6), (points, box.node.id)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_case_that_is_played_is_on_its_map_once_and_nothing_lies_on_anything(path) -> None:
    graph = check_graph(shipped(path))
    check_drawing(graph)
    check_drawing(stages_only(graph))
    assert not [node for node in graph.nodes if node.kind in (UNKNOWN, NOWHERE) or not node.reached]


@given(half_written)
@settings(max_examples=120, deadline=None)
def test_whatever_is_written_so_far_is_on_the_map_once_and_nothing_lies_on_anything(document) -> None:
    graph = check_graph(document)
    check_drawing(graph)
    check_drawing(stages_only(graph))
    ElementTree.fromstring(drawn(layout(graph), href))  # whatever words there are, it is well-formed


def test_no_document_at_all_has_an_empty_map() -> None:
    for nothing in (None, [], "x", {}, {"stages": None}):
        assert not map_of(nothing).nodes
        assert map_screen(nothing, "x", "", (), href).empty


@given(half_written)
@settings(max_examples=30, deadline=None)
def test_the_same_document_gives_the_same_drawing(document) -> None:
    assert drawn(layout(map_of(document)), href) == drawn(layout(map_of(document)), href)


def test_forty_stages_are_drawn_at_once() -> None:
    document = a_long_case()
    graph = check_graph(document)
    begun = time.process_time()
    text = drawn(layout(map_of(document)), href)
    assert time.process_time() - begun < 1
    assert text.count('class="gn gn--st') == 40
    check_drawing(graph)
    check_drawing(stages_only(graph))


def the_spine(drawing):
    """The ways from the first scene on that the story takes when nothing special happens."""
    ways = {}
    for line in drawing.lines:
        if line.edge.main:
            ways.setdefault(line.edge.source, line)
    here, found = drawing.boxes[0].node.id if drawing.boxes else "", []
    while here in ways and not ways[here].back and ways[here] not in found:
        found.append(ways[here])
        here = ways[here].edge.target
    return found


def check_spine(drawing):
    middles = {box.node.id: box.middle for box in drawing.boxes}
    assert all(len(line.points) == 2 for line in the_spine(drawing))
    assert len({middles[line.edge.target] for line in the_spine(drawing)}) <= 1
    for line in the_spine(drawing):
        (x, top), (_x, foot) = line.points
        beside = [one for one in rectangles(drawing) if one[1] < foot and top < one[3]]
        assert not [one for one in beside if one[2] < x]


def test_the_way_of_the_story_when_nothing_special_happens_runs_straight_down_at_the_left() -> None:
    for document in (shipped(SHIPPED[1]), a_long_case()):
        drawing = layout(map_of(document))
        assert len(the_spine(drawing)) >= 4
        check_spine(drawing)
        assert min(box.x for box in drawing.boxes) == drawing.boxes[0].x


@given(half_written)
@settings(max_examples=60, deadline=None)
def test_it_does_so_whatever_else_there_is(document) -> None:
    check_spine(layout(map_of(document)))
    check_spine(layout(stages_only(map_of(document))))


A_STORY = {
    "stages": [
        {
            "key": "one",
            "title": {"sr": "Први"},
            "decisions": [
                {"key": "where", "title": {"sr": "Где"}, "options": [{"key": "x", "go": "gone"}, {"key": "y", "go": "two"}, {"key": "z"}]},
            ],
            "next": [{"to": "two", "when": "warned"}, {"when": "bed"}],
        },
        {"key": "two", "title": {"sr": "Други"}},
        {"key": "island", "title": {"sr": "Острво"}, "next": [{"to": "one"}]},
        {"key": "two", "title": {"sr": "Исти кључ"}, "next": [{"to": "good"}]},
    ],
    "endings": [{"key": "good", "title": {"sr": "Добро"}}],
    "flags": [{"key": "warned", "meaning": {"sr": "Газда зна да службе долазе."}}],
}  # fmt: skip


def edges_of(graph, source):
    return [(edge.kind, edge.label, edge.target) for edge in graph.edges if edge.source == source]


def test_ways_go_where_options_and_branches_say() -> None:
    graph = map_of(A_STORY)
    assert edges_of(graph, "stages[one].decisions[where]") == [("go", "1", "?gone"), ("go", "2", "stages[two]")]
    assert edges_of(graph, "stages[one]") == [
        ("next", "Газда зна да службе долазе", "stages[two]"),
        ("next", "bed", "!stages[one]"),
        ("next", "иначе", "!stages[one]"),
    ]


def test_a_stage_that_leads_nowhere_says_so_and_leads_to_where_that_is_mended() -> None:
    graph = map_of(A_STORY)
    stub = next(node for node in graph.nodes if node.id == "!stages[two]")
    assert (stub.kind, stub.title, stub.address) == (NOWHERE, "не води никуда", "stages[two].next")
    assert edges_of(graph, "stages[two]") == [("next", "", "!stages[two]")]


def test_a_way_to_what_there_is_not_is_shown_with_the_key_as_it_was_typed() -> None:
    stub = next(node for node in map_of(A_STORY).nodes if node.kind == UNKNOWN)
    assert (stub.title, stub.address) == ("gone", "stages[one].decisions[where].options[x].go")


def test_of_two_stages_with_one_key_the_second_has_an_address_of_its_own_and_no_way_leads_to_it() -> None:
    ids = {node.id: node.reached for node in map_of(A_STORY).nodes if node.kind in ("stage", "start")}
    assert ids == {"stages[one]": True, "stages[two]": True, "stages[island]": False, "stages[#3]": False}


def test_when_all_options_lead_somewhere_nothing_is_missing() -> None:
    stage = {
        "key": "one",
        "decisions": [{"key": "d", "options": [{"key": "x", "go": "good"}, {"key": "y", "go": "good"}]}],
    }
    graph = map_of({"stages": [stage], "endings": A_STORY["endings"]})
    assert [node.kind for node in graph.nodes] == ["start", "decision", "ending"]
    assert edges_of(graph, "stages[one].decisions[d]") == [("go", "1, 2", "endings[good]")]


def test_only_ways_that_close_a_circle_lead_back() -> None:
    onward = {"a": ["b", "c"], "b": ["c"], "c": ["b", "a", "c"], "d": ["a"]}
    assert backward(["a", "b", "c", "d"], onward) == {("c", "b"), ("c", "a"), ("c", "c")}
    drawing = layout(map_of(A_STORY))
    assert [line.edge.source for line in drawing.lines if line.back] == [
        "stages[island]"
    ]  # nothing stands above the start


def test_events_are_told_apart_and_come_in_their_order() -> None:
    injects = [{"key": "hand"}, {"key": "if", "when": "warned"}, {"key": "late", "at": 9}, {"key": "early", "at": 0}]
    graph = map_of({"stages": [{"key": "s", "injects": injects}]})
    found = [(node.id.rpartition("[")[2], node.how) for node in graph.nodes if node.kind == "inject"]
    assert found == [("early]", "timed"), ("late]", "timed"), ("if]", "conditional"), ("hand]", "by-hand")]


def test_a_hand_off_to_another_table_is_marked() -> None:
    handoffs = [{"key": "x", "to": {"sr": "Центар"}}, {"key": "y", "to_place": "topolje"}]
    document = {
        "places": [{"key": "topolje", "name": {"sr": "Топоље"}}],
        "stages": [{"key": "s", "handoffs": handoffs}],
    }
    found = [(node.across, node.sub) for node in map_of(document).nodes if node.kind == "handoff"]
    assert found == [(False, "коме: Центар"), (True, "за сто: Топоље")]


def test_a_decision_that_waits_for_another_stands_below_it_even_when_they_wait_in_a_circle() -> None:
    decisions = [{"key": "b", "opens": {"after": "a"}}, {"key": "a"}, {"key": "c", "opens": {"after": "d"}}, {"key": "d", "opens": {"after": "c"}}]  # fmt: skip
    graph = map_of({"stages": [{"key": "s", "decisions": decisions}]})
    boxes = {box.node.id[-2]: box for box in check_drawing(graph).boxes if box.node.kind == "decision"}
    assert boxes["a"].y < boxes["b"].y
    assert len(boxes) == 4


def drawn_of(document, **more):
    return drawn(layout(map_of(document)), href, **more)


def as_xml(text):
    return ElementTree.fromstring(str(text).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_every_box_and_option_is_a_link_to_its_form_that_says_what_it_is() -> None:
    root = as_xml(drawn_of(A_STORY))
    links = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert links[href("stages[one]")].startswith("Сцена: 1 Први")
    assert links[href("stages[one].decisions[where].options[x]")].startswith("Могућност 1")
    assert (
        links[href("stages[one].next[#0]")]
        == "Правац: Газда зна да службе долазе. ако: „Газда зна да службе долазе” – да."
    )
    assert all(links.values())
    assert root.find(f"{SVG}title") is not None
    assert "прегледу делова" in root.get("aria-label")


def test_the_drawing_has_classes_only_and_words_stay_words() -> None:
    text = drawn_of({"stages": [{"key": "s", "title": {"sr": '<script>alert(1)</script>" onload="x'}}]})
    assert "<script" not in text
    assert 'onload="' not in text
    assert " style=" not in drawn_of(shipped(SHIPPED[1]))


def test_what_is_being_written_and_what_was_found_is_shown_at_the_innermost_box() -> None:
    marks = [
        ("stages[one].decisions[where].options[x].go", ERROR),
        ("stages[one].title.sr", ADVICE),
        ("roles[x]", ERROR),
    ]
    root = as_xml(drawn_of(A_STORY, chosen="stages[one].decisions[where].options[x].text.sr", marks=marks))
    links = {link.get("href"): link for link in root.iter(f"{SVG}a")}
    decision, option = (
        links[href("stages[one].decisions[where]")],
        links[href("stages[one].decisions[where].options[x]")],
    )
    assert decision.get("aria-current") == option.get("aria-current") == "true"
    assert "1 грешка" in decision.get("aria-label")
    assert "gc--error" in option.get("class")
    assert "1 савет" in links[href("stages[one]")].get("aria-label")
    assert sum("gf " in circle.get("class", "") for circle in root.iter(f"{SVG}circle")) == 2


def test_scenes_alone_keep_the_ways_of_decisions_and_count_what_is_inside() -> None:
    graph = stages_only(map_of(A_STORY))
    assert [node.sub for node in graph.nodes if node.id == "stages[one]"] == ["1 одлука"]
    assert ("go", "Где: 2", "stages[two]") in edges_of(graph, "stages[one]")


def test_the_screen_says_how_much_is_on_the_map_and_takes_faults_as_marks() -> None:
    faults = [Fault("f", 1, "m", "a", name="stages[one]"), Fault("f", 1, "m", "a", name="", warning=True)]
    assert marks_of(faults) == [("stages[one]", ERROR)]
    screen = map_screen(A_STORY, "x", "stages[one]", marks_of(faults), href, level=STAGES)
    assert screen.summary == "4 сцене, 1 одлука, 0 догађаја, 0 преношења, 1 завршетак"
    assert not screen.whole
    assert map_screen(A_STORY, "x", "", (), href, level="?").whole


HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_the_map_is_a_page_and_a_part_of_the_editors(client, app) -> None:
    an_author(client)
    draft = a_draft()
    page = client.get(f"/drafts/{draft.id}/cases/small/map?map=stages&at=stages[call]")
    assert page.status_code == 200
    assert "Само сцене" in page.text and 'class="gn gn--decision' not in page.text  # noqa: PT018
    part = client.get(f"/drafts/{draft.id}/cases/small/map", headers=HTMX)
    assert part.text.lstrip().startswith("<section") and 'class="gn gn--decision' in part.text  # noqa: PT018
    assert f"/drafts/{draft.id}/files/cases/small.yaml?at=stages" in part.text
    assert client.get(f"/drafts/{draft.id}/cases/other/map").status_code == 404
    assert client.get(f"/drafts/{draft.id}/cases/..%2Fcourse/map").status_code == 404
