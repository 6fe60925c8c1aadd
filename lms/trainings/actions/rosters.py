"""A roster is received, put right and confirmed: verbs, one commit each. Nothing reaches the list before the last."""

import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.extensions import db
from lms.teams.models import Municipality
from lms.trainings.actions.people import Details, next_number, write
from lms.trainings.models import Participant, RosterImport
from lms.trainings.roster.entries import Entry, name_key, stored_rows, understand
from lms.trainings.roster.files import clean, read_file
from lms.trainings.roster.places import Places
from lms.trainings.roster.tables import KINDS, find_table

KEPT_FOR = timedelta(days=2)  # an upload that nobody confirmed is forgotten


def receive(training_id: int, content: bytes, file_name: str) -> RosterImport:
    """Read an uploaded list and keep it, as it was understood, for the preview. Refused (422) when it is none."""
    sheets = read_file(content, file_name)
    places = places_of(db.session())
    tables = [table for sheet in sheets if (table := find_table(sheet, places.is_place))]
    if not any(table.rows for table in tables):
        raise Refused(
            "No list of names was found in this file. It needs a column with names and a heading above it.", 422
        )
    rows = stored_rows(tables, places)
    with writing() as session:
        old = RosterImport.created_at < clock.now() - KEPT_FOR
        session.execute(sa.delete(RosterImport).where(sa.or_(RosterImport.training_id == training_id, old)))
        upload = RosterImport(
            id=secrets.randbelow(2**31 - 1) + 1,  # never used again, so that an old page cannot confirm a newer file
            training_id=training_id, file_name=clean(file_name)[:160], rows=rows,
            created_at=clock.now(),
        )  # fmt: skip
        session.add(upload)
        record(session, "roster.uploaded", f"training {training_id}", rows=len(rows) - len(tables))
    return upload


def places_of(session: Session) -> Places:
    """All municipalities, ready for matching."""
    names = session.execute(sa.select(Municipality.code, Municipality.folded))
    return Places((code, folded) for code, folded in names)


def known_names(session: Session, training_id: int) -> set[str]:
    """The keys of all names on the training's list."""
    return {
        name_key(name)
        for name in session.scalars(sa.select(Participant.name).where(Participant.training_id == training_id))
    }


def set_columns(training_id: int, upload_id: int, sheet: int, kinds: list[str]) -> None:
    """The trainer says what each column of a sheet holds. Refused (422) when nothing is a name."""
    with writing() as session:
        upload = _upload(session, training_id, upload_id)
        rows = [dict(row) for row in upload.rows]
        sheets = [row for row in rows if row["kind"] == "sheet"]
        if not 0 <= sheet < len(sheets) or len(kinds) != len(sheets[sheet]["labels"]):  # type: ignore[arg-type]
            raise Refused("This upload is gone. Upload the list again.", 404)
        if not {"name", "surname first", "last name", "first name"} & set(kinds):
            raise Refused("One of the columns must be the name.", 422)
        sheets[sheet]["kinds"] = [kind if kind in KINDS else "" for kind in kinds]
        upload.rows = rows


def fix_row(training_id: int, upload_id: int, place: int, fixed: Mapping[str, str]) -> None:
    """The trainer has put a row right by hand: `fixed` stands instead of what was read."""
    _change_row(training_id, upload_id, place, {"fixed": dict(fixed), "choice": ""})


def choose(training_id: int, upload_id: int, place: int, choice: str) -> None:
    """The trainer leaves a row out („leave”), adds a duplicate all the same („add”), or takes either back („”)."""
    if choice not in ("", "leave", "add"):
        raise Refused("There is no such choice.", 422)
    _change_row(training_id, upload_id, place, {"choice": choice})


def choose_place(training_id: int, upload_id: int, place: int, code: str) -> None:
    """The trainer takes one of the offered municipalities, or none (empty)."""
    with writing() as session:
        if code and session.get(Municipality, code) is None:
            raise Refused("There is no such choice.", 422)
        _change(
            _upload(session, training_id, upload_id),
            place,
            lambda row: {"fixed": row["fixed"] | {"municipality": code}},
        )


def _change_row(training_id: int, upload_id: int, place: int, values: dict[str, Any]) -> None:
    with writing() as session:
        _change(_upload(session, training_id, upload_id), place, lambda _row: values)


def _change(upload: RosterImport, place: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    rows: list[dict[str, Any]] = list(upload.rows)
    if not 0 <= place < len(rows) or rows[place]["kind"] != "row":
        raise Refused("This upload is gone. Upload the list again.", 404)
    rows[place] = rows[place] | change(rows[place])
    upload.rows = rows


def discard(training_id: int, upload_id: int) -> None:
    """The upload is forgotten; the list of participants stays as it was."""
    with writing() as session:
        session.delete(_upload(session, training_id, upload_id))
        record(session, "roster.discarded", f"training {training_id}")


def confirm(training_id: int, upload_id: int) -> tuple[int, list[Entry]]:
    """Put everybody whose row is ready on the list, in one transaction; the upload is forgotten.

    Returns how many were added, and the rows that were left out.
    """
    with writing() as session:
        upload = _upload(session, training_id, upload_id)
        entries = understand(upload.rows, places_of(session), known_names(session, training_id))
        ready = [entry for entry in entries if entry.state == "ready"]
        if not ready:
            raise Refused("No row is ready to be added. Put the rows right first.")
        people = []
        for number, entry in enumerate(ready, start=next_number(session, training_id)):
            people.append(Participant(training_id=training_id, number=number, source="roster"))
            write(people[-1], _details(entry))
        session.bulk_save_objects(people)  # one statement for all
        session.delete(upload)
        record(session, "roster.imported", f"training {training_id}", people=len(ready))
    return len(ready), [entry for entry in entries if entry.state != "ready"]


def _details(entry: Entry) -> Details:
    return Details(
        entry.name, entry.sector, entry.institution, entry.municipality or None, entry.sex or None, entry.email
    )


def _upload(session: Session, training_id: int, upload_id: int) -> RosterImport:
    found = session.scalar(
        sa.select(RosterImport)
        .where(RosterImport.id == upload_id, RosterImport.training_id == training_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("This upload is gone. Upload the list again.", 404)
    return found
