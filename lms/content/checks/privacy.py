"""No person can be found through a pack: no citizen numbers, phones, e-mails, plates, profiles or street addresses but
those of the hotlines."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lms.content.addresses import joined, member_of
from lms.content.faults import N_, Fault, PackFaulty, fault_at
from lms.content.pack import Pack
from lms.content.svg import words_of
from lms.content.yaml import Map, Seq, read_yaml
from lms.personal_data import Finding, find

LINES_REMEMBERED = (
    8192  # while a course is written it is checked again and again, and nearly all of its lines stay as they were
)

NO_REAL_PEOPLE = N_(
    "Only invented people belong here. Many read this, on paper too, and one detail can be enough to find somebody who was promised"
    " protection. Change the place, the time, the work and the family, and call people by their role, not by a name."
)
FOUND = {
    "jmbg": N_("“%(found)s” looks like a citizen’s number, and nothing here may lead to a real person."),
    "phone": N_("“%(found)s” looks like a telephone number, and nothing here may lead to a real person."),
    "email": N_("“%(found)s” looks like an e-mail address, and nothing here may lead to a real person."),
    "plate": N_("“%(found)s” looks like a licence plate, and nothing here may lead to a real person."),
    "document": N_(
        "“%(found)s” looks like the number of an identity document, and nothing here may lead to a real person."
    ),
    "profile": N_("“%(found)s” looks like a profile on a social network, and nothing here may lead to a real person."),
    "street": N_(
        "“%(found)s” looks like a street with the number of a house, and nothing here may lead to a real person."
    ),
    "birth": N_("“%(found)s” looks like a day of birth, and nothing here may lead to a real person."),
}
SEVERAL = {  # the same of all that one text has of a kind: the reason is said once
    "jmbg": N_("These look like citizens’ numbers, and nothing here may lead to a real person: %(found)s."),
    "phone": N_("These look like telephone numbers, and nothing here may lead to a real person: %(found)s."),
    "email": N_("These look like e-mail addresses, and nothing here may lead to a real person: %(found)s."),
    "plate": N_("These look like licence plates, and nothing here may lead to a real person: %(found)s."),
    "document": N_(
        "These look like numbers of identity documents, and nothing here may lead to a real person: %(found)s."
    ),
    "profile": N_(
        "These look like profiles on social networks, and nothing here may lead to a real person: %(found)s."
    ),
    "street": N_(
        "These look like streets with numbers of houses, and nothing here may lead to a real person: %(found)s."
    ),
    "birth": N_("These look like days of birth, and nothing here may lead to a real person: %(found)s."),
}
_PERSON = N_("Leave it out, and say it in words: “her passport”, “a white van”.")
_CONTACT = N_("Leave it out. If a service publishes it, add it to the telephones for help; then it may stand here too.")
_PROFILE = N_("Leave it out, and say it in words: “her profile”, “the page with the advertisement”.")
_STREET = N_(
    "Leave out the street and the number, and say it in words: “a flat near the station”. If it is where a service receives people,"
    " write it in the note beside its telephone for help; then it may stand here too."
)
_BIRTH = N_("Leave it out, and say how old the person is, or the year.")
INSTEAD = {
    "jmbg": _PERSON, "phone": _CONTACT, "email": _CONTACT, "plate": _PERSON, "document": _PERSON, "profile": _PROFILE,
    "street": _STREET, "birth": _BIRTH,
}  # fmt: skip
_HOTLINES = "`hotlines` in course.yaml"
_MAY_HOLD = re.compile(r"[\d@/]|бб|bb", re.IGNORECASE)  # without one of these nothing is ever found


def privacy(pack: Pack) -> Iterator[Fault]:
    """Personal data in any file. Contacts that the course gives as hotlines may stand anywhere."""
    allowed = hotline_contacts(pack.course or _as_typed(pack))
    documents = dict(pack.documents())
    for file, text in pack.files.items():
        if file.startswith("figures/"):
            yield from personal_data(file, words_of(text), allowed)
        elif not file.startswith("cases/"):  # a case is asked with its other checks
            yield from personal_data(file, text, allowed, documents.get(file))


def personal_data(file: str, text: str, allowed: Collection[str], document: Map | Seq | None = None) -> Iterator[Fault]:
    """Personal data in one file, one fault for each kind in each text; `document` is what was read from it, to say where they stand.

    Where no address is known, a text is a paragraph.
    """
    told: dict[tuple[str, str | int], list[tuple[int, str]]] = {}
    paragraph, public = 0, tuple(allowed)
    for number, line in enumerate(text.split("\n"), start=1):
        paragraph += not line.strip()
        if _MAY_HOLD.search(line):
            for finding in _in_line(line, public):
                found = line[finding.start : finding.end]
                place = _address(document, number, found) or paragraph
                told.setdefault((finding.kind, place), []).append((number, found))
    for (kind, place), pieces in told.items():
        fault = _told(file, pieces[0][0], kind, [found for _line, found in pieces])
        yield replace(fault, name=place) if isinstance(place, str) else fault


@lru_cache(maxsize=LINES_REMEMBERED)
def _in_line(line: str, allowed: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(find(line, allowed))


def guard(text: str, contacts: Collection[str] = ()) -> list[Fault]:
    """Personal data in one text while it is typed: one fault a kind, to be shown beside the field."""
    told: dict[str, list[str]] = {}
    for finding in find(text, contacts) if _MAY_HOLD.search(text) else ():
        told.setdefault(finding.kind, []).append(text[finding.start : finding.end])
    return [_told("", 1, kind, pieces) for kind, pieces in told.items()]


def _told(file: str, line: int, kind: str, pieces: Iterable[str]) -> Fault:
    """What of one kind stands in one text, each piece once."""
    found = list(dict.fromkeys(pieces))
    message = FOUND[kind] if len(found) == 1 else SEVERAL[kind]
    return fault_at(file, line, message, INSTEAD[kind], _HOTLINES, found=found)


def _address(document: Map | Seq | None, line: int, found: str) -> str:
    """Where in the document the text with `found` stands that begins on this line or nearest above it."""
    best, address = 0, ""
    for here, text, starts in _texts(document, "", line):
        if found in text and best < starts <= line:
            best, address = starts, here
    return address


def _texts(value: Any, address: str, line: int) -> Iterator[tuple[str, str, int]]:
    if isinstance(value, str):
        yield address, value, line
    elif isinstance(value, Map):
        for name, member in value.items():
            yield from _texts(member, joined(address, name), value.lines[name])
    elif isinstance(value, Seq):
        for number, member in enumerate(value):
            yield from _texts(member, joined(address, member_of(value, number)), value.lines[number])


def _as_typed(pack: Pack) -> Mapping[str, Any]:
    """The course document, though it has a fault: one unfinished contact does not make all others unknown."""
    try:
        value = read_yaml(pack.files.get("course.yaml", ""), "course.yaml")
    except PackFaulty:
        return {}
    return value if isinstance(value, Map) else {}


def hotline_contacts(course: Mapping[str, Any]) -> list[str]:
    """The numbers and addresses of the hotlines of a course.yaml, as far as they are written."""
    contacts = []
    for hotline in course.get("hotlines") or ():
        if not isinstance(hotline, Map):
            continue
        contacts.append(hotline.get("number"))
        note = hotline.get("note")
        for text in note.values() if isinstance(note, Map) else ():
            contacts += [text[found.start : found.end] for found in find(text)] if isinstance(text, str) else []
    return [contact for contact in contacts if isinstance(contact, str) and contact]
