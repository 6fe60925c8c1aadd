"""What an import would do to a survey: which questions of a file are new, changed or the same, and which cannot be taken over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from lms.authoring.editing import Change, add, as_written, put
from lms.authoring.exchange.merging import bare, differing, merged
from lms.authoring.exchange.reading import N_, Found, Item, Reading, texts_of
from lms.authoring.exchange.settling import Scales, Surroundings, settle, tell_of_latin
from lms.content.addresses import joined, member_of
from lms.errors import Refused
from lms.serbian import fold

MOST_IN_SURVEY = 100
MOST_LETTERS = 300  # of a question that are compared with another
SIMILAR = 0.5  # share of equal letters from which a question with the same name is taken for the same

TWICE = N_("The same question stands in this file more than once; it is also at %(other)s.")
KEY_TAKEN = N_("The name “%(key)s” is used by another question. This one gets a name of its own.")
TOO_MANY = N_("A survey can have 100 questions; with these it would have %(number)s. Leave some out.")
NOTHING_CHOSEN = N_("No question was chosen. Choose at least one, or go back.")

ADD, CHANGE, LEAVE = "add", "change", "leave"


@dataclass
class Entry:
    """One question of the file: what it is to the survey, and what would stand there after the import."""

    place: int
    found: Found
    state: str  # new, changed, same, stopped
    read: Item
    item: Item = field(default_factory=dict)
    before: Item | None = None
    proposed: str = LEAVE  # add, change, leave

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be done with it."""
        return {"new": (ADD, LEAVE), "changed": (CHANGE, ADD, LEAVE)}.get(self.state, ())

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which something of the question is not written."""
        texts = [text for text in texts_of(self.item) if any(text.values())]
        return tuple(code for code in ("sr", "en") if any(not text.get(code) for text in texts))


@dataclass
class Comparison:
    """All questions of a file beside a survey, the scales that they would bring, and those that are known."""

    entries: list[Entry]
    scales: dict[str, Item]
    known: dict[str, Item]


def compare(reading: Reading, around: Surroundings) -> Comparison:
    """What `reading` would do to the survey. Problems that the survey makes are added to those of the file."""
    stored = [item for item in around.survey.get("items") or () if isinstance(item, dict)]
    scales = Scales(around.scales)
    taken = {str(item.get("key")) for item in stored} | set(_asked_again(around.survey))
    comparer = _Comparer(reading.form, stored, taken)
    entries = []
    for place, found in enumerate(reading.found):
        item = settle(found, around)
        scales.settle(found, item)
        entries.append(comparer.entry(place, found, item))
    return Comparison(entries, scales.new, scales.known)


def _asked_again(survey: Mapping[str, Any]) -> Iterator[str]:
    reuse = survey.get("reuse")
    yield from map(str, reuse.get("items") or ()) if isinstance(reuse, dict) else ()


class _Comparer:
    def __init__(self, form: str, stored: list[Item], taken: set[str]) -> None:
        self.form = form
        self.free = [(item, _folded(item.get("text"))) for item in stored]
        self.number = len(stored)
        self.taken = taken
        self.seen: dict[str, Found] = {}

    def entry(self, place: int, found: Found, read: Item) -> Entry:
        self._twice(found)
        if found.stops:
            return Entry(place, found, "stopped", read)
        before = self._same(read)
        if before is None:
            key = self._key(found, read.get("key", ""))
            entry = Entry(place, found, "new", read, merged({"key": key}, read), None, ADD)
        else:
            self.free = [(item, words) for item, words in self.free if item is not before]
            entry = self._beside(place, found, read, before)
        if entry.state != "same":
            tell_of_latin(found, entry.item)
        return entry

    def _beside(self, place: int, found: Found, read: Item, before: Item) -> Entry:
        item = merged(before, read)
        if not item.get("key"):
            item["key"] = self._key(found, "")
        if bare(item) == bare(before):
            return Entry(place, found, "same", read, item, before)
        alike = self.form == "table" or self._likeness(read, before) >= SIMILAR
        return Entry(place, found, "changed", read, item, before, CHANGE if alike else ADD)

    def _twice(self, found: Found) -> None:
        words = " / ".join(fold(text) for text in found.item.get("text", {}).values())
        words += " / ".join(fold(text) for option in found.item.get("options", ()) for text in option["text"].values())
        if words and words in self.seen:
            first = self.seen[words].where
            found.note(TWICE, other=str(first.row or first.line))
        self.seen.setdefault(words, found)

    def _same(self, read: Item) -> Item | None:
        """The question of the survey that this one is: with the same words, else with the same key."""
        words, key = _folded(read.get("text")), read.get("key")
        alike = [item for item, known in self.free if known.items() & words.items()]
        with_key = [item for item, _known in self.free if key and item.get("key") == key]
        both = [item for item in alike if item.get("key") == key]
        return next(iter([*both, *alike, *with_key]), None)

    def _key(self, found: Found, wanted: str) -> str:
        key = wanted
        if not key or key in self.taken:
            if key:
                found.note(KEY_TAKEN, key=key)
            key = fresh_key(self.taken, self.number)
        self.taken.add(key)
        return key

    def _likeness(self, read: Item, before: Item) -> float:
        stored = _folded(before.get("text"))
        pairs = [
            (words[:MOST_LETTERS], stored[code][:MOST_LETTERS])
            for code, words in _folded(read["text"]).items()
            if code in stored
        ]
        return max((SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs), default=0.0)


def _folded(text: object) -> dict[str, str]:
    """The words of a text as they are compared, by language; languages without any are left out."""
    words = text if isinstance(text, dict) else {}
    return {code: folded for code, said in words.items() if isinstance(said, str) and (folded := fold(said))}


def fresh_key(taken: set[str], number: int) -> str:
    """The next free key of the kind q07."""
    number += 1
    while f"q{number:02}" in taken:
        number += 1
    return f"q{number:02}"


# ---- carried out ----


def carry_out(survey: Any, comparison: Comparison, choices: Mapping[int, str]) -> tuple[list[Change], int, int]:
    """Change the document `survey` as chosen: (what was changed, how many were added, how many changed).

    Refused (422) when nothing was chosen or the survey would become too long.
    """
    chosen = [(entry, _choice(entry, choices)) for entry in comparison.entries]
    chosen = [(entry, choice) for entry, choice in chosen if choice != LEAVE]
    added = sum(choice == ADD for _entry, choice in chosen)
    number = len(survey.get("items") or ()) + added
    if not chosen:
        raise Refused(NOTHING_CHOSEN, 422)
    if added and number > MOST_IN_SURVEY:
        raise Refused(TOO_MANY, 422, number=number)
    wanted = {entry.item.get("scale") for entry, _choice in chosen}
    changes = [
        put(survey, f"scales.{key}", as_written(scale)) for key, scale in comparison.scales.items() if key in wanted
    ]
    taken = {str(item.get("key")) for item in survey.get("items") or () if isinstance(item, dict)} | set(
        _asked_again(survey)
    )
    for entry, choice in chosen:
        changes += _one(survey, entry, choice, taken)
    return changes, added, len(chosen) - added


def _choice(entry: Entry, choices: Mapping[int, str]) -> str:
    choice = choices.get(entry.place, entry.proposed)
    return choice if choice in entry.choices else LEAVE


def _one(survey: Any, entry: Entry, choice: str, taken: set[str]) -> list[Change]:
    if choice == CHANGE:
        place = next(number for number, item in enumerate(survey["items"]) if item is entry.before)
        at = joined("items", member_of(survey["items"], place))
        found = list(differing(entry.before, entry.item, at))
        return [put(survey, address, as_written(after)) for address, _before, after in found]
    key = entry.item["key"] if entry.item["key"] not in taken else fresh_key(taken, len(taken))
    taken.add(key)
    item = entry.item if entry.state == "new" else merged({"key": key}, entry.read)
    return [add(survey, "items", as_written(item | {"key": key}))]
