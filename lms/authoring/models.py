"""What is stored of drafts: their files as they are now, and every step that led there."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Account
from lms.database import Base, UtcDateTime
from lms.trainings.models import NUMBERS_ARE_NEVER_USED_AGAIN


class Draft(Base):
    """A course that is being written; one for each course. `version` counts the steps.

    `base_hash` is the published version that it started from or became; `origin_hash` that of another course whose fork it is,
    as far as it has been taken over.
    """

    __tablename__ = "drafts"
    __table_args__ = (NUMBERS_ARE_NEVER_USED_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title_sr: Mapped[str] = mapped_column(sa.String(300), default="")
    title_en: Mapped[str] = mapped_column(sa.String(300), default="")
    version: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    base_hash: Mapped[str | None] = mapped_column(sa.ForeignKey("course_versions.hash"))
    origin_hash: Mapped[str | None] = mapped_column(sa.ForeignKey("course_versions.hash"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    owner: Mapped[Account | None] = relationship()


class DraftFile(Base):
    """One file of a draft, written in the canonical way (lms.content.writing)."""

    __tablename__ = "draft_files"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)


class DraftStep(Base):
    """One step of a draft. `changes` holds what is needed to show it and to take it back (lms.authoring.steps)."""

    __tablename__ = "draft_steps"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(sa.String(20))  # write, add, remove, move, file, take-back, published, imported
    changes: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    takes_back: Mapped[int | None]  # the version of the step that this one has undone
    account: Mapped[Account | None] = relationship()


class Trial(Base):
    """A case of a draft, as it was when somebody began to try it, and the log of what happened (simulations.log rows).

    `events` are rows {move, at, kind, data}; all that one move has brought have its number, so that it can be taken back.
    """

    __tablename__ = "draft_trials"
    __table_args__ = (NUMBERS_ARE_NEVER_USED_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    case_key: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text, deferred=True)  # the case document
    mode: Mapped[str] = mapped_column(sa.String(10))  # solo: as in practice alone; all: every role side by side
    role: Mapped[str] = mapped_column(sa.String(60), default="")  # solo: the role played; empty: the whole table
    stage: Mapped[str] = mapped_column(sa.String(60))  # with which it began
    flags: Mapped[dict[str, int]] = mapped_column(sa.JSON)  # that began with another value than in the case
    version: Mapped[int] = mapped_column(default=0)  # number of events
    events: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Exploration(Base):
    """What playing every path of a case of a draft has found, or how far it has come. One a case; begun anew when it changed."""

    __tablename__ = "draft_explorations"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    case_key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the document that is explored
    state: Mapped[str] = mapped_column(sa.String(10))  # waiting, running, done, failed
    progress: Mapped[int] = mapped_column(default=0)  # states seen so far
    result: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when the one who explores was last heard of


class PendingImport(Base):
    """A pack that was read and checked and waits until the person who sent it has looked at what would change. One an account, an hour long."""

    __tablename__ = "pending_imports"
    __table_args__ = (NUMBERS_ARE_NEVER_USED_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), unique=True)
    course_key: Mapped[str] = mapped_column(sa.String(60))
    document: Mapped[str] = mapped_column(sa.Text, deferred=True)  # the canonical JSON of the files
    notes: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # warnings, names of files passed over
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
