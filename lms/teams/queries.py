"""What is read about teams and places."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from lms.errors import NotAllowed
from lms.extensions import db
from lms.serbian import fold
from lms.teams.models import Institution, LocalTeam, Municipality, TeamEntry, TeamSeat


def teams(search: str = "", status: str = "", district: str = "") -> list[LocalTeam]:
    """Teams with their municipality and seats, by the Serbian alphabet; `search` in any script. Two statements."""
    query = (
        sa.select(LocalTeam)
        .join(LocalTeam.municipality)
        .options(contains_eager(LocalTeam.municipality), selectinload(LocalTeam.seats))
        .order_by(Municipality.sort_key)
    )
    for word in fold(search).split():
        query = query.where(Municipality.folded.contains(word, autoescape=True))
    if status:
        query = query.where(LocalTeam.status == status)
    if district:
        query = query.where(Municipality.district_code == district)
    return list(db.session.scalars(query))


def team(team_id: int) -> LocalTeam:
    """One team with its municipality, seats and entries. Raises NotAllowed (404) when there is none. Three statements."""
    found = db.session.scalar(
        sa.select(LocalTeam)
        .join(LocalTeam.municipality)
        .options(contains_eager(LocalTeam.municipality), selectinload(LocalTeam.seats), selectinload(LocalTeam.entries))
        .where(LocalTeam.id == team_id)
    )
    if found is None:
        raise NotAllowed()
    return found


def seat(team_id: int, seat_id: int) -> TeamSeat:
    """One seat of the team. Raises NotAllowed (404) when there is none."""
    found = db.session.scalar(sa.select(TeamSeat).where(TeamSeat.id == seat_id, TeamSeat.team_id == team_id))
    if found is None:
        raise NotAllowed()
    return found


def entry(team_id: int, entry_id: int) -> TeamEntry:
    """One activity or plan of the team. Raises NotAllowed (404) when there is none."""
    found = db.session.scalar(sa.select(TeamEntry).where(TeamEntry.id == entry_id, TeamEntry.team_id == team_id))
    if found is None:
        raise NotAllowed()
    return found


def districts_with_teams() -> list[tuple[str, str]]:
    """(code, name) of the districts that have a team."""
    rows = db.session.execute(
        sa.select(Municipality.district_code, Municipality.district_sr)
        .join(LocalTeam, LocalTeam.municipality_code == Municipality.code)
        .distinct()
    )
    return [(code, name) for code, name in rows]


def places_without_team() -> list[Municipality]:
    """Local governments that may still found a team, by the Serbian alphabet."""
    taken = sa.select(LocalTeam.municipality_code)
    return list(
        db.session.scalars(
            sa.select(Municipality).where(Municipality.code.not_in(taken)).order_by(Municipality.sort_key)
        )
    )


def institutions_in(municipality_code: str) -> list[str]:
    """Names of institutions known in a place, to be offered."""
    return list(
        db.session.scalars(
            sa.select(Institution.name)
            .where(Institution.municipality_code == municipality_code)
            .order_by(Institution.name)
        )
    )


def places() -> list[Municipality]:
    """All local governments, by the Serbian alphabet."""
    return list(db.session.scalars(sa.select(Municipality).order_by(Municipality.sort_key)))
