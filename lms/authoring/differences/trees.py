"""Packs as trees that can be compared: records, lists whose members are known by name, and leaves. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from lms.authoring import documents
from lms.authoring.differences.alignment import Block, names_of_blocks
from lms.authoring.editing import as_stored
from lms.content.faults import PackFaulty
from lms.content.files import Files
from lms.content.kinds import OneOfKind
from lms.content.page_pieces import pieces
from lms.content.page_shapes import TEXT
from lms.content.shapes import Many, Named, Record, Shape
from lms.content.writing import head_comment

COMMENT = "#"  # behind the path of a file: the comment at its head


class Missing:
    """There is nothing here."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()
Tree = Any  # a Group, a Listed, or a leaf: a text in both languages, a word, a number, a list of such
Trees = dict[str, Tree]


class Group(dict[str, Any]):
    """A record, or a mapping with names of the author's choice."""


class Listed(dict[str, Any]):
    """A list, its members by the names that tell them apart, in order."""


def tree(value: Any, shape: Shape | None) -> Tree:
    """`value` as a tree. What does not have the shape that it should have is a leaf."""
    if isinstance(shape, OneOfKind):
        shape = shape.record_of(value)
    if isinstance(shape, Record) and isinstance(value, dict):
        return Group(
            (name, tree(member, shape.members.get(name))) for name, member in value.items() if member is not None
        )
    if isinstance(shape, Named) and isinstance(value, dict):
        return Group((name, tree(member, shape.member)) for name, member in value.items())
    if isinstance(shape, Many) and isinstance(value, list) and isinstance(shape.member, Record | OneOfKind):
        names = list(map(_name, value))
        if all(names) and len(set(names)) == len(names):
            return Listed((name, tree(member, shape.member)) for name, member in zip(names, value, strict=True))
    return value


def _name(record: Any) -> str:
    """What tells a record from its neighbours: its key, or the day that it is about."""
    found = record.get("key", record.get("day")) if isinstance(record, dict) else None
    return str(found) if isinstance(found, str | int) else ""


def untree(value: Tree) -> Any:
    """The other way round."""
    if isinstance(value, Group):
        return {name: untree(member) for name, member in value.items()}
    return [untree(member) for member in value.values()] if isinstance(value, Listed) else value


def told(value: Tree) -> str:
    """A tree as one line that differs when anything in it differs, the order of lists included."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)


def _plain(value: Tree) -> Any:
    if isinstance(value, Missing):
        return {"": None}
    if isinstance(value, Group):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, Listed):
        return [[name, _plain(member)] for name, member in value.items()]
    return as_stored(value)


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees say the same; unlike `==`, true and 1 do not, nor do lists in another order."""
    return one is other or (one == other and told(one) == told(other))


def trees(*packs: Files) -> tuple[Trees, ...]:
    """Each pack as trees by path, without the documents that are the same in all of them.

    A document that cannot be read in one of them stands as its plain files in all.
    """
    found: tuple[Trees, ...] = tuple({} for _pack in packs)
    files = {path: None for pack in packs for path in pack}
    for path in documents.paths_in(files):  # type: ignore[arg-type]
        own = [file for file in documents.files_of(path) if file in files]
        if not _differ(packs, own):
            continue
        for into, one in zip(found, _documents(packs, path) or _as_files(packs, own), strict=True):
            into.update(one)
    known = {file for path in documents.paths_in(files) for file in documents.files_of(path)}  # type: ignore[arg-type]
    others = [file for file in files if file not in known and _differ(packs, [file])]
    for into, one in zip(found, _as_files(packs, others), strict=True):
        into.update(one)
    return found


def _differ(packs: tuple[Files, ...], own: list[str]) -> bool:
    return any(pack.get(file) != packs[0].get(file) for file in own for pack in packs)


def _as_files(packs: tuple[Files, ...], own: list[str]) -> list[Trees]:
    return [{file: pack[file] for file in own if file in pack} for pack in packs]


def _documents(packs: tuple[Files, ...], path: str) -> list[Trees] | None:
    """The document in each pack; None when it cannot be read in one that has it."""
    kind = documents.kind_of(path)
    assert kind is not None
    read = [_read(pack, path) for pack in packs]
    if None in read:
        return None
    if kind.name == "page":
        return [{path: one} if one is not MISSING else {} for one in _pages(read, kind.shape)]
    return [_with_comment(path, tree(one, kind.shape), pack) for one, pack in zip(read, packs, strict=True)]


def _read(pack: Files, path: str) -> Any:
    """A document; MISSING when the pack has no such thing, None when it cannot be read."""
    if not any(file in pack for file in documents.files_of(path)):
        return MISSING
    try:
        return documents.read(pack, path)
    except PackFaulty:
        return None


def _with_comment(path: str, value: Tree, pack: Files) -> Trees:
    if value is MISSING:
        return {}
    comment = head_comment(pack[path])
    return {path: value} | ({path + COMMENT: comment} if comment else {})


def _pages(pages: list[Any], shape: Shape) -> list[Tree]:
    """Pages with their blocks called alike: a block is found again by what it says, its place in the page is no name."""
    blocks = [
        [] if page is MISSING else [part for block in page.get("blocks") or [] for part in _paragraphs(block)]
        for page in pages
    ]
    named = iter(names_of_blocks([own for own, page in zip(blocks, pages, strict=True) if page is not MISSING]))
    return [
        page if page is MISSING else _page(page, shape, own, next(named))
        for own, page in zip(blocks, pages, strict=True)
    ]


def _page(page: Mapping[str, Any], shape: Shape, blocks: list[Block], names: list[str]) -> Group:
    found: Group = tree(page, shape)
    inside = shape.members["blocks"].member  # type: ignore[attr-defined]
    found["blocks"] = Listed((name, tree(_nameless(block), inside)) for name, block in zip(names, blocks, strict=True))
    return found


def _paragraphs(block: Block) -> list[Block]:
    """Markdown by its paragraphs, when both languages have as many and each can stand alone; written, they become one text again."""
    if block.get("kind") != TEXT:
        return [block]
    sides = {code: text.split("\n\n") for code, text in block["text"].items()}
    parts = [part for side in sides.values() for part in side]
    if len({len(side) for side in sides.values()}) != 1 or not all(map(_stands_alone, parts)):
        return [block]
    return [{"kind": TEXT, "text": dict(zip(sides, texts, strict=True))} for texts in zip(*sides.values(), strict=True)]


def _stands_alone(part: str) -> bool:
    return (
        bool(part.strip())
        and not part.lstrip().startswith(("```", "~~~"))
        and all(piece.kind == TEXT for piece in pieces(part))
    )


def _nameless(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block without the name that was counted; a question keeps its key, which is its own."""
    return {name: value for name, value in block.items() if name != "key" or block.get("kind") == "check"}
