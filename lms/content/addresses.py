"""Where a value stands in a document: `stages[first-talk].decisions[where].options[a].text.sr`. Pure.

A dot names a key of a mapping; brackets name a member of a list: by its `key` when it is a record that has one, else by its place,
`aims[#0].sr`. An address starts at the top of its file; a document that is a list itself starts with brackets, `[S4].title.en`.
A name that is not of plain letters and digits, which no document should have, stands in quotes: `roles[police]."a note"`.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lms.content.yaml import Map, Seq

MOST_BY_KEY = 500  # members of a list that are looked for by their keys; no list of a pack has more
_PART = re.compile(
    r'(?P<dot>\.?)(?:(?P<name>\w[\w-]*)|(?P<quoted>"(?:[^"\\]|\\.)*"))|\[(?P<key>\w[\w-]*)\]|\[#(?P<at>\d{1,6})\]',
    re.ASCII,
)
_PLAIN = re.compile(r"\w[\w-]*", re.ASCII)


class NoSuchPlace(LookupError):
    """The document has nothing at this address: it was removed, or the address is not one."""


class Member(str):
    """A part of an address that names a record of a list by its key."""


Part = str | int | Member


def parts(address: str) -> tuple[Part, ...]:
    """The parts of an address: str for a key of a mapping, Member or int for one of a list. Raises NoSuchPlace."""
    found: list[Part] = []
    at = 0
    while at < len(address):
        match = _PART.match(address, at)
        if not match or (match["dot"] is not None and bool(match["dot"]) != bool(at)):  # a dot between, none in front
            raise NoSuchPlace(address)
        found.append(_part(match))
        at = match.end()
    return tuple(found)


def _part(match: re.Match[str]) -> Part:
    if match["key"] is not None:
        return Member(match["key"])
    if match["at"] is not None:
        return int(match["at"])
    try:
        return match["name"] or str(json.loads(match["quoted"]))
    except ValueError:
        raise NoSuchPlace(match.string) from None


def joined(address: str, part: Part) -> str:
    """The address of one part inside what stands at `address`."""
    if isinstance(part, int):
        return f"{address}[#{part}]"
    if isinstance(part, Member):
        return f"{address}[{part}]"
    name = part if _PLAIN.fullmatch(part) else json.dumps(part, ensure_ascii=False)
    return f"{address}.{name}" if address else name


def within(address: str) -> str:
    """The address of what holds the value at `address`; empty for the document itself."""
    found = ""
    for part in parts(address)[:-1]:
        found = joined(found, part)
    return found


def member_of(sequence: list[Any], number: int) -> Part:
    """How the member of a list is named: by its key, if that is one and leads here; else by its place."""
    record = sequence[number]
    key = record.get("key") if isinstance(record, dict) else None
    if isinstance(key, str) and _PLAIN.fullmatch(key) and _first_with(key, sequence) == number:
        return Member(key)
    return number


def _first_with(key: str, sequence: list[Any]) -> int | None:
    for number, record in enumerate(islice(sequence, MOST_BY_KEY)):
        if isinstance(record, dict) and record.get("key") == key:
            return number
    return None


def place_of(sequence: list[Any], part: Part) -> int:
    """The number of the member that `part` names. Raises NoSuchPlace."""
    if isinstance(part, int) and part < len(sequence):
        return part
    if isinstance(part, Member) and (number := _first_with(part, sequence)) is not None:
        return number
    raise NoSuchPlace(str(part))


def value_at(document: Any, address: str) -> Any:
    """What stands at `address`. Raises NoSuchPlace, also for a key that a mapping does not have."""
    value = document
    for part in parts(address):
        value = _inside(value, part)
    return value


def _inside(value: Any, part: Part) -> Any:
    if isinstance(value, list):
        return value[place_of(value, part)]
    if isinstance(value, dict) and not isinstance(part, Member | int) and part in value:
        return value[part]
    raise NoSuchPlace(str(part))


def inside(document: Any, address: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in the document with its address, the outer before the inner; the document itself left out."""
    if isinstance(document, dict):
        for name, value in document.items():
            here = joined(address, name)
            yield here, value
            yield from inside(value, here)
    elif isinstance(document, list):
        for number, value in enumerate(document):
            here = joined(address, member_of(document, number))
            yield here, value
            yield from inside(value, here)


def leaves(document: Any) -> Iterator[tuple[str, Any]]:
    """The values that hold no others: words, numbers, dates, and lists of words, each as a whole; empty containers too."""
    for address, value in inside(document):
        if is_leaf(value) and not _in_plain_list(address, document):
            yield address, value


def is_leaf(value: Any) -> bool:
    """Whether a value is written and read as a whole."""
    if isinstance(value, list):
        return not any(isinstance(member, dict | list) for member in value)
    return not isinstance(value, dict) or not value


def _in_plain_list(address: str, document: Any) -> bool:
    around = within(address)
    return bool(around) and isinstance(value := value_at(document, around), list) and is_leaf(value)


def by_line(document: Map | Seq) -> dict[int, str]:
    """The innermost address on each line of a document that was read from text."""
    found: dict[int, str] = {}
    _lines(document, "", found)
    return found


def _lines(value: Any, address: str, found: dict[int, str]) -> None:
    if isinstance(value, Map):
        for name, member in value.items():
            here = joined(address, name)
            found[value.lines[name]] = here
            _lines(member, here, found)
    elif isinstance(value, Seq):
        for number, member in enumerate(value):
            here = joined(address, member_of(value, number))
            found.setdefault(value.lines[number], here)
            _lines(member, here, found)
