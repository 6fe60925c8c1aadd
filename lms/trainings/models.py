"""What is stored about trainings and the people in them. Names are here and nowhere near the answers."""

from datetime import date, datetime, time
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Account
from lms.content.models import CourseVersion
from lms.database import Base, Derived, UtcDateTime
from lms.teams.models import LocalTeam, Municipality

STATES = ("draft", "open", "closed")
PART_ROLES = ("trainer", "observer", "reader")
# A pseudonym is made of the training's key file and the participant's number: a successor must inherit neither.
NUMBERS_ARE_NEVER_USED_AGAIN = {"sqlite_autoincrement": True}


class Training(Base):
    """One training: a course version held in a place on given days."""

    __tablename__ = "trainings"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(STATES), name="state"),
        sa.CheckConstraint("ends_on >= starts_on", name="days"),
        sa.CheckConstraint("attendance_percent BETWEEN 0 AND 100", name="attendance"),
        NUMBERS_ARE_NEVER_USED_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_hash: Mapped[str] = mapped_column(sa.ForeignKey("course_versions.hash"))
    title_sr: Mapped[str] = mapped_column(sa.String(300))
    title_en: Mapped[str] = mapped_column(sa.String(300), default="")
    municipality_code: Mapped[str] = mapped_column(sa.ForeignKey("municipalities.code"))
    venue: Mapped[str] = mapped_column(sa.String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(10), default="draft")
    join_token: Mapped[str] = mapped_column(sa.String(40), unique=True)  # 128 bits, in the QR code; lobby hours too
    join_code: Mapped[str] = mapped_column(sa.String(8), unique=True)  # typed; a locator, good in lobby hours only
    lobby_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lobby_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attendance_percent: Mapped[int] = mapped_column(default=80)  # of half-days, for the certificate
    teaching_hours: Mapped[int] = mapped_column(default=0)
    accreditation: Mapped[str] = mapped_column(sa.String(300), default="")
    published_count: Mapped[int | None]  # participants as published, when the training took place elsewhere
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    course: Mapped[CourseVersion] = relationship()
    municipality: Mapped[Municipality] = relationship()
    programme: Mapped[list["ProgrammeItem"]] = relationship(
        cascade="all, delete-orphan", order_by="(ProgrammeItem.day, ProgrammeItem.starts, ProgrammeItem.id)"
    )
    partners: Mapped[list["Partner"]] = relationship(cascade="all, delete-orphan", order_by="Partner.position")
    half_days: Mapped[list["HalfDay"]] = relationship(cascade="all, delete-orphan", order_by="HalfDay.number")


class ProgrammeItem(Base):
    """One line of the programme, copied from the course and then fitted to the real hours."""

    __tablename__ = "programme_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    day: Mapped[int]  # 1, 2
    starts: Mapped[time]  # on a clock in Serbia
    minutes: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20))  # as in docs/courses.md
    title_sr: Mapped[str] = mapped_column(sa.String(300))
    title_en: Mapped[str] = mapped_column(sa.String(300), default="")
    note_sr: Mapped[str] = mapped_column(sa.Text, default="")
    note_en: Mapped[str] = mapped_column(sa.Text, default="")
    page: Mapped[str] = mapped_column(sa.String(60), default="")  # module: key of the page
    survey: Mapped[str] = mapped_column(sa.String(60), default="")  # survey: key
    moment: Mapped[str] = mapped_column(sa.String(10), default="")  # test: pre, post

    @property
    def title(self) -> dict[str, str]:
        return {"sr": self.title_sr, "en": self.title_en}

    @property
    def note(self) -> dict[str, str]:
        return {"sr": self.note_sr, "en": self.note_en}


class TrainingStaff(Base):
    """What an account may do in one training."""

    __tablename__ = "training_staff"
    __table_args__ = (sa.CheckConstraint(sa.column("role").in_(PART_ROLES), name="role"),)

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(sa.String(10))
    account: Mapped[Account] = relationship()


class TrainingTeam(Base):
    """A local team invited to a training."""

    __tablename__ = "training_teams"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("local_teams.id"), primary_key=True, index=True)
    team: Mapped[LocalTeam] = relationship()


