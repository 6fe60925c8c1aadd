"""The audit log of staff actions: append-only, each entry hashed together with the one before."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.models import AuditEntry
from lms.extensions import db


def record(session: Session, action: str, subject: str, **detail: Any) -> None:
    """Add an entry inside a writing transaction. `detail` holds no answers and no codes."""
    user = current_user if current_user and current_user.is_authenticated else None
    entry = AuditEntry(
        at=clock.now(),
        account_id=user.id if user else None,
        account_name=user.name if user else "command line",
        action=action,
        subject=subject,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str) if detail else "",
    )
    previous = session.scalar(sa.select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or b""
    entry.hash = _hash(previous, entry)
    session.add(entry)
    session.flush()


def first_broken_entry() -> int | None:
    """The id of the first entry that does not fit the chain, or None when the log is whole."""
    previous = b""
    for entry in db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)):
        if entry.hash != _hash(previous, entry):
            return entry.id
        previous = entry.hash
    return None


def _hash(previous: bytes, entry: AuditEntry) -> bytes:
    parts = (entry.at.isoformat(), entry.account_id, entry.account_name, entry.action, entry.subject, entry.detail)
    return hashlib.sha256(previous + json.dumps(parts, ensure_ascii=False).encode()).digest()
