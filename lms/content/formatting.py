"""A pack in its canonical form, file by file. What cannot be read stays as it is: the checks tell what is wrong with it. Pure."""

from collections.abc import Mapping

from lms.content.case_formats import CASE
from lms.content.faults import PackFaulty
from lms.content.files import Files
from lms.content.formats import CERTIFICATE, COURSE, SOURCES, SURVEY
from lms.content.page_document import page_document, page_texts
from lms.content.shapes import Shape
from lms.content.writing import head_comment, write_yaml
from lms.content.yaml import read_yaml

_SHAPES: Mapping[str, Shape] = {"course.yaml": COURSE, "sources.yaml": SOURCES, "certificate.yaml": CERTIFICATE}
_FOLDERS: Mapping[str, Shape] = {"surveys": SURVEY, "cases": CASE}


def shape_of(path: str) -> Shape | None:
    """The shape of the YAML document at `path` of a pack; None for pages and figures."""
    return _SHAPES.get(path) or _FOLDERS.get(path.partition("/")[0])


def format_files(files: Files) -> dict[str, str]:
    """Every file of a pack in its canonical form; figures byte for byte."""
    pages = {path.split(".")[0] for path in files if path.startswith("pages/")}
    formatted = [_page(files, page) for page in sorted(pages)]
    formatted += [{path: format_yaml(text, shape)} for path, text in files.items() if (shape := shape_of(path))]
    return {**files, **{path: text for part in formatted for path, text in part.items()}}


def format_yaml(text: str, shape: Shape) -> str:
    """One YAML document in its canonical form, with the comment at its head."""
    try:
        return head_comment(text) + write_yaml(read_yaml(text, "document"), shape)
    except PackFaulty:
        return text


def _page(files: Files, page: str) -> dict[str, str]:
    paths = (f"{page}.sr.md", f"{page}.en.md")
    document = page_document(*(files.get(path, "") for path in paths))
    if document is None:
        return {}
    return {path: text for path, text in zip(paths, page_texts(document), strict=True) if path in files}
