"""Rows of a list as people to be added: what is certain, what is missing, what stands twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.serbian import fold, in_two_scripts, normalise_name
from lms.trainings.roster.files import N_
from lms.trainings.roster.places import Places
from lms.trainings.roster.tables import Table
from lms.trainings.roster.words import guess_sector, read_sex, split_titles

LONGEST_NAME = 120
LONGEST_INSTITUTION = 160
FIELDS = ("name", "sector", "institution", "municipality", "sex", "email")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


NO_NAME = N_("There is no name in this row.")
ONE_WORD = N_("The name has one word only. Add the other, or save the row as it is.")
NAME_TOO_LONG = N_("The name is longer than 120 characters. Is it a name?")
NO_SECTOR = N_("The sector was not recognised. Choose it.")
WHICH_PLACE = N_("The municipality is not certain. Choose it or leave it empty.")
UNKNOWN_PLACE = N_("This municipality was not recognised. It stays empty unless you choose one.")
WRONG_EMAIL = N_("The e-mail address is not right. It stays empty unless you correct it.")
SURNAME_FIRST = "surname first"  # counted above all rows
TWO_SCRIPTS = N_("One part of the name is in Cyrillic, the other in Latin. Check how it is written.")
PLACE_FROM_INSTITUTION = N_("The municipality was taken from the name of the institution.")
TWICE_IN_FILE = N_("The same name is in this file more than once.")
ON_THE_LIST = N_("The same name is on the list of participants already.")


@dataclass(frozen=True)
class Entry:
    """A row as it was understood. `stops`: why it cannot be added yet; `notes`: what to look at; English sentences but for SURNAME_FIRST."""

    place: int  # which of the stored rows
    sheet: str
    row: int
    name: str
    sector: str
    institution: str
    municipality: str  # code
    sex: str
    email: str
    stops: tuple[str, ...]
    notes: tuple[str, ...]
    offered: tuple[str, ...]  # codes of municipalities
    twice: str  # sentence when the name stands twice
    choice: str  # "", "leave" or "add": what the trainer said about the row

    @property
    def state(self) -> str:
        """ready: will be added; stopped: needs a decision; twice: a duplicate, left out unless wanted; left: left out."""
        if self.choice == "leave":
            return "left"
        if self.stops:
            return "stopped"
        return "twice" if self.twice and self.choice != "add" else "ready"

    @property
    def own_notes(self) -> tuple[str, ...]:
        """What to look at in this row only: that the surname came first is said once, above all rows."""
        return tuple(note for note in self.notes if note != SURNAME_FIRST)


# ---- what is stored of an upload ---------------------------------------------------------------------------------------


def stored_rows(tables: Sequence[Table], places: Places) -> list[dict[str, Any]]:
    """The upload as JSON: one element a sheet (its columns), then one a row. Headings over groups are passed on to rows."""
    stored: list[dict[str, Any]] = []
    for number, table in enumerate(tables):
        stored.append(
            {"kind": "sheet", "name": table.sheet, "header": table.header_row, "labels": table.labels,
             "kinds": table.kinds, "dropped": table.dropped, "removed": table.removed, "footers": table.footers}
        )  # fmt: skip
        place, _offered = places.match(table.sheet)  # a sheet for each town
        heading: dict[str, str] = {"municipality": place} if place else {}
        for row, cells in table.rows:
            filled = list(dict.fromkeys(cell for cell in cells if cell))
            if len(filled) == 1 and sum(map(bool, table.kinds)) > 1 and (said := _heading(filled[0], places)):
                heading = said
                continue
            stored.append(
                {
                    "kind": "row",
                    "sheet": number,
                    "row": row,
                    "cells": cells,
                    "under": heading,
                    "fixed": {},
                    "choice": "",
                }
            )
    return stored


def _heading(text: str, places: Places) -> dict[str, str] | None:
    """A row with one text alone: „КРАГУЈЕВАЦ” or „Полицијска управа Ниш” above its people. None: an ordinary row."""
    code, _offered = places.match(text)
    if code:
        return {"municipality": code}
    sector = guess_sector(text)
    if sector is None:
        return None
    inside, _offered = places.inside(text)
    return {"institution": text[:LONGEST_INSTITUTION], "sector": sector, "municipality": inside or ""}


# ---- understanding -----------------------------------------------------------------------------------------------------


def understand(stored: Sequence[Mapping[str, Any]], places: Places, known: set[str]) -> list[Entry]:
    """All rows as entries, in order. `known`: keys (`name_key`) of those who are on the training's list."""
    sheets = [element for element in stored if element["kind"] == "sheet"]
    seen: set[str] = set()
    entries = []
    for place, element in enumerate(stored):
        if element["kind"] == "row":
            entry = _entry(place, element, sheets[element["sheet"]], places)
            key = name_key(entry.name)
            twice = TWICE_IN_FILE if key in seen else ON_THE_LIST if key in known else ""
            entries.append(replace(entry, twice=twice) if key else entry)
            if key and entry.choice != "leave":
                seen.add(key)
    return entries


