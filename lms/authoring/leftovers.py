"""What a case still says because its starter said it: questions that were never answered, English that no longer fits. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from lms.authoring.starting import starter_document, starter_keys
from lms.content.addresses import inside
from lms.content.faults import N_, Fault, fault_at

PROMPTS = "blank"  # the starter whose texts say to the author what to write
SHORT_NAME = 3  # words of a name that may stay as it is: „Прва служба”


def leftovers(path: str, document: Any) -> Iterator[Fault]:
    """Advice about texts that came with a starter and were not written over, or only in one language."""
    for address, text in inside(document):
        if not isinstance(text, dict) or not isinstance(english := text.get("en"), str) or english not in _known():
            continue
        serbian, prompt = _known()[english]
        if text.get("sr") not in serbian:
            message = N_("The Serbian is new, but the English is still that of the starter.")
            yield _advice(path, address, message, N_("Translate it anew."))
        elif prompt:
            message = N_("This is still the text of the starter.")
            yield _advice(path, address, message, N_("Write your own text over it."))


def _advice(path: str, address: str, message: str, what: str) -> Fault:
    return replace(fault_at(path, 1, message, what), name=address, warning=True)


@cache
def _known() -> Mapping[str, tuple[frozenset[str], bool]]:
    """The English texts of all starters, each with its Serbian ones, and whether it tells the author what to write."""
    serbian: dict[str, set[str]] = {}
    said_by: dict[str, set[str]] = {}
    for key in starter_keys():
        for _address, text in inside(starter_document(key, key, "", "")):
            if isinstance(text, dict) and text.get("en") and text.get("sr"):
                serbian.setdefault(text["en"], set()).add(text["sr"])
                said_by.setdefault(text["en"], set()).add(key)
    return {
        text: (
            frozenset(serbian[text]),
            keys == {PROMPTS} and any(len(sr.split()) > SHORT_NAME for sr in serbian[text]),
        )
        for text, keys in said_by.items()
    }
