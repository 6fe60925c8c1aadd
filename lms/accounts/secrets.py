"""Passwords (Argon2id) and authenticator codes (TOTP, RFC 6238; the secret is encrypted in the database)."""

import base64
import hashlib
import secrets
from functools import cache
from typing import Any

import pyotp
from flask import current_app

from lms import clock
from lms.accounts.rules import RECOVERY_ALPHABET

STEP = 30  # seconds


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    if current_app.testing:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum: 26 ms here


def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    return str(_hasher().hash(password))


def password_fits(stored: str | None, password: str) -> bool:
    """Compare in the same time whether or not there is an account with a password."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return bool(_hasher().verify(stored or _nobody(), password)) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe(16))


def new_totp_secret() -> str:
    """A fresh authenticator secret in base 32."""
    return pyotp.random_base32()


def totp_address(secret: str, email: str) -> str:
    """What the QR code for the authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Lokalni timovi")


def totp_step(secret: str, code: str) -> int | None:
    """The time step that `code` belongs to (now, one before or one after), or None. The caller refuses used steps."""
    generator = pyotp.TOTP(secret, interval=STEP)
    present = int(clock.now().timestamp()) // STEP
    wanted = "".join(code.split())
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(generator.generate_otp(step).encode(), wanted.encode()):
            return step
    return None


def encrypt(secret: str) -> str:
    """An authenticator secret as it is stored."""
    return _cipher().encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """The authenticator secret behind what is stored."""
    return _cipher().decrypt(stored.encode()).decode()


def _cipher() -> Any:
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"authenticator " + current_app.config["SECRET_KEY"].encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def new_recovery_codes(number: int = 8) -> list[str]:
    """Single-use codes for a lost authenticator, written „abcde-fghjk” (about 50 bits each)."""
    letters = ["".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(10)) for _ in range(number)]
    return [f"{code[:5]}-{code[5:]}" for code in letters]
