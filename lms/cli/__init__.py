"""The flask commands, one file a group. Heavy imports belong inside the commands: the server loads these files too."""

from flask import Flask


def init_cli(app: Flask) -> None:
    """Put every command group on `flask`."""
    from lms.cli.admin import admin
    from lms.cli.backup import backup
    from lms.cli.cases import cases
    from lms.cli.certificates import certificates
    from lms.cli.courses import courses
    from lms.cli.database import database
    from lms.cli.demo import demo
    from lms.cli.evaluation import evaluation
    from lms.cli.explore import explore, explore_drafts
    from lms.cli.house import access_table
    from lms.cli.surveys import surveys
    from lms.cli.translations import translations

    database.add_command(backup)
    cases.add_command(explore)
    cases.add_command(explore_drafts)
    groups = (admin, cases, certificates, courses, database, demo, evaluation, surveys, translations)
    for command in (*groups, access_table):
        app.cli.add_command(command)
