"""What is stored about places and local teams."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.database import Base, Derived

STATUSES = ("active", "being-founded", "unconfirmed", "inactive")


class Municipality(Base):
    """A local government of Serbia, loaded from data/municipalities.csv."""

    __tablename__ = "municipalities"

    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    name_sr: Mapped[str] = mapped_column(sa.String(80))
    name_en: Mapped[str] = mapped_column(sa.String(80), default="")
    kind: Mapped[str] = mapped_column(sa.String(24))
    district_code: Mapped[str] = mapped_column(sa.String(40))
    district_sr: Mapped[str] = mapped_column(sa.String(80))
    folded: Mapped[str] = mapped_column(sa.String(80), index=True)
    sort_key: Mapped[str] = mapped_column(sa.String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Institution(Base):
    """Where people work. Typed once, offered again; found under any script."""

    __tablename__ = "institutions"
    __table_args__ = (sa.UniqueConstraint("folded", "municipality_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    folded: Mapped[str] = mapped_column(Derived(160), index=True)
    sector: Mapped[str] = mapped_column(sa.String(20))
    municipality_code: Mapped[str] = mapped_column(sa.ForeignKey("municipalities.code"), index=True)


class LocalTeam(Base):
    """A municipality's local anti-trafficking team."""

    __tablename__ = "local_teams"
    __table_args__ = (sa.CheckConstraint(sa.column("status").in_(STATUSES), name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(sa.ForeignKey("municipalities.code"), unique=True)
    status: Mapped[str] = mapped_column(sa.String(20))
    founded_year: Mapped[int | None]
    founding_act: Mapped[str] = mapped_column(sa.String(200), default="")
    coordinator: Mapped[str] = mapped_column(sa.String(160), default="")
    contact: Mapped[str] = mapped_column(sa.String(200), default="")  # of the office, never of a person at home
    lead_bodies: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)  # texts {sr, en}
    tasks: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    note_sr: Mapped[str] = mapped_column(sa.Text, default="")
    note_en: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    verified_on: Mapped[date | None]
    demo: Mapped[bool] = mapped_column(default=False)
    municipality: Mapped[Municipality] = relationship()
    seats: Mapped[list["TeamSeat"]] = relationship(cascade="all, delete-orphan", order_by="TeamSeat.position")
    entries: Mapped[list["TeamEntry"]] = relationship(cascade="all, delete-orphan", order_by="TeamEntry.position")


class TeamSeat(Base):
    """An institution's place in a team."""

    __tablename__ = "team_seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("local_teams.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    institution: Mapped[str] = mapped_column(sa.String(160))
    sector: Mapped[str] = mapped_column(sa.String(20))


class TeamEntry(Base):
    """What a team has done (`activity`) or means to do (`plan`)."""

    __tablename__ = "team_entries"
    __table_args__ = (sa.CheckConstraint("kind IN ('activity', 'plan')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("local_teams.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    position: Mapped[int]
    text_sr: Mapped[str] = mapped_column(sa.Text)
    text_en: Mapped[str] = mapped_column(sa.Text, default="")
    year: Mapped[int | None]
    partner: Mapped[str] = mapped_column(sa.String(200), default="")
