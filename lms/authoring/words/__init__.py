"""The words of the editor's forms: labels, hints and choices for every field of every document, all through the catalogue.

A field is looked up by the kind of its record and its name; what means the same everywhere stands under the kind "".
"""

from collections.abc import Mapping

from lms.authoring.words.case import CASE_CHOICES, CASE_FIELDS, CASE_KINDS
from lms.authoring.words.course import COURSE_CHOICES, COURSE_FIELDS, COURSE_KINDS
from lms.authoring.words.everywhere import EVERYWHERE
from lms.authoring.words.page import PAGE_CHOICES, PAGE_FIELDS, PAGE_KINDS
from lms.authoring.words.shown import Choices, FieldTable, FieldWords, KindWords
from lms.authoring.words.stage import STAGE_CHOICES, STAGE_FIELDS, STAGE_KINDS
from lms.authoring.words.survey import SURVEY_CHOICES, SURVEY_FIELDS, SURVEY_KINDS

__all__ = ["CHOICES", "FIELDS", "KINDS", "FieldWords", "KindWords", "field_words"]

_TABLES: tuple[FieldTable, ...] = (
    {"": EVERYWHERE}, CASE_FIELDS, STAGE_FIELDS, COURSE_FIELDS, SURVEY_FIELDS, PAGE_FIELDS,
)  # fmt: skip
FIELDS: Mapping[tuple[str, str], FieldWords] = {
    (kind, name): words for table in _TABLES for kind, fields in table.items() for name, words in fields.items()
}
KINDS: Mapping[str, KindWords] = {**CASE_KINDS, **STAGE_KINDS, **COURSE_KINDS, **SURVEY_KINDS, **PAGE_KINDS}
CHOICES: Choices = {**CASE_CHOICES, **STAGE_CHOICES, **COURSE_CHOICES, **SURVEY_CHOICES, **PAGE_CHOICES}


def field_words(kind: str, name: str) -> FieldWords:
    """The words of the field `name` in a record of `kind`, else those it has everywhere. Raises KeyError."""
    return FIELDS.get((kind, name)) or FIELDS["", name]
