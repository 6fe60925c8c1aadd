"""One permission gate above every view, closed by default.

`@allow(rule)` stands above each view. A rule is a plain function that takes the view's arguments, loads what they name
into `flask.g`, and returns; or raises NotAllowed. A route without a rule stops the application from starting.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map

from lms.errors import NotAllowed

LARGEST_NUMBER = 2**31 - 1  # what an INTEGER column holds everywhere
Rule = Callable[..., None]
View = Callable[..., Any]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
OWN = {
    "same-origin",
    "none",
}  # who asks, as the browser says: a page of ours, or the reader; a neighbouring site is a stranger


def allow(rule: Rule) -> Callable[[View], View]:
    """Mark a view with the rule that guards it. Stands directly above the function."""

    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def anyone(**_arguments: Any) -> None:
    """Everybody, signed in or not."""


def signed_in(**_arguments: Any) -> None:
    """A member of staff who has passed both steps of signing in."""
    if not current_user.is_authenticated:
        raise NotAllowed(sign_in=True)


def staff(*roles: str) -> Rule:
    """A rule: a member of staff who holds one of `roles` (administrators do not hold the others by magic)."""

    def rule(**_arguments: Any) -> None:
        signed_in()
        if not set(roles) & current_user.role_names:
            raise NotAllowed()

    rule.__name__ = "_or_".join(roles)
    rule.__doc__ = f"Staff with the role {' or '.join(roles)}."
    return rule


administrator = staff("administrator")


def row_number(text: str) -> int:
    """A number that a row may have. Raises ValueError for any other: `request.form.get("team", 0, row_number)`."""
    number = int(text)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("No row has this number.")
    return number


class RowNumber(IntegerConverter):
    """`<int:…>` in addresses: a number that no row can have leads to no page, instead of to an error of the database."""

    def __init__(self, map: Map, max: int = LARGEST_NUMBER, **options: Any) -> None:
        super().__init__(map, max=max, **options)


def init_access(app: Flask) -> None:
    """Put the guard in front of every request. Call after all routes are registered."""
    for rule in app.url_map.iter_rules():
        if not hasattr(app.view_functions[rule.endpoint], "access_rule"):
            raise RuntimeError(f"{rule.endpoint} ({rule.rule}) has no access rule; put @allow(...) above it.")
    app.before_request(guard)


def guard() -> None:
    """Refuse changes that another site asks for, then ask the view's rule."""
    if request.endpoint is None:
        return
    if request.method in UNSAFE and request.headers.get("Sec-Fetch-Site", "same-origin") not in OWN:
        raise NotAllowed(hidden=False)
    rule_of(current_app, request.endpoint)(**(request.view_args or {}))


def rule_of(app: Flask, endpoint: str) -> Rule:
    """The access rule of a route."""
    rule: Rule = getattr(app.view_functions[endpoint], "access_rule")  # noqa: B009  (a function carries it)
    return rule


def access_table(app: Flask) -> list[tuple[str, str, str, str]]:
    """Every route as (path, methods, endpoint, rule), sorted by path: what `flask access-table` prints."""
    rows = []
    for rule in app.url_map.iter_rules():
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append((rule.rule, methods, rule.endpoint, rule_of(app, rule.endpoint).__name__))
    return sorted(rows)
