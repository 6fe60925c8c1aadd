"""`flask certificates …`: the keys that sign certificates, and a look at all signatures."""

import click
from flask.cli import with_appcontext


@click.group("certificates")
def certificates() -> None:
    """The keys that sign certificates."""


@certificates.command("rotate-key")
@with_appcontext
def rotate_key() -> None:
    """Sign with a new key from now on. The old public key is kept: what it signed can still be checked."""
    from lms.certificates.keys import rotate

    click.echo(f"New certificates are signed with key {rotate()}. Keep the folder of keys in your backups.")


@certificates.command()
@with_appcontext
def verify() -> None:
    """Check the signature of every certificate; name those that are not what was signed, and exit 1 if there are any."""
    from lms.certificates.actions import is_genuine
    from lms.certificates.queries import every_one

    count, broken = 0, []
    for certificate in every_one():
        count += 1
        if not is_genuine(certificate):
            broken.append(certificate.serial)
    for serial in broken:
        click.echo(f"does not match its signature: {serial}")
    click.echo(f"{count} checked, {len(broken)} broken")
    if broken:
        raise SystemExit(1)
