"""What holds for local teams, without web or database."""

from collections.abc import Collection, Mapping, Sequence

from lms.errors import Refused
from lms.sectors import RING

CITY_PART = "city-municipality"


def missing(sectors: Collection[str]) -> tuple[str, ...]:
    """The sectors of the ring that a team has nobody from, in the order of the ring."""
    return tuple(code for code in RING if code not in sectors)


def city_of(code: str, kind: str) -> str:
    """The city that a city municipality is part of (`nis-palilula` → `nis`); any other place is its own."""
    return code.partition("-")[0] if kind == CITY_PART else code


def paired(serbian: str, english: str) -> list[dict[str, str]]:
    """Lines in both languages as texts: one line, one entry. Refused (422) when there are English lines, but not as many."""
    sr, en = _lines(serbian), _lines(english)
    if en and len(en) != len(sr):
        raise Refused(
            "There are %(sr)s lines in Serbian and %(en)s in English; each line is one entry.",
            422,
            sr=len(sr),
            en=len(en),
        )
    return [{"sr": text, "en": en[place] if en else ""} for place, text in enumerate(sr)]


def unpaired(texts: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    """The reverse of `paired`: Serbian lines, English lines."""
    english = [text.get("en", "") for text in texts]
    return "\n".join(text["sr"] for text in texts), "\n".join(english) if all(english) else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
