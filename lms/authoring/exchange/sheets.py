"""A survey as tables for XLSX: one row a question, and a codebook. Headings and kinds of answers are in the language in force.

What is written here is read back by `spreadsheet`: the same questions.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lms.authoring.exchange.cells import guarded
from lms.authoring.exchange.columns import Column as Kind
from lms.authoring.exchange.merging import LETTERS
from lms.authoring.exchange.reading import N_, Item
from lms.authoring.words import CHOICES
from lms.evaluation.tables.table import Cell, Column, Table
from lms.language import gettext, localise

# kind of column: heading, what goes into it
WORDS: Mapping[str, tuple[str, str]] = {
    "key": (N_("Key"), N_("A short name of the question, for example q07. Leave it empty for a new question. Results are kept under it: never change it.")),
    "type": (N_("Type"), N_("How it is answered: one answer, several answers, scale, yes or no, number, few words, own words.")),
    "text": (N_("Question"), N_("The words of the question.")),
    "hint": (N_("Help below the question"), N_("One line below the question; may be empty.")),
    "option": (N_("Answer"), N_("One answer to choose from. Up to 20, one in each column.")),
    "right": (N_("Right answers"), N_("Only in a test: the number of the right answer, or several with commas between them: 1, 3.")),
    "explanation": (N_("Explanation"), N_("Why the right answer is right; shown beside the own result.")),
    "module": (N_("Module"), N_("The key of the module that the question measures, for example m1.")),
    "sources": (N_("Sources"), N_("Keys of sources with commas between them: S4, S7.")),
    "certainty": (N_("Certainty"), N_("How sure the right answer is: confirmed, general, dated, unclear.")),
    "verified on": (N_("Verified on"), N_("The day on which it was last checked against its sources.")),
    "required": (N_("Required"), N_("Yes, if it must be answered. Better not.")),
    "min": (N_("Smallest number"), N_("For a number: the smallest that may be typed in.")),
    "max": (N_("Largest number"), N_("For a number: the largest that may be typed in.")),
    "scale": (N_("Scale"), N_("For a scale: its key in this survey.")),
    "labels": (N_("Steps of the scale"), N_("For a scale: its five steps in one cell, each on a line of its own, from the least to the most.")),
    "cannot judge": (N_("Way out of the scale"), N_("For a scale: the words for “cannot judge”; empty when there is none.")),
    "headline": (N_("Headline"), N_("The answer whose share stands in the report: 1 to 5 of a scale, or yes or no.")),
    "finding": (N_("Finding"), N_("The sentence printed beside that share.")),
    "quote": (N_("May be quoted"), N_("Yes, if this text may be quoted.")),
    "quote permission": (N_("Permission to quote"), N_("Yes, if this question asks for the permission to quote.")),
    "option keys": (N_("Keys of the answers"), N_("The names under which answers are kept. Do not change them.")),
}  # fmt: skip
_IN_TWO = ("text", "hint", "option", "explanation", "labels", "cannot judge", "finding")
_ALWAYS = {"key", "type", "text", "option"}
_IN_TESTS = {"right", "explanation", "module", "sources", "certainty", "verified on"}
_ELSEWHERE = {"required", "min", "max", "scale", "labels", "cannot judge"}
FEWEST_OPTIONS = 4


def sheets(survey: Mapping[str, Any], with_items: bool = True) -> dict[str, tuple[Table, ...]]:
    """The sheets of a workbook by name: questions and codebook. Without items: an empty table to be filled in."""
    items = [item for item in survey.get("items") or () if isinstance(item, dict)] if with_items else []
    kinds = _columns(survey, items)
    columns = tuple(Column(f"{kind.kind} {kind.number or ''} {kind.language}", _heading(kind), "") for kind in kinds)
    rows = tuple(tuple(_cell(kind, item, survey) for kind in kinds) for item in items)
    title = localise(survey.get("title"))
    return {
        gettext("Questions"): (Table("questions", title, columns, rows),),
        gettext("Codebook"): (_meanings(kinds), *([_values(items, survey)] if items else [])),
    }


def _columns(survey: Mapping[str, Any], items: list[Item]) -> list[Kind]:
    wanted = _ALWAYS | (_IN_TESTS if survey.get("kind") == "test" else _ELSEWHERE)
    most = max((len(item.get("options") or ()) for item in items), default=0)
    found: list[Kind] = []
    for kind in WORDS:
        numbers = range(1, max(most, FEWEST_OPTIONS) + 1) if kind == "option" else (0,)
        languages = ("sr", "en") if kind in _IN_TWO else ("",)
        columns = [Kind(kind, language, number) for number in numbers for language in languages]
        if kind in wanted or any(_cell(column, item, survey) is not None for column in columns for item in items):
            found += columns
    return found


def _heading(kind: Kind) -> str:
    words = gettext(WORDS[kind.kind][0])
    return " ".join(filter(None, (words, str(kind.number or ""), f"({kind.language})" if kind.language else "")))


# ---- one cell ----


def _cell(kind: Kind, item: Item, survey: Mapping[str, Any]) -> Cell:
    return _CELLS.get(kind.kind, _plain)(kind, item, survey) or (0 if _is_zero(kind, item) else None)


def _is_zero(kind: Kind, item: Item) -> bool:
    return kind.kind in ("min", "max") and item.get(kind.kind) == 0


def _plain(kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    value = item.get(kind.kind.replace(" ", "_"))
    if isinstance(value, dict):
        value = value.get(kind.language)
    if isinstance(value, bool):
        return gettext("Yes") if value else None
    return value if isinstance(value, str | int) else None


def _kind(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    words = CHOICES["question", "type"].get(str(item.get("type")))
    return gettext(words) if words else None


def _certainty(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    words = CHOICES["question", "certainty"].get(str(item.get("certainty")))
    return gettext(words) if words else None


def _option(kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    options = _options(item)
    text = options[kind.number - 1].get("text") if kind.number <= len(options) else None
    return guarded(str(text.get(kind.language) or "")) if isinstance(text, dict) else None


def _options(item: Item) -> list[Item]:
    return [option for option in item.get("options") or () if isinstance(option, dict)]


def _right(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    return ", ".join(str(place) for place, option in enumerate(_options(item), start=1) if option.get("right") is True)


def _option_keys(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    """Only when they are not the letters that a table gives by itself."""
    keys = [str(option.get("key") or "") for option in _options(item)]
    return None if keys == list(LETTERS[: len(keys)]) else ", ".join(keys)


def _sources(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    return ", ".join(map(str, item.get("sources") or ()))


def _day(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    return item.get("verified_on")


def _headline(_kind: Kind, item: Item, _survey: Mapping[str, Any]) -> Cell:
    value = item.get("headline")
    if value in ("yes", "no"):
        return gettext("Yes") if value == "yes" else gettext("No")
    return value if isinstance(value, int) else None


def _labels(kind: Kind, item: Item, survey: Mapping[str, Any]) -> Cell:
    labels = _scale(item, survey).get("labels") or ()
    words = [str(label.get(kind.language) or "") for label in labels if isinstance(label, dict)]
    return "\n".join(words) if all(words) else None


def _cannot_judge(kind: Kind, item: Item, survey: Mapping[str, Any]) -> Cell:
    away = _scale(item, survey).get("cannot_judge")
    return away.get(kind.language) if isinstance(away, dict) else None


def _scale(item: Item, survey: Mapping[str, Any]) -> Item:
    scales = survey.get("scales")
    scale = scales.get(item.get("scale")) if isinstance(scales, dict) else None
    return scale if isinstance(scale, dict) else {}


_CELLS: Mapping[str, Callable[[Kind, Item, Mapping[str, Any]], Cell]] = {
    "type": _kind, "certainty": _certainty, "option": _option, "right": _right, "option keys": _option_keys,
    "sources": _sources, "verified on": _day, "headline": _headline, "labels": _labels, "cannot judge": _cannot_judge,
}  # fmt: skip


# ---- the codebook ----


def _meanings(kinds: list[Kind]) -> Table:
    columns = (Column("column", gettext("Column")), Column("meaning", gettext("What goes into it")))
    rows = tuple((_heading(kind), gettext(WORDS[kind.kind][1])) for kind in kinds)
    return Table("columns", gettext("The columns of the table"), columns, rows)


def _values(items: list[Item], survey: Mapping[str, Any]) -> Table:
    """Under which values answers are kept: one line for each answer of each closed question."""
    columns = (
        Column("name", gettext("Kept under")), Column("value", gettext("Kept as")),
        Column("sr", gettext("Serbian")), Column("en", gettext("English")),
    )  # fmt: skip
    rows = tuple((str(item.get("key") or ""), *line) for item in items for line in _lines(item, survey))
    return Table("values", gettext("How answers are kept"), columns, rows)


def _lines(item: Item, survey: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    labelled: list[tuple[str, object]] = [
        (str(option.get("key") or ""), option.get("text")) for option in _options(item)
    ]
    scale = _scale(item, survey)
    labelled += [(str(number), label) for number, label in enumerate(scale.get("labels") or (), start=1)]
    labelled += [("none", scale["cannot_judge"])] if scale.get("cannot_judge") else []
    if item.get("type") == "yes-no":
        labelled += [("yes", {"sr": "Да", "en": "Yes"}), ("no", {"sr": "Не", "en": "No"})]
    return [
        (value, str(text.get("sr") or ""), str(text.get("en") or ""))
        for value, text in labelled
        if isinstance(text, dict)
    ]
