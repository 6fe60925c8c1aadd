"""`flask courses …`: check packs, store them, and write the JSON Schemas of their documents."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from lms.content.pack import Pack

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "docs" / "schema"
_FOLDER = click.Path(path_type=Path)


@click.group()
def courses() -> None:
    """The course packs (docs/courses.md)."""


@courses.command()
@click.argument("paths", nargs=-1, required=True, type=_FOLDER)
def check(paths: tuple[Path, ...]) -> None:
    """Print every fault of the packs in PATHS with file, line and what to do; exit 1 if there are any.

    A path is a pack, or a folder of packs.
    """
    from lms.content.checks import faults_of
    from lms.content.faults import PackFaulty
    from lms.content.files import read_folder
    from lms.content.pack import read_pack

    faulty = False
    for path in [pack for named in paths for pack in _packs(named)]:
        try:
            pack = read_pack(read_folder(path))
            faults = faults_of(pack)
        except PackFaulty as error:
            pack, faults = None, list(error.faults)
        for fault in faults:
            click.echo(f"{path}/{fault}")
        if pack is None or any(not fault.warning for fault in faults):
            faulty = True
        else:
            click.echo(f"{path}: {_summary(pack)}")
    if faulty:
        raise SystemExit(1)


def _packs(path: Path) -> list[Path]:
    inside = sorted(document.parent for document in path.glob("*/course.yaml"))
    return [path] if (path / "course.yaml").exists() or not inside else inside


def _summary(pack: "Pack") -> str:
    words: dict[str, int] = {}
    for (_key, language), outline in pack.outlines.items():
        words[language] = words.get(language, 0) + outline.words
    items = sum(len(survey["items"]) for survey in pack.surveys.values())
    counted = ", ".join(f"{count} words {language}" for language, count in sorted(words.items(), reverse=True))
    return f"in order; {len(pack.page_keys)} pages, {counted}, {items} items, {len(pack.sources)} sources, {len(pack.cases)} cases"


@courses.command()
@click.argument("path", type=_FOLDER)
@with_appcontext
def load(path: Path) -> None:
    """Check the pack in PATH, store it as a version, and print its hash."""
    from lms.content.actions import store_pack
    from lms.content.faults import PackFaulty

    try:
        version = store_pack(path)
    except PackFaulty as error:
        raise click.ClickException("\n".join(f"{path}/{fault}" for fault in error.faults)) from None
    click.echo(version.hash)


@courses.command(name="format")
@click.argument("paths", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; list what differs and exit 1 if anything does."
)
def format_packs(paths: tuple[Path, ...], only_check: bool) -> None:
    """Write the files of the packs in PATHS anew in their canonical form, which the editor writes too.

    A path is a pack, or a folder of packs. The content stays the same. Of comments, only those at the head of a file are kept.
    """
    from lms.content.faults import PackFaulty
    from lms.content.files import read_folder
    from lms.content.formatting import format_files

    differ = False
    for path in [pack for named in paths for pack in _packs(named)]:
        try:
            files = read_folder(path)
        except PackFaulty as error:
            raise click.ClickException("\n".join(f"{path}/{fault}" for fault in error.faults)) from None
        for name, text in format_files(files).items():
            if text != files[name]:
                differ = True
                click.echo(f"{path / name}")
                if not only_check:
                    (path / name).write_text(text, encoding="utf-8", newline="\n")
    if differ and only_check:
        raise SystemExit(1)


@courses.command()
def schema() -> None:
    """For developers: write docs/schema/*.json from the shapes that the checks use."""
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (SCHEMAS / f"{name}.json").write_text(text)


def schemas() -> dict[str, str]:
    """The JSON Schema of each document of a pack, by the name of its file without the ending."""
    from lms.content.formats import DOCUMENTS

    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | {"title": name} | shape.schema(), indent=2, ensure_ascii=False) + "\n"
        for name, shape in DOCUMENTS.items()
    }
