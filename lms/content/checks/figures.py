"""Figures are safe to put into a page, and used."""

from collections.abc import Iterator

from lms.content.faults import Fault
from lms.content.pack import Pack
from lms.content.svg import problems


def figures(pack: Pack) -> Iterator[Fault]:
    """Scripts, styles, outside references and other things no figure needs; figures that no page shows."""
    shown = {block.value["image"] for outline in pack.outlines.values() for block in outline.of_kind("figure")}
    for file, text in pack.files.items():
        if not file.startswith("figures/"):
            continue
        for line, message, advice in problems(text):
            yield Fault(file, line, f"the figure {message}", advice)
        if file not in shown:
            yield Fault(
                file, 1, "no page shows this figure", "remove it, or show it with a `figure` block", warning=True
            )
