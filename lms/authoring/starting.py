"""The cases that an author can begin from."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Starter:
    """A case to begin from."""

    key: str
    title: str
    summary: str


def starters() -> list[Starter]:
    """Every starter, the simplest first."""
    return []


def starter_document(key: str, case_key: str, title_sr: str, title_en: str) -> Any:
    """The document of a new case made from the starter `key`."""
    raise LookupError(key)


def starter_sources() -> list[dict[str, Any]]:
    """The sources that starters cite."""
    return []
