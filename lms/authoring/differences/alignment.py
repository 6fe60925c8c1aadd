"""Which block of one version of a page is which of another. Blocks have no lasting names; they are known by what they say. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from lms.authoring.editing import print_of

Block = Mapping[str, Any]
ALIKE = 0.45  # of the words: from here on it is the same block, changed
_WORD = re.compile(r"\w+")


def names_of_blocks(versions: Sequence[Sequence[Block]]) -> list[list[str]]:
    """Names for the blocks of each version: the same name for the same block. The first version is what the others are held against."""
    if not versions:
        return []
    first = [_Known(block) for block in versions[0]]
    named = [[str(number) for number in range(len(first))]]
    for version in versions[1:]:
        named.append(_named([_Known(block) for block in version], first))
    return named


class _Known:
    """A block with what it is known by."""

    def __init__(self, block: Block) -> None:
        plain = {name: value for name, value in block.items() if name != "key"}
        self.kind = str(block.get("kind"))
        self.key = str(block["key"]) if self.kind == "check" and block.get("key") else ""
        self.print = print_of(plain)
        self.words = _WORD.findall(" ".join(_texts(plain)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for name, member in value.items() if name not in ("kind", "key") for text in _texts(member)]
    if isinstance(value, list):
        return [text for member in value for text in _texts(member)]
    return [value] if isinstance(value, str) else []


def _named(version: list[_Known], first: list[_Known]) -> list[str]:
    pairs = _unchanged(version, first)
    _moved(version, first, pairs)
    _changed(version, first, pairs)
    counted: Counter[str] = Counter()
    names = []
    for number, block in enumerate(version):
        if number in pairs:
            names.append(str(pairs[number]))
        else:  # new: the same new block has the same name in every version
            mark = block.key or sha256(block.print.encode()).hexdigest()[:12]
            counted[mark] += 1
            names.append(f"new-{mark}-{counted[mark]}")
    return names


def _unchanged(version: list[_Known], first: list[_Known]) -> dict[int, int]:
    """Blocks that say the same and stand in the same order: place in the version -> place in the first."""
    matcher = SequenceMatcher(
        None, [block.print for block in first], [block.print for block in version], autojunk=False
    )
    return {b + step: a + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}


def _moved(version: list[_Known], first: list[_Known], pairs: dict[int, int]) -> None:
    """Add the blocks that say the same in another place, and questions by their keys."""
    free = [number for number in range(len(first)) if number not in pairs.values()]
    for number, block in enumerate(version):
        if number not in pairs:
            same = (at for at in free if first[at].print == block.print or (block.key and first[at].key == block.key))
            if (found := next(same, None)) is not None:
                pairs[number] = found
                free.remove(found)


def _changed(version: list[_Known], first: list[_Known], pairs: dict[int, int]) -> None:
    """Add the blocks that say nearly the same, the most alike first."""
    free = [number for number in range(len(first)) if number not in pairs.values()]
    new = [number for number in range(len(version)) if number not in pairs]
    ratios = [
        (_alike(first[at], version[number]), at, number)
        for number in new
        for at in free
        if _may_be(first[at], version[number])
    ]
    for ratio, at, number in sorted(ratios, key=lambda one: (-one[0], one[1], one[2])):
        if ratio >= ALIKE and at in free and number not in pairs:
            pairs[number] = at
            free.remove(at)


def _may_be(one: _Known, other: _Known) -> bool:
    return one.kind == other.kind and not (one.key and other.key)


def _alike(one: _Known, other: _Known) -> float:
    """The share of words that both have, 0 to 1."""
    ours, theirs = Counter(one.words), Counter(other.words)
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * sum((ours & theirs).values()) / total if total else 0.0
