"""Accounts to try the roles with: password and authenticator like everybody's."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts import secrets
from lms.accounts.models import Account, AccountRole
from lms.demo.documents import AUTHENTICATOR, PASSWORD, STAFF_DOMAIN


def add_staff(session: Session, rows: list[dict[str, Any]]) -> dict[str, Account]:
    """The demo accounts by role; accounts that an earlier demo left are used again."""
    known = {
        account.email: account
        for account in session.scalars(sa.select(Account).where(Account.email.endswith(STAFF_DOMAIN)))
    }
    hashed = secrets.hash_password(PASSWORD)
    staff = {}
    for row in rows:
        account = known.get(row["email"])
        if account is None:
            account = Account(name=row["name"], email=row["email"], created_at=clock.now(), password_hash=hashed)
            account.totp_secret = secrets.encrypt(AUTHENTICATOR)
            account.roles = [AccountRole(name=row["role"])]
            session.add(account)
        staff[row["role"]] = account
    session.flush()
    return staff
