"""What changes about staff: verbs, one commit each."""

import secrets as random
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts import secrets, sessions
from lms.accounts.audit import record
from lms.accounts.models import ROLES, Account, AccountRole, Invitation, RecoveryCode, SignIn
from lms.accounts.rules import normalise_code, normalise_email
from lms.accounts.sessions import digest
from lms.database import writing
from lms.errors import Refused

INVITATION_LASTS = timedelta(days=7)


def begin_sign_in(account: Account) -> str:
    """The password was right: a sign-in that still waits for the code. Returns its token."""
    with writing() as session:
        session.execute(sa.delete(SignIn).where(SignIn.account_id == account.id, SignIn.expires_at <= clock.now()))
        return sessions.begin(session, account, second_step=False)


def finish_sign_in(half: SignIn, code: str) -> str:
    """The second step: an authenticator code (good once) or a recovery code (used up). Returns the new token."""
    with writing() as session:
        account = session.get_one(Account, half.account_id, populate_existing=True)
        if not (_use_totp(account, code) or _use_recovery_code(session, account, code)):
            raise Refused(
                "That code is not right, or it was used already. Wait for the next one and try again.", status=422
            )
        session.execute(sa.delete(SignIn).where(SignIn.token_hash == half.token_hash))
        return sessions.begin(session, account, second_step=True)


def _use_totp(account: Account, code: str) -> bool:
    step = secrets.totp_step(secrets.decrypt(account.totp_secret), code) if account.totp_secret else None
    if step is None or step <= account.totp_last_step:
        return False
    account.totp_last_step = step
    return True


def _use_recovery_code(session: Session, account: Account, code: str) -> bool:
    used = session.execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == digest(normalise_code(code)),
            RecoveryCode.account_id == account.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    return used.rowcount == 1  # type: ignore[attr-defined]


def set_up_authenticator(half: SignIn, secret: str, code: str) -> tuple[str, list[str]]:
    """Store a confirmed authenticator for an account that has none; returns a full sign-in's token and the recovery codes."""
    step = secrets.totp_step(secret, code)
    if step is None:
        raise Refused("That code is not right. Check that the phone's clock is set automatically, then type the newest code.", status=422)  # fmt: skip
    codes = secrets.new_recovery_codes()
    with writing() as session:
        account = session.get_one(Account, half.account_id, populate_existing=True)
        if account.totp_secret:
            raise Refused("This account already has an authenticator.")
        account.totp_secret, account.totp_last_step = secrets.encrypt(secret), step
        _replace_recovery_codes(session, account.id, codes)
        session.execute(sa.delete(SignIn).where(SignIn.token_hash == half.token_hash))
        record(session, "account.authenticator", f"account {account.id}")
        return sessions.begin(session, account, second_step=True), codes


def renew_recovery_codes(account: Account) -> list[str]:
    """Eight new codes; the old ones are void."""
    codes = secrets.new_recovery_codes()
    with writing() as session:
        _replace_recovery_codes(session, account.id, codes)
        record(session, "account.recovery-codes", f"account {account.id}")
    return codes


def _replace_recovery_codes(session: Session, account_id: int, codes: list[str]) -> None:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.add_all(RecoveryCode(code_hash=digest(normalise_code(code)), account_id=account_id) for code in codes)


def sign_out(token: str) -> None:
    """End this browser's sign-in on the server."""
    with writing() as session:
        session.execute(sa.delete(SignIn).where(SignIn.token_hash == digest(token)))


def sign_out_elsewhere(account: Account, keep: str) -> None:
    """End every other browser's sign-in."""
    with writing() as session:
        session.execute(sa.delete(SignIn).where(SignIn.account_id == account.id, SignIn.token_hash != digest(keep)))
        record(session, "account.signed-out-elsewhere", f"account {account.id}")


def invite(name: str, email: str, roles: list[str]) -> tuple[Account, str]:
    """A new account without a password, and the token of its invitation. Refused when the address is taken."""
    with writing() as session:
        if session.scalar(sa.select(Account.id).where(Account.email == normalise_email(email))):
            raise Refused("There is already an account with this e-mail address.", status=422)
        account = Account(name=name.strip(), email=normalise_email(email), created_at=clock.now())
        account.roles = [AccountRole(name=role) for role in ROLES if role in roles]
        session.add(account)
        session.flush()
        record(session, "account.invited", f"account {account.id}", roles=roles)
        return account, _invitation(session, account, "invite")


def reset_access(account_id: int) -> str:
    """A new link for somebody who lost password or authenticator: both are void, all browsers signed out."""
    with writing() as session:
        account = session.get_one(Account, account_id, populate_existing=True)
        account.password_hash = account.totp_secret = None
        for table in (SignIn, RecoveryCode, Invitation):
            session.execute(sa.delete(table).where(table.account_id == account.id))
        record(session, "account.reset", f"account {account.id}")
        return _invitation(session, account, "reset")


def _invitation(session: Session, account: Account, purpose: str) -> str:
    token = random.token_urlsafe(32)
    expires = clock.now() + INVITATION_LASTS
    session.add(Invitation(token_hash=digest(token), account_id=account.id, purpose=purpose, expires_at=expires))
    return token


def accept_invitation(invitation: Invitation, password: str) -> str:
    """Set the holder's own password, use the link up, and begin a sign-in that goes on to the authenticator."""
    hashed = secrets.hash_password(password)
    with writing() as session:
        used = session.execute(
            sa.update(Invitation)
            .where(Invitation.token_hash == invitation.token_hash, Invitation.used_at.is_(None))
            .values(used_at=clock.now())
        )
        if used.rowcount != 1:  # type: ignore[attr-defined]
            raise Refused("This link was used already. Ask the administrator for a new one.")
        account = session.get_one(Account, invitation.account_id, populate_existing=True)
        account.password_hash = hashed
        return sessions.begin(session, account, second_step=False)


def change_password(account_id: int, password: str, keep: str) -> None:
    """A new password; every other browser is signed out."""
    hashed = secrets.hash_password(password)
    with writing() as session:
        session.get_one(Account, account_id, populate_existing=True).password_hash = hashed
        session.execute(sa.delete(SignIn).where(SignIn.account_id == account_id, SignIn.token_hash != digest(keep)))
        record(session, "account.password", f"account {account_id}")


def set_roles(account_id: int, roles: list[str], active: bool) -> None:
    """Give an account exactly `roles`; an inactive account is signed out at once. The last administrator stays one."""
    with writing() as session:
        account = session.get_one(Account, account_id, populate_existing=True)
        if not (active and "administrator" in roles) and _is_last_administrator(session, account_id):
            raise Refused("This is the only administrator. Make somebody else an administrator first.", status=422)
        session.execute(sa.delete(AccountRole).where(AccountRole.account_id == account_id))
        session.add_all(AccountRole(account_id=account_id, name=role) for role in ROLES if role in roles)
        account.deactivated_at = None if active else account.deactivated_at or clock.now()
        if not active:
            session.execute(sa.delete(SignIn).where(SignIn.account_id == account_id))
        record(session, "account.roles", f"account {account_id}", roles=roles, active=active)


def _is_last_administrator(session: Session, account_id: int) -> bool:
    administrators = session.scalars(
        sa.select(Account.id)
        .join(AccountRole)
        .where(AccountRole.name == "administrator", Account.deactivated_at.is_(None))
    ).all()
    return list(administrators) == [account_id]
