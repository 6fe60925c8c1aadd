"""`flask database backup FILE`: a whole copy while people work, without the answers of evaluations that are still open."""

import os
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.database import sqlite_module

# Two copies of an open evaluation would tell who wrote in between: they leave the copy, receipts included.
OPEN_ANSWERS = "opening_id IN (SELECT id FROM openings WHERE closed_at IS NULL OR closed_at > datetime('now'))"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE, check the copy, and only then give it its name."""
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    if not url.startswith("sqlite:///"):
        raise click.ClickException(
            "This is for SQLite. For PostgreSQL use pg_dump, excluding ballots, remarks and receipts."
        )
    unfinished = file.with_suffix(file.suffix + ".part")
    unfinished.unlink(missing_ok=True)
    copy_database(Path(url.removeprefix("sqlite:///")), unfinished)
    os.chmod(unfinished, 0o600)
    unfinished.replace(file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked.")


def copy_database(source: Path, target: Path) -> None:
    """Copy `source` to `target` without open evaluations' answers. Raises ClickException when the copy is not whole."""
    sqlite: Any = sqlite_module()
    reading = sqlite.connect(f"file:{source}?mode=ro", uri=True)
    copy = sqlite.connect(target)
    with reading, copy:
        reading.backup(copy)
    for table in ("ballots", "remarks", "receipts"):
        copy.execute(f"DELETE FROM {table} WHERE {OPEN_ANSWERS}")  # noqa: S608 - no outside text
    copy.commit()
    copy.execute("VACUUM")
    whole = (
        copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        and not copy.execute("PRAGMA foreign_key_check").fetchall()
    )
    copy.close()
    reading.close()
    if not whole:
        target.unlink()
        raise click.ClickException("The copy is not whole and was removed. Check the disk.")
