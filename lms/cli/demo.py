"""`flask demo …`: invented data to try everything with. `make run` uses it."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.errors import Refused


@click.group()
def demo() -> None:
    """Invented data to try everything with; never in production, never beside real trainings."""


@demo.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, without an error, when there are real trainings.")
@click.option("--port", type=int, help="Then print where to begin, with the server at this port.")
@with_appcontext
def load(if_empty: bool, port: int | None) -> None:
    """Bring the database up to date and put the demo in; a second time nothing changes."""
    _load(if_empty)
    if port:
        show_places(port)


def _load(if_empty: bool) -> None:
    from lms.cli.database import is_current, upgrade_database
    from lms.demo.actions.loading import load as load_demo
    from lms.demo.queries import has_real_trainings, is_loaded

    if not current_app.config["PRODUCTION"]:
        if not is_current():
            upgrade_database()
        if if_empty and has_real_trainings() and not is_loaded():
            click.echo("There are real trainings here; the demo was not loaded.")
            return
    try:
        fresh = load_demo()
    except Refused as refusal:
        raise click.ClickException(refusal.message) from refusal
    if fresh:
        click.echo("The demo is loaded.")


@demo.command()
@with_appcontext
def clear() -> None:
    """Take the demo out again; real data stays."""
    from lms.demo.actions.loading import clear as clear_demo

    clear_demo()
    click.echo("The demo is gone.")


@demo.command()
@click.option("--port", default=8000, show_default=True, help="Where the server listens.")
@with_appcontext
def show(port: int) -> None:
    """Print where to begin: addresses, sign-ins, join codes."""
    show_places(port)


def show_places(port: int) -> None:
    """What `flask demo show` prints."""
    from lms.demo.access import in_demo

    base = f"http://127.0.0.1:{port}"
    if not in_demo():
        click.echo(f"Lokalni timovi: {base}/")
        return
    _show_places(base)
    _show_staff(base)


def _show_places(base: str) -> None:
    from lms.demo import queries
    from lms.trainings.rules import show_code

    click.echo(f"Everything with one press:  {base}/demo")
    training = queries.training_of_today()
    if training:
        click.echo(f"Join as a trainee:          {base}/   code {show_code(training.join_code)}")
        click.echo(f"                            {base}/join/{training.join_token}")
    series = queries.series()
    if series:
        click.echo(f"Report of the 2022 series:  {base}/reports/{series.id}")
    certificate = queries.a_certificate()
    if certificate:
        click.echo(f"Check of a certificate:     {base}/c/{certificate.token}")


def _show_staff(base: str) -> None:
    import pyotp

    from lms.demo import queries
    from lms.demo.documents import AUTHENTICATOR, PASSWORD

    click.echo(f"\nSign in with two steps:     {base}/sign-in")
    click.echo(f"  password „{PASSWORD}”; authenticator secret {AUTHENTICATOR}, now {pyotp.TOTP(AUTHENTICATOR).now()}")
    for role, account in queries.staff().items():
        click.echo(f"  {role:14} {account.email}")
    click.echo("")
