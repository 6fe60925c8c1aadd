"""A course comes in as a zip: it is read and checked, waits until somebody has looked at what would change, and becomes a draft."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.models import Account
from lms.authoring.actions.drafting import start_draft, write_files
from lms.authoring.models import Draft, PendingImport
from lms.authoring.packs.reading import Reading
from lms.authoring.packs.sandbox import read_upload
from lms.authoring.packs.told import as_plain
from lms.authoring.queries import KEPT, draft_of_course, files_of_draft
from lms.content.files import canonical, files_of
from lms.content.queries import latest
from lms.database import writing
from lms.limits import count_attempt

MOST_TRIES, A_WHILE = 30, timedelta(minutes=10)


def read(account: Account, content: bytes) -> Reading:
    """Read and check an upload. Refused with what to do when it is no pack or must not be read."""
    count_attempt(f"pack:{account.id}", MOST_TRIES, int(A_WHILE.total_seconds()))
    return read_upload(content)


def keep(account: Account, reading: Reading) -> PendingImport:
    """Put a pack aside until its sender has decided; the one that waited before is forgotten, and so are all that are too old."""
    with writing() as session:
        _forget_old(session)
        session.execute(sa.delete(PendingImport).where(PendingImport.account_id == account.id))
        pending = PendingImport(
            account_id=account.id, course_key=reading.course_key, document=canonical(reading.files).decode(), created_at=clock.now(),
            notes={"faults": [as_plain(fault) for fault in reading.faults], "more_faults": reading.more_faults, "ignored": list(reading.ignored)},
        )  # fmt: skip
        session.add(pending)
    return pending


def confirm(pending: PendingImport, seen: int) -> Draft:
    """Make a draft of the pack, or write it into the one under way as one step. Refused when that is no longer at the version `seen`."""
    files, course_key = files_of(pending.document), pending.course_key
    draft = draft_of_course(course_key)
    if draft is None:
        published = latest(course_key)
        draft = start_draft(course_key, files, base_hash=published.hash if published else None)
    else:
        write_files(draft, replacing(files_of_draft(draft), files), "imported", seen)
    with writing() as session:
        session.execute(sa.delete(PendingImport).where(PendingImport.id == pending.id))
    return draft


def replacing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """What to write so that `before` becomes `after`: None for each file that goes."""
    return {**dict.fromkeys(before), **after}


def discard(pending: PendingImport) -> None:
    """Forget a pack that waits."""
    with writing() as session:
        _forget_old(session)
        session.execute(sa.delete(PendingImport).where(PendingImport.id == pending.id))


def _forget_old(session: Session) -> None:
    session.execute(sa.delete(PendingImport).where(PendingImport.created_at < clock.now() - KEPT))