class Partner(Base):
    """An organiser, partner or donor named on posters, certificates and reports."""

    __tablename__ = "partners"
    __table_args__ = (sa.CheckConstraint("kind IN ('organiser', 'partner', 'donor')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10))
    name_sr: Mapped[str] = mapped_column(sa.String(200))
    name_en: Mapped[str] = mapped_column(sa.String(200), default="")
    credit_sr: Mapped[str] = mapped_column(sa.String(400), default="")  # „уз подршку …”
    credit_en: Mapped[str] = mapped_column(sa.String(400), default="")
    logo: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)  # PNG, re-encoded by us
    has_logo: Mapped[bool] = mapped_column(default=False)


class Participant(Base):
    """A trainee of one training, from the roster or self-entered. One sector, for statistics."""

    __tablename__ = "participants"
    __table_args__ = (
        sa.UniqueConstraint("training_id", "number"),
        sa.CheckConstraint("sex IN ('f', 'm') OR sex IS NULL", name="sex"),
        sa.Index("ix_participants_training_sort", "training_id", "sort_key"),
        sa.Index("ix_participants_training_folded", "training_id", "folded"),
        NUMBERS_ARE_NEVER_USED_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"))
    number: Mapped[int]  # in the training; „Полазник 7” where a name would be too much
    name: Mapped[str] = mapped_column(sa.String(160))  # as the person writes it
    folded: Mapped[str] = mapped_column(Derived(160))
    sort_key: Mapped[str] = mapped_column(Derived(240))
    sex: Mapped[str | None] = mapped_column(sa.String(1))
    sector: Mapped[str] = mapped_column(sa.String(20))
    institution: Mapped[str] = mapped_column(sa.String(160), default="")
    municipality_code: Mapped[str | None] = mapped_column(sa.ForeignKey("municipalities.code"))
    email: Mapped[str] = mapped_column(sa.String(254), default="")  # only for the follow-up, only if given
    source: Mapped[str] = mapped_column(sa.String(10))  # roster, self, hand
    show_on_certificate: Mapped[bool] = mapped_column(default=False)  # the holder lets the public check show the name
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resume_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))  # of the single-use code for another device
    resume_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    training: Mapped[Training] = relationship()
    municipality: Mapped[Municipality | None] = relationship()


class TrainingRow(NamedTuple):
    """What a trainee's pages need of a training, read without the object: `access.visitor_of`."""

    id: int
    course_hash: str
    venue: str
    starts_on: date
    ends_on: date
    place: str  # the municipality, in Serbian Cyrillic


class ParticipantRow(NamedTuple):
    """The same of a participant."""

    id: int
    name: str
    sector: str
    municipality_code: str | None
    place: str | None  # where the local team is


class Device(Base):
    """A browser of a participant. The cookie holds the token, the table its hash; removing the row ends it at once."""

    __tablename__ = "devices"

    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    label: Mapped[str] = mapped_column(sa.String(60), default="")  # „Android, Chrome”, so that a person recognises it
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    participant: Mapped[Participant] = relationship()


class HalfDay(Base):
    """A block of attendance, with a code that is read out and shown while it is open."""

    __tablename__ = "half_days"
    __table_args__ = (sa.UniqueConstraint("training_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1…4: first morning, first afternoon, …
    day: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(8))  # spoken in the hall
    token: Mapped[str] = mapped_column(sa.String(40), unique=True)  # in the QR code
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attendance(Base):
    """A participant was there in a half-day."""

    __tablename__ = "attendance"
    __table_args__ = (sa.CheckConstraint("how IN ('qr', 'code', 'hand', 'sheet', 'join')", name="how"),)

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    half_day_id: Mapped[int] = mapped_column(
        sa.ForeignKey("half_days.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    how: Mapped[str] = mapped_column(sa.String(6))


class RosterImport(Base):
    """An uploaded roster as it was understood, waiting for the trainer's confirmation. Nothing is imported before."""

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(160))
    rows: Mapped[list[dict[str, object]]] = mapped_column(sa.JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
