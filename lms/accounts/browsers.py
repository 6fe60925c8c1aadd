"""Browsers that an account has signed in with before: strangers who guess passwords cannot lock their owner out of them."""

import secrets

from flask import Response, current_app, request
from itsdangerous import BadSignature, Signer

from lms.accounts.rules import normalise_email
from lms.accounts.sessions import digest

COOKIE = "known-browser"
YEAR = 31536000  # seconds


def known_browser(email: str) -> str:
    """What marks this browser as one of the account with `email`; empty for a stranger's. The cookie is signed by us."""
    try:
        value = _signer().unsign(request.cookies.get(COOKIE, "")).decode()
    except BadSignature:
        return ""
    return value if value.startswith(_owner(email)) else ""


def remember_browser(response: Response, email: str) -> Response:
    """Mark this browser as one of the account with `email`, after both steps of signing in."""
    if not known_browser(email):
        value = _signer().sign(_owner(email) + secrets.token_urlsafe(16)).decode()
        response.set_cookie(
            COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax",
            secure=current_app.config["PRODUCTION"] or request.is_secure,
        )  # fmt: skip
    return response


def limit_key(what: str, email: str) -> str:
    """Under which key tries are counted: strangers share an account's limit, a browser of its owner has its own."""
    browser = known_browser(email) or "stranger"
    return f"{what}:{digest(f'{normalise_email(email)} {browser}').hex()[:32]}"


def _owner(email: str) -> str:
    return digest(normalise_email(email)).hex()[:16] + "-"


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="known browser")
