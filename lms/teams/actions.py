"""What changes about places and teams: verbs, one commit each."""

import csv
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from lms.database import writing
from lms.serbian import fold, sort_key
from lms.teams.models import LocalTeam, Municipality, TeamEntry, TeamSeat

DATA = Path(__file__).parent / "data"


def load_municipalities(path: Path = DATA / "municipalities.csv") -> int:
    """Bring the table of places in line with the list of local governments; how many rows were new or changed.

    Places that are no longer on the list stay: trainings and teams point at them.
    """
    with path.open(encoding="utf-8", newline="") as file:
        wanted = [_municipality(row) for row in csv.DictReader(file)]
    with writing() as session:
        known = {place.code: place for place in session.scalars(sa.select(Municipality))}
        changed = 0
        for values in wanted:
            place = known.get(values["code"])
            if place is None:
                session.add(Municipality(**values))
            elif any(getattr(place, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(place, name, value)
            else:
                continue
            changed += 1
    return changed


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    columns = ("code", "name_sr", "name_en", "kind", "district_code", "district_sr")
    return {name: row[name] for name in columns} | {
        "folded": fold(row["name_sr"]),
        "sort_key": sort_key(row["name_sr"]),
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
    }


def load_teams(path: Path = DATA / "teams.yaml") -> int:
    """Add the teams of `path` whose municipality has none yet; how many. A team once there belongs to the office."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    with writing() as session:
        known = set(session.scalars(sa.select(LocalTeam.municipality_code)))
        fresh = [_team(row) for row in rows if row["municipality"] not in known]
        session.add_all(fresh)
    return len(fresh)


def _team(row: dict[str, Any]) -> LocalTeam:
    note = row.get("note", {})
    plain = ("status", "founded_year", "source", "verified_on", "demo")
    return LocalTeam(
        municipality_code=row["municipality"],
        **{name: row[name] for name in plain},
        **{name: row.get(name, "") for name in ("founding_act", "coordinator", "contact")},
        lead_bodies=row.get("lead_bodies", []),
        tasks=row.get("tasks", []),
        note_sr=note.get("sr", ""),
        note_en=note.get("en", ""),
        seats=[TeamSeat(position=place, **seat) for place, seat in enumerate(row.get("seats", []), start=1)],
        entries=[*_entries("activity", row.get("activities", [])), *_entries("plan", row.get("plans", []))],
    )


def _entries(kind: str, rows: list[dict[str, Any]]) -> list[TeamEntry]:
    return [
        TeamEntry(
            kind=kind, position=place, text_sr=row["sr"], text_en=row.get("en", ""), year=row.get("year"),
            partner=row.get("partner", ""),
        )
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
