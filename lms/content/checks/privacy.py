"""No person can be found through a pack: no citizen numbers, phones, e-mails or plates but those of the hotlines."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.personal_data import find

NAMES = {
    "jmbg": "a citizen's number (JMBG)", "phone": "a telephone number", "email": "an e-mail address",
    "plate": "a licence plate", "document": "the number of a document",
}  # fmt: skip


def privacy(pack: Pack) -> Iterator[Fault]:
    """Personal data in any file. Contacts that the course gives as hotlines may stand anywhere."""
    allowed = hotline_contacts(pack.course)
    for file, text in pack.files.items():
        if not file.startswith(("figures/", "cases/")):  # a case is asked with its other checks
            yield from personal_data(file, text, allowed)


def personal_data(file: str, text: str, allowed: Collection[str]) -> Iterator[Fault]:
    """Personal data in one file, line by line."""
    for number, line in enumerate(text.split("\n"), start=1):
        for finding in find(line, allowed):
            message = f"there is {NAMES[finding.kind]}: {line[finding.start : finding.end]}"
            yield Fault(file, number, message, "remove it; contacts of services belong to `hotlines` in course.yaml")


def hotline_contacts(course: Mapping[str, Any]) -> list[str]:
    """The numbers and addresses of the hotlines of a course.yaml."""
    contacts = []
    for hotline in course.get("hotlines", ()):
        contacts.append(hotline["number"])
        for text in (hotline.get("note") or {}).values():
            contacts += [text[found.start : found.end] for found in find(text)]
    return [contact for contact in contacts if contact]
