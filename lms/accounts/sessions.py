"""Signing in and out: one row a browser, its token in the signed session cookie, ended on the server with effect at once."""

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask, session
from flask_login import UserMixin, login_user, logout_user
from sqlalchemy.orm import Session, contains_eager, selectinload

from lms import clock
from lms.accounts.models import Account, SignIn
from lms.cookies import Cookies
from lms.extensions import db, login

IDLE = timedelta(hours=12)


class StaffUser(UserMixin):
    """`current_user` for staff: the account behind a sign-in that has passed both steps."""

    def __init__(self, account: Account, token: str) -> None:
        self.account = account
        self.id = account.id
        self.name = account.name
        self.role_names = account.role_names
        self._token = token

    def get_id(self) -> str:
        """What Flask-Login keeps in the session: an opaque token that changes with every sign-in."""
        return self._token


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def init_sessions(app: Flask) -> None:
    """Bind Flask-Login and the session cookie to `app`."""
    app.session_interface = Cookies(app)
    login.init_app(app, add_context_processor=False)  # pages take what they show of the account from their view
    login.session_protection = None  # addresses change on a phone; the token is what counts
    login.user_loader(load_user)


def load_user(token: str) -> StaffUser | None:
    """The staff user behind `token`, if the sign-in is complete, not expired, and the account active. Two statements."""
    row = db.session.scalar(
        sa.select(SignIn)
        .join(SignIn.account)
        .options(contains_eager(SignIn.account).options(selectinload(Account.roles)))
        .where(
            SignIn.token_hash == digest(token),
            SignIn.second_step,
            SignIn.expires_at > clock.now(),
            Account.deactivated_at.is_(None),
        )
    )
    return StaffUser(row.account, token) if row else None


def begin(database: Session, account: Account, second_step: bool) -> str:
    """Record a sign-in inside a writing transaction; the token goes to `remember` after the commit."""
    token = secrets.token_urlsafe(32)
    database.add(
        SignIn(
            token_hash=digest(token),
            account_id=account.id,
            second_step=second_step,
            created_at=clock.now(),
            expires_at=clock.now() + IDLE,
        )
    )
    return token


def remember(account: Account, token: str) -> None:
    """Put a completed sign-in into a fresh session cookie."""
    session.clear()
    session.permanent = True
    login_user(StaffUser(account, token))


def forget() -> None:
    """Empty the session cookie."""
    logout_user()
    session.clear()
