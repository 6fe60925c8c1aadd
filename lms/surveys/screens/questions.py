"""A question as it stands on a page."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.course import Item
from lms.language import current, gettext, localise
from lms.surveys.queries.answers import Kept
from lms.surveys.rules import CANNOT_JUDGE, LONGEST, NO, NOT_YET, YES, Value, choices

INPUTS = {"multiple": "checkbox", "number": "number", "short-text": "text", "long-text": "area"}
LETTERS = {"sr": "АБВГДЂЕЖЗИ", "sr_Latn": "ABCDEFGHIJ", "en": "ABCDEFGHIJ"}


@dataclass(frozen=True)
class Choice:
    """One answer that a closed question offers. `mark`: the letter or number before it; `quiet`: the way out."""

    value: str
    text: str
    chosen: bool
    mark: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Conflict:
    """Another tab has stored something else: both answers in words, and what the browser needs to take the other one."""

    stored: str
    here: str
    values: list[str]
    token: str  # under which the other answer was sent: the browser knows its own


@dataclass(frozen=True)
class Question:
    """A question with its present answer."""

    place: int  # from 1
    key: str
    type: str
    input: str  # radio, checkbox, number, text, area
    text: str
    hint: str
    required: bool
    longest: int | None
    choices: list[Choice]
    typed: str
    answered: bool
    version: int
    token: str
    error: str = ""
    conflict: Conflict | None = None


@dataclass(frozen=True)
class Trouble:
    """What a sending met with: sentences by item, newer answers by item, and everything as it was typed."""

    errors: Mapping[str, str]
    conflicts: Mapping[str, Kept]
    typed: Mapping[str, Sequence[str]]


NO_TROUBLE = Trouble({}, {}, {})


def questions(items: Sequence[Item], answers: Mapping[str, Kept], trouble: Trouble = NO_TROUBLE) -> list[Question]:
    """The questions in the order of `items`, filled with what was typed, else with what is stored."""
    return [_question(place, item, answers, trouble) for place, item in enumerate(items, start=1)]


def _question(place: int, item: Item, answers: Mapping[str, Kept], trouble: Trouble) -> Question:
    newer = trouble.conflicts.get(item.key)
    kept = newer or answers.get(item.key, Kept(None, 0))
    typed = list(trouble.typed.get(item.key, _as_typed(kept.value)))
    return Question(
        place=place,
        key=item.key,
        type=item.type,
        input=INPUTS.get(item.type, "radio"),
        text=localise(item.text),
        hint=localise(item.hint),
        required=item.required,
        longest=LONGEST.get(item.type),
        choices=[] if item.type in ("number", *LONGEST) else _choices(item, typed),
        typed="\n".join(typed),
        answered=kept.value is not None,
        version=kept.version,
        token=secrets.token_urlsafe(12),
        error=trouble.errors.get(item.key, ""),
        conflict=_conflict(item, newer, typed) if newer else None,
    )


def _conflict(item: Item, newer: Kept, typed: Sequence[str]) -> Conflict:
    return Conflict(in_words(item, newer.value), typed_in_words(item, typed), _as_typed(newer.value), newer.token)


def _as_typed(value: Value) -> list[str]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [str(value)]


def _choices(item: Item, chosen: Sequence[str]) -> list[Choice]:
    marked = item.type in ("single", "multiple")
    letters = iter(LETTERS[current()] if marked else "")
    found = []
    for value in choices(item):
        quiet = value == NOT_YET or (value == CANNOT_JUDGE and item.type == "scale")
        mark = "" if quiet else str(value) if item.type == "scale" else next(letters, "")
        found.append(Choice(str(value), in_words(item, value), str(value) in chosen, mark, quiet))
    return found


def typed_in_words(item: Item, typed: Sequence[str]) -> str:
    """What a form sent, as a person would say it; also when it is no possible answer."""
    offered = {} if item.type in ("number", *LONGEST) else {str(value): value for value in choices(item)}
    return "\n".join(in_words(item, offered[text]) if text in offered else text for text in typed)


def in_words(item: Item, value: Value) -> str:
    """An answer as a person would say it, in the language in force."""
    if value is None:
        return gettext("(no answer)")
    if value == NOT_YET:
        return gettext("I do not know yet")
    if isinstance(value, list):
        return ", ".join(in_words(item, key) for key in value)
    if item.type == "scale" and item.scale:
        return localise(item.scale.cannot_judge if value == CANNOT_JUDGE else item.scale.labels[int(value) - 1])
    if item.type == "yes-no":
        return {YES: gettext("Yes"), NO: gettext("No")}[str(value)]
    return next((localise(option.text) for option in item.options if option.key == value), str(value))
