"""A "no" that a person can read. Rules raise it; the edge shows it in the person's language."""

from typing import Any


class Refused(Exception):
    """The rules do not allow this now.

    `message` is the English sentence that is also its key in the catalogue; `values` fill its `%(name)s` places.
    `status` is the HTTP status of the answer: 409 (the moment is wrong), 422 (what was typed is wrong), 403, 404, 429.
    """

    def __init__(self, message: str, status: int = 409, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.values = values


class NotAllowed(Exception):
    """The guard says no. `hidden` means: answer as if there were nothing here (404)."""

    def __init__(self, hidden: bool = True, sign_in: bool = False, rejoin: bool = False) -> None:
        super().__init__("not allowed")
        self.hidden = hidden
        self.sign_in = sign_in
        self.rejoin = rejoin
