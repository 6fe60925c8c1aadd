"""What was read from a file: questions as the document of a survey has them, where each stood, and what is wrong with it.

A question that was read is a mapping with the names of the document (`text`, `options`, `explanation` …). Its texts hold only the
languages that the file has; what the file does not say is not in it. Beside the types of the document there is `true-false`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.serbian import fold, mixed_script_words, repair_lookalikes, to_latin

MOST_ITEMS = 500
LARGEST_FILE = 1024 * 1024  # bytes
LONGEST_TEXT = 4_000  # characters of one text
LONGEST_NAME = 40  # characters of a name that becomes a key

Item = dict[str, Any]
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def N_(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


LOOKALIKES = N_("A word mixed Cyrillic and Latin letters; it was put right: %(words)s. Check it.")
TOO_LONG = N_("This text is longer than 4,000 characters. Is it one question? Shorten it.")
NO_TEXT = N_("The question has no text. Write it and import again.")
TOO_MANY_ITEMS = N_("The file has more than 500 questions. Divide it and import one part after the other.")


@dataclass(frozen=True)
class Where:
    """A place in a file: the line of a text, or sheet, row and column of a table."""

    line: int = 0
    sheet: str = ""
    row: int = 0
    column: str = ""  # as people see it: „C, Тип”


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do, as an English sentence with its values. `stops`: the question cannot be taken over so."""

    where: Where
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    stops: bool = False


@dataclass
class Found:
    """One question as it was read."""

    where: Where
    item: Item
    problems: list[Problem] = field(default_factory=list)

    @property
    def stops(self) -> bool:
        """Whether something forbids taking it over."""
        return any(problem.stops for problem in self.problems)

    def note(self, message: str, where: Where | None = None, **values: Any) -> None:
        """Something to look at."""
        self.problems.append(Problem(where or self.where, message, values))

    def stop(self, message: str, where: Where | None = None, **values: Any) -> None:
        """Something that has to be put right in the file first."""
        self.problems.append(Problem(where or self.where, message, values, stops=True))


@dataclass
class Reading:
    """A whole file: of which form it is, its questions in order, and what belongs to no question."""

    form: str  # gift, moodle, table
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def tidy(text: str) -> str:
    """`text` as a document may hold it: composed letters, no invisible ones, single spaces, at most one empty line."""
    plain = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", plain).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def read_text(found: Found, text: str, where: Where | None = None) -> str:
    """A text of a question, tidy and without look-alike letters; notes what was done to it."""
    plain = tidy(text)
    if len(plain) > LONGEST_TEXT:
        found.stop(TOO_LONG, where)
        return plain[:LONGEST_TEXT]
    if words := mixed_script_words(plain):
        found.note(LOOKALIKES, where, words=", ".join(words[:5]))
        plain = repair_lookalikes(plain)
    return plain


def texts_of(item: Item) -> Iterator[dict[str, str]]:
    """Every text of a question that was read, or of one in a document, by language."""
    for name in ("text", "hint", "explanation", "finding", "cannot_judge"):
        if isinstance(text := item.get(name), dict):
            yield text
    for option in item.get("options") or ():
        if isinstance(text := option.get("text"), dict):
            yield text
    yield from (label for label in item.get("labels") or () if isinstance(label, dict))


def same_words(stored: str, read: str, language: str) -> bool:
    """Whether a text of a file is the one that is stored; Serbian Latin made from the stored Cyrillic is."""
    plain = tidy(stored)
    return read in (plain, repair_lookalikes(plain)) or (language == "sr" and read == to_latin(plain))


def key_from(name: str) -> str:
    """The key that the name of a question gives; empty when it gives none."""
    words = fold(name).split()
    key = "-".join(words)
    return key if len(key) <= LONGEST_NAME and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) else ""


def is_latin(text: str) -> bool:
    """Whether a text is rather in Latin than in Cyrillic script; names and abbreviations in capitals are in neither."""
    latin, cyrillic = len(re.findall(r"[A-Za-zÀ-ɏ]", text)), len(re.findall(r"[Ѐ-ӿ]", text))
    return latin > cyrillic and bool(re.search(r"[a-zà-öø-ɏ]{2}", text))
