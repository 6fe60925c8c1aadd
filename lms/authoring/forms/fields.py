"""The fields of a form: what stands at an address now, and how it may be changed. Made from the shape of the document."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lms.authoring import words
from lms.authoring.editing import is_blank, print_of, shape_inside
from lms.authoring.forms import choices
from lms.authoring.forms.choices import Draft, called
from lms.authoring.forms.conditions import taken_apart
from lms.authoring.forms.drawn import Choice, Field, Member, id_of
from lms.authoring.forms.kinds import LIST_PAGE, OWN_PAGE, kind_inside
from lms.content.addresses import joined, member_of
from lms.content.case_build import is_number
from lms.content.shapes import LANGUAGES, Day, Either, Line, Many, Named, OneOf, Record, Shape, Truth, Whole, Words
from lms.language import gettext
from lms.ui import N_

TRUE_BY_ITSELF = {("role", "required"), ("channel", "safe")}  # what is left out says yes
MOST_TICKS = 14  # where there is more to choose from, one types and chooses
IN_TURN = {"cover"}  # lists whose order says who comes first
NOTHING = "nothing"  # a field that names something, while there is nothing to name
CITED = {"source"}
_FIRST = ("title", "name", "short", "question", "text")  # what a thing is called and says stands above how it behaves


@dataclass(frozen=True)
class _Spot:
    """Where a field stands, while a form is made."""

    draft: Draft
    kind: str
    name: str
    shape: Shape
    value: Any
    address: str
    required: bool
    record: Any = None  # what it is a field of


def form_fields(draft: Draft, kind: str, shape: Shape, value: Any, address: str) -> tuple[Field, ...]:
    """The fields of the record (or list) at `address`, in the order of its shape."""
    return tuple(_field(spot) for spot in _spots(draft, kind, shape, value, address))


def list_field(draft: Draft, kind: str, name: str, shape: Shape, value: Any) -> Field:
    """The field `name` of the whole document, for a list that is a page by itself."""
    return _field(_Spot(draft, kind, name, shape, value, name, True))


def _spots(draft: Draft, kind: str, shape: Shape, value: Any, address: str) -> Iterator[_Spot]:
    if not isinstance(shape, Record):
        return
    inner = value if isinstance(value, dict) else {}
    for name, member in sorted(shape.members.items(), key=lambda one: one[0] not in _FIRST):
        if (name == "key" and (kind, name) != ("module", "key")) or (
            isinstance(member, OneOf) and len(member.choices) == 1
        ):
            continue
        if (kind, name) in LIST_PAGE and not address:
            continue  # the outline leads there
        yield _Spot(draft, kind, name, member, inner.get(name), joined(address, name), name in shape.required, inner)


def _field(spot: _Spot) -> Field:
    said = words.field_words(spot.kind, spot.name) if spot.name else words.FieldWords(words.KINDS["source"].many)
    base = Field(
        address=spot.address, widget="line", label=gettext(said.label), hint=gettext(said.hint) if said.hint else "",
        lines=said.lines, rare=said.rare, required=spot.required, shape=spot.shape,
    )  # fmt: skip
    match spot.shape:
        case Words():
            return replace(base, widget="pair", fields=tuple(_languages(spot, base)))
        case Many(member=Words()):
            return replace(base, widget="texts", members=tuple(_texts(spot, base)), add=_more(spot))
        case Many(member=OneOf() | Line()):
            return _several(spot, base)
        case Many():
            return _records(spot, base)
        case Record():
            return replace(base, widget="group", fields=tuple(_inside_group(spot)))
        case Named():
            return _keyed(spot, base)
    return _leaf(spot, base)


def _inside_group(spot: _Spot) -> Iterator[Field]:
    """The fields of a record in a record; while nothing is said in one that may be left out, nothing is missing in it."""
    needed = spot.required or not is_blank(spot.value)
    for inner in _spots(spot.draft, kind_inside(spot.kind, spot.name), spot.shape, spot.value, spot.address):
        yield _field(inner if needed else replace(inner, required=False))


def _leaf(spot: _Spot, base: Field) -> Field:
    """A field with one value."""
    value = spot.value
    if spot.name == "when":
        return _condition(spot, base)
    known = choices.fixed(spot.kind, spot.name, spot.shape)
    if not known and isinstance(spot.shape, Line):
        there = choices.named(spot.draft, spot.kind, spot.name, spot.address.rpartition(".")[0])
        if there == [] and not value:
            return replace(base, widget=NOTHING)
        known = there or []
    widget = "choice" if known else _WIDGETS.get(type(spot.shape), "line")
    if widget == "flag" and spot.kind == "flag" and is_number(spot.record):
        widget = "number"
    if widget == "truth":
        default = (spot.kind, spot.name) in TRUE_BY_ITSELF
        return replace(
            base, widget=widget, typed=default if value is None else value, was=print_of(value), fresh=value is None
        )
    typed = value.isoformat() if isinstance(value, date) else value
    return replace(
        base, widget=widget, typed="" if typed is None else typed, was=print_of(value), choices=_choices(known, [value])
    )


def _condition(spot: _Spot, base: Field) -> Field:
    """A condition: put together by choosing when it is simple, else written."""
    text = str(spot.value or "")
    known = choices.named(spot.draft, spot.kind, "set", "") or []
    flags = tuple(Choice(str(value), label) for value, label in known)
    clauses = taken_apart(text)
    if clauses and any(line.flag not in dict(known) for line in clauses.lines):
        clauses = None  # what is no longer there must be seen
    return replace(base, widget="when", typed=text, was=print_of(spot.value), choices=flags, clauses=clauses)


_WIDGETS: dict[type, str] = {Whole: "number", Truth: "truth", Day: "day", Line: "line", Either: "flag"}


def _choices(known: list[choices.Named], chosen: list[Any]) -> tuple[Choice, ...]:
    """The choices, and what is chosen though it is not among them any more."""
    there = [value for value, _label in known]
    lost = [
        (value, f"{value} – " + gettext(N_("no longer there"))) for value in chosen if value not in (*there, None, "")
    ]
    return tuple(Choice(str(value), label, value in chosen) for value, label in (known + lost if known else []))


def _languages(spot: _Spot, base: Field) -> Iterator[Field]:
    value = spot.value if isinstance(spot.value, dict) else {}
    for language in LANGUAGES:
        address = joined(spot.address, language)
        typed = value.get(language)
        yield replace(
            base, address=address, widget="text", typed=typed or "", was=print_of(typed), language=language, hint="",
            required=spot.required or not is_blank(value), shape=Line(empty=True),
        )  # fmt: skip


def _texts(spot: _Spot, base: Field) -> Iterator[Member]:
    values = spot.value if isinstance(spot.value, list) else []
    for number, value in enumerate(values):
        address = joined(spot.address, number)
        inner = replace(spot, value=value, address=address, shape=Words(), required=True)
        pair = tuple(_languages(inner, replace(base, required=True)))
        yield Member(
            address, id_of(address), f"{base.label} {number + 1}", pair, "", "", number == 0, number == len(values) - 1
        )


def _more(spot: _Spot) -> str:
    full = isinstance(spot.shape, Many) and isinstance(spot.value, list) and len(spot.value) >= spot.shape.most
    return "" if full else gettext(N_("Add another"))


def _several(spot: _Spot, base: Field) -> Field:
    """A list of plain words: ticked where they are known, else typed with commas between them."""
    assert isinstance(spot.shape, Many)
    values = spot.value if isinstance(spot.value, list) else []
    known = choices.fixed(spot.kind, spot.name, spot.shape.member)
    found = known or choices.named(spot.draft, spot.kind, spot.name, spot.address.rpartition(".")[0])
    if found == [] and not values:
        return replace(base, widget=NOTHING)
    if spot.name in IN_TURN and found:
        found = sorted(found, key=lambda one: values.index(one[0]) if one[0] in values else len(values))
    shown = _choices(found or [], values)
    listed = f"choices-{spot.name}" if len(shown) > MOST_TICKS else ""
    return replace(base, widget="several", typed=values, was=print_of(spot.value), choices=shown, listed=listed)


def _records(spot: _Spot, base: Field) -> Field:
    assert isinstance(spot.shape, Many)
    values = spot.value if isinstance(spot.value, list) else []
    kind = kind_inside(spot.kind, spot.name)
    said = words.KINDS.get(kind)
    own_page = (spot.kind, spot.name) in OWN_PAGE
    members = []
    for number, value in enumerate(values):
        address = joined(spot.address, member_of(values, number))
        each = kind_inside(spot.kind, spot.name, value)
        inner = () if own_page else form_fields(spot.draft, each, _shape_of(spot.shape, value), value, address)
        title = called(value) or _leads_to(spot, value)
        cited = str(value.get("key", "")) if each in CITED and isinstance(value, dict) else ""
        members.append(
            Member(address, id_of(address), title, inner, each, cited, number == 0, number == len(values) - 1)
        )
    return replace(
        base, widget="own-page" if own_page else "records", members=tuple(members), add=gettext(said.add) if said and len(values) < spot.shape.most else "",
        label=base.label or (gettext(said.many) if said else ""), hint=base.hint or (gettext(said.empty) if said and not members else ""),
    )  # fmt: skip


def _leads_to(spot: _Spot, value: Any) -> str:
    """A way of the story is called by where it leads."""
    to = value.get("to") if isinstance(value, dict) and spot.name == "next" else None
    return dict(choices.named(spot.draft, "branch", "to", "") or []).get(to, "") if to else ""


def _shape_of(shape: Many, value: Any) -> Shape:
    """The shape of one member; a list of several kinds asks the member."""
    return shape_inside(shape, 0, value) or shape.member


def _keyed(spot: _Spot, base: Field) -> Field:
    """A mapping whose keys are names: one field for each thing that may be named."""
    assert isinstance(spot.shape, Named)
    values = spot.value if isinstance(spot.value, dict) else {}
    known = choices.named(spot.draft, spot.kind, spot.name, "") or []
    counted = choices.numbers(spot.draft.document) if spot.name in ("set", "add") else frozenset()
    if spot.name == "add":
        known = [one for one in known if one[0] in counted]
    names = known + [(name, name) for name in values if name not in dict(known)]
    inner = [
        replace(
            _field(replace(spot, name=spot.name, shape=spot.shape.member, value=values.get(name), address=joined(spot.address, name), required=False)),
            label=label, hint="", rare=name not in values, **({"widget": "number"} if name in counted else {}),
        )
        for name, label in names
    ]  # fmt: skip
    own = words.KINDS.get(kind_inside(spot.kind, spot.name))  # records that are called by a key, as scales are
    return replace(base, widget="keyed", fields=tuple(inner), add=gettext(own.add) if own else "")


def leaves(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Every field with a value of its own, in the order of the page."""
    for one in fields:
        if one.widget in ("pair", "group", "keyed"):
            yield from leaves(one.fields)
        elif one.widget in ("records", "texts"):
            for member in one.members:
                yield from leaves(member.fields)
        elif one.widget not in ("own-page", NOTHING):
            yield one
