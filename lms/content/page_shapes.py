"""The shape of a page as one document in both languages (page_document.py), made from the shapes of its fences."""

from collections.abc import Iterable
from dataclasses import replace

from lms.content.formats import BLOCKS, PAGE_HEADER
from lms.content.kinds import OneOfKind
from lms.content.shapes import Line, Many, OneOf, Record, Shape, Words, key

SECTION, TEXT = "section", "text"


def _in_both(shape: Shape) -> Shape:
    """The shape of a block's value when its texts are in both languages."""
    if isinstance(shape, Line) and not shape.pattern:
        return Words()
    if isinstance(shape, Many):
        return Many(_in_both(shape.member), shape.least, shape.most)
    if isinstance(shape, Record):
        required, optional = (
            {name: _in_both(member) for name, member in part.items()} for part in (shape.required, shape.optional)
        )
        return Record(required, optional, shape.order)
    return shape


def content_of(kind: str) -> dict[str, Shape]:
    """The members of a block, in order, without `key` and `kind`."""
    shape = _in_both(BLOCKS[kind])
    members: dict[str, Shape] = dict(shape.members) if isinstance(shape, Record) else {"items": shape}
    if kind == "callout":
        return {"tone": members.pop("kind")} | members
    if kind == "figure":
        members["image"] = _either_or_both(members["image"])
    members.pop("key", None)
    return members


def _either_or_both(image: Shape) -> Shape:
    """The name of a figure, also of one that there is in each language."""
    return replace(image, pattern=r"figures/[a-z0-9.-]+(\.\*)?\.svg") if isinstance(image, Line) else image


def _record(kind: str, members: dict[str, Shape]) -> Record:
    shape = BLOCKS.get(kind)
    optional: Iterable[str] = shape.optional if isinstance(shape, Record) else ()
    named: dict[str, Shape] = {"key": key(), "kind": OneOf((kind,)), **members}
    return Record(
        {name: member for name, member in named.items() if name not in optional},
        {name: member for name, member in named.items() if name in optional},
        order=" ".join(named),
    )


BLOCK = OneOfKind(
    {SECTION: _record(SECTION, {"title": Words()}), TEXT: _record(TEXT, {"text": Words()})}
    | {kind: _record(kind, content_of(kind)) for kind in BLOCKS}
)
PAGE = Record({name: Words() for name in PAGE_HEADER.members} | {"blocks": Many(BLOCK, least=0)})
HEADER = Record({}, {name: Words() for name in PAGE_HEADER.members})  # of a page that is not finished
