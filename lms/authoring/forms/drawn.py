"""What a form consists of: fields, the choices of a field, the members of a list. Made by `fields`, drawn by the template."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lms.authoring.editing import is_blank
from lms.authoring.forms.conditions import Clauses
from lms.content.shapes import Shape


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Member:
    """One record of a list, or one text of several, with its fields."""

    address: str
    id: str
    title: str
    fields: "tuple[Field, ...]"
    kind: str = ""
    cited: str = ""  # the key, where other texts name it
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Field:
    """One field. `widget` says how it is drawn; `typed` is what stands in it, `was` the print of what stands in the document.

    Widgets with a value of their own: text, line, number, truth, day, choice, several, when. Those that hold others: pair (a text in
    both languages), records, texts, group, keyed. Links only: own-page.
    """

    address: str
    widget: str
    label: str
    typed: Any = ""
    was: str = ""
    hint: str = ""
    lines: int = 1
    rare: bool = False
    required: bool = False
    language: str = ""
    shape: Shape | None = None
    choices: tuple[Choice, ...] = ()
    fields: "tuple[Field, ...]" = ()
    members: tuple[Member, ...] = ()
    add: str = ""
    clauses: Clauses | None = None
    listed: str = ""  # several of many: the id of the list in the page to choose from
    error: str = ""
    theirs: str | None = None
    who: str = ""  # has written it
    fresh: bool = False

    @property
    def id(self) -> str:
        """What it is called in the page: addresses have signs that a page's own addresses cannot have."""
        return id_of(self.address)

    @property
    def missing(self) -> bool:
        """Whether it should be filled in and is not."""
        if self.widget in ("records", "texts", "own-page"):
            return self.required and not self.members
        return self.required and self.widget not in ("pair", "group", "keyed") and is_blank(self.typed)


def id_of(address: str) -> str:
    """The id of the field (or member) at `address` in the page."""
    return "f-" + sha256(address.encode()).hexdigest()[:10]
