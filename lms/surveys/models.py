"""What is stored of answers. Nothing here points at a person, except `Receipt`, which holds no answer and no time."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import Base, UtcDateTime

MOMENTS = ("pre", "post", "")  # tests are asked twice; evaluation and follow-ups once


class Opening(Base):
    """A survey in a training: not yet open, open, closed."""

    __tablename__ = "openings"
    __table_args__ = (sa.UniqueConstraint("training_id", "survey", "moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"))
    survey: Mapped[str] = mapped_column(sa.String(60))  # key in the course
    moment: Mapped[str] = mapped_column(sa.String(10), default="")
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Response(Base):
    """One person's answers to a test or follow-up, under a pseudonym."""

    __tablename__ = "responses"
    __table_args__ = (sa.UniqueConstraint("opening_id", "pseudonym"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"))
    pseudonym: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    submitted: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """One answer. Replaced when the person changes it; the version stops an older tab from overwriting a newer one."""

    __tablename__ = "answers"

    response_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[object] = mapped_column(sa.JSON)  # option key, list of keys, 1–5, "none", number, text
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str] = mapped_column(sa.String(40), default="")  # the client's; sent twice, stored once


class Receipt(Base):
    """This participant has sent this evaluation. No time, no order (no row number either)."""

    __tablename__ = "receipts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)


class Ballot(Base):
    """One anonymous evaluation: closed answers only, under a random key. Free text goes to `Remark`, apart."""

    __tablename__ = "ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict[str, object]] = mapped_column(sa.JSON)


class Remark(Base):
    """One free-text answer of an evaluation, apart from the ballot it came with. `quoted` ones may be printed."""

    __tablename__ = "remarks"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"), index=True)
    item: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text)
    may_quote: Mapped[bool] = mapped_column(default=False)
    quoted: Mapped[bool] = mapped_column(default=False)
    redacted: Mapped[str | None] = mapped_column(sa.Text)  # what staff made of it when a name slipped in


class Retirement(Base):
    """This evaluation was taken apart: its totals stay, no row holds what one person answered."""

    __tablename__ = "retirements"

    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)
    retired_on: Mapped[date]


class FollowUpLink(Base):
    """A personal link to a follow-up, by mail or on a printed slip. Only the hash of its token is stored."""

    __tablename__ = "follow_up_links"

    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    opening_id: Mapped[int] = mapped_column(sa.ForeignKey("openings.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participants.id", ondelete="CASCADE"), index=True)
    sent: Mapped[bool] = mapped_column(default=False)
