"""`flask surveys …`: what has to be done for surveys from time to time."""

import click
from flask.cli import with_appcontext


@click.group("surveys")
def surveys() -> None:
    """Pseudonym keys, evaluations whose time is over, and traces in the database file."""


@surveys.command("destroy-keys")
@with_appcontext
def destroy_keys() -> None:
    """Destroy every pseudonym key 30 days after its training and follow-ups were closed. Run it once a day."""
    from lms.surveys.actions.keys import destroy_due_keys

    fates = destroy_due_keys()
    for fate in fates:
        if fate.destroyed:
            click.echo(f"training {fate.training_id}: the key was destroyed; its answers lead to nobody any more")
        elif fate.due is None:
            click.echo(f"training {fate.training_id}: the key is kept, because the training is not closed")
        else:
            click.echo(f"training {fate.training_id}: the key is kept until {fate.due.isoformat()}")
    if not fates:
        click.echo("there are no pseudonym keys")


@surveys.command("retire")
@with_appcontext
def retire() -> None:
    """Take evaluations apart 12 months after their close: totals stay, single ballots and texts go. Run it once a day."""
    from lms.evaluation.queries.answers import earlier_selections
    from lms.surveys.actions.retirement import retire_due

    retired = retire_due(frozenset().union(*earlier_selections()))
    for one in retired:
        click.echo(f"training {one.training_id}: {one.ballots} ballots are totals now; texts for print: {one.texts}")
    if not retired:
        click.echo("no evaluation is due")


@surveys.command("sweep")
@with_appcontext
def sweep() -> None:
    """Compact the database's files, so that free pages and dead rows hold no traces. Exit status 1 when it was too busy."""
    from lms.surveys.actions.ballots import sweep as compact

    if not compact():
        raise click.ClickException("the database was too busy; try again")
    click.echo("done")
