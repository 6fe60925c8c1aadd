"""Lines of a programme keep following one another when one of them is moved: their hours are laid out anew. Pure."""

import re
from typing import Any

from lms.authoring.editing import Change, put
from lms.content.addresses import joined, member_of, value_at


def laid_out(document: Any, moved: Change) -> list[Change]:
    """New hours for the lines between the old place and the new one, where each began when the one before it ended; else none."""
    around, first, last = moved["at"], *sorted((moved["place"], moved["to"]))
    if not re.fullmatch(r"programme\[[^\]]+\]\.items", around):
        return []
    lines = value_at(document, around)
    before = list(lines)
    before.insert(moved["place"], before.pop(moved["to"]))
    begins = [_minute(line) for line in before[first : last + 1]]
    lengths = [line.get("minutes") for line in before[first : last + 1]]
    if None in begins or not all(isinstance(length, int) for length in lengths):
        return []
    if any(begins[number] + lengths[number] != begins[number + 1] for number in range(last - first)):
        return []
    changes, minute = [], begins[0]
    for number in range(first, last + 1):
        changes.append(put(document, joined(joined(around, member_of(lines, number)), "starts"), _clock(minute)))
        minute += lines[number]["minutes"]
    return changes


def _minute(line: Any) -> int | None:
    """When a line begins, in minutes of the day."""
    match = re.fullmatch(r"(\d\d):(\d\d)", str(line.get("starts")))
    return int(match[1]) * 60 + int(match[2]) if match else None


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
