"""What a form says of a field, and of a kind of record. The tables beside this file are made of these."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The words of one field. `lines`: rows of the text area, 1 is a single line; `rare`: shown folded."""

    label: str
    hint: str = ""
    lines: int = 1
    rare: bool = False


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of one kind of record. `add` stands on the button, `empty` where there is none yet; `icon` is a name of lms.icons."""

    one: str
    many: str
    add: str
    empty: str
    icon: str


FieldTable = Mapping[str, Mapping[str, FieldWords]]  # kind of record -> field -> its words
Choices = Mapping[tuple[str, str], Mapping[str | int, str]]  # (kind, field) -> fixed value -> its label
