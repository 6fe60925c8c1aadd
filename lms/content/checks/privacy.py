"""No person can be found through a pack: no citizen numbers, phones, e-mails or plates but those of the hotlines."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lms.content.addresses import joined, member_of
from lms.content.faults import N_, Fault, PackFaulty, fault_at
from lms.content.pack import Pack
from lms.content.svg import words_of
from lms.content.yaml import Map, Seq, read_yaml
from lms.personal_data import Finding, find

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
}
_PERSON = N_("Leave it out, and say it in words: “her passport”, “a white van”.")
_CONTACT = N_("Leave it out. If a service publishes it, add it to the telephones for help; then it may stand here too.")
INSTEAD = {"jmbg": _PERSON, "phone": _CONTACT, "email": _CONTACT, "plate": _PERSON, "document": _PERSON}
_HOTLINES = "`hotlines` in course.yaml"
_MAY_HOLD = re.compile(r"[\d@]")  # without one of these nothing is ever found


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
    """Personal data in one file, line by line; `document` is what was read from it, to say where in it they stand."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _MAY_HOLD.search(line):
            for finding in find(line, allowed):
                fault = _told(file, number, line, finding)
                yield replace(fault, name=_address(document, number, line[finding.start : finding.end]))


def guard(text: str, contacts: Collection[str] = ()) -> list[Fault]:
    """Personal data in one text while it is typed: one fault a kind, to be shown beside the field."""
    found = {finding.kind: finding for finding in reversed(find(text, contacts))} if _MAY_HOLD.search(text) else {}
    return [_told("", 1, text, finding) for finding in sorted(found.values(), key=lambda finding: finding.start)]


def _told(file: str, number: int, text: str, finding: Finding) -> Fault:
    message, advice = FOUND[finding.kind], INSTEAD[finding.kind]
    return fault_at(file, number, message, advice, _HOTLINES, found=text[finding.start : finding.end])


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
