"""`flask admin …`: the first administrator, and a way back in for one who is locked out."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.errors import Refused


@click.group()
def admin() -> None:
    """Administrators' accounts."""


@admin.command()
@click.option("--name", prompt="Name")
@click.option("--email", prompt="E-mail address")
@with_appcontext
def create(name: str, email: str) -> None:
    """Make an administrator; prints the link with which they set their own password and authenticator."""
    from lms.accounts import actions

    try:
        _account, token = actions.invite(name, email, ["administrator"])
    except Refused as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(_link(token))


@admin.command()
@click.argument("email")
@with_appcontext
def reset(email: str) -> None:
    """A new link for an account whose password or authenticator is lost."""
    from lms.accounts import actions, queries

    account = queries.account_by_email(email)
    if account is None:
        raise click.ClickException("There is no active account with this address.")
    click.echo(_link(actions.reset_access(account.id)))


def _link(token: str) -> str:
    base = current_app.config["PUBLIC_URL"] or "http://127.0.0.1:8000"
    return f"Open this link once, within seven days: {base}/invitation/{token}"
