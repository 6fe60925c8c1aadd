"""The flask commands, one file a group. Heavy imports belong inside the commands: the server loads these files too."""

from flask import Flask


def init_cli(app: Flask) -> None:
    """Put every command group on `flask`."""
    from lms.cli.admin import admin
    from lms.cli.backup import backup
    from lms.cli.database import database
    from lms.cli.house import access_table
    from lms.cli.translations import translations

    database.add_command(backup)
    for command in (admin, database, access_table, translations):
        app.cli.add_command(command)
