"""What is stored of runs: who sits where, and the log of what happened. The log is the truth; all else is derived from it."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.database import Base, UtcDateTime
from lms.trainings.models import NUMBERS_ARE_NEVER_USED_AGAIN, Participant, Training

MODES = ("live", "solo", "paper")
STATES = ("preparing", "running", "finished")


class Run(Base):
    """One play of a case by one group inside a training, by one person alone, or on paper.

    `version`, `state` and `next_due` are copies of what the log says, for lists and for waking.
    """

    __tablename__ = "simulation_runs"
    __table_args__ = (
        sa.CheckConstraint(sa.column("mode").in_(MODES), name="mode"),
        sa.CheckConstraint(sa.column("state").in_(STATES), name="state"),
        NUMBERS_ARE_NEVER_USED_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    course_hash: Mapped[str] = mapped_column(sa.ForeignKey("course_versions.hash"))
    case_key: Mapped[str] = mapped_column(sa.String(60))
    mode: Mapped[str] = mapped_column(sa.String(10), default="live")
    name: Mapped[str] = mapped_column(sa.String(80), default="")  # of the group: „Група 1”, a team's name
    state: Mapped[str] = mapped_column(sa.String(10), default="preparing")
    version: Mapped[int] = mapped_column(default=0)  # number of the last event
    seating: Mapped[int] = mapped_column(
        default=0
    )  # grows when a seat changes hands (streams check their right anew) or is reached (consoles)
    next_due: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the clock itself will add an event
    projector_token: Mapped[str] = mapped_column(
        sa.String(40), unique=True
    )  # 128 bits, in the address of the hall's wall
    solo_role: Mapped[str] = mapped_column(sa.String(60), default="")  # solo: the role played; empty: the whole table
    solo_participant_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("participants.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    training: Mapped[Training] = relationship()
    seats: Mapped[list["Seat"]] = relationship(cascade="all, delete-orphan", order_by="Seat.id", back_populates="run")


class RunRow(NamedTuple):
    """What a player's pages and moves need of a run, read without the object: `access.seated`."""

    id: int
    training_id: int
    course_hash: str
    case_key: str
    mode: str
    solo_role: str
    name: str
    version: int
    projector_token: str


class Seat(Base):
    """A role of a run and who holds it. The only place where a name and a role meet; emptied when the training closes."""

    __tablename__ = "simulation_seats"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "role"),
        sa.UniqueConstraint("run_id", "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("simulation_runs.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(sa.String(60))
    participant_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("participants.id", ondelete="SET NULL"), index=True
    )
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)  # typed to take the seat; never that of a survey
    token: Mapped[str] = mapped_column(sa.String(40), unique=True)  # 128 bits, in the seat's QR code
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when a screen of this seat was last connected
    run: Mapped[Run] = relationship(back_populates="seats")
    participant: Mapped[Participant | None] = relationship()


class SeatRow(NamedTuple):
    """The same of a seat."""

    id: int
    role: str
    participant_id: int


class RunEvent(Base):
    """One fact of a run. Never changed, never removed while the run exists; `seq` counts from 1 without gaps."""

    __tablename__ = "simulation_events"

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("simulation_runs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(sa.String(30))
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class Improvement(Base):
    """One line of the improvement plan made in the debrief: what, who, until when."""

    __tablename__ = "simulation_improvements"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("simulation_runs.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(sa.String(400))
    who: Mapped[str] = mapped_column(sa.String(200), default="")  # a service, not a person
    until: Mapped[date | None]
