"""One question of a file and the same question of a survey as one. A file changes what it says; what it leaves open stays."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from lms.authoring.exchange.reading import Item, same_words, tidy
from lms.content.addresses import joined, member_of
from lms.content.checks.surveys import OF_TYPE
from lms.serbian import fold

_TEXTS = ("text", "hint", "explanation", "finding")
_VALUES = ("module", "scale", "required", "min", "max", "headline", "sources", "certainty", "quote", "quote_permission")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def merged(stored: Item, read: Item) -> Item:
    """The item `stored` with everything that `read` says; for a new question `stored` holds its key alone."""
    item = deepcopy(dict(stored))
    item["type"] = read["type"]
    for name in _TEXTS:
        if name in read:
            item[name] = merged_text(stored.get(name), read[name])
    item |= {name: read[name] for name in _VALUES if name in read}
    if "verified_on" in read:
        item["verified_on"] = date.fromisoformat(read["verified_on"])
    if "options" in read:
        item["options"] = _options(_records(stored.get("options")), read["options"])
    item.setdefault("text", {"sr": "", "en": ""})
    return {name: value for name, value in item.items() if read["type"] in OF_TYPE.get(name, (read["type"],))}


def merged_text(stored: object, read: dict[str, str]) -> dict[str, str]:
    """A text in both languages; a language that the file does not have stays as it is, or empty."""
    before = stored if isinstance(stored, dict) else {}
    text = {}
    for code in ("sr", "en"):
        words = before.get(code)
        words = words if isinstance(words, str) else ""
        text[code] = words if code not in read or same_words(words, read[code], code) else read[code]
    return text


def _records(value: object) -> list[Item]:
    return [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []


def _options(stored: list[Item], read: list[Item]) -> list[Item]:
    """The options in the order of the file, each with the key that it has; who has none gets the next free letter."""
    pairs = _pairs(stored, read)
    taken = {str(option.get("key")) for option in pairs if option} | {
        option["key"] for option in read if option.get("key")
    }
    marks = any(option["right"] for option in read)
    options = []
    for before, option in zip(pairs, read, strict=True):
        key = str(before.get("key")) if before else option.get("key") or next(x for x in LETTERS if x not in taken)
        taken.add(key)
        right = option["right"] if marks else bool(before and before.get("right"))
        text = merged_text((before or {}).get("text"), option["text"])
        options.append({"key": key, "text": text} | ({"right": True} if right else {}))
    return options


def _pairs(stored: list[Item], read: list[Item]) -> list[Item | None]:
    """For each option of the file the stored one that it is: by its key, its words, else by its place."""
    free = list(stored)
    pairs: list[Item | None] = [None] * len(read)

    def take(place: int, option: Item | None) -> None:
        if pairs[place] is None and option is not None:
            pairs[place] = option
            free.remove(option)

    for place, option in enumerate(read):
        take(place, next((one for one in free if option.get("key") and one.get("key") == option["key"]), None))
    for tell in (_says_exactly, _says):
        for place, option in enumerate(read):
            take(place, next((one for one in free if tell(one, option["text"])), None))
    for place in range(len(read)):
        at_place = stored[place] if place < len(stored) else None
        take(place, next((one for one in free if one is at_place), None))
    return pairs


def _says_exactly(option: Item, text: dict[str, str]) -> bool:
    before = option.get("text")
    return isinstance(before, dict) and any(
        same_words(str(before.get(code) or ""), words, code) for code, words in text.items()
    )


def _says(option: Item, text: dict[str, str]) -> bool:
    before = option.get("text")
    if not isinstance(before, dict):
        return False
    return any(fold(words) and fold(str(before.get(code) or "")) == fold(words) for code, words in text.items())


def differing(before: Any, after: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    """(address, value before, value after) of everything in which two values differ to a reader; they stand at `at`."""
    if bare(before) == bare(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            yield from differing(before.get(name), after.get(name), joined(at, name))
    elif _same_members(before, after):
        for number, member in enumerate(before):
            yield from differing(member, after[number], joined(at, member_of(before, number)))
    else:
        yield at, before, after


def _same_members(before: Any, after: Any) -> bool:
    """Whether two lists hold the same records, by their keys, in the same order."""
    if not (isinstance(before, list) and isinstance(after, list) and before and len(before) == len(after)):
        return False
    return all(
        isinstance(one, dict) and isinstance(other, dict) and one.get("key") and one.get("key") == other.get("key")
        for one, other in zip(before, after, strict=True)
    )


def bare(value: Any) -> Any:
    """A value without what says nothing (empty, false, none) and with tidy texts: two that are the same to readers are equal."""
    if isinstance(value, dict):
        kept = {name: bare(member) for name, member in value.items()}
        return {name: member for name, member in kept.items() if member not in (None, "", False, {}, [])}
    if isinstance(value, list):
        return [bare(member) for member in value]
    return tidy(value) if isinstance(value, str) else value
