"""A case made of a sketch: what an author knows at first, on one page, put where it belongs. Pure.

What the sketch does not say stays unwritten; the checks of the editor lead to it. Nothing is made up but numbers.
"""

from dataclasses import dataclass
from typing import Any

from lms.authoring.starting import LONGEST_KEY, slug

TITLE_WORDS = 4  # of a text, as its title
LONGEST_SHORT = 40  # characters: a step of the procedure as the debrief names it
MINUTES, PACE = 15, 4  # of a stage, on the wall; minutes of the story in each of them
OPENS, DECIDING = (
    20,
    8,
)  # a decision opens in this minute of the story, when anything comes before it; minutes to decide
TRUST_KEPT = "trust >= 1"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SketchedRole:
    """Who sits at the table, of which sector; what only this role is told at the beginning, and what it can share with the others."""

    name: str
    sector: str
    briefing: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SketchedStage:
    """A stage: what everybody sees, what arrives meanwhile, and what is decided. `possible` and `harmful` are options; `voice` is what
    the person lives through because of a harmful one."""

    title: str
    text: str = ""
    events: tuple[str, ...] = ()
    question: str = ""
    right: str = ""
    possible: tuple[str, ...] = ()
    harmful: tuple[str, ...] = ()
    voice: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class SketchedHandoff:
    """Who (by number, from 0) tells whom in which stage (too), what is needed, what must stay out, by which safe and unsafe ways."""

    stage: int
    role: int
    title: str
    to: str
    needed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """A case as it is before anybody has worked on it. All texts are Serbian, but `title_en`.

    `endings`: how it ends when trust was kept, and when it was not; one alone is reached in any case.
    """

    title: str
    title_en: str
    summary: str
    person: str
    place: str
    roles: tuple[SketchedRole, ...]
    stages: tuple[SketchedStage, ...]
    handoff: SketchedHandoff | None = None
    endings: tuple[tuple[str, str], ...] = ()


def sketched_case(sketch: Sketch, case_key: str) -> Record:
    """The document of `sketch`, called `case_key`."""
    roles = _roles(sketch)
    facts = [fact["key"] for role in roles for fact in role.get("facts", ())]
    steps = [_step(number, stage, sketch) for number, stage in enumerate(sketch.stages, 1) if stage.step]
    return {
        "key": case_key, "title": {"sr": sketch.title, "en": sketch.title_en}, "summary": _words(sketch.summary),
        "person": _words(sketch.person), "minutes": MINUTES * (len(sketch.stages) + 1), "pace": PACE, "notice": _words(),
        "aims": [_words()], "solo": roles[0]["key"], "places": [{"key": "place-1", "name": _words(sketch.place)}],
        "roles": roles, "procedure": steps, "stages": _stages(sketch, [role["key"] for role in roles], facts),
        "endings": _endings(sketch), "debrief": [_words()],
    }  # fmt: skip


def _words(text: str = "") -> dict[str, str]:
    return {"sr": text, "en": ""}


def _roles(sketch: Sketch) -> list[Record]:
    keys: list[str] = []
    for number, role in enumerate(sketch.roles, 1):
        key = slug(role.name) or f"role-{number}"
        keys.append(f"{key[: LONGEST_KEY - 3]}-{number}" if key in keys else key)
    found: list[Record] = []
    for number, (key, role) in enumerate(zip(keys, sketch.roles, strict=True), 1):
        facts = [{"key": f"fact-{number}-{place}", "text": _words(text)} for place, text in enumerate(role.facts, 1)]
        told = {"key": key, "name": _words(role.name), "sector": role.sector, "place": "place-1", "required": False}
        found.append(told | {"briefing": _words(role.briefing)} | ({"facts": facts} if facts else {}))
    return found


def _step(number: int, stage: SketchedStage, sketch: Sketch) -> Record:
    """What the right decision of a stage does by the procedure. Its source and the day it was looked up are the author's to write."""
    short = stage.step if len(stage.step) <= LONGEST_SHORT else ""
    sectors = list(dict.fromkeys(role.sector for role in sketch.roles))
    return {
        "key": f"step-{number}", "phase": _words(), "text": _words(stage.step), "short": _words(short), "sectors": sectors,
        "sources": [], "certainty": "general",
    }  # fmt: skip


