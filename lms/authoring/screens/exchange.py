"""The pages by which questions come in and go out: what a file would do to a survey, in words, and what a format cannot hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.authoring import documents
from lms.authoring.actions.exchanging import Upload, path_of
from lms.authoring.documents import Files
from lms.authoring.exchange.comparing import ADD, CHANGE, LEAVE, Comparison, Entry
from lms.authoring.exchange.merging import differing
from lms.authoring.exchange.one_language import LANGUAGES, NOT_IN_LANGUAGE, LeftOut, asked_in
from lms.authoring.exchange.questions import records
from lms.authoring.exchange.reading import N_, Item, Problem, Where
from lms.authoring.words import CHOICES, field_words
from lms.content.addresses import Member, parts
from lms.language import gettext, in_script, localise
from lms.surveys.screens.questions import LETTERS

LANGUAGE_WORDS = {"sr": N_("Serbian"), "en": N_("English")}
SCRIPTS = {"sr": N_("Serbian, Cyrillic"), "sr_Latn": N_("Serbian, Latin"), "en": N_("English")}
STATES = {
    "new": (N_("new"), "accent", "plus"), "changed": (N_("changed"), "now", "pencil"), "same": (N_("is here already"), "", "check"),
    "stopped": (N_("cannot be taken over"), "risk", "circle-x"),
}  # fmt: skip
DO = {ADD: N_("Add"), CHANGE: N_("Change it"), LEAVE: N_("Leave out")}
MORE = ("hint", "explanation", "min", "max", "required", "module", "sources", "verified_on", "finding")
ADD_ANEW = N_("Add as another question")


@dataclass(frozen=True)
class Told:
    """A problem in words: where, and what to do. `stops`: the question cannot be taken over so."""

    where: str
    sentence: str
    stops: bool


@dataclass(frozen=True)
class Words:
    """A text in one language; empty when it is not written."""

    language: str
    code: str  # for the attribute lang
    text: str


@dataclass(frozen=True)
class Difference:
    """What would change in a question that is in the survey."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Choice:
    """One answer to choose from, with the letter that trainees see."""

    letter: str
    texts: tuple[Words, ...]
    right: bool


@dataclass(frozen=True)
class Line:
    """One question of the file."""

    place: int
    where: str
    state: str
    tag: tuple[str, str, str]
    key: str
    type: str
    texts: tuple[Words, ...]
    options: tuple[Choice, ...]
    more: tuple[tuple[str, str], ...]  # what else the file says of a new question: name of the field, value
    differences: tuple[Difference, ...]
    told: tuple[Told, ...]
    choices: tuple[tuple[str, str], ...]
    chosen: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    name: str
    lines: tuple[Line, ...]
    told: tuple[Told, ...]
    counts: Mapping[str, int]

    @property
    def proposed(self) -> int:
        """How many questions are taken over when nothing else is chosen."""
        return sum(line.chosen in (ADD, CHANGE) for line in self.lines)


@dataclass(frozen=True)
class File:
    """A file that can be fetched: in which language, and how many of the questions it holds."""

    language: str
    label: str
    held: int


@dataclass(frozen=True)
class Export:
    """One way out: the format, its files, and which questions it cannot hold and why."""

    form: str
    files: tuple[File, ...]
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exchange:
    """The page with both ways."""

    title: str
    number: int
    exports: tuple[Export, ...]


def exchange(files: Files, key: str) -> Exchange:
    """The ways out of a survey."""
    survey = documents.look_up(files, path_of(key))
    number = len(records(survey.get("items")))
    return Exchange(title_of(survey, key), number, tuple(_export(survey, form) for form in ("xlsx", "gift", "xml")))


def title_of(survey: Mapping[str, Any], key: str) -> str:
    """The title of a survey, its key when it has none yet."""
    title = survey.get("title")
    return (localise(title) if isinstance(title, dict) else "") or key


def _export(survey: Mapping[str, Any], form: str) -> Export:
    total = len(records(survey.get("items")))
    if form == "xlsx":
        return Export(form, (File("", "", total),))
    found = {code: [one for one in asked_in(survey, code) if isinstance(one, LeftOut)] for code in LANGUAGES}
    files = tuple(File(code, gettext(SCRIPTS[code]), total - len(found[code])) for code in LANGUAGES)
    unknown = [(one.text, gettext(one.reason)) for one in found["sr"] if one.reason != NOT_IN_LANGUAGE]
    return Export(form, files, tuple((localise(text), reason) for text, reason in unknown))


# ---- what an import would do ----


def preview(upload: Upload, comparison: Comparison, choices: Mapping[int, str]) -> Preview:
    """The preview of an upload, with what was chosen already."""
    scales = comparison.known | comparison.scales
    lines = tuple(_line(entry, choices, scales) for entry in comparison.entries)
    counts = Counter(line.state for line in lines)
    return Preview(upload.name, lines, tuple(map(told, upload.reading.problems)), counts)


