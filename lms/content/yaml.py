"""YAML as packs use it: plain values with their line numbers, and nothing that can grow or run.

Read from parser events with libyaml. Refused are anchors, aliases (a few hundred bytes can unfold into gigabytes), tags,
duplicate keys, more than one document and deep nesting. Of plain words only `true`, `false`, `null`, whole numbers and
dates are more than words: `yes`, `no` and `10:30` stay what was typed.
"""

import re
from datetime import date
from typing import Any

import yaml

from lms.content.faults import N_, PackFaulty, Value, fault_at

DEEPEST = 20  # levels of nesting
TOO_DEEP = N_("Lists lie within one another in more than %(deepest)s levels here.")
FEWER_LEVELS = N_("Write it with fewer levels.")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Map(dict[str, Any]):
    """A mapping that knows the line it starts on and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Seq(list[Any]):
    """A list that knows the line it starts on and the line of each member."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_yaml(text: str, file: str, first_line: int = 1) -> Any:
    """The value written in `text`, which starts on `first_line` of `file`. Raises PackFaulty with one fault."""
    try:
        return _Builder(file, first_line).value_of(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        if "nesting depth" in problem:  # the parser's own limit, which it may meet before ours
            raise PackFaulty([fault_at(file, line, TOO_DEEP, FEWER_LEVELS, deepest=DEEPEST)]) from None
        message = N_("From this line on it cannot be read.")
        advice = N_("Put a text that has a colon, a quotation mark or the sign # in it between double quotation marks.")
        raise PackFaulty([fault_at(file, line, message, advice, "not YAML: %(problem)s", problem=problem)]) from None


class _Builder:
    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.open: list[Map | Seq] = []
        self.keys: list[str | None] = []  # beside each open container: the key that waits for its value
        self.result: Any = None
        self.documents = 0

    def value_of(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=_LOADER):
            line = self.first_line + (event.start_mark.line if event.start_mark else 0)
            self._refuse_what_can_grow(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin(Map(line), line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin(Seq(line), line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.keys.pop()
        return self.result

    def _refuse_what_can_grow(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = N_("The signs & and * cannot stand at the start of a text: here they would repeat another one.")
            self._stop(line, message, N_("Write the text out in each place."), "no anchors and aliases")
        if getattr(event, "tag", None):
            message = N_("A text cannot start with the sign !, which changes what it means.")
            self._stop(line, message, N_("Remove the word that starts with it."), "no tags: %(tag)s", tag=event.tag)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = N_("A second document starts here, and a file can have only one.")
                self._stop(line, message, N_("Remove the line with three hyphens."))

    def _scalar(self, event: Any, line: int) -> None:
        plain = not event.style
        if self.open and isinstance(self.open[-1], Map) and self.keys[-1] is None:
            self._key(event.value, line)
        else:
            self._put(_plain_value(event.value) if plain else event.value, line)

    def _key(self, key: str, line: int) -> None:
        mapping = self.open[-1]
        assert isinstance(mapping, Map)
        if key in mapping.lines:
            message = N_("“%(key)s” stands here twice; the first time on line %(first)s.")
            self._stop(line, message, N_("Keep one of the two."), key=key, first=mapping.lines[key])
        mapping.lines[key] = line
        self.keys[-1] = key

    def _put(self, value: Any, line: int) -> None:
        if not self.open:
            self.result = value
        elif isinstance(container := self.open[-1], Map):
            key = self.keys[-1]
            assert key is not None
            container[key] = value
            self.keys[-1] = None
        else:
            container.append(value)
            container.lines.append(line)

    def _begin(self, container: Map | Seq, line: int) -> None:
        if len(self.open) >= DEEPEST:
            self._stop(line, TOO_DEEP, FEWER_LEVELS, deepest=DEEPEST)
        if self.open and isinstance(self.open[-1], Map) and self.keys[-1] is None:
            self._stop(line, N_("The word before the colon is missing."), N_("Write it."), "a key must be a word")
        self._put(container, line)
        self.open.append(container)
        self.keys.append(None)

    def _stop(self, line: int, message: str, advice: str, syntax: str = "", /, **values: Value) -> None:
        raise PackFaulty([fault_at(self.file, line, message, advice, syntax, **values)])


def _plain_value(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if _WHOLE.fullmatch(word):
        return int(word)
    if _DAY.fullmatch(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            return word
    return word
