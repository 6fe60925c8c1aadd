"""Makes a Course out of a pack that has passed the checks."""

from datetime import time
from typing import Any

from lms.content.case_build import build_case
from lms.content.course import (
    CertificateWording,
    Course,
    Hotline,
    Item,
    Module,
    Option,
    Page,
    ProgrammeEntry,
    Scale,
    Source,
    Survey,
)
from lms.content.pack import Pack
from lms.content.shapes import LANGUAGES


def build(pack: Pack) -> Course:
    """The course that `pack` describes. The pack must have no faults."""
    course = pack.course
    return Course(
        key=course["key"],
        title=course["title"],
        summary=course["summary"],
        audience=course["audience"],
        caveat=course.get("caveat"),
        licence=course["licence"],
        verified_on=course["verified_on"],
        teaching_hours=course["teaching_hours"],
        modules=tuple(Module(_page(pack, module["key"]), module["minutes"]) for module in course["modules"]),
        library=tuple(_page(pack, key) for key in course["library"]),
        surveys={name: _survey(pack, name) for name in course["surveys"]},
        programme=tuple(_entry(day["day"], entry) for day in course["programme"] for entry in day["items"]),
        hotlines=tuple(Hotline(**hotline) for hotline in course["hotlines"]),
        sources={source["key"]: _source(source) for source in pack.sources},
        figures={file: text for file, text in pack.files.items() if file.startswith("figures/")},
        certificate=_certificate(pack.certificate),
        cases={name: build_case(pack.cases[name]) for name in course.get("cases") or ()},
    )


def _page(pack: Pack, key: str) -> Page:
    pages = {language: pack.pages[key, language] for language in LANGUAGES}
    words = {name: {code: page.header[name] for code, page in pages.items()} for name in ("title", "summary", "notice")}
    return Page(key=key, body={code: page.body for code, page in pages.items()}, **words)


def _entry(day: int, entry: dict[str, Any]) -> ProgrammeEntry:
    return ProgrammeEntry(day=day, **_given(entry) | {"starts": time.fromisoformat(entry["starts"])})


def _source(source: dict[str, Any]) -> Source:
    return Source(**{"publisher": None, "verified_on": None, "note": None} | source)


def _certificate(wording: dict[str, Any]) -> CertificateWording:
    return CertificateWording(**wording | {"competencies": tuple(wording["competencies"])})


def _survey(pack: Pack, name: str) -> Survey:
    survey = _given(pack.surveys[name])
    items = _items(survey)
    if reuse := survey.pop("reuse", None):
        there = {item.key: item for item in _items(pack.surveys[reuse["survey"]])}
        items += tuple(there[key] for key in reuse["items"])
    survey.pop("scales", None)
    return Survey(**survey | {"items": items})


def _items(survey: dict[str, Any]) -> tuple[Item, ...]:
    scales = {name: _scale(scale) for name, scale in (survey.get("scales") or {}).items()}
    return tuple(_item(item, scales) for item in survey["items"])


def _scale(scale: dict[str, Any]) -> Scale:
    return Scale(labels=tuple(scale["labels"]), cannot_judge=scale.get("cannot_judge"))


def _item(item: dict[str, Any], scales: dict[str, Scale]) -> Item:
    values = _given(item)
    if "scale" in values:
        values["scale"] = scales[values["scale"]]
    values["options"] = tuple(Option(**_given(option)) for option in values.get("options", ()))
    values["sources"] = tuple(values.get("sources", ()))
    return Item(**values)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without the keys that say null."""
    return {name: value for name, value in values.items() if value is not None}
