"""The map of a case as a part of a page: the drawing, how much is on it, and which of its two levels is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms.authoring.checking import UNTRANSLATED, urgency
from lms.authoring.pictures.drawing import Href, drawn
from lms.authoring.pictures.graph import DECISION, ENDING, HANDOFF, INJECT, STAGE, START, Graph, stages_only
from lms.authoring.pictures.layout import layout
from lms.authoring.pictures.marks import ADVICE, ERROR, Mark
from lms.authoring.pictures.story import map_of
from lms.content.faults import Fault
from lms.language import ngettext

ALL, STAGES = LEVELS = "all", "stages"


@dataclass(frozen=True, slots=True)
class MapScreen:
    """What `_map.html` prints. `at` is the address of what is being written, empty when nothing is."""

    case_key: str
    title: str
    drawing: Markup
    summary: str
    level: str
    at: str
    empty: bool

    @property
    def whole(self) -> bool:
        """Whether the drawing shows what happens in the scenes."""
        return self.level == ALL


def map_screen(
    document: object, case_key: str, chosen_address: str, marks: Sequence[Mark], href: Href, *, level: str = ALL
) -> MapScreen:
    """The map of a case document, finished or not. `href` gives the page of a part by its address."""
    graph = map_of(document)
    shown = stages_only(graph) if level == STAGES else graph
    drawing = drawn(layout(shown), href, chosen_address, marks)
    level = level if level in LEVELS else ALL
    return MapScreen(case_key, graph.title, drawing, _summary(graph), level, chosen_address, not graph.nodes)


def marks_of(faults: Iterable[Fault]) -> list[Mark]:
    """What the checker found, as marks for the map. That the English is missing is seen beside it."""
    return [
        (fault.name, ADVICE if fault.warning else ERROR)
        for fault in faults
        if fault.name and urgency(fault) != UNTRANSLATED
    ]


def _summary(graph: Graph) -> str:
    kinds = [node.kind for node in graph.nodes]
    stages = kinds.count(STAGE) + kinds.count(START)
    return ", ".join(
        [
            ngettext("%(num)d scene", "%(num)d scenes", stages),
            ngettext("%(num)d decision", "%(num)d decisions", kinds.count(DECISION)),
            ngettext("%(num)d event", "%(num)d events", kinds.count(INJECT)),
            ngettext("%(num)d hand-off", "%(num)d hand-offs", kinds.count(HANDOFF)),
            ngettext("%(num)d ending", "%(num)d endings", kinds.count(ENDING)),
        ]
    )
