"""A place in a document in words: „Decision: First hour · The question”."""

from typing import Any

from lms.authoring import documents, words
from lms.authoring.editing import shape_inside
from lms.authoring.forms.choices import called
from lms.authoring.forms.kinds import kind_inside
from lms.content.addresses import Member, NoSuchPlace, joined, parts, value_at
from lms.content.shapes import LANGUAGES, Shape
from lms.language import gettext


def named_place(path: str, document: Any, address: str) -> str:
    """The records round `address` by their names and the field by its label, as far as they are still there."""
    found = documents.kind_of(path)
    if found is None:
        return ""
    kind, name, value = found.name, "", document
    shape: Shape | None = found.shape
    said: list[str] = []
    try:
        for step in parts(address):
            inner = value_at(value, joined("", step))
            shape = shape_inside(shape, step, inner) if shape is not None else None
            if isinstance(value, list):
                if inside := kind_inside(kind, name, inner):  # else it is a list of texts or words, called by its label
                    kind, name = inside, ""
                    said.append(called(inner))
            elif step not in LANGUAGES:
                name = str(step)
            value = inner
    except NoSuchPlace:
        name = str(step) if not isinstance(step, int | Member) else name  # something that should be there and is not
    if name:
        said.append(_label(kind, name))
    return " · ".join(filter(None, said))


def _label(kind: str, name: str) -> str:
    try:
        return gettext(words.field_words(kind, name).label)
    except KeyError:
        return ""
