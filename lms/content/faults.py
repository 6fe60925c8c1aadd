"""What is wrong with a pack: sentences for people in their own language; file, line and spelling for the command line.

A fault keeps templates and the values for them, so that the same fault can be read in any language. Pure: who translates is passed in.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

Translate = Callable[[str], str]  # an English sentence -> the same for the reader
Localise = Callable[[Mapping[str, str]], str]  # a text in both languages -> that of the reader
Value = str | int | Iterable[str]
Values = tuple[tuple[str, tuple[str, ...]], ...]  # by name, each a list that is joined with commas

LONGEST_TITLE = 60  # characters of an author's text that stands in a sentence
LONGEST_VALUE = 200  # characters of anything else
MOST_LISTED = 40  # values of one list


def N_(message: str) -> str:
    """Marks a message for the catalogue without translating it yet."""
    return message


class Word(str):
    """A value that is a word for people: it is translated."""


class Title(str):
    """The key of something that has a name. The command line prints the key; people read the name."""

    text: Mapping[str, str]

    def __new__(cls, key: str, text: Mapping[str, str]) -> "Title":
        title = super().__new__(cls, key)
        title.text = text
        return title


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: where it is, what is wrong, what to do. A warning does not stop a pack from being stored.

    `name` is the address of the value in its document (lms/content/addresses.py), in a page the way into its block; empty: the file
    or the line as a whole. `syntax` is the spelling for those who write files; only the command line prints it.
    """

    file: str
    line: int
    message: str
    advice: str
    name: str = ""
    values: Values = ()
    syntax: str = ""
    warning: bool = False

    def sentence(self, gettext: Translate, localise: Localise | None = None) -> str:
        """What is wrong. `localise` gives the names of things in the reader's language; without it they are called by their keys."""
        return _ended(self._filled(gettext(self.message), gettext, localise))

    def what_to_do(self, gettext: Translate, localise: Localise | None = None) -> str:
        """What to do about it."""
        return _ended(self._filled(gettext(self.advice), gettext, localise))

    def _filled(self, template: str, gettext: Translate, localise: Localise | None = None) -> str:
        return template % {
            name: ", ".join(_shown(value, gettext, localise) for value in values) for name, values in self.values
        }

    def as_warning(self) -> "Fault":
        """The same as advice that stops nothing."""
        return replace(self, warning=True)

    def __str__(self) -> str:
        where = f"`{_counted_from_one(self.name)}`: " if self.name else ""
        syntax = f" ({self._filled(self.syntax, str)})" if self.syntax else ""
        kind = "(warning) " if self.warning else ""
        return f"{self.file}:{self.line}: {kind}{where}{self.sentence(str)} — {self.what_to_do(str)}{syntax}"


def fault_at(file: str, line: int, message: str, advice: str, syntax: str = "", /, **values: Value) -> Fault:
    """A fault on a line of a file. The values fill the `%(name)s` places of all three texts."""
    return Fault(file, line, message, advice, values=_packed(values), syntax=syntax)


def _packed(values: Mapping[str, Value]) -> Values:
    return tuple((name, _listed(value)) for name, value in sorted(values.items()))


def _listed(value: Value) -> tuple[str, ...]:
    if isinstance(value, str | int):
        return (_bounded(value),)
    return tuple(_bounded(one) for one in list(value)[:MOST_LISTED])


def _bounded(value: str | int) -> str:
    """Packs may come from strangers: no sentence grows with what they typed."""
    if isinstance(value, Word | Title):
        return value
    return str(value)[:LONGEST_VALUE]


def _counted_from_one(name: str) -> str:
    """`aims[#0]` as people count: `aims[1]`."""
    return re.sub(r"\[#(\d+)\]", lambda found: f"[{int(found[1]) + 1}]", name)


def _shown(value: str, gettext: Translate, localise: Localise | None) -> str:
    if isinstance(value, Word):
        return gettext(value)
    if isinstance(value, Title) and localise:
        return _shortened(localise(value.text)) or value
    return str(value)


def _ended(text: str) -> str:
    """A sentence with one stop at its end, whatever was filled in there."""
    text = re.sub(r"(?<![.])[.]{2}$|(?<=…)[.]$", "", text)
    return text if text.endswith((".", "…", "?", ":")) else f"{text}."


def _shortened(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


class PackFaulty(Exception):
    """A pack cannot be read or stored; `faults` say why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))
