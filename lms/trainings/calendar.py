"""A training as an iCalendar file (RFC 5545), in the time of Belgrade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ZONE = "Europe/Belgrade"
# Central European rules since 1996: the clocks change on the last Sundays of March and October, at 01:00 UTC.
_VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Belgrade
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()
LONGEST_LINE = 75  # bytes


@dataclass(frozen=True)
class Event:
    """One entry of a calendar. `starts` counts minutes from midnight; `key` is unique in the training and never changes."""

    key: str
    day: date
    starts: int
    minutes: int
    title: str
    description: str = ""


def calendar_text(name: str, place: str, events: Iterable[Event], host: str, made_at: datetime) -> str:
    """The whole file. `host` makes the keys unique in the world."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lokalni timovi//Trainings//SR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}", f"X-WR-TIMEZONE:{ZONE}", *_VTIMEZONE]
    for event in events:
        lines += _event(event, place, host, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: Event, place: str, host: str, made_at: datetime) -> Sequence[str]:
    start = datetime.combine(event.day, datetime.min.time()) + timedelta(minutes=event.starts)
    end = start + timedelta(minutes=event.minutes)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.key}@{host}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE}:{end:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(event.title)}",
        f"LOCATION:{_escaped(place)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{_escaped(event.description)}")
    return [*lines, "END:VEVENT"]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, never inside a letter; each further piece begins with a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]
