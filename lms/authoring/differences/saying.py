"""A value of a document in words, line by line, so that it can stand beside another: texts, choices, names instead of keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lms.authoring import documents, words
from lms.authoring.differences.trees import MISSING, Listed, Tree
from lms.authoring.editing import shape_inside
from lms.authoring.forms.choices import called, fixed, title_of
from lms.authoring.forms.kinds import kind_inside
from lms.content.addresses import inside
from lms.content.conditions import ConditionFaulty, parse
from lms.content.files import Files
from lms.content.shapes import LANGUAGES, Shape
from lms.language import gettext, show_date
from lms.serbian import to_latin
from lms.simulations.printing.conditions import phrase
from lms.ui import N_

TYPED = ("key", "kind")  # of a record, and not shown with it


@dataclass(frozen=True)
class Spot:
    """What a value is: the kind of the record that it stands in, the field, and the shape it should have."""

    kind: str
    name: str = ""
    shape: Shape | None = None

    def inside(self, part: str, value: Tree) -> "Spot":
        """The same of a field of the record that stands here."""
        kind = (kind_inside(self.kind, self.name) or self.kind) if self.name else self.kind
        return Spot(kind, part, self._shape(part, value))

    def member(self, record: Tree) -> "Spot":
        """The same of a record in the list that stands here."""
        return Spot(kind_inside(self.kind, self.name, record), "", self._shape(0, record))

    def _shape(self, part: str | int, value: Tree) -> Shape | None:
        return shape_inside(self.shape, part, value) if self.shape is not None else None


def label(spot: Spot) -> str:
    """What a field is called in the editor's forms; nothing for one that has no name there."""
    try:
        return gettext(words.field_words(spot.kind, spot.name).label)
    except KeyError:
        return ""


class Sayer:
    """Says values of one document as it stands in some states of a pack; the first state that knows a key gives its name."""

    def __init__(self, path: str, *packs: Files) -> None:
        self.path = path
        self.packs = packs

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What stands behind a key: roles, stages, options … of the document, sources, pages, surveys and cases of the course."""
        found: dict[str, str] = {}
        for files in self.packs:
            for path in (self.path, "sources.yaml"):
                for _address, value in inside(documents.look_up(files, path)):
                    if isinstance(value, dict) and isinstance(value.get("key"), str):
                        found.setdefault(value["key"], called(value))
            for path in documents.paths_in(files) if self.path in ("course.yaml", "") else ():
                if "/" in path:
                    found.setdefault(documents.key_of(path), title_of(files, path))
        return found

    def lines(self, value: Tree, spot: Spot, language: str) -> list[str]:
        """`value` in words; texts in `language`, which is a locale."""
        if value is MISSING or value is None:
            return []
        if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
            return self._text(value, language)
        if isinstance(value, Listed | list):
            members = list(value.values()) if isinstance(value, Listed) else value
            return list(self._records(members, spot, language))
        if isinstance(value, dict):
            return list(self._record(value, spot, language))
        return [self._word(value, spot, language)]

    def _text(self, text: Mapping[str, str], language: str) -> list[str]:
        words_ = str(text.get("en" if language == "en" else "sr") or "")
        return (to_latin(words_) if language == "sr_Latn" else words_).split("\n") if words_ else []

    def _record(self, record: Mapping[str, Tree], spot: Spot, language: str) -> Iterator[str]:
        for name, value in record.items():
            if name in TYPED and not isinstance(value, dict):
                continue
            here = spot.inside(name, value)
            title = label(here) or self.names.get(name, name)
            said = self.lines(value, here, language)
            if len(said) == 1:
                yield gettext("%(field)s: %(value)s", field=title, value=said[0])
            elif said:
                yield f"{title}:"
                yield from (f"· {line}" for line in said)

    def _records(self, members: list[Tree], spot: Spot, language: str) -> Iterator[str]:
        if not any(isinstance(member, dict | list) for member in members):
            yield from (self._word(member, spot, language) for member in members)
            return
        for member in members:
            here = spot.member(member)
            said = self.lines(member, here, language)
            if isinstance(member, dict) and not member.keys() <= set(LANGUAGES):
                yield titled(here.kind, member)
                said = [f"· {line}" for line in said]
            yield from said

    def _word(self, value: object, spot: Spot, language: str) -> str:
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, date):
            return show_date(value)
        if spot.name == "when":
            return self._condition(str(value))
        member = getattr(spot.shape, "member", spot.shape)
        choices = dict(fixed(spot.kind, spot.name, member)) if member is not None else {}
        if value in choices:
            return choices[value]
        said = (
            self.names.get(str(value), str(value))
            if self.path.endswith(".yaml") and isinstance(value, str)
            else str(value)
        )
        return to_latin(said) if language == "sr_Latn" else said

    def _condition(self, source: str) -> str:
        try:
            tree = parse(source).tree
        except ConditionFaulty:
            return source
        return (
            phrase(tree, lambda flag: self.names.get(flag, gettext("Trust") if flag == "trust" else flag).rstrip("."))
            if tree
            else source
        )


def titled(kind: str, record: Tree) -> str:
    """A record by its kind and name: „Stage “First call””."""
    name = called(record)
    if kind not in words.KINDS or kind == "day":
        return name
    what = gettext(words.KINDS[kind].one)
    return gettext(N_("%(kind)s “%(name)s”"), kind=what, name=name) if name else what
