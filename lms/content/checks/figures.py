"""Figures are safe to put into a page, and used."""

from collections.abc import Iterator

from lms.content.faults import N_, Fault, fault_at
from lms.content.pack import Pack
from lms.content.svg import problems


def figures(pack: Pack) -> Iterator[Fault]:
    """Scripts, styles, outside references and other things no figure needs; figures that no page shows."""
    shown = {block.value["image"] for outline in pack.outlines.values() for block in outline.of_kind("figure")}
    for file, text in pack.files.items():
        if not file.startswith("figures/"):
            continue
        yield from problems(text, file)
        if file not in shown:
            message, advice = N_("No page shows this figure."), N_("Show it on a page, or remove it.")
            yield fault_at(file, 1, message, advice, "with a `figure` block").as_warning()