def _stages(sketch: Sketch, roles: list[str], facts: list[str]) -> list[Record]:
    """The stages, each leading to the next, the last to the endings. The first decision needs what the roles have to share."""
    found = []
    first = next((number for number, stage in enumerate(sketch.stages, 1) if stage.question), 0)
    for number, stage in enumerate(sketch.stages, 1):
        record: Record = {
            "key": f"stage-{number}", "round": 1, "minutes": MINUTES, "title": _words(stage.title), "text": _words(stage.text),
            "injects": _injects(number, stage.events), "decisions": [_decision(number, stage, facts if number == first else [])] if stage.question else [],
            "handoffs": [_handoff(sketch.handoff, roles)] if sketch.handoff and sketch.handoff.stage == number - 1 else [],
            "next": [{"to": f"stage-{number + 1}"}] if number < len(sketch.stages) else _ways_out(sketch),
        }  # fmt: skip
        found.append({name: value for name, value in record.items() if value != []})
    return found


def _injects(stage: int, events: tuple[str, ...]) -> list[Record]:
    """What arrives, the first before the decision opens and the last while it is open. An event's title is its beginning."""
    apart = 2 * OPENS // (len(events) + 1)
    return [
        {"key": f"event-{stage}-{number}", "at": number * apart, "title": _words(_beginning(text)), "text": _words(text)}
        for number, text in enumerate(events, 1)
    ]  # fmt: skip


def _beginning(text: str) -> str:
    """What stands before a colon, else the first words of a text."""
    title, colon, _rest = text.partition(":")
    if colon and len(title) <= LONGEST_SHORT:
        return title
    words = text.rstrip(".!?").split()
    return " ".join(words[:TITLE_WORDS]).rstrip(",;:–-") + (" …" if len(words) > TITLE_WORDS else "")


def _decision(number: int, stage: SketchedStage, needs: list[str]) -> Record:
    """A decision by more than half; when time runs out, what is not the best. The right option stands at another place in every stage."""
    voice = {"voice": _words(stage.voice)} if stage.voice else {}
    options = [
        _option(f"option-{number}-{place}", text, grade) | (voice if grade == "harmful" else {})
        for place, (text, grade) in enumerate(
            [(text, "acceptable") for text in stage.possible] + [(text, "harmful") for text in stage.harmful], 2
        )
    ]
    otherwise = options[0]["key"]
    right = _option(f"option-{number}-1", stage.right, "right") | ({"done": [f"step-{number}"]} if stage.step else {})
    options.insert(number % (len(options) + 1), right)
    decision = {
        "key": f"decision-{number}", "title": _words(_beginning(stage.question)), "question": _words(stage.question), "how": "majority",
        "minutes": DECIDING, "otherwise": otherwise, "options": options, "debrief": [_words()],
    }  # fmt: skip
    return decision | ({"opens": {"minute": OPENS}} if stage.events else {}) | ({"needs": needs} if needs else {})


def _option(key: str, text: str, grade: str) -> Record:
    trust = {"right": {"add": {"trust": 1}}, "harmful": {"add": {"trust": -1}}}.get(grade, {})
    return {"key": key, "text": _words(text), "grade": grade, "reason": _words(), "cites": _words()} | trust


def _handoff(handoff: SketchedHandoff, roles: list[str]) -> Record:
    """By the alphabet, so that the place of a thing does not tell whether it is right."""
    items = [(text, "needed") for text in handoff.needed] + [(text, "forbidden") for text in handoff.forbidden]
    ways = [(text, True) for text in handoff.ways or ("",)] + [(text, False) for text in handoff.unsafe]
    return {
        "key": "handoff-1", "title": _words(handoff.title), "roles": [roles[handoff.role]], "to": _words(handoff.to),
        "items": [{"key": f"item-{number}", "text": _words(text), "need": need} for number, (text, need) in enumerate(sorted(items), 1)],
        "channels": [{"key": f"channel-{number}", "text": _words(text), "safe": safe} for number, (text, safe) in enumerate(sorted(ways), 1)],
        "breach": {"add": {"trust": -1}},
    }  # fmt: skip


def _ways_out(sketch: Sketch) -> list[Record]:
    both = len(sketch.endings) > 1
    return [{"to": "ending-1", "when": TRUST_KEPT}, {"to": "ending-2"}] if both else [{"to": "ending-1"}]


def _endings(sketch: Sketch) -> list[Record]:
    return [
        {"key": f"ending-{number}", "title": _words(title), "text": _words(text)}
        for number, (title, text) in enumerate(sketch.endings or (("", ""),), 1)
    ]
