"""Local teams for the demo, beside those with a public source."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.demo.documents import document
from lms.teams.models import LocalTeam, Municipality, TeamSeat


def add_teams(session: Session) -> None:
    """More places without a confirmed team, and invented members where none are published; the notes say both."""
    rows = document("today")
    teams = {team.municipality_code: team for team in session.scalars(sa.select(LocalTeam))}
    for place in rows["more_teams"]:
        if place not in teams:
            note = rows["more_teams_note"]
            teams[place] = LocalTeam(
                municipality_code=place, status="unconfirmed", demo=True, source=rows["more_teams_source"],
                note_sr=note["sr"], note_en=note["en"],
            )  # fmt: skip
            session.add(teams[place])
    session.flush()
    names = dict(session.execute(sa.select(Municipality.code, Municipality.name_sr)).all())
    for place, sectors in rows["invented_seats"].items():
        if teams[place].demo and not teams[place].seats:
            _seat(teams[place], names[place], sectors)


def _seat(team: LocalTeam, place: str, sectors: list[str]) -> None:
    names, note = document("today")["institutions"], document("today")["invented_seats_note"]
    team.seats = [
        TeamSeat(position=position, sector=sector, institution=f"{names[sector]}, {place}")
        for position, sector in enumerate(sectors, start=1)
    ]
    team.note_sr, team.note_en = f"{team.note_sr} {note['sr']}", f"{team.note_en} {note['en']}"
