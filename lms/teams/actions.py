"""What changes about places and teams: verbs, one commit each."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.serbian import fold, sort_key
from lms.teams.models import LocalTeam, Municipality, TeamEntry, TeamSeat

DATA = Path(__file__).parent / "data"
Part = TypeVar("Part", TeamSeat, TeamEntry)


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


# ---- the office keeps the register ----


def add_team(municipality_code: str, fields: Mapping[str, Any]) -> LocalTeam:
    """A new team. Refused (422) when the municipality has one already."""
    with writing() as session:
        if session.scalar(sa.select(LocalTeam.id).where(LocalTeam.municipality_code == municipality_code)):
            raise Refused("This city or municipality already has a team in the register.", 422)
        team = LocalTeam(municipality_code=municipality_code, **fields)
        session.add(team)
        session.flush()
        record(session, "team.added", f"team {team.id}")
    return team


def change_team(team_id: int, fields: Mapping[str, Any]) -> None:
    """What is known about the team. What the office has written is no longer trial data."""
    with writing() as session:
        team = _changing(session, team_id)
        for name, value in fields.items():
            setattr(team, name, value)
        record(session, "team.changed", f"team {team_id}")


def save_seat(team_id: int, seat_id: int | None, fields: Mapping[str, Any]) -> None:
    """An institution's place in the team: a new one at the end, or a changed one."""
    with writing() as session:
        _changing(session, team_id)
        seat = _part(session, TeamSeat, team_id, seat_id) or TeamSeat(
            team_id=team_id, position=_last(session, TeamSeat, TeamSeat.team_id == team_id) + 1
        )
        seat.institution, seat.sector = fields["institution"], fields["sector"]
        session.add(seat)
        record(session, "team.seat", f"team {team_id}", sector=seat.sector)


def save_entry(team_id: int, kind: str, entry_id: int | None, fields: Mapping[str, Any]) -> None:
    """An activity or a plan: a new one at the end, or a changed one."""
    with writing() as session:
        _changing(session, team_id)
        entry = _part(session, TeamEntry, team_id, entry_id)
        if entry is None:
            place = _last(session, TeamEntry, TeamEntry.team_id == team_id, TeamEntry.kind == kind) + 1
            entry = TeamEntry(team_id=team_id, kind=kind, position=place)
        for name in ("text_sr", "text_en", "year", "partner"):
            setattr(entry, name, fields[name])
        session.add(entry)
        record(session, f"team.{entry.kind}", f"team {team_id}")


def remove_seat(team_id: int, seat_id: int) -> None:
    """The institution has no place in the team any more."""
    _remove(TeamSeat, team_id, seat_id)


def remove_entry(team_id: int, entry_id: int) -> None:
    """The activity or plan is no longer on the list."""
    _remove(TeamEntry, team_id, entry_id)


def _remove(model: type[Part], team_id: int, part_id: int) -> None:
    with writing() as session:
        _changing(session, team_id)
        session.delete(_part(session, model, team_id, part_id))
        record(session, "team.changed", f"team {team_id}")


def _changing(session: Session, team_id: int) -> LocalTeam:
    team = session.get(LocalTeam, team_id, populate_existing=True)
    if team is None:
        raise Refused("This is no longer in the register.", 404)
    team.demo = False
    return team


def _part(session: Session, model: type[Part], team_id: int, part_id: int | None) -> Part | None:
    """The seat or entry of this team; None when a new one is wanted. Refused (404) when it is gone."""
    if part_id is None:
        return None
    found = session.scalar(sa.select(model).where(model.id == part_id, model.team_id == team_id))
    if found is None:
        raise Refused("This is no longer in the register.", 404)
    return found


def _last(session: Session, model: type[Part], *where: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.max(model.position)).where(*where)) or 0
