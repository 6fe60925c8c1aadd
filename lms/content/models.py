"""Stored course versions."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import Base, UtcDateTime


class CourseVersion(Base):
    """A checked pack, immutable. `document` is the canonical JSON of the whole pack, figures included."""

    __tablename__ = "course_versions"

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)  # SHA-256 of `document`, hexadecimal
    course_key: Mapped[str] = mapped_column(sa.String(60), index=True)
    title_sr: Mapped[str] = mapped_column(sa.String(300))
    title_en: Mapped[str] = mapped_column(sa.String(300))
    document: Mapped[str] = mapped_column(sa.Text, deferred=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
