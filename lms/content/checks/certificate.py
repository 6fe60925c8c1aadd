"""The certificate names what it certifies, with places that can be filled."""

import re
from collections.abc import Iterator

from lms.content.faults import Fault
from lms.content.pack import Pack, texts_in
from lms.content.shapes import LANGUAGES, Place

NEEDED = {"statement": {"course", "hours", "place", "dates"}, "conditions": {"percent"}}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def certificate(pack: Pack) -> Iterator[Fault]:
    """Placeholders that nobody fills, and those that are missing."""
    place = Place("certificate.yaml", 1)
    for text, here in texts_in(pack.certificate, place):
        known = NEEDED.get(here.name, set())
        for language in LANGUAGES:
            there = here.inside(text, language)
            used = set(_PLACEHOLDER.findall(text[language]))
            if len(re.findall("[{}]", text[language])) != 2 * len(_PLACEHOLDER.findall(text[language])):
                yield there.fault("has a brace that is not closed", "write placeholders as {course}")
            for name in sorted(used - known):
                allowed = ", ".join(f"{{{key}}}" for key in sorted(known)) or "none"
                yield there.fault(f"has the placeholder {{{name}}}", f"remove it; allowed here: {allowed}")
            for name in sorted(known - used):
                yield there.fault(f"has no {{{name}}}", f"write {{{name}}} where it is to be printed")