def name_key(name: str) -> str:
    """By which names are compared: folded, in any order of words, without titles."""
    return " ".join(sorted(fold(split_titles(name)[1]).split()))


def _entry(place: int, row: Mapping[str, Any], sheet: Mapping[str, Any], places: Places) -> Entry:
    cells = _by_kind(row["cells"], sheet["kinds"])
    fixed: Mapping[str, str] = row["fixed"]
    notes: list[str] = []
    name = fixed["name"] if "name" in fixed else _name(cells, notes)
    institution = fixed.get("institution", cells.get("institution") or row["under"].get("institution", ""))
    sector = fixed.get("sector") or _sector(cells, institution, row["under"])
    municipality, offered = (
        (fixed["municipality"], ()) if "municipality" in fixed else _place(cells, row, places, notes)
    )
    email = fixed["email"] if "email" in fixed else _email(cells.get("email", ""), notes)
    return Entry(
        place=place, sheet=sheet["name"], row=row["row"], name=name, sector=sector,
        institution=institution[:LONGEST_INSTITUTION], municipality=municipality,
        sex=fixed["sex"] if "sex" in fixed else read_sex(cells.get("sex", "")) or "", email=email,
        stops=_stops(name, "name" in fixed, sector, offered), notes=tuple(notes), offered=offered,
        twice="", choice=row["choice"],
    )  # fmt: skip


def _by_kind(cells: Sequence[str], kinds: Sequence[str]) -> dict[str, str]:
    return {kind: cell for kind, cell in zip(kinds, cells, strict=False) if kind}


def _stops(name: str, checked: bool, sector: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    reasons = []
    if sum(sign.isalpha() for sign in name) < 2:
        reasons.append(NO_NAME)
    elif len(name) > LONGEST_NAME:
        reasons.append(NAME_TOO_LONG)
    elif not checked and len(split_titles(name)[1].split()) < 2:
        reasons.append(ONE_WORD)
    if not sector:
        reasons.append(NO_SECTOR)
    if offered:
        reasons.append(WHICH_PLACE)
    return tuple(reasons)


def _name(cells: Mapping[str, str], notes: list[str]) -> str:
    """The name with the titles, if any, in front."""
    written = cells.get("name") or f"{cells.get('first name', '')} {cells.get('last name', '')}".strip()
    titles, text = split_titles(re.sub(r"^\s*\d+\s*[.)]\s*", "", written or cells.get("surname first", "")))
    text = text.rstrip(" ,")
    if not written and re.search("[ ,]", text):
        notes.append(SURNAME_FIRST)
        surname, _, rest = text.partition(",") if "," in text else text.partition(" ")
        text = f"{rest} {surname}"
    elif "," in text:
        text = _without_comma(text, notes)
    name = normalise_name(f"{titles} {text}", limit=300)
    if in_two_scripts(name):
        notes.append(TWO_SCRIPTS)
    return name


def _without_comma(text: str, notes: list[str]) -> str:
    """„Марковић, Јелена” is turned round; of „Јелена Марковић, психолог” the name stays."""
    before, _, after = text.partition(",")
    if len(before.split()) > 1 or not after.strip():
        return before
    notes.append(SURNAME_FIRST)
    return f"{after.partition(',')[0]} {before}"


def _sector(cells: Mapping[str, str], institution: str, under: Mapping[str, str]) -> str:
    texts = (cells.get("sector", ""), institution, cells.get("position", ""))
    return next((code for text in texts if (code := guess_sector(text))), under.get("sector", ""))


def _place(
    cells: Mapping[str, str], row: Mapping[str, Any], places: Places, notes: list[str]
) -> tuple[str, tuple[str, ...]]:
    """(code or "", offered codes)."""
    typed = cells.get("municipality", "")
    if typed:
        code, offered = places.match(typed)
        if not code and not offered:
            notes.append(UNKNOWN_PLACE)
        return code or "", offered
    if row["under"].get("municipality"):
        return row["under"]["municipality"], ()
    code, offered = places.inside(cells.get("institution", ""))
    if code:
        notes.append(PLACE_FROM_INSTITUTION)
    return code or "", offered


def _email(text: str, notes: list[str]) -> str:
    found = _EMAIL.search(text)
    if text and not found:
        notes.append(WRONG_EMAIL)
    return found[0].lower()[:254] if found else ""
