"""What audit entries are about, by name: „training 6” is its place and days. One statement for each kind of subject.

This room lies below those of trainings, teams and reports; therefore their tables are read by name, not through their models.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import url_for

from lms.extensions import db
from lms.language import gettext as _
from lms.language import in_script, localise, show_dates

SUBJECT = re.compile(r"(training|account|team|series|certificate|overview) (\S+?)(?:, participant (\d+))?")


class Subject(NamedTuple):
    """A subject in words, and the address of its page ("" when there is none)."""

    words: str
    address: str = ""


def named(subjects: Iterable[str]) -> dict[str, Subject]:
    """Each stored subject in words, in the language in force; what was deleted or is unknown as it is stored."""
    parts = {subject: found.groups() for subject in subjects if (found := SUBJECT.fullmatch(subject))}
    asked: dict[str, set[int]] = defaultdict(set)
    for kind, key, _number in parts.values():
        if key.isdigit():
            asked[kind].add(int(key))
    names = {kind: LOADERS[kind](numbers) for kind, numbers in asked.items() if kind in LOADERS}
    return {subject: _subject(subject, names, *found) for subject, found in parts.items()}


def _subject(subject: str, names: dict[str, dict[int, str]], kind: str, key: str, number: str | None) -> Subject:
    if kind == "certificate":
        return Subject(_("certificate %(serial)s", serial=key))
    if kind == "overview":
        return Subject(_("coverage, %(year)s", year=key), url_for("overview.national"))
    name = names.get(kind, {}).get(int(key)) if key.isdigit() else None
    if name is None:
        return Subject(subject)
    view, argument = PAGES[kind]
    words = ", ".join([name, *([_("participant number %(number)s", number=number)] if number else [])])
    values: dict[str, Any] = {argument: int(key)}
    return Subject(words, url_for(view, **values))


def _trainings(numbers: set[int]) -> dict[int, str]:
    trainings = sa.table("trainings", *map(sa.column, ("id", "municipality_code")),
                         sa.column("starts_on", sa.Date), sa.column("ends_on", sa.Date))  # fmt: skip
    places = sa.table("municipalities", sa.column("code"), sa.column("name_sr"))
    rows = db.session.execute(
        sa.select(trainings.c.id, places.c.name_sr, trainings.c.starts_on, trainings.c.ends_on)
        .join_from(trainings, places, places.c.code == trainings.c.municipality_code)
        .where(trainings.c.id.in_(numbers))
    )
    return {number: f"{in_script(place)}, {show_dates(first, last)}" for number, place, first, last in rows}


def _accounts(numbers: set[int]) -> dict[int, str]:
    accounts = sa.table("accounts", sa.column("id"), sa.column("name"))
    return {
        number: in_script(name)
        for number, name in db.session.execute(sa.select(accounts).where(accounts.c.id.in_(numbers)))
    }


def _teams(numbers: set[int]) -> dict[int, str]:
    teams = sa.table("local_teams", sa.column("id"), sa.column("municipality_code"))
    places = sa.table("municipalities", sa.column("code"), sa.column("name_sr"))
    rows = db.session.execute(
        sa.select(teams.c.id, places.c.name_sr)
        .join_from(teams, places, places.c.code == teams.c.municipality_code)
        .where(teams.c.id.in_(numbers))
    )
    return {number: _("local team: %(place)s", place=in_script(place)) for number, place in rows}


def _series(numbers: set[int]) -> dict[int, str]:
    series = sa.table("series", *map(sa.column, ("id", "title_sr", "title_en")))
    rows = db.session.execute(sa.select(series).where(series.c.id.in_(numbers)))
    return {number: localise({"sr": title_sr, "en": title_en}) for number, title_sr, title_en in rows}


LOADERS = {"training": _trainings, "account": _accounts, "team": _teams, "series": _series}
PAGES = {
    "training": ("evaluation.report", "training_id"),  # what administrators may read of every training
    "account": ("accounts.person", "account_id"),
    "team": ("teams.show", "team_id"),
    "series": ("evaluation.series", "series_id"),
}
