"""The shape of a case document, as docs/cases.md tells it in words."""

from lms.content.case import GRADES, NEEDS, WAYS
from lms.content.faults import N_
from lms.content.shapes import Day, Either, Line, Many, Named, OneOf, Record, Shape, Truth, Whole, Words, key
from lms.content.vocabulary import CERTAINTIES, SECTORS, SOURCE_KEY

MOST_CASE_MINUTES = 60 * 24 * 60  # sixty days of the story
FARTHEST = 1000  # the largest value a number of the story may have

NAME_SOURCE = N_("Use letters of the English alphabet, digits and hyphens, for example: S4")
_value = Either(
    (Truth(), Whole(-FARTHEST, FARTHEST)),
    N_("Choose yes or no, or write a whole number."),
    f"`true`, `false` or a whole number up to {FARTHEST}",
)
_when = Line(
    r"[a-z(][a-z0-9 ()<>=-]*",
    N_("Write a condition over what the story remembers, for example: not warned and trust >= 2"),
    syntax="",
)
_source = Line(SOURCE_KEY, NAME_SOURCE)
_keys = Many(key())
_case_minute = Whole(0, MOST_CASE_MINUTES)

FEW_OPTIONS = N_("There is too little to choose from in this decision; options: %(count)s.")
NO_WAY_ON = N_("This stage leads nowhere: it does not say where the story goes then.")
NO_REASON = N_("It is not said why this must not be passed on.")
_ADD_WAY_ON = N_("Add a way on to a stage or an ending.")

_effect: dict[str, Shape] = {
    "set": Named(_value),
    "add": Named(Whole(-FARTHEST, FARTHEST)),
    "done": _keys,
    "voice": Words(),
}
_effects = " ".join(_effect)
_fact = Record({"key": key(), "text": Words()}, {"since": key()}, order="key since text")
_role = Record(
    {"key": key(), "name": Words(), "sector": OneOf(SECTORS), "place": key(), "briefing": Words()},
    {"required": Truth(), "cover": _keys, "goal": Words(), "powers": Words(), "facts": Many(_fact, most=12)},
    order="key name sector place required cover briefing goal powers facts",
)
_flag = Record(
    {"key": key()},
    {"start": _value, "least": Whole(-FARTHEST, FARTHEST), "most": Whole(-FARTHEST, FARTHEST), "meaning": Words()},
)
_due = Record({"case_minutes": Whole(1, MOST_CASE_MINUTES)}, {"stage": key(), "inject": key(), "flag": key()})
_step = Record(
    {
        "key": key(), "phase": Words(), "text": Words(), "short": Words(), "sectors": Many(OneOf(SECTORS)),
        "sources": Many(_source), "verified_on": Day(),
    },
    {"due": _due, "certainty": OneOf(CERTAINTIES)},
    order="key phase text short sectors due sources certainty verified_on",
)  # fmt: skip
_inject = Record(
    {"key": key(), "title": Words(), "text": Words()},
    {
        "at": _case_minute,
        "when": _when,
        "roles": _keys,
        "place": key(),
        "softer": Words(),
        "person": Truth(),
        **_effect,
    },
    order=f"key at when place roles person title text softer {_effects}",
)
_option = Record(
    {"key": key(), "text": Words(), "grade": OneOf(GRADES), "reason": Words(), "cites": Words()},
    {"sources": Many(_source), "go": key(), "when": _when, **_effect},
    order=f"key when text grade reason cites sources {_effects} go",
)
_decision = Record(
    {
        "key": key(), "title": Words(), "question": Words(), "how": OneOf(WAYS), "minutes": Whole(1, 60),
        "otherwise": key(), "options": Many(_option, least=2, most=6, few=FEW_OPTIONS),
    },
    {
        "roles": _keys, "place": key(), "alone": Whole(0, 30),
        "opens": Record({}, {"minute": _case_minute, "after": key(), "when": _when}),
        "needs": _keys, "debrief": Many(Words(), most=8),
    },
    order="key title question how place roles alone minutes otherwise opens needs debrief options",
)  # fmt: skip
_handoff = Record(
    {
        "key": key(), "title": Words(), "roles": _keys, "to": Words(),
        "items": Many(Record({"key": key(), "text": Words(), "need": OneOf(NEEDS)}, {"reason": Words()}), most=12),
        "channels": Many(Record({"key": key(), "text": Words()}, {"safe": Truth()}), most=8),
    },
    {
        "to_place": key(), "consent": Truth(), "due": Whole(1, MOST_CASE_MINUTES), "when": _when,
        "breach": Record({}, _effect), **_effect,
    },
    order=f"key title roles to to_place consent due when items channels {_effects} breach",
)  # fmt: skip
_stage = Record(
    {
        "key": key(), "round": Whole(1, 9), "minutes": Whole(1, 120), "title": Words(), "text": Words(),
        "next": Many(Record({"to": key()}, {"when": _when}), most=8, few=NO_WAY_ON, more=_ADD_WAY_ON),
    },
    {
        "at_place": Named(Words()), "private": Named(Words()), "injects": Many(_inject, most=12),
        "decisions": Many(_decision, most=8), "handoffs": Many(_handoff, most=6),
    },
    order="key round minutes title text at_place private injects decisions handoffs next",
)  # fmt: skip
CASE = Record(
    {
        "key": key(), "title": Words(), "summary": Words(), "person": Words(), "minutes": Whole(5, 240),
        "pace": Whole(1, 24 * 60), "notice": Words(), "aims": Many(Words(), most=8), "verified_on": Day(),
        "places": Many(Record({"key": key(), "name": Words()}), most=4), "roles": Many(_role, most=16),
        "procedure": Many(_step, most=40), "stages": Many(_stage, most=30),
        "endings": Many(Record({"key": key(), "title": Words(), "text": Words()}), most=12),
    },
    {"flags": Many(_flag, least=0, most=40), "debrief": Many(Words(), most=20), "solo": key()},
    order="key title summary person minutes pace notice aims verified_on solo places roles flags procedure stages endings debrief",
)  # fmt: skip
