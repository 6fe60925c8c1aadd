"""Every item of a survey can be asked, answered and, in a test, judged."""

from collections.abc import Iterator

from lms.content.checks.references import repeated
from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.content.shapes import Place
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
            yield place.inside(survey, name).fault(f"stands in a survey of kind `{kind}`", "remove it; it is for tests")
    if (draw := survey.get("draw")) and draw > len(items):
        advice = f"write at most {len(items)}, or add items"
        yield place.inside(survey, "draw").fault(f"is {draw}, but there are {len(items)} items", advice)
    if any(item.get("quote") for item in items) != any(item.get("quote_permission") for item in items):
        advice = (
            "a survey with a text to quote has one yes-no item with `quote_permission: true`, and the other way round"
        )
        yield place.inside(survey, "items").fault(
            "have a text to quote without a permission, or a permission alone", advice
        )
    if reuse := survey.get("reuse"):
        yield from _reused(pack, survey, reuse, place.inside(survey, "reuse"))


def _reused(pack: Pack, survey: Map, reuse: Map, place: Place) -> Iterator[Fault]:
    other = pack.surveys.get(reuse["survey"])
    if survey["kind"] != "follow-up" or not other or other["kind"] != "test":
        yield place.fault(
            "does not take items of a test into a follow-up", "name a survey of kind `test`, in a follow-up"
        )
        return
    there = [item["key"] for item in other["items"]]
    asked = there[: other.get("draw") or len(there)]
    own = {item["key"] for item in survey["items"]}
    keys = reuse["items"]
    for number, key in enumerate(keys):
        here = place.inside(reuse, "items").inside(keys, number)
        if key not in asked:
            yield here.fault(f"names `{key}`, which the test does not ask", f"name some of: {', '.join(asked)}")
        if key in own or key in keys[:number]:
            yield here.fault(f"`{key}` is asked twice", "remove it, or give the own item another key")


def _keys_of_type(item: Map, place: Place) -> Iterator[Fault]:
    for name, types in OF_TYPE.items():
        if item.get(name) is not None and item["type"] not in types:
            yield place.fault(f"has `{name}`", f"remove it, or change the type to {' or '.join(types)}")
    for name in NEEDED.get(item["type"], ()):
        if item.get(name) is None:
            yield place.fault(f"has no `{name}`", f"an item of type `{item['type']}` needs it: add `{name}: …`")


def _options(item: Map, kind: str, place: Place) -> Iterator[Fault]:
    options = item.get("options") or Seq(1)
    yield from repeated(options, place)
    right = [option for option in options if option.get("right")]
    if kind != "test" and right:
        yield place.fault("has a right answer outside a test", "remove `right: true`; only tests have right answers")
    if kind == "test" and options and not right:
        yield place.fault("has no right answer", "add `right: true` to an option")
    if item["type"] == "single" and len(right) > 1:
        yield place.fault(f"has {len(right)} right answers", "keep one `right: true`, or write `type: multiple`")
    if kind == "test" and options and len(right) == len(options):
        yield place.fault("has only right answers", "remove a `right: true` or add a wrong answer")
    texts = [option["text"]["sr"].strip().lower() for option in options]
    if len(set(texts)) < len(texts):
        yield place.fault("has the same answer twice", "change or remove one of them")


def _values(item: Map, survey: Map, place: Place) -> Iterator[Fault]:
    scales = survey.get("scales") or {}
    if (scale := item.get("scale")) and scale not in scales:
        yield place.fault(f"names the scale `{scale}`, which there is not", "describe it under `scales`")
    least, most = item.get("min"), item.get("max")
    if least is not None and most is not None and least >= most:
        yield place.fault(f"allows numbers from {least} to {most}", "`min` must be smaller than `max`")
    headline = item.get("headline")
    if headline is not None and isinstance(headline, str) != (item["type"] == "yes-no"):
        yield place.fault(f"has the headline `{headline}`", "write 1 to 5 for a scale, `yes` or `no` for yes-no")
    if (headline is None) != (item.get("finding") is None):
        yield place.fault("has only one of `headline` and `finding`", "write both: the category, and its sentence")


def _test_item(pack: Pack, item: Map, place: Place) -> Iterator[Fault]:
    if item["type"] not in CHOICES:
        yield place.fault(
            f"is of type `{item['type']}`", "a test asks only `single` and `multiple`, so that it can be judged"
        )
    for name in OF_TESTS:
        if item.get(name) is None:
            yield place.fault(f"has no `{name}`", f"an item of a test needs it: add `{name}: …`")
    if pack.course and item.get("module") and item["module"] not in pack.module_keys:
        yield place.fault(
            f"measures `{item['module']}`, which is no module", f"name one of: {', '.join(pack.module_keys)}"
        )
    for source in item.get("sources") or ():
        if source not in pack.source_keys:
            yield place.fault(f"cites the source `{source}`, which there is not", "add it to sources.yaml")
