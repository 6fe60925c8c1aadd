"""A page in both languages as one document, for those who write it: texts as {sr, en}, what is between them as blocks. Pure.

`blocks` are records with a `key` and a `kind`: `section` (a heading), `text` (Markdown), and the special blocks of pages. Their keys
are those of the checks; the others are counted, `text-1`, `text-2`. Two names differ from those in the fences: the `kind` of
a callout is its `tone`, and the list of takeaways stands under `items`. A figure of which there is one a language is named
`figures/steps.*.svg`.
"""

from collections import Counter
from itertools import zip_longest
from typing import Any

from lms.content.faults import PackFaulty
from lms.content.formats import PAGE_HEADER
from lms.content.page_pieces import Piece, may_hold_pieces, pieces, read_page, trimmed, written_page
from lms.content.page_shapes import BLOCK, HEADER, SECTION, TEXT, content_of
from lms.content.shapes import LANGUAGES, Many, Record, Shape, Words, key
from lms.content.yaml import Map, Seq

NOT_WRITTEN = "…"  # stands for a text that is empty in both languages, so that its block is not lost
_OPEN: Any = object()  # the value of a key that one language does not give


class _NotAlike(Exception):
    """The two languages are not built alike."""


def page_document(sr_text: str, en_text: str) -> Map | None:
    """The page as one document; None when its languages are built differently, or when one of them cannot be read.

    A language that says nothing yet is empty in every text.
    """
    try:
        (sr, ours), (en, theirs) = (read_page(text) if text.strip() else (None, []) for text in (sr_text, en_text))
        header = _joined(sr, en, HEADER)
        return _map({**header, "blocks": _with_keys(_blocks(ours, theirs))})
    except (PackFaulty, _NotAlike):
        return None


def _blocks(ours: list[Piece], theirs: list[Piece]) -> list[Map]:
    """The pieces of both languages as blocks, side by side: headings and fences in turn, texts where they stand between these."""
    found: list[Map] = []
    both = all(any(piece.kind != TEXT for piece in side) for side in (ours, theirs))  # else one has only begun
    for sr, en in zip_longest(_stretches(ours), _stretches(theirs), fillvalue=(None, "")):
        if both and (sr[0] and sr[0].kind) != (en[0] and en[0].kind):
            raise _NotAlike
        if mark := sr[0] or en[0]:
            found.append(_block(mark.kind, sr[0], en[0]))
        if sr[1] or en[1]:
            found.append(_map({"kind": TEXT, "text": _words(_written(sr[1]), _written(en[1]))}))
    return found


def _written(text: str | None) -> str:
    text = trimmed(text or "")
    return "" if text == NOT_WRITTEN else text


def _stretches(parts: list[Piece]) -> list[tuple[Piece | None, str]]:
    """Each heading or fence with the Markdown that follows it; the first has none of the two before it."""
    found: list[tuple[Piece | None, str]] = [(None, "")]
    for piece in parts:
        if piece.kind == TEXT:
            found[-1] = (found[-1][0], piece.content)
        else:
            found.append((piece, ""))
    return found


def _block(kind: str, sr: Piece | None, en: Piece | None) -> Map:
    if kind == SECTION:
        return _map({"kind": SECTION, "title": _words(sr and sr.content, en and en.content)})
    whole = Record({}, {"key": key()} | content_of(kind))
    return _map({"kind": kind, **_joined(_opened(kind, sr, "sr"), _opened(kind, en, "en"), whole)})


def _opened(kind: str, piece: Piece | None, language: str) -> Any:
    """The value of a fence, with the names that it has in the document."""
    value = piece.content if piece else None
    if kind == "takeaways":
        return _map({"items": value})
    if value and kind == "callout":
        return _map({"tone" if name == "kind" else name: member for name, member in value.items()})
    if value and kind == "figure" and isinstance(image := value.get("image"), str):
        ending = f".{language}.svg"
        return _map({**value, "image": image.removesuffix(ending) + ".*.svg" * image.endswith(ending)})
    return value


def _joined(sr: Any, en: Any, shape: Shape) -> Any:
    """Two values of the same place as one. None: that language has nothing there."""
    if isinstance(shape, Words):
        return _words(sr, en)
    if isinstance(shape, Record):
        return _joined_records(_filled(sr), _filled(en), shape)
    if isinstance(shape, Many) and isinstance(shape.member, Words | Record):
        return _joined_lists(_filled(sr), _filled(en), shape)
    if sr is None or en is None:
        return en if sr is None else sr
    if sr is not en and (type(sr) is not type(en) or sr != en) and not {id(sr), id(en)} <= {id(_OPEN), id(False)}:
        raise _NotAlike
    return sr


def _filled(value: Any) -> Any:
    """A mapping or list with something in it, or None."""
    return value if value is not _OPEN and value else None


