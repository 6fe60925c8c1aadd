"""A copy of a case in which every text holds a word of its own in each language: whoever reads the word has read the text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from lms.content.yaml import read_yaml

LETTERS = "bcdfghjklmnprstvwz"  # never a word of any language, never a licence plate
SHAPE = re.compile(rf"qx[{LETTERS}]{{5}}xq")
Where = tuple[str, ...]  # the place of a text in the document: ("stages", "call", "decisions", "first", "title")


class Words:
    """Words that stand for something, and for what."""

    def __init__(self) -> None:
        self.meaning: dict[str, Any] = {}

    def new(self, meaning: Any) -> str:
        """A word that stands nowhere else."""
        number, signs = len(self.meaning), ""
        for _ in range(5):
            number, sign = divmod(number, len(LETTERS))
            signs += LETTERS[sign]
        word = f"qx{signs}xq"
        self.meaning[word] = meaning
        return word

    def read_in(self, text: str) -> set[Any]:
        """What the words in `text` stand for."""
        return {self.meaning[word] for word in SHAPE.findall(text.lower()) if word in self.meaning}


def marked(file: Path, words: Words) -> str:
    """The case in `file`, each of its texts with two words in it; they stand for the place of the text."""
    return yaml.safe_dump(_mark(read_yaml(file.read_text(), file.name), (), words), allow_unicode=True)


def _mark(value: Any, where: Where, words: Words) -> Any:
    if isinstance(value, dict) and value.keys() == {"sr", "en"}:
        return {language: f"{text} {words.new(where)}" for language, text in value.items()}
    if isinstance(value, dict):
        return {str(name): _mark(one, (*where, name), words) for name, one in value.items()}
    if isinstance(value, list):
        return [_mark(one, (*where, name), words) for name, one in _named(value)]
    return str(value) if isinstance(value, str) else value


def _named(members: list[Any]) -> Iterator[tuple[str, Any]]:
    """The members of a list by their key, or by their number."""
    for number, one in enumerate(members):
        yield (one["key"] if isinstance(one, dict) and "key" in one else str(number)), one
