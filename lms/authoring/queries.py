"""Reads drafts and their files."""

from datetime import timedelta

import sqlalchemy as sa

from lms import clock
from lms.authoring.models import Draft, DraftFile, DraftStep, PendingImport
from lms.extensions import db

KEPT = timedelta(hours=1)  # a pack that waits for a decision


def all_drafts() -> list[Draft]:
    """Every draft, the one changed last first."""
    return list(db.session.scalars(sa.select(Draft).order_by(Draft.changed_at.desc(), Draft.id)))


def draft_of_course(course_key: str) -> Draft | None:
    """The draft of a course, if one is under way."""
    return db.session.scalar(sa.select(Draft).where(Draft.course_key == course_key))


def files_of_draft(draft: Draft) -> dict[str, str]:
    """All files of a draft by path: the pack as it is now."""
    rows = db.session.execute(sa.select(DraftFile.path, DraftFile.text).where(DraftFile.draft_id == draft.id))
    return {path: text for path, text in sorted((row.path, row.text) for row in rows)}


def file_of_draft(draft: Draft, path: str) -> str | None:
    """The text of one file of a draft."""
    return db.session.scalar(sa.select(DraftFile.text).where(DraftFile.draft_id == draft.id, DraftFile.path == path))


def steps_of(draft: Draft, most: int = 200) -> list[DraftStep]:
    """The newest steps of a draft, the last one first."""
    newest_first = sa.select(DraftStep).where(DraftStep.draft_id == draft.id).order_by(DraftStep.version.desc())
    return list(db.session.scalars(newest_first.options(sa.orm.joinedload(DraftStep.account)).limit(most)))


def waiting_import(account_id: int) -> PendingImport | None:
    """The pack that waits until the person who sent it has decided; nothing when the hour is over."""
    mine = sa.select(PendingImport).where(PendingImport.account_id == account_id)
    return db.session.scalar(mine.where(PendingImport.created_at > clock.now() - KEPT))
