"""Participants and trainings as rows, from the documents."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from lms.content.course import ProgrammeEntry
from lms.serbian import fold, sort_key
from lms.trainings.models import Participant, Partner, ProgrammeItem


def participant(number: int, row: Mapping[str, Any], **more: Any) -> Participant:
    """One person of the roster; `row` has name, sex, sector, place and institution."""
    return Participant(
        number=number, name=row["name"], folded=fold(row["name"]), sort_key=sort_key(row["name"]), sex=row["sex"],
        sector=row["sector"], institution=row["institution"], municipality_code=row["place"], source="roster", **more,
    )  # fmt: skip


def programme(lines: Iterable[tuple[ProgrammeEntry, time]]) -> list[ProgrammeItem]:
    """The lines of a programme, each with its own time."""
    return [
        ProgrammeItem(
            key=entry.key, day=entry.day, starts=starts, minutes=entry.minutes, kind=entry.kind,
            title_sr=entry.title["sr"], title_en=entry.title["en"], note_sr=(entry.note or {}).get("sr", ""),
            note_en=(entry.note or {}).get("en", ""), page=entry.page, survey=entry.survey, moment=entry.moment,
        )
        for entry, starts in lines
    ]  # fmt: skip


def partners(rows: Iterable[Mapping[str, Any]]) -> list[Partner]:
    """Organisers, partners and donors, without logos."""
    return [
        Partner(
            position=position, kind=row["kind"], name_sr=row["name"]["sr"], name_en=row["name"]["en"],
            credit_sr=row["credit"]["sr"], credit_en=row["credit"]["en"],
        )
        for position, row in enumerate(rows, start=1)
    ]  # fmt: skip


def new_token() -> str:
    """What a QR code holds: 128 bits."""
    return secrets.token_urlsafe(16)
