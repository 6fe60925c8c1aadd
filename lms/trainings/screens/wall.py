"""What the hall's wall says of who is here: teams and counts, never names."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from lms.language import alphabet_key
from lms.sectors import RING
from lms.teams.models import LocalTeam


@dataclass(frozen=True)
class TeamHere:
    """One municipality: its ring, and how many of its people have come in."""

    name: str
    sectors: tuple[str, ...]
    here: int
    expected: int


@dataclass(frozen=True)
class Wall:
    """The changing part of the wall."""

    here: int
    expected: int
    teams: tuple[TeamHere, ...]
    open: bool  # may people join?

    @property
    def version(self) -> str:
        """Changes whenever anything on the wall does."""
        return hashlib.blake2b(repr(self).encode(), digest_size=8).hexdigest()


def wall_screen(
    people: Sequence[tuple[str | None, str | None, str, bool]], teams: Sequence[LocalTeam], joining: bool
) -> Wall:
    """`people` are (municipality's code, its name, sector, has come in)."""
    names = {team.municipality_code: team.municipality.name_sr for team in teams}
    names |= {code: name for code, name, _, _ in people if code and name}
    rows = []
    for code, name in sorted(names.items(), key=lambda place: alphabet_key(place[1])):
        ours = [(sector, joined) for place, _, sector, joined in people if place == code]
        here = {sector for sector, joined in ours if joined}
        ring = tuple(sector for sector in RING if sector in here)
        rows.append(TeamHere(name, ring, sum(joined for _, joined in ours), len(ours)))
    return Wall(sum(joined for *_, joined in people), len(people), tuple(rows), joining)
