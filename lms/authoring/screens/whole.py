"""What the checker says of a whole draft, each with the document and part it is about."""

from collections.abc import Iterator
from dataclasses import replace

from lms.authoring import documents
from lms.authoring.checking import URGENCY, all_faults
from lms.authoring.forms import choices
from lms.authoring.forms.parts import outline
from lms.authoring.models import Draft
from lms.authoring.screens.editor import Check, checks
from lms.content.faults import Fault


def checks_of_all(draft: Draft, files: documents.Files) -> Iterator[Check]:
    """Every fault and piece of advice, those that must be mended first."""
    by_path: dict[str, list[Fault]] = {}
    for fault in all_faults(files):
        path = fault.file.split(".")[0] if fault.file.startswith("pages/") else fault.file
        by_path.setdefault(path, []).append(fault)
    found = []
    for path, faults in by_path.items():
        kind = documents.kind_of(path)
        document = documents.shown(files, path) if kind else None
        lines = outline(kind.name, kind.shape, document) if kind and document is not None else []
        title = choices.title_of(files, path)
        found += [
            replace(check, where=" · ".join(filter(None, (title, check.where))))
            for check in checks(draft, faults, path, document, lines)
        ]
    yield from sorted(found, key=lambda check: URGENCY.index(check.urgency))
