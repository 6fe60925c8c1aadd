"""The sectors people come from: codes, names and icons, read from data on first use. Nine form the ring, in its order."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lms.language import localise

DATA = Path(__file__).parent / "teams" / "data" / "sectors.yaml"
RING = ("social", "police", "prosecution", "judiciary", "health", "education", "redcross", "ngo", "city")
CODES = (*RING, "labour", "border", "asylum", "employment", "youth", "communal", "media", "other")


@dataclass(frozen=True)
class Sector:
    """One sector. `name` and `short` are in the language in force."""

    code: str
    names: dict[str, str]
    shorts: dict[str, str]
    icon: str

    @property
    def name(self) -> str:
        return localise(self.names)

    @property
    def short(self) -> str:
        return localise(self.shorts)


@cache
def sectors() -> dict[str, Sector]:
    """All sectors by code, in the order of the ring and then the rest."""
    rows = yaml.load(DATA.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return {
        row["code"]: Sector(
            row["code"], {"sr": row["sr"], "en": row["en"]}, {"sr": row["sr_short"], "en": row["en_short"]}, row["icon"]
        )
        for row in rows
    }


def sector(code: str) -> Sector:
    """The sector with `code`; an unknown code is „other”."""
    return sectors().get(code) or sectors()["other"]
