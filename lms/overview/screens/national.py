"""The national picture: where teams are, where people are missing, what has become of recommendations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms import charts, clock
from lms.evaluation.models import RECOMMENDATION_STATES, Finding
from lms.evaluation.wording import state_name
from lms.language import gettext, in_script, ngettext
from lms.overview import queries, rules
from lms.overview.queries import Recommended, TrainedGroup
from lms.overview.screens.register import TeamRow, team_rows
from lms.overview.wording import TITLES
from lms.sectors import CODES, RING, Sector, sector
from lms.serbian import fold
from lms.teams import queries as teams
from lms.trainings.models import Training

MANY, ROOM_WIDE, ROOM_NARROW = 30, 0.24, 0.165  # above MANY teams the rings are smaller; degrees between their middles
LARGE = {"beograd", "novi-sad", "nis", "kragujevac", "subotica"}  # keep their names on a phone


@dataclass(frozen=True)
class SectorBar:
    """A sector with a count; `share` is the length of its bar, from 0 to 100."""

    sector: Sector
    count: int
    share: float
    weak: bool = False


@dataclass(frozen=True)
class National:
    """The whole page."""

    teams: int
    trained_teams: int
    map: Markup
    rows: list[TeamRow]
    seats: list[SectorBar]
    rarest: SectorBar | None
    people: list[SectorBar]
    total: int
    planned: list[tuple[Training, int]]
    states: list[tuple[str, str, int]]  # code, word, how many
    open: list[Recommended]
    years: list[int]
    tables: list[tuple[str, str]]  # key and title of each yearly table
    search: str
    everything: bool  # all teams, not only those without a training


def national(search: str, everything: bool) -> National:
    """The picture at this moment. Eight statements, however many teams there are."""
    trained = queries.trained()
    rows = team_rows(teams.teams(), trained)
    recommendations = queries.recommendations()
    seats = seat_bars(rows)
    return National(
        teams=len(rows),
        trained_teams=sum(row.last is not None for row in rows),
        map=team_map(rows),
        rows=_listed(rows, search, everything),
        seats=seats,
        rarest=seats[-1] if rows and seats[-1].count < len(rows) else None,
        people=people_bars(trained),
        total=sum(group.people for group in trained),
        planned=queries.planned_trainings(),
        states=count_states([one.finding for one in recommendations]),
        open=[one for one in recommendations if one.finding.state not in ("done", "dropped")][:8],
        years=queries.years() or [clock.today().year],
        tables=[(key, gettext(title)) for key, title in TITLES.items()],
        search=search,
        everything=everything,
    )


def _listed(rows: list[TeamRow], search: str, everything: bool) -> list[TeamRow]:
    words = fold(search).split()
    return [
        row
        for row in rows
        if (everything or row.last is None) and all(word in row.team.municipality.folded for word in words)
    ]


def seat_bars(rows: Sequence[TeamRow]) -> list[SectorBar]:
    """In how many teams each sector of the ring has a seat, the most frequent first."""
    counts = Counter(code for row in rows for code in row.sectors)
    weak = len(rows) / 2
    bars = [
        SectorBar(sector(code), counts[code], 100 * counts[code] / max(len(rows), 1), counts[code] < weak)
        for code in RING
    ]
    return sorted(bars, key=lambda bar: -bar.count)


def people_bars(trained: Sequence[TrainedGroup]) -> list[SectorBar]:
    """How many people of each sector came to trainings, the most frequent first; sectors of the ring stand even with none."""
    counts: Counter[str] = Counter()
    for group in trained:
        counts[group.sector if group.sector in CODES else "other"] += group.people
    most = max(counts.values(), default=0) or 1
    codes = [code for code in CODES if counts[code] or code in RING]
    bars = [SectorBar(sector(code), counts[code], 100 * counts[code] / most) for code in codes]
    return sorted(bars, key=lambda bar: -bar.count)


def count_states(recommendations: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """How many recommendations are in each state."""
    counts = Counter(finding.state for finding in recommendations)
    return [(state, state_name(state), counts[state]) for state in RECOMMENDATION_STATES]


def team_map(rows: Sequence[TeamRow]) -> Markup:
    """The teams on the map of rivers; rings of neighbours stand side by side."""
    placed = [row for row in rows if row.team.municipality.latitude is not None]
    nearest = ROOM_WIDE if len(placed) <= MANY else ROOM_NARROW
    spots = rules.apart([_spot(row) for row in placed], nearest)
    points = [_point(row, spot) for row, spot in zip(placed, spots, strict=True)]
    title = ngettext("Map: %(num)s local team", "Map: %(num)s local teams", len(points))
    rivers = {"danube": gettext("Danube"), "tisa": gettext("Tisa"), "drina": gettext("Drina")}
    return charts.river_map(points, title=title, rivers=rivers)


def _spot(row: TeamRow) -> rules.Point:
    return row.team.municipality.longitude or 0.0, row.team.municipality.latitude or 0.0


def _point(row: TeamRow, spot: rules.Point) -> charts.Place:
    name = in_script(row.team.municipality.name_sr)
    number = ngettext("%(num)s sector of nine", "%(num)s sectors of nine", row.in_ring)
    return charts.Place(
        name=name,
        latitude=spot[1],
        longitude=spot[0],
        sectors=row.sectors,
        words=f"{name}: {number}" + ("" if row.last else ", " + gettext("no training yet")),
        href=row.address,
        need=row.last is None,
        key=row.team.municipality_code in LARGE,
    )
