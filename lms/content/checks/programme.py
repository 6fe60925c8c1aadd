"""The programme can be held: days in order, nothing at the same time, the test before and after."""

from collections.abc import Iterator
from typing import Any

from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.content.shapes import Place
from lms.content.yaml import Map, Seq

MIDNIGHT = 24 * 60


def programme(pack: Pack) -> Iterator[Fault]:
    """Days and entries out of order, overlaps, modules that are never taught, a test with one moment only."""
    days: Any = pack.course.get("programme", Seq(1))
    place = Place("course.yaml", 1, "programme")
    for number, day in enumerate(days):
        here = place.inside(days, number)
        if day["day"] != number + 1:
            yield here.fault(f"is day {day['day']}", f"number the days from 1 in order: write `day: {number + 1}`")
        yield from _overlaps(day["items"], here.inside(day, "items"))
    if days:
        yield from _untaught(pack, days)
        yield from _lonely_moments(pack, days)


def _overlaps(entries: Seq, place: Place) -> Iterator[Fault]:
    end, before = 0, ""
    for number, entry in enumerate(entries):
        starts = minutes(entry["starts"])
        if starts < end:
            message = f"starts at {entry['starts']}, but `{before}` lasts until {end // 60:02}:{end % 60:02}"
            yield place.inside(entries, number).fault(message, "move one of them; entries follow in order of time")
        end, before = starts + entry["minutes"], entry["key"]
        if end > MIDNIGHT:
            yield place.inside(entries, number).fault("lasts beyond midnight", "shorten it or start earlier")


def minutes(clock: str) -> int:
    """Minutes since midnight of „08:30”."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def _entries(days: Any) -> Iterator[Map]:
    return (entry for day in days for entry in day["items"])


def _untaught(pack: Pack, days: Any) -> Iterator[Fault]:
    taught = {entry.get("page") for entry in _entries(days)}
    modules = pack.course["modules"]
    for number, module in enumerate(modules):
        if module["key"] not in taught:
            place = Place("course.yaml", modules.lines[number], f"modules[{module['key']}]")
            yield place.fault(
                "is not in the programme", f"add an entry with `kind: module` and `page: {module['key']}`"
            )


def _lonely_moments(pack: Pack, days: Any) -> Iterator[Fault]:
    for name, survey in pack.surveys.items():
        held = [entry.get("moment") for entry in _entries(days) if entry.get("survey") == name]
        place = Place("course.yaml", pack.course.lines["programme"], "programme")
        if survey["kind"] == "test" and held not in ([], ["pre", "post"]):
            message = f"takes the test `{name}` at: {', '.join(moment or '?' for moment in held)}"
            yield place.fault(message, "take a test once with `moment: pre`, then once with `moment: post`")
        if survey["kind"] == "follow-up" and held:
            yield place.fault(f"has the follow-up `{name}`", "remove it; follow-ups are sent after the training")