def told(problem: Problem) -> Told:
    """A problem in the language in force."""
    values = {name: _value(value) for name, value in problem.values.items()}
    return Told(place_in_words(problem.where), gettext(problem.message, **values), problem.stops)


def _value(value: Any) -> Any:
    """Lists hold names of fields, which have words of their own."""
    return ", ".join(map(_field, value)) if isinstance(value, list) else value


def place_in_words(where: Where) -> str:
    """Where something stands in the file: „лист „Питања”, ред 7, колона C, Тип”."""
    if where.line:
        return gettext("line %(number)s", number=where.line)
    words = [gettext("sheet “%(name)s”", name=where.sheet)] if where.sheet else []
    words += [gettext("row %(number)s", number=where.row)] if where.row else []
    words += [gettext("column %(name)s", name=where.column)] if where.column else []
    return ", ".join(words)


def _line(entry: Entry, choices: Mapping[int, str], scales: Mapping[str, Item]) -> Line:
    item = entry.item or entry.read
    chosen = choices.get(entry.place, entry.proposed)
    problems = sorted(entry.found.problems, key=lambda problem: not problem.stops)
    words, kind, icon = STATES[entry.state]
    return Line(
        place=entry.place,
        where=place_in_words(entry.found.where),
        state=entry.state,
        tag=(gettext(words), kind, icon),
        key=str(item.get("key") or ""),
        type=_type(item),
        texts=_texts(item.get("text")),
        options=tuple(_options(item) if "options" in item else _steps(scales.get(str(item.get("scale")), {}))),
        more=tuple(_more(item)) if entry.state == "new" else (),
        differences=tuple(_differences(entry)),
        told=tuple(map(told, problems)),
        choices=tuple((choice, _do(entry, choice)) for choice in entry.choices),
        chosen=chosen if chosen in entry.choices else LEAVE,
        missing=tuple(gettext(LANGUAGE_WORDS[code]) for code in entry.missing) if entry.item else (),
    )


def _do(entry: Entry, choice: str) -> str:
    return gettext(ADD_ANEW if choice == ADD and entry.state == "changed" else DO[choice])


def _type(item: Item) -> str:
    words = CHOICES["question", "type"].get(str(item.get("type")))
    return gettext(words) if words else ""


def _texts(text: object) -> tuple[Words, ...]:
    value = text if isinstance(text, dict) else {}
    return tuple(
        Words(gettext(words), "en" if code == "en" else "sr", str(value.get(code) or ""))
        for code, words in LANGUAGE_WORDS.items()
    )


def _options(item: Item) -> Iterator[Choice]:
    for place, option in enumerate(records(item.get("options"))):
        yield Choice(_letter(place), _written(option.get("text")), option.get("right") is True)


def _steps(scale: Item) -> Iterator[Choice]:
    labels = scale.get("labels")
    for number, label in enumerate(labels if isinstance(labels, list) else (), start=1):
        yield Choice(str(number), _written(label), False)


def _written(text: object) -> tuple[Words, ...]:
    return tuple(one for one in _texts(text) if one.text)


def _letter(place: int) -> str:
    letters = LETTERS["sr"]
    return letters[place] if place < len(letters) else str(place + 1)


def _more(item: Item) -> Iterator[tuple[str, str]]:
    for name in MORE:
        if value := _shown(item.get(name)):
            yield _field(name), value


def _differences(entry: Entry) -> Iterator[Difference]:
    if entry.state == "changed":
        for address, before, after in differing(entry.before, entry.item, "items"):
            yield Difference(_place(parts(address)[1:], entry.item), _shown(before), _shown(after))


def _place(way: Sequence[object], item: Item) -> str:
    """„Понуђени одговори · Б · енглески” for the way to a value in a question."""
    keys = [option.get("key") for option in records(item.get("options"))]
    words = []
    for step in way:
        if isinstance(step, Member):
            words.append(in_script(_letter(keys.index(step))) if step in keys else str(step))
        elif step in LANGUAGE_WORDS:
            words.append(gettext(LANGUAGE_WORDS[str(step)]))
        elif step != "text" or len(way) < 3:
            words.append(_field(str(step)))
    return " · ".join(words)


def _field(name: str) -> str:
    for kind in ("question", "choice", "scale"):
        try:
            return gettext(field_words(kind, name).label)
        except KeyError:
            continue
    return name


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return localise(value) if value.keys() <= {"sr", "en"} else _shown(value.get("text"))
    if isinstance(value, list):
        return "\n".join(map(_shown, value))
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def chosen(form: Iterable[tuple[str, str]]) -> dict[int, str]:
    """What was chosen for each question, from the fields of the form."""
    return {int(name[7:]): value for name, value in form if name.startswith("choice-") and name[7:].isdecimal()}
