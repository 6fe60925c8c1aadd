"""The yearly tables for national reporting. Counts of people only, never results; small counts by place are pooled."""

from collections import Counter

from lms.evaluation.tables.table import Cell, Column, Table
from lms.evaluation.wording import sex_name, state_name
from lms.language import gettext as _
from lms.language import in_script, localise, ngettext
from lms.overview import queries, rules
from lms.overview.queries import TrainedGroup
from lms.overview.screens.register import TeamRow, status_look, team_rows
from lms.overview.wording import TITLES
from lms.sectors import CODES, sector
from lms.teams import queries as teams

UNKNOWN = ""  # people without a municipality


def yearly_tables(year: int) -> list[Table]:
    """All tables of `year`, in the language in force. Seven statements."""
    trained = queries.trained(year)
    names = {place.code: in_script(place.name_sr) for place in teams.places()}
    return [
        _trainings(year),
        _by_sector(trained),
        _by_sex(trained),
        _by_place(trained, names),
        _by_place_and_sector(trained, names),
        _teams(team_rows(teams.teams(), queries.trained())),
        _recommendations(year),
    ]


def _trainings(year: int) -> Table:
    columns = (
        Column("place", _("Place")),
        Column("title", _("Training")),
        Column("first-day", _("First day")),
        Column("last-day", _("Last day")),
        Column("people", _("People")),
        Column("certificates", _("Valid certificates")),
    )
    rows = tuple(
        (
            in_script(training.municipality.name_sr),
            localise({"sr": training.title_sr, "en": training.title_en}),
            training.starts_on,
            training.ends_on,
            came or training.published_count or 0,
            issued,
        )
        for training, came, issued in queries.trainings_of_year(year)
    )
    return _table("trainings", columns, rows)


def _table(key: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], note: str = "") -> Table:
    return Table(key, _(TITLES[key]), columns, rows, note)


def _people() -> Column:
    return Column("people", _("People"))


def _by_sector(trained: list[TrainedGroup]) -> Table:
    counts: Counter[str] = Counter()
    for group in trained:
        counts[group.sector] += group.people
    columns = (Column("code", _("Code")), Column("sector", _("Sector")), _people())
    rows = tuple((code, sector(code).name, counts[code]) for code in CODES if counts[code])
    return _table("sectors", columns, rows)


def _by_sex(trained: list[TrainedGroup]) -> Table:
    counts: Counter[str] = Counter()
    for group in trained:
        counts[group.sex or ""] += group.people
    rows = tuple((sex_name(sex), counts[sex]) for sex in ("f", "m", "") if counts[sex])
    return _table("sexes", (Column("sex", _("Sex")), _people()), rows)


def _by_place(trained: list[TrainedGroup], names: dict[str, str]) -> Table:
    counts: Counter[str] = Counter()
    for group in trained:
        counts[group.town or UNKNOWN] += group.people
    shown, pooled, number = rules.places(counts)
    rows = [
        (_place(code, names), count) for code, count in sorted(shown.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    if pooled:
        rows.append((ngettext("%(num)s other place, together", "%(num)s other places, together", number), pooled))
    return _table("places", (Column("place", _("Place")), _people()), tuple(rows), _note())


def _by_place_and_sector(trained: list[TrainedGroup], names: dict[str, str]) -> Table:
    counts: Counter[rules.Cell] = Counter()
    for group in trained:
        counts[group.town or UNKNOWN, group.sector] += group.people
    shown = rules.by_place_and_sector(counts)
    ordered = sorted(shown.counts.items(), key=lambda entry: (_place(entry[0][0], names), CODES.index(entry[0][1])))
    rows = [(_place(place, names), sector(code).name, count) for (place, code), count in ordered]
    if shown.pooled:
        rows.append((_("All others, together"), "", shown.pooled))
    columns = (Column("place", _("Place")), Column("sector", _("Sector")), _people())
    return _table("places-and-sectors", columns, tuple(rows), _note())


def _place(code: str, names: dict[str, str]) -> str:
    return names.get(code) or _("not stated")


def _note() -> str:
    return _("Counts under five are pooled, and so are counts from which they could be worked out.")


def _teams(rows: list[TeamRow]) -> Table:
    columns = (
        Column("place", _("City or municipality")),
        Column("district", _("District")),
        Column("status", _("Status")),
        Column("founded", _("Founded in the year")),
        Column("seats", _("Members")),
        Column("missing", _("Missing sectors")),
        Column("last-training", _("Last training")),
    )
    body = tuple(
        (
            in_script(row.team.municipality.name_sr),
            in_script(row.team.municipality.district_sr),
            status_look(row.team.status)[0],
            str(row.team.founded_year or ""),
            len(row.team.seats),
            row.missing,
            row.last,
        )
        for row in rows
    )
    return _table("teams", columns, body)


def _recommendations(year: int) -> Table:
    columns = (
        Column("origin", _("From")),
        Column("text", _("Recommendation")),
        Column("addressee", _("Addressee")),
        Column("owner", _("Who does it")),
        Column("due", _("Due")),
        Column("state", _("State")),
    )
    rows = tuple(
        (
            localise(one.origin),
            localise({"sr": one.finding.text_sr, "en": one.finding.text_en}),
            in_script(one.finding.addressee),
            in_script(one.finding.owner),
            one.finding.due_on,
            state_name(one.finding.state),
        )
        for one in queries.recommendations(year)
    )
    return _table("recommendations", columns, rows)
