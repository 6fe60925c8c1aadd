"""What is stored about staff."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.database import Base, UtcDateTime

ROLES = ("administrator", "office", "trainer", "author", "reader")


class Account(Base):
    """A member of staff. The password is Argon2id; nobody but the holder ever chooses it."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # lower case
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    totp_secret: Mapped[str | None] = mapped_column(sa.String(200))  # encrypted with a key derived from SECRET_KEY
    totp_last_step: Mapped[int] = mapped_column(default=0)  # a code is good once
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list["AccountRole"]] = relationship(back_populates="account", cascade="all, delete-orphan")

    @property
    def role_names(self) -> set[str]:
        return {role.name for role in self.roles}


class AccountRole(Base):
    """One role of an account."""

    __tablename__ = "account_roles"
    __table_args__ = (sa.CheckConstraint(sa.column("name").in_(ROLES), name="known"),)

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    account: Mapped[Account] = relationship(back_populates="roles")


class SignIn(Base):
    """One browser of an account. Only the hash of its token is stored; ending it has effect at once."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    second_step: Mapped[bool] = mapped_column(default=False)  # the authenticator code was given
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account: Mapped[Account] = relationship()


class RecoveryCode(Base):
    """A single-use code for a lost authenticator."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """A single-use link with which the holder sets their own password: a first one, or a new one."""

    __tablename__ = "invitations"
    __table_args__ = (sa.CheckConstraint("purpose IN ('invite', 'reset')", name="purpose"),)

    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(10))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account: Mapped[Account] = relationship()


class AuditEntry(Base):
    """One action of staff. Each entry carries the hash of the one before: a changed line breaks the chain."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]  # no foreign key: the log outlives accounts
    account_name: Mapped[str] = mapped_column(sa.String(160))
    action: Mapped[str] = mapped_column(sa.String(60))  # "training.opened"
    subject: Mapped[str] = mapped_column(sa.String(120))  # "training 12"
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
