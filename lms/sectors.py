"""The sectors people come from: codes, names and icons, read from data on first use. Nine form the ring, in its order."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

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
        return _said(self.names)

    @property
    def short(self) -> str:
        return _said(self.shorts)


def _said(texts: dict[str, str]) -> str:
    from lms.language import localise  # the process that reads a pack needs the sectors, and no web server

    return localise(texts)


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
