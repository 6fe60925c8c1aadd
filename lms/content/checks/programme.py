"""The programme can be held: days in order, nothing at the same time, the test before and after."""

from collections.abc import Iterator
from typing import Any

from lms.content.faults import N_, Fault, Title
from lms.content.pack import Pack
from lms.content.place import Place
from lms.content.yaml import Map, Seq

MIDNIGHT = 24 * 60


def programme(pack: Pack) -> Iterator[Fault]:
    """Days and entries out of order, overlaps, modules that are never taught, a test with one moment only."""
    days: Any = pack.course.get("programme", Seq(1))
    place = Place("course.yaml", 1, "programme")
    for number, day in enumerate(days):
        here = place.inside(days, number)
        if day["day"] != number + 1:
            message = N_("The days are not numbered in order: here stands %(day)s instead of %(number)s.")
            advice = N_("Number the days in order, from 1.")
            yield here.fault(message, advice, "write `day: %(number)s`", day=day["day"], number=number + 1)
        yield from _overlaps(day["items"], here.inside(day, "items"))
    if days:
        yield from _untaught(pack, days)
        yield from _lonely_moments(pack, days)


def _overlaps(entries: Seq, place: Place) -> Iterator[Fault]:
    end, before = 0, Title("", {})
    for number, entry in enumerate(entries):
        starts = minutes(entry["starts"])
        if starts < end:
            message = N_("This starts at %(starts)s, but “%(before)s” lasts until %(end)s.")
            advice, until = N_("Move one of the two: what is on the programme follows in order of time."), show(end)
            here = place.inside(entries, number)
            yield here.fault(message, advice, starts=entry["starts"], before=before, end=until)
        end, before = starts + entry["minutes"], Title(entry["key"], entry["title"])
        if end > MIDNIGHT:
            message, advice = N_("This lasts beyond midnight."), N_("Shorten it, or let it start earlier.")
            yield place.inside(entries, number).fault(message, advice)


def minutes(clock: str) -> int:
    """Minutes since midnight of „08:30”."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def show(minute: int) -> str:
    """The same the other way round."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _entries(days: Any) -> Iterator[Map]:
    return (entry for day in days for entry in day["items"])


def _untaught(pack: Pack, days: Any) -> Iterator[Fault]:
    taught = {entry.get("page") for entry in _entries(days)}
    modules = pack.course["modules"]
    for number, module in enumerate(modules):
        if module["key"] not in taught:
            place = Place("course.yaml", modules.lines[number], f"modules[{module['key']}]")
            message, advice = N_("This module is not in the programme."), N_("Add it to a day of the programme.")
            yield place.fault(message, advice, "`kind: module`, `page: %(page)s`", page=module["key"])


def _lonely_moments(pack: Pack, days: Any) -> Iterator[Fault]:
    for name, survey in pack.surveys.items():
        held = [entry.get("moment") for entry in _entries(days) if entry.get("survey") == name]
        place = Place("course.yaml", pack.course.lines["programme"], "programme")
        if survey["kind"] == "test" and held not in ([], ["pre", "post"]):
            message = N_("The test “%(survey)s” does not stand in the programme once at the start and once at the end.")
            advice = N_("Take a test exactly twice, or not at all.")
            syntax = "`moment: pre`, then `moment: post`; now: %(held)s"
            moments = [moment or "?" for moment in held]
            yield place.fault(message, advice, syntax, survey=Title(name, survey["title"]), held=moments)
        if survey["kind"] == "follow-up" and held:
            message = N_("The programme has “%(survey)s”, which is asked only months after the training.")
            advice = N_("Remove it from the programme; it is sent out by itself.")
            yield place.fault(message, advice, survey=Title(name, survey["title"]))
