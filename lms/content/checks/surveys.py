"""Every item of a survey can be asked, answered and, in a test, judged."""

from collections.abc import Iterator

from lms.content.checks.pages import MARK_RIGHT, NO_RIGHT_ANSWER
from lms.content.checks.references import no_such_source, repeated
from lms.content.faults import N_, Fault, Word
from lms.content.pack import Pack
from lms.content.place import Place
from lms.content.shapes import FILL_IN
from lms.content.yaml import Map, Seq

CHOICES = ("single", "multiple")
OF_TYPE = {  # keys that belong to some types only
    "options": CHOICES, "scale": ("scale",), "min": ("number",), "max": ("number",), "headline": ("scale", "yes-no"),
    "finding": ("scale", "yes-no"), "quote": ("short-text", "long-text"), "quote_permission": ("yes-no",),
}  # fmt: skip
NEEDED = {"single": ("options",), "multiple": ("options",), "scale": ("scale",), "number": ("min", "max")}
OF_TESTS = ("module", "explanation", "sources", "certainty", "verified_on")


def surveys(pack: Pack) -> Iterator[Fault]:
    """Faults of every survey that could be read."""
    for name, survey in pack.surveys.items():
        place = Place(f"surveys/{name}.yaml", 1)
        items: Seq = survey["items"]
        listed = place.inside(survey, "items")
        yield from repeated(items, listed)
        yield from _whole(pack, survey, place)
        for number, item in enumerate(items):
            here = listed.inside(items, number)
            yield from _keys_of_type(item, here)
            yield from _options(item, survey["kind"], here)
            yield from _values(item, survey, here)
            if survey["kind"] == "test":
                yield from _test_item(pack, item, here)


def _whole(pack: Pack, survey: Map, place: Place) -> Iterator[Fault]:
    kind, items = survey["kind"], survey["items"]
    for name in ("draw", "shuffle"):
        if survey.get(name) is not None and kind != "test":
            message = N_("Only a test draws or mixes its questions, and this survey is none.")
            yield place.inside(survey, name).fault(message, N_("Remove it."), "`%(name)s` is for tests", name=name)
    if (draw := survey.get("draw")) and draw > len(items):
        message = N_("More questions are to be drawn (%(draw)s) than there are (%(count)s).")
        yield place.inside(survey, "draw").fault(
            message, N_("Draw fewer, or add questions."), draw=draw, count=len(items)
        )
    if any(item.get("quote") for item in items) != any(item.get("quote_permission") for item in items):
        message = N_(
            "A text that may be quoted and the question that asks for permission belong together; one is missing."
        )
        advice = N_("Add a yes-or-no question that asks whether the text may be quoted, or let nothing be quoted.")
        yield place.inside(survey, "items").fault(message, advice, "`quote: true` and `quote_permission: true`")
    if reuse := survey.get("reuse"):
        yield from _reused(pack, survey, reuse, place.inside(survey, "reuse"))


def _reused(pack: Pack, survey: Map, reuse: Map, place: Place) -> Iterator[Fault]:
    other = pack.surveys.get(reuse["survey"])
    if survey["kind"] != "follow-up" or not other or other["kind"] != "test":
        message = N_("Only a survey after the training can ask questions of a test again, and only of a test.")
        yield place.fault(message, N_("Choose a test, or remove this."), "`kind: follow-up` here, `kind: test` there")
        return
    there = [item["key"] for item in other["items"]]
    asked = there[: other.get("draw") or len(there)]
    own = {item["key"] for item in survey["items"]}
    keys = reuse["items"]
    for number, key in enumerate(keys):
        here = place.inside(reuse, "items").inside(keys, number)
        if key not in asked:
            message = N_("The test does not ask the question “%(key)s”.")
            yield here.fault(
                message, N_("Choose another one, or remove it."), "some of: %(asked)s", key=key, asked=asked
            )
        if key in own or key in keys[:number]:
            message = N_("The question “%(key)s” is asked twice.")
            yield here.fault(message, N_("Remove it, or give your own question another short name."), key=key)


