"""The programme is fitted to the real hours: verbs, one commit each."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.trainings.models import ProgrammeItem
from lms.trainings.timetable import Line, minutes_of, shifted, swapped, time_of
from lms.ui import N_


@dataclass(frozen=True)
class LineText:
    """What a trainer writes about one line."""

    day: int
    starts: time
    minutes: int
    kind: str
    title_sr: str
    title_en: str
    note_sr: str
    note_en: str


def add_line(training_id: int, text: LineText) -> ProgrammeItem:
    """A new line of the programme."""
    with writing() as session:
        item = ProgrammeItem(training_id=training_id, key=f"own-{secrets.token_hex(4)}", **_values(text))
        session.add(item)
        record(session, "programme.changed", f"training {training_id}")
    return item


class LineChanged(Refused):
    """Somebody else has changed the line in the meantime; neither of the two is lost silently."""

    def __init__(self) -> None:
        super().__init__(N_("This line was changed by somebody else while you were writing."))


def version_of(item: ProgrammeItem) -> str:
    """Changes whenever anything that a trainer writes about the line does."""
    values = [getattr(item, name) for name in LineText.__dataclass_fields__]
    return hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()


def change_line(training_id: int, item_id: int, text: LineText, seen: str = "") -> None:
    """The line is as `text` says; which survey or page it opens stays.

    Raises LineChanged when the line is no longer in the version `seen` (`version_of`; empty: not asked).
    """
    with writing() as session:
        item = _line(session, training_id, item_id)
        if seen and seen != version_of(item):
            raise LineChanged()
        for name, value in _values(text).items():
            setattr(item, name, value)
        record(session, "programme.changed", f"training {training_id}")


def remove_line(training_id: int, item_id: int) -> None:
    """The line is no longer in the programme."""
    with writing() as session:
        session.delete(_line(session, training_id, item_id))
        record(session, "programme.changed", f"training {training_id}")


def shift_after(training_id: int, item_id: int, minutes: int) -> list[Line]:
    """Everything later on the same day moves by `minutes` (back when negative). Refused when it does not fit.

    Returns the programme as it is then.
    """
    with writing() as session:
        _line(session, training_id, item_id)
        _move(session, training_id, shifted(_lines(session, training_id), item_id, minutes))
        record(session, "programme.shifted", f"training {training_id}", minutes=minutes)
        session.flush()
        return _lines(session, training_id)


def move_line(training_id: int, item_id: int, down: bool) -> None:
    """The line changes places with its neighbour on the same day."""
    with writing() as session:
        _line(session, training_id, item_id)
        _move(session, training_id, swapped(_lines(session, training_id), item_id, down))
        record(session, "programme.changed", f"training {training_id}")


def _values(text: LineText) -> dict[str, object]:
    return {name: getattr(text, name) for name in text.__dataclass_fields__}


def _line(session: Session, training_id: int, item_id: int) -> ProgrammeItem:
    found = session.scalar(
        sa.select(ProgrammeItem)
        .where(ProgrammeItem.id == item_id, ProgrammeItem.training_id == training_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("This line is no longer in the programme.", 404)
    return found


def _lines(session: Session, training_id: int) -> list[Line]:
    items = session.scalars(sa.select(ProgrammeItem).where(ProgrammeItem.training_id == training_id))
    return [Line(item.id, item.day, minutes_of(item.starts), item.minutes, item.kind) for item in items]


def _move(session: Session, training_id: int, starts: Mapping[int, int]) -> None:
    for item in session.scalars(sa.select(ProgrammeItem).where(ProgrammeItem.training_id == training_id)):
        if item.id in starts:
            item.starts = time_of(starts[item.id])