def _joined_records(sr: Map | None, en: Map | None, shape: Record) -> Map:
    if (sr or en) and not {*(sr or ()), *(en or ())} <= shape.members.keys():
        raise _NotAlike
    found = Map(1)
    for name, inner in shape.members.items():
        ours, theirs = (None if side is None else _given(side, name) for side in (sr, en))
        if (ours is None or ours is _OPEN) and (theirs is None or theirs is _OPEN):
            continue
        value = _joined(ours, theirs, inner)
        if value is not _OPEN and not (isinstance(inner, Words) and not value):
            found[name] = value
    return _map(found)


def _given(side: Map, name: str) -> Any:
    value = side.get(name)
    return _OPEN if value is None else value


def _joined_lists(sr: Seq | None, en: Seq | None, shape: Many) -> Seq:
    if sr and en and len(sr) != len(en):
        raise _NotAlike
    found = Seq(1)
    found.extend(_joined(ours, theirs, shape.member) for ours, theirs in zip_longest(sr or (), en or ()))
    found.lines = [1] * len(found)
    return found


def _words(*texts: Any) -> Map:
    """A text in the languages that have it."""
    said = {language: text for language, text in zip(LANGUAGES, texts, strict=True) if text not in (None, "", _OPEN)}
    if not all(isinstance(text, str) for text in said.values()):
        raise _NotAlike
    return _map(said)


def _map(values: dict[str, Any]) -> Map:
    found = Map(1)
    found.update(values)
    found.lines = dict.fromkeys(found, 1)
    return found


def _with_keys(blocks: list[Map]) -> Seq:
    """The blocks, each with a key."""
    own = [block["key"] for block in blocks if block.get("key")]
    counted: Counter[str] = Counter()
    found = Seq(1)
    for block in blocks:
        name = block.get("key")
        while not name or (name in own and not block.get("key")):
            counted[block["kind"]] += 1
            name = f"{block['kind']}-{counted[block['kind']]}"
        found.append(_map({**block, "key": name}))
    found.lines = [1] * len(found)
    return found


def page_texts(document: dict[str, Any]) -> tuple[str, str]:
    """The two files of a page, Serbian and English, in the canonical form. A text that is missing leaves its place empty."""
    blocks = _melted([part for block in document.get("blocks") or () for part in _apart(block)])
    headers = ({name: (document.get(name) or {}).get(code, "") for name in PAGE_HEADER.members} for code in LANGUAGES)
    sr, en = (
        written_page(header, [piece_of(block, code) for block in blocks])
        for header, code in zip(headers, LANGUAGES, strict=True)
    )
    return sr, en


def _apart(block: dict[str, Any]) -> list[Any]:
    """A block as it will be read again: headings and fences that were typed into a text become blocks of both languages."""
    if block["kind"] != TEXT:
        return [block]
    words = block.get("text") or {}
    if not any(map(may_hold_pieces, words.values())):
        return [block]
    ours, theirs = (list(pieces(words.get(language, ""))) for language in LANGUAGES)
    if all(piece.kind == TEXT for piece in ours + theirs):
        return [block]
    try:
        return _blocks(ours, theirs)
    except _NotAlike:
        return _blocks(ours, []) + _blocks([], theirs)


def _melted(blocks: list[Any]) -> list[Any]:
    """The same with texts that stand side by side as one, which is how they are read."""
    found: list[Any] = []
    for block in blocks:
        if block["kind"] == TEXT and found and found[-1]["kind"] == TEXT:
            sides = (block.get("text") or {}, found[-1].get("text") or {})
            found[-1] = {
                "kind": TEXT,
                "text": {code: _below(*(side.get(code) for side in sides)) for code in LANGUAGES},
            }
        else:
            found.append(block)
    return found


def _below(lower: str | None, upper: str | None) -> str:
    return "\n\n".join(filter(None, (_written(upper), _written(lower))))


def piece_of(block: dict[str, Any], language: str) -> Piece:
    """What one language says of a block, as it stands in its file."""
    kind = block["kind"]
    if kind == SECTION:
        return Piece(SECTION, (block.get("title") or {}).get(language) or "")
    if kind == TEXT:
        said = {code: _written(text) for code, text in (block.get("text") or {}).items()}
        return Piece(TEXT, said.get(language, "") if any(said.values()) else NOT_WRITTEN)
    value = _parted(block, language, BLOCK.records[kind])
    del value["kind"]
    if kind != "check":
        value.pop("key", None)
    if kind == "callout" and "tone" in value:
        value["kind"] = value.pop("tone")
    if kind == "figure" and isinstance(value.get("image"), str):
        value["image"] = value["image"].replace(".*.svg", f".{language}.svg")
    return Piece(kind, value if kind != "takeaways" else value.get("items") or [])


def _parted(value: Any, language: str, shape: Shape | None) -> Any:
    """What one language says of a value in both."""
    if isinstance(shape, Words):
        return (value or {}).get(language, "")
    if isinstance(shape, Record):
        return {
            name: _parted(member, language, shape.members.get(name)) for name, member in value.items() if member != {}
        }
    if isinstance(shape, Many) and isinstance(value, list):
        return [_parted(member, language, shape.member) for member in value]
    return value