def _keys_of_type(item: Map, place: Place) -> Iterator[Fault]:
    for name, types in OF_TYPE.items():
        if item.get(name) is not None and item["type"] not in types:
            message = N_("This does not belong to a question of this type.")
            advice, syntax = N_("Remove it, or choose another type."), "`%(name)s` is for `type: %(types)s`"
            yield place.inside(item, name).fault(message, advice, syntax, name=name, types=types)
    for name in NEEDED.get(item["type"], ()):
        if item.get(name) is None:
            message = N_("A question of this type cannot be asked without it.")
            yield place.missing(name).fault(message, FILL_IN, "add `%(name)s: …`", name=name)


def _options(item: Map, kind: str, place: Place) -> Iterator[Fault]:
    options = item.get("options") or Seq(1)
    asked = place.inside(item, "options") if item.get("options") else place
    yield from repeated(options, asked)
    right = [option for option in options if option.get("right")]
    if kind != "test" and right:
        message = N_("Only in a test can an answer be right.")
        yield asked.fault(message, N_("Do not mark any answer as right."), "remove `right: true`")
    if kind == "test" and options and not right:
        yield asked.fault(NO_RIGHT_ANSWER, MARK_RIGHT, "`right: true`")
    if item["type"] == "single" and len(right) > 1:
        message = N_("One answer can be chosen here, but more are marked as right: %(count)s.")
        advice = N_("Keep one of them, or let people choose several answers.")
        yield asked.fault(message, advice, "`right: true`, `type: multiple`", count=len(right))
    if kind == "test" and options and len(right) == len(options):
        message = N_("Every answer is right, so nothing is asked.")
        yield asked.fault(message, N_("Add a wrong answer, or mark fewer as right."), "`right: true`")
    texts = [text for option in options if (text := option["text"]["sr"].strip().lower())]
    if len(set(texts)) < len(texts):
        yield asked.fault(N_("The same answer is offered twice."), N_("Change one of them, or remove it."))


def _values(item: Map, survey: Map, place: Place) -> Iterator[Fault]:
    scales = survey.get("scales") or {}
    if (scale := item.get("scale")) and scale not in scales:
        message = N_("This survey has no scale called “%(scale)s”.")
        advice = N_("Choose another scale, or describe this one.")
        yield place.inside(item, "scale").fault(message, advice, "under `scales`", scale=scale)
    least, most = item.get("min"), item.get("max")
    if least is not None and most is not None and least >= most:
        message = N_("The smallest number, %(least)s, is not below the largest, %(most)s.")
        yield place.fault(message, N_("Change one of the two."), "`min` and `max`", least=least, most=most)
    headline = item.get("headline")
    if headline is not None and isinstance(headline, str) != (item["type"] == "yes-no"):
        message = N_("“%(headline)s” is not an answer to this question, so its share cannot be the main figure.")
        advice = N_("Choose one of the five places of the scale, or yes or no for a yes-or-no question.")
        yield place.inside(item, "headline").fault(
            message, advice, "`headline`: 1 to 5, `yes` or `no`", headline=Word(str(headline))
        )
    if (headline is None) != (item.get("finding") is None):
        message = N_("The main figure and the sentence beside it belong together; one is missing.")
        yield place.fault(message, N_("Fill in both, or neither."), "`headline` and `finding`")


def _test_item(pack: Pack, item: Map, place: Place) -> Iterator[Fault]:
    if item["type"] not in CHOICES:
        message = N_("The answers to a question of this type cannot be judged, so it cannot stand in a test.")
        advice = N_("Let people choose one or several of given answers.")
        yield place.inside(item, "type").fault(message, advice, "`single` or `multiple`")
    for name in OF_TESTS:
        if item.get(name) is None:
            message = N_("A question of a test has to have this, so that an answer can be explained and trusted.")
            yield place.missing(name).fault(message, FILL_IN, "add `%(name)s: …`", name=name)
    if pack.course and item.get("module") and item["module"] not in pack.module_keys:
        message, syntax = N_("“%(key)s” is not a module of the course."), "one of: %(known)s"
        here, known = place.inside(item, "module"), pack.module_keys
        yield here.fault(message, N_("Choose a module of the course."), syntax, key=item["module"], known=known)
    for number, source in enumerate(item.get("sources") or ()):
        if source not in pack.source_keys:
            yield no_such_source(place.inside(item, "sources").inside(item["sources"], number), source)
