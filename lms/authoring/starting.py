"""What a new case begins from: small whole cases to overwrite, each a pattern of its own. Pure but for the files beside this one."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lms.content.yaml import Map, Seq, read_yaml
from lms.language import gettext
from lms.serbian import to_latin
from lms.ui import N_, PLAIN

LONGEST_KEY = 40
FOLDER = Path(__file__).parent / "starters"
_OFFERED = {  # in this order
    "blank": (N_("Blank"), N_("One service, one stage, one decision and an ending, with questions instead of texts. It can be played at once.")),
    "two-roles": (N_("Two roles"), N_("Two services at one table: a decision, a hand-off with consent, and two endings.")),
    "two-municipalities": (N_("Two municipalities"), N_("Two tables in two towns; what one knows reaches the other only by a hand-off.")),
    "child": (N_("A child in the case"), N_("Guardianship first, best interests, and one prepared talk instead of many.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Starter:
    """A case to begin from, in the reader's words."""

    key: str
    title: str
    summary: str


def starters() -> list[Starter]:
    """Those that are offered, the smallest first."""
    return [Starter(key, gettext(title), gettext(summary)) for key, (title, summary) in _OFFERED.items()]


def starter_keys() -> tuple[str, ...]:
    """The keys of all starters."""
    return tuple(_OFFERED)


def starter_document(key: str, case_key: str, title_sr: str, title_en: str) -> Map:
    """A new case called so, from the starter `key`; from the blank one when there is no such starter."""
    document: Map = read_yaml(_text(f"{key if key in _OFFERED else 'blank'}.yaml"), case_key)
    document["key"] = case_key
    document["title"]["sr"], document["title"]["en"] = title_sr, title_en
    return document


def starter_sources() -> Seq:
    """The sources that starters cite; a course needs them beside the case."""
    found: Seq = read_yaml(_text("sources.yaml"), "sources.yaml")
    return found


def slug(title: str) -> str:
    """A key made of a title: Latin letters without marks, figures and hyphens."""
    plain = to_latin(title).translate(PLAIN).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_KEY].strip("-")


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
