"""`flask evaluation …`: reports from the command line."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.language import LOCALES, gettext, speaking
from lms.serbian import fold, to_latin

if TYPE_CHECKING:
    from lms.evaluation.models import Series
    from lms.evaluation.screens.report import Report
    from lms.trainings.models import Training


@click.group("evaluation")
def evaluation() -> None:
    """Reports over trainings."""


@evaluation.command()
@click.option(
    "--trainings", "places", required=True, help="Places, in any script: 'Niš,Novi Sad,Subotica'; or training numbers."
)
@click.option(
    "--format", "form", type=click.Choice(["xlsx", "csv", "zip", "pdf", "json"]), default="xlsx", show_default=True
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", "locale", type=click.Choice(LOCALES), default="sr", show_default=True)
@with_appcontext
def export(places: str, form: str, output: Path, locale: str) -> None:
    """Write the report over the trainings held in these places; a series of exactly these is preferred."""
    from lms.errors import Refused
    from lms.evaluation.actions import note_export
    from lms.evaluation.files.reports import make

    with current_app.test_request_context(), speaking(locale):
        try:
            report, subject = _report([place.strip() for place in places.split(",") if place.strip()])
            file = make(report, form)
        except Refused as refusal:
            raise click.ClickException(gettext(refusal.message, **refusal.values)) from refusal
        note_export(subject, form)
    write_whole(output, file.content)
    click.echo(f"{output}: {len(report.held)} trainings, {len(file.content)} bytes")


def _report(places: Sequence[str]) -> "tuple[Report, str]":
    """The report over what the words name, and what the audit log calls it."""
    from lms.evaluation.actions import remember_selection
    from lms.evaluation.screens.report import of_selection, of_series, of_training

    if found := _series(places):
        return of_series(found), f"series {found.id}"
    trainings = _trainings(places)
    ids = [training.id for training in trainings]
    subject = "training" + ("s " if len(ids) > 1 else " ") + " ".join(map(str, ids))
    if len(trainings) == 1:
        return of_training(trainings[0]), subject
    remember_selection(ids)
    names = ", ".join(dict.fromkeys(training.municipality.name_sr for training in trainings))
    return of_selection(trainings, {"sr": names, "en": to_latin(names)}), subject


def _series(places: Sequence[str]) -> "Series | None":
    """The newest series that consists of exactly one training in each of these places."""
    from lms.evaluation.queries.reports import all_series

    wanted = sorted(fold(place) for place in places)
    for series in all_series():
        if sorted(fold(training.municipality.name_sr) for training in series.trainings) == wanted:
            return series
    return None


def _trainings(places: Sequence[str]) -> "list[Training]":
    """The trainings that the words name: by number, or every one held in that place."""
    from lms.evaluation.queries.reports import trainings

    known = trainings()
    chosen: dict[int, Training] = {}
    for place in places:
        found = [one for one in known if place == str(one.id) or fold(one.municipality.name_sr) == fold(place)]
        if not found:
            held = ", ".join(sorted({to_latin(one.municipality.name_sr) for one in known})) or "nowhere yet"
            raise click.ClickException(f"No training was held in «{place}». Trainings were held in: {held}.")
        chosen |= {one.id: one for one in found}
    if not chosen:
        raise click.ClickException("Name at least one place.")
    return sorted(chosen.values(), key=lambda one: (one.starts_on, one.id))


def write_whole(path: Path, content: bytes) -> None:
    """The whole file or none: written beside it, flushed to the disk, then renamed into place."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise click.ClickException(f"Cannot write into {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)
        os.replace(draft, path)
        _flush_folder(path.parent)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise click.ClickException(f"Cannot write {path}: {error.strerror}.") from error


def _flush_folder(folder: Path) -> None:
    """The new name is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
