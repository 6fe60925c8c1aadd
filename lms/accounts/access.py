"""Who may reach the pages of signing in."""

from typing import Any

from flask import g, session

from lms.accounts import queries
from lms.errors import NotAllowed


def half_signed_in(**_arguments: Any) -> None:
    """Somebody who has just given the right password and still owes the second step."""
    g.half = queries.half_sign_in(session.get("half", ""))
    if g.half is None:
        raise NotAllowed(sign_in=True)


def invited(token: str, **_arguments: Any) -> None:
    """The holder of an invitation link that is neither used nor expired."""
    g.invitation = queries.open_invitation(token)
    if g.invitation is None:
        raise NotAllowed()
