"""What is stored of a certificate."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from lms.database import Base, UtcDateTime
from lms.trainings.models import Participant


class Certificate(Base):
    """An issued certificate. `fields` is everything that is printed; `signature` is Ed25519 over its canonical JSON."""

    __tablename__ = "certificates"
    __table_args__ = (
        sa.CheckConstraint("state IN ('valid', 'superseded', 'revoked')", name="state"),
        sa.Index(
            "uq_certificates_one_valid", "participant_id", unique=True,
            sqlite_where=sa.text("state = 'valid'"), postgresql_where=sa.text("state = 'valid'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(32), unique=True)  # 16 random bytes, in the QR code
    serial: Mapped[str] = mapped_column(sa.String(30), unique=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("trainings.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("participants.id", ondelete="SET NULL"))
    fields: Mapped[str] = mapped_column(sa.Text)  # canonical JSON
    signature: Mapped[bytes] = mapped_column(sa.LargeBinary(64))
    key_id: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(10), default="valid")
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superseded_by: Mapped[str | None] = mapped_column(sa.String(32))  # token of the newer one
    show_name: Mapped[bool] = mapped_column(default=False)  # the holder's consent


@sa.event.listens_for(Participant, "after_update")
def _keep_wish(_mapper: Mapper[Participant], connection: sa.Connection, participant: Participant) -> None:
    """The holder's wish outlives their entry on the list: a wish withdrawn before the entry was removed stays withdrawn."""
    if sa.inspect(participant).attrs.show_on_certificate.history.has_changes():
        own = Certificate.participant_id == participant.id
        connection.execute(sa.update(Certificate).where(own).values(show_name=participant.show_on_certificate))
