"""The documents of the demo (data/*.yaml), and what is fixed about it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
COURSE = "sop-two-day"
MORE_COURSES = ("manager-track", "youth-module")
STAFF_DOMAIN = "@demo.example.org"  # reserved for examples: mail to it goes nowhere
PASSWORD = "probni rad 2026"  # noqa: S105 - for trying the two steps; the demo refuses to be in production
AUTHENTICATOR = "LOKALNITIMOVIPROBNIRADAA"
SEED = 2022


@cache
def document(name: str) -> Any:
    """`series-2022` or `today` as plain data."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
