"""The certificate names what it certifies, with places that can be filled."""

import re
from collections.abc import Iterator

from lms.content.faults import N_, Fault
from lms.content.pack import Pack, texts_in
from lms.content.place import Place
from lms.content.shapes import LANGUAGES

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
                message = N_("A curly bracket has no partner.")
                yield there.fault(message, N_("Write what is filled in later with both brackets, as {course}."))
            for name in sorted(used - known):
                message = N_("{%(name)s} cannot be filled in here.")
                advice = N_("Remove it; here only these can stand: %(known)s") if known else N_("Remove it.")
                yield there.fault(message, advice, name=name, known=[f"{{{key}}}" for key in sorted(known)])
            for name in sorted(known - used):
                message = N_("{%(name)s} is missing, so it would not be printed on the certificate.")
                yield there.fault(message, N_("Write {%(name)s} where it is to be printed."), name=name)
