"""The register of local teams: rows, and one team's profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from lms.language import alphabet_key, gettext
from lms.overview.queries import Attended, TrainedGroup
from lms.sectors import RING, sector
from lms.teams.models import LocalTeam, TeamEntry
from lms.teams.rules import missing
from lms.ui import N_

STATUS_LOOK = {
    "active": (N_("active"), "ok", "check"),
    "being-founded": (N_("being founded"), "warn", "clock"),
    "unconfirmed": (N_("not confirmed"), "", "circle-dashed"),
    "inactive": (N_("inactive"), "", "pause"),
}


@dataclass(frozen=True)
class TeamRow:
    """One team in a list. `last` is the first day of the last training with people from its place."""

    team: LocalTeam
    sectors: frozenset[str]
    missing: str  # names, separated by commas; empty when nobody is missing
    last: date | None
    people: int  # trained, from this place

    @property
    def address(self) -> str:
        return url_for("teams.show", team_id=self.team.id)

    @property
    def in_ring(self) -> int:
        """How many of the nine sectors of the ring have a seat."""
        return len(self.sectors & set(RING))


def status_look(status: str) -> tuple[str, str, str]:
    """Word, kind and icon of a tag."""
    word, kind, icon = STATUS_LOOK[status]
    return gettext(word), kind, icon


def sector_names(codes: Sequence[str]) -> str:
    """Names in a sentence: „Тужилаштво, Судство”."""
    return ", ".join(sector(code).short for code in codes)


def team_rows(teams: Sequence[LocalTeam], trained: Sequence[TrainedGroup]) -> list[TeamRow]:
    """Rows for `teams` by the alphabet of the page; `trained` says who from their places came to trainings."""
    last: dict[str, date] = {}
    people: dict[str, int] = {}
    for group in trained:
        if group.town:
            last[group.town] = max(group.starts_on, last.get(group.town, group.starts_on))
            people[group.town] = people.get(group.town, 0) + group.people
    return [
        TeamRow(
            team,
            frozenset(seat.sector for seat in team.seats),
            sector_names(missing({seat.sector for seat in team.seats})),
            last.get(team.municipality_code),
            people.get(team.municipality_code, 0),
        )
        for team in sorted(teams, key=lambda team: alphabet_key(team.municipality.name_sr))
    ]


@dataclass(frozen=True)
class Profile:
    """One team."""

    team: LocalTeam
    sectors: frozenset[str]
    missing: str
    activities: list[TeamEntry]
    plans: list[TeamEntry]
    trainings: list[Attended]

    @property
    def in_ring(self) -> int:
        """How many of the nine sectors of the ring have a seat."""
        return len(self.sectors & set(RING))


def profile(team: LocalTeam, trainings: list[Attended]) -> Profile:
    """The profile of a team that was read with its seats and entries."""
    sectors = frozenset(seat.sector for seat in team.seats)
    return Profile(
        team,
        sectors,
        sector_names(missing(sectors)),
        [entry for entry in team.entries if entry.kind == "activity"],
        [entry for entry in team.entries if entry.kind == "plan"],
        trainings,
    )
