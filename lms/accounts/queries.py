"""What is read about staff."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms import clock
from lms.accounts.models import Account, AuditEntry, Invitation, RecoveryCode, SignIn
from lms.accounts.rules import normalise_email
from lms.accounts.sessions import digest
from lms.errors import NotAllowed
from lms.extensions import db


def account_by_email(email: str) -> Account | None:
    """The active account with this address."""
    return db.session.scalar(
        sa.select(Account).where(Account.email == normalise_email(email), Account.deactivated_at.is_(None))
    )


def all_accounts() -> list[Account]:
    """Every account with its roles, by name."""
    return list(db.session.scalars(sa.select(Account).options(selectinload(Account.roles)).order_by(Account.name)))


def half_sign_in(token: str) -> SignIn | None:
    """A sign-in that has passed the password but not yet the code."""
    return db.session.scalar(
        sa.select(SignIn)
        .join(SignIn.account)
        .where(
            SignIn.token_hash == digest(token),
            SignIn.second_step.is_(False),
            SignIn.expires_at > clock.now(),
            Account.deactivated_at.is_(None),
        )
    )


def open_invitation(token: str) -> Invitation | None:
    """An invitation that is neither used nor expired."""
    return db.session.scalar(
        sa.select(Invitation).where(
            Invitation.token_hash == digest(token), Invitation.used_at.is_(None), Invitation.expires_at > clock.now()
        )
    )


def unused_recovery_codes(account_id: int) -> int:
    """How many recovery codes are left."""
    return db.session.scalar(
        sa.select(sa.func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    ) or 0  # fmt: skip


def other_sign_ins(account_id: int) -> int:
    """How many browsers the account is signed in with."""
    return db.session.scalar(
        sa.select(sa.func.count()).where(
            SignIn.account_id == account_id, SignIn.second_step, SignIn.expires_at > clock.now()
        )
    ) or 0  # fmt: skip


def audit_page(before: int | None, actions: Collection[str] = (), size: int = 50) -> list[AuditEntry]:
    """`size` audit entries, newest first, older than the entry `before`; of all actions, or only of `actions`."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(size)
    if actions:
        query = query.where(AuditEntry.action.in_(actions))
    return list(db.session.scalars(query.where(AuditEntry.id < before) if before else query))


def account(account_id: int) -> Account:
    """The account with its roles. Raises NotAllowed (404) when there is none."""
    found = db.session.scalar(sa.select(Account).options(selectinload(Account.roles)).where(Account.id == account_id))
    if found is None:
        raise NotAllowed()
    return found
