"""The shape of every YAML document in a pack, as docs/courses.md tells it in words."""

from lms.content.case_formats import CASE, NAME_SOURCE
from lms.content.faults import N_
from lms.content.shapes import Day, Line, Many, Named, OneOf, Record, Shape, Truth, Whole, Words, key
from lms.content.vocabulary import CERTAINTIES, SECTORS, SOURCE_KEY

ENTRY_KINDS = ("registration", "talk", "module", "exercise", "simulation", "survey", "certificate", "break")
ITEM_TYPES = ("single", "multiple", "scale", "yes-no", "number", "short-text", "long-text")
SURVEY_KINDS = ("test", "evaluation", "follow-up")

_clock = Line(r"([01]\d|2[0-3]):[0-5]\d", N_("Write hours and minutes, for example: 08:30"), syntax="in quotes")
_source_key = Line(SOURCE_KEY, NAME_SOURCE)
_certainty = OneOf(CERTAINTIES)
_NUMBER = N_("Write the telephone number in digits, or leave it empty for the organiser.")
_IMAGE = N_("Name a drawing of the course, for example: figures/procedure.sr.svg")

_entry = Record(
    {"key": key(), "starts": _clock, "minutes": Whole(5, 480), "kind": OneOf(ENTRY_KINDS), "title": Words()},
    {"note": Words(), "page": key(), "survey": key(), "moment": OneOf(("pre", "post"))},
    order="key starts minutes kind page survey moment title note",
)
_hotline = Record(
    {
        "key": key(), "name": Words(), "number": Line(r"[+\d][\d ()/–-]{1,24}|", _NUMBER, empty=True, syntax="in quotes"),
        "hours": Words(), "checked_on": Day(), "certainty": _certainty, "source": _source_key,
    },
    {"note": Words()},
)  # fmt: skip
COURSE = Record(
    {
        "key": key(), "title": Words(), "summary": Words(), "audience": Words(), "licence": Line(), "verified_on": Day(),
        "teaching_hours": Whole(1, 200), "modules": Many(Record({"key": key(), "minutes": Whole(5, 480)})),
        "library": Many(key(), least=0), "surveys": Many(key(), least=0),
        "programme": Many(Record({"day": Whole(1, 10), "items": Many(_entry)})),
        "hotlines": Many(_hotline, least=0),
    },
    {"caveat": Words(), "cases": Many(key(), least=0)},
    order="key title summary audience licence verified_on teaching_hours caveat modules library surveys cases programme hotlines",
)  # fmt: skip
SOURCES = Many(
    Record(
        {"key": _source_key, "title": Words(), "date": Line(), "read": OneOf(("full", "excerpt", "none"))},
        {"publisher": Words(), "verified_on": Day(), "note": Words()},
        order="key title publisher date verified_on read note",
    )
)
_item = Record(
    {"key": key(), "type": OneOf(ITEM_TYPES), "text": Words()},
    {
        "hint": Words(), "required": Truth(), "module": key(),
        "options": Many(Record({"key": key(), "text": Words()}, {"right": Truth()}), least=2, most=20),
        "scale": key(), "min": Whole(-100000, 100000), "max": Whole(-100000, 100000),
        "headline": OneOf((1, 2, 3, 4, 5, "yes", "no")), "finding": Words(), "explanation": Words(),
        "sources": Many(_source_key), "certainty": _certainty, "verified_on": Day(),
        "quote": Truth(), "quote_permission": Truth(),
    },
    order="key type module scale text hint required options min max headline finding explanation sources certainty"
    " verified_on quote quote_permission",
)  # fmt: skip
SURVEY = Record(
    {
        "key": key(), "kind": OneOf(SURVEY_KINDS), "title": Words(), "intro": Words(), "thanks": Words(),
        "minutes": Whole(1, 120), "items": Many(_item, most=100),
    },
    {
        "draw": Whole(1, 100), "shuffle": Truth(),
        "scales": Named(Record({"labels": Many(Words(), 5, 5)}, {"cannot_judge": Words()})),
        "reuse": Record({"survey": key(), "items": Many(key())}),
    },
    order="key kind title intro thanks minutes draw shuffle scales items reuse",
)  # fmt: skip
CERTIFICATE = Record(
    {
        "title": Words(), "statement": Words(), "conditions": Words(),
        "competencies": Many(Words(), least=1, most=12), "footer": Words(),
    },
    {"accreditation": Words()},
)  # fmt: skip
PAGE_HEADER = Record({"title": Line(), "summary": Line(), "notice": Line()})

_sectors = Many(OneOf(SECTORS))
_answer = Record({"text": Line(), "feedback": Line()}, {"right": Truth()}, order="text right feedback")
_fork = Record({"kind": OneOf(("risk", "ok")), "title": Line(), "text": Line()})
BLOCKS: dict[str, Shape] = {
    "check": Record(
        {
            "key": key(),
            "question": Line(),
            "options": Many(_answer, least=2, most=8),
        }
    ),
    "takeaways": Many(Line(), most=10),
    "callout": Record(
        {"kind": OneOf(("info", "warn", "unsure")), "text": Line()}, {"title": Line()}, order="kind title text"
    ),
    "figure": Record(
        {
            "image": Line(r"figures/[a-z0-9.-]+\.svg", _IMAGE, syntax=""),
            "alt": Line(),
            "caption": Line(),
        }
    ),
    "flow": Record(
        {
            "steps": Many(
                Record(
                    {"title": Line(), "text": Line(), "person": Line()},
                    {"sectors": _sectors, "fork": Many(_fork, 2, 4)},
                    order="title sectors text person fork",
                )
            )
        }
    ),
    "cards": Record(
        {
            "cards": Many(
                Record(
                    {},
                    {
                        "sector": OneOf(SECTORS), "title": Line(), "does": Many(Line()), "avoids": Many(Line()),
                        "text": Line(),
                    },
                )
            )
        }
    ),
}  # fmt: skip
DOCUMENTS: dict[str, Shape] = {
    "course": COURSE, "sources": SOURCES, "survey": SURVEY, "certificate": CERTIFICATE, "page-header": PAGE_HEADER,
    "case": CASE,
}  # fmt: skip
