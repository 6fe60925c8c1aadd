"""Every field that a form can show has words, and every fixed value has a label."""

from collections.abc import Iterator

import pytest

from lms.authoring.words import CHOICES, FIELDS, KINDS, field_words
from lms.content.case_formats import CASE
from lms.content.formats import CERTIFICATE, COURSE, SOURCES, SURVEY
from lms.content.kinds import OneOfKind
from lms.content.page_shapes import PAGE
from lms.content.shapes import Either, Many, Named, OneOf, Record, Shape
from lms.content.vocabulary import SECTORS
from lms.icons import ICONS

LONGEST_LABEL, LONGEST_HINT = 70, 180

# the kind of the records that stand in a field, by the kind of record that has the field and its name
KIND_OF = {
    ("case", "places"): "place",
    ("case", "roles"): "role",
    ("case", "procedure"): "step",
    ("case", "stages"): "stage",
    ("case", "endings"): "ending",
    ("case", "flags"): "flag",
    ("role", "facts"): "fact",
    ("step", "due"): "due",
    ("stage", "next"): "branch",
    ("stage", "injects"): "inject",
    ("stage", "decisions"): "decision",
    ("stage", "handoffs"): "handoff",
    ("decision", "opens"): "opening",
    ("decision", "options"): "option",
    ("handoff", "items"): "item",
    ("handoff", "channels"): "channel",
    ("handoff", "breach"): "breach",
    ("survey", "items"): "question",
    ("question", "options"): "choice",
    ("survey", "scales"): "scale",
    ("survey", "reuse"): "reuse",
    ("course", "modules"): "module",
    ("course", "programme"): "day",
    ("day", "items"): "entry",
    ("course", "hotlines"): "hotline",
    ("check", "options"): "check-option",
    ("flow", "steps"): "flow-step",
    ("flow-step", "fork"): "fork",
    ("cards", "cards"): "card",
}
DOCUMENTS = {
    "case": CASE, "course": COURSE, "source": SOURCES, "survey": SURVEY, "certificate": CERTIFICATE, "page": PAGE,
}  # fmt: skip

Field = tuple[str, str, Shape]


def fields_of(kind: str, shape: Shape) -> Iterator[Field]:
    """Every field of a record of `kind` and of the records inside it, with its shape."""
    if isinstance(shape, Many | Named):
        yield from fields_of(kind, shape.member)
    if isinstance(shape, OneOfKind):
        for block, record in shape.records.items():
            yield from fields_of(block, record)
    if isinstance(shape, Record):
        for name, member in (*shape.required.items(), *shape.optional.items()):
            yield kind, name, member
            yield from fields_of(KIND_OF.get((kind, name), ""), member)


def fixed_values(shape: Shape) -> set[str | int]:
    """The fixed values among which a field chooses; sectors have names of their own (lms.sectors)."""
    if isinstance(shape, Many | Named):
        return fixed_values(shape.member)
    if isinstance(shape, Either):
        return set().union(*map(fixed_values, shape.shapes))
    if not isinstance(shape, OneOf) or shape.choices == SECTORS or len(shape.choices) == 1:
        return set()
    return set(shape.choices)


ALL_FIELDS = [field for kind, shape in DOCUMENTS.items() for field in fields_of(kind, shape)]


def test_every_field_of_every_document_has_words() -> None:
    assert len(ALL_FIELDS) > 90
    assert not [(kind, name) for kind, name, _shape in ALL_FIELDS if not kind]
    assert not [
        (kind, name) for kind, name, _shape in ALL_FIELDS if (kind, name) not in FIELDS and ("", name) not in FIELDS
    ]


def test_every_fixed_value_has_a_label_and_no_label_is_left_over() -> None:
    wanted = {(kind, name): fixed_values(shape) for kind, name, shape in ALL_FIELDS if fixed_values(shape)}
    assert {field: set(labels) for field, labels in CHOICES.items()} == wanted


def test_every_kind_of_record_has_words_and_an_icon_that_exists() -> None:
    assert {kind for kind, _name, _shape in ALL_FIELDS} == set(KINDS)
    assert not {kind: words.icon for kind, words in KINDS.items() if words.icon not in ICONS}


def test_no_words_are_left_over() -> None:
    known = {(kind, name) for kind, name, _shape in ALL_FIELDS}
    fallen_back = {name for kind, name in known if (kind, name) not in FIELDS}
    assert {(kind, name) for kind, name in FIELDS if kind} <= known
    assert {name for kind, name in FIELDS if not kind} == fallen_back


def test_labels_and_hints_are_short() -> None:
    assert not [words.label for words in FIELDS.values() if len(words.label) > LONGEST_LABEL]
    assert not [words.hint for words in FIELDS.values() if len(words.hint) > LONGEST_HINT]


def test_words_have_no_percent_sign_because_templates_fill_texts_in_by_it() -> None:
    texts = [text for words in FIELDS.values() for text in (words.label, words.hint)]
    texts += [text for words in KINDS.values() for text in (words.one, words.many, words.add, words.empty)]
    texts += [text for labels in CHOICES.values() for text in labels.values()]
    assert not [text for text in texts if "%" in text]


def test_words_of_a_kind_come_before_those_that_hold_everywhere() -> None:
    assert field_words("option", "text") is FIELDS["option", "text"]
    assert field_words("breach", "voice") is FIELDS["", "voice"]
    with pytest.raises(KeyError):
        field_words("option", "colour")
