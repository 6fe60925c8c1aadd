"""Reads drafts and their files."""

from datetime import timedelta

import sqlalchemy as sa

from lms import clock
from lms.authoring.documents import contacts_of
from lms.authoring.models import Draft, DraftFile, DraftStep, PendingImport
from lms.content.models import CourseVersion
from lms.extensions import db

UNDOABLE = 400  # steps that are looked through for one's last
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


def contacts_of_draft(draft: Draft) -> list[str]:
    """The published numbers and addresses that may stand in the texts of a draft."""
    return contacts_of({"course.yaml": file_of_draft(draft, "course.yaml") or ""})


def steps_of(draft: Draft, most: int = 200) -> list[DraftStep]:
    """The newest steps of a draft, the last one first."""
    newest_first = sa.select(DraftStep).where(DraftStep.draft_id == draft.id).order_by(DraftStep.version.desc())
    return list(db.session.scalars(newest_first.options(sa.orm.joinedload(DraftStep.account)).limit(most)))


def published_before(draft: Draft) -> bool:
    """Whether the course had a version before the draft was begun: then it belongs to others, too."""
    older = sa.select(CourseVersion.hash).where(
        CourseVersion.course_key == draft.course_key, CourseVersion.published_at < draft.created_at
    )
    return db.session.scalar(older.limit(1)) is not None


def who_wrote(draft: Draft, path: str, address: str) -> str:
    """The name of the person whose step changed this place last; empty when nobody's is kept."""
    for step in steps_of(draft, 50):
        if any(change["path"] == path and change["at"] == address for change in step.changes):
            return step.account.name if step.account else ""
    return ""


def last_step_of(draft: Draft, account_id: int | None) -> int | None:
    """The number of the newest step of one person in a draft that is not taken back; further back with each one that is."""
    wanted = sa.select(DraftStep.version, DraftStep.account_id, DraftStep.kind, DraftStep.takes_back)
    newest = wanted.where(DraftStep.draft_id == draft.id).order_by(DraftStep.version.desc()).limit(UNDOABLE)
    undone: dict[int, int] = {}  # the step that was taken back, by the number of what took it back
    mine: set[int] = set()
    for version, author, kind, takes_back in reversed(db.session.execute(newest).all()):
        if takes_back is None and author == account_id and kind != "published":
            mine.add(version)
        elif takes_back in undone:  # a taking back is taken back
            mine.add(undone.pop(takes_back))
        elif takes_back in mine:
            mine.discard(takes_back)
            undone[version] = takes_back
    return max(mine, default=None)


def waiting_import(account_id: int) -> PendingImport | None:
    """The pack that waits until the person who sent it has decided; nothing when the hour is over."""
    mine = sa.select(PendingImport).where(PendingImport.account_id == account_id)
    return db.session.scalar(mine.where(PendingImport.created_at > clock.now() - KEPT))
