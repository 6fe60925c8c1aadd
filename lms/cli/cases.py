"""`flask cases …`: case simulations as files, before anyone plays them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from lms.content.cases import CaseFile

FILE = click.Path(path_type=Path)


@click.group()
def cases() -> None:
    """The case simulations (docs/cases.md)."""


@cases.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
def check(files: tuple[Path, ...]) -> None:
    """Print every fault of the cases in FILES with file, line and what to do; exit 1 if there are any.

    A case in the folder `cases` of a pack is checked against the sources and hotlines of the pack.
    """
    from lms.content.cases import read_case_file

    faulty = False
    for path in files:
        found = read_case_file(path)
        for fault in found.faults:
            click.echo(f"{path.parent / str(fault)}")
        if found.case:
            click.echo(f"{path}: {_summary(found)}")
        faulty = faulty or not found.case
    if faulty:
        raise SystemExit(1)


def _summary(found: "CaseFile") -> str:
    from lms.content.pack import texts_in
    from lms.content.place import Place

    case, document = found.case, found.document
    assert case
    assert document
    words = dict.fromkeys(("sr", "en"), 0)
    for text, _place in texts_in(document.value, Place(document.file, 1)):
        for language in words:
            words[language] += len(re.findall(r"\w+", text[language]))
    return (
        f"in order; {len(case.roles)} roles, {len(case.stages)} stages, {len(case.decision)} decisions,"
        f" {len(case.inject)} injects, {words['sr']} words sr, {words['en']} words en"
    )


@cases.command()
@click.argument("file", type=FILE)
@click.option(
    "-o", "--out", "folder", type=FILE, default=Path(), help="Folder for the papers; made when it is not there."
)
@click.option(
    "--language", type=click.Choice(["sr", "sr_Latn", "en"]), default="sr", help="sr: Cyrillic, sr_Latn: Latin."
)
@with_appcontext
def paper(file: Path, folder: Path, language: str) -> None:
    """Print the case in FILE as PDFs: script, role cards, slips, vote sheets, hand-off forms, result sheet.

    A training goes on with them when there is no power or no network; what was written down is typed in afterwards.
    """
    from lms.content.cases import read_case_file
    from lms.language import speaking
    from lms.simulations.printing.paper_twin import PAPERS, papers_of

    found = read_case_file(file)
    if found.case is None:
        for fault in found.faults:
            click.echo(f"{file.parent / str(fault)}")
        raise SystemExit(1)
    folder.mkdir(parents=True, exist_ok=True)
    for name in papers_of(found.case):
        path = folder / f"{found.case.key}-{name}.pdf"
        with speaking(language):
            path.write_bytes(PAPERS[name](found.case))
        click.echo(str(path))
