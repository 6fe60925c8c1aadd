"""What the evaluation owns: named series of trainings, figures published elsewhere, conclusions and recommendations."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.database import Base, UtcDateTime
from lms.trainings.models import Training

RECOMMENDATION_STATES = ("proposed", "accepted", "under-way", "done", "dropped")


class Series(Base):
    """Trainings that share one report."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    title_sr: Mapped[str] = mapped_column(sa.String(300))
    title_en: Mapped[str] = mapped_column(sa.String(300), default="")
    intro_sr: Mapped[str] = mapped_column(sa.Text, default="")
    intro_en: Mapped[str] = mapped_column(sa.Text, default="")
    credit_sr: Mapped[str] = mapped_column(sa.Text, default="")
    credit_en: Mapped[str] = mapped_column(sa.Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # from then on readers may see it
    trainings: Mapped[list[Training]] = relationship(secondary="series_trainings", order_by=Training.starts_on)


series_trainings = sa.Table(
    "series_trainings",
    Series.metadata,
    sa.Column("series_id", sa.ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("training_id", sa.ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Selection(Base):
    """Trainings of which a joint report was once made. Kept for ever, in the order of `id`: printed reports remain.

    What a later report may show depends on the earlier ones, because differences between two reports speak too.
    """

    __tablename__ = "selections"

    id: Mapped[int] = mapped_column(primary_key=True)
    trainings: Mapped[str] = mapped_column(sa.Text, unique=True)  # ids in order: "3 5 8"


class PublishedFigure(Base):
    """A figure as it was published elsewhere, kept beside the one computed here."""

    __tablename__ = "published_figures"
    __table_args__ = (sa.UniqueConstraint("series_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("series.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(sa.String(60))  # key of the evaluation item
    percent: Mapped[float]  # as printed: 59.17
    source: Mapped[str] = mapped_column(sa.String(300))


class Finding(Base):
    """A conclusion or recommendation of one training or of a series."""

    __tablename__ = "findings"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('conclusion', 'recommendation')", name="kind"),
        sa.CheckConstraint(sa.column("state").in_(RECOMMENDATION_STATES), name="state"),
        sa.CheckConstraint("(training_id IS NULL) <> (series_id IS NULL)", name="one_home"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey("series.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    position: Mapped[int]
    text_sr: Mapped[str] = mapped_column(sa.Text)
    text_en: Mapped[str] = mapped_column(sa.Text, default="")
    addressee: Mapped[str] = mapped_column(sa.String(200), default="")
    owner: Mapped[str] = mapped_column(sa.String(200), default="")
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(sa.String(12), default="proposed")
    state_note: Mapped[str] = mapped_column(sa.Text, default="")
