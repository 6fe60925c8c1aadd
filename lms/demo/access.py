"""Who may reach the page for trying things out: everybody, where there is a demo."""

from typing import Any

from flask import current_app

from lms.demo.queries import is_loaded
from lms.errors import NotAllowed


def in_demo() -> bool:
    """Whether this server shows the demo. Production never asks the database."""
    return not current_app.config["PRODUCTION"] and is_loaded()


def only_in_demo(**_arguments: Any) -> None:
    """Everybody, but only outside production and with demo data; elsewhere there is no such page."""
    if not in_demo():
        raise NotAllowed()
