"""`flask access-table`: who may do what, as it really is."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.access import access_table as rows


@click.command("access-table")
@with_appcontext
def access_table() -> None:
    """Print every route with its methods and its access rule, as the document docs/access.md."""
    click.echo(
        "# Who may do what\n\nWritten by `flask access-table`; a test holds it against the application. A rule is a function in the room's `access.py`.\n"
    )
    click.echo("| path | methods | endpoint | rule |\n|---|---|---|---|")
    for path, methods, endpoint, rule in rows(current_app):
        click.echo(f"| `{path}` | {methods} | {endpoint} | {rule} |")
