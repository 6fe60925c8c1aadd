"""What earlier trainings say of a question, in words and bars, with what an author can make of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.authoring.exchange.questions import questions_of
from lms.authoring.screens.exchange import title_of
from lms.authoring.statistics import ItemStatistics, statistics_of
from lms.content.course import Item
from lms.evaluation.rules.answers import Banded, Full, Result, categories_of, share_of
from lms.evaluation.rules.privacy import Band, Suppressed
from lms.evaluation.tables.table import reads, share
from lms.language import current, gettext, localise, show_number
from lms.surveys.screens.questions import LETTERS, in_words
from lms.ui import N_

EASY, HARDLY, TELLS_LITTLE = 90, 5, Decimal("0.1")  # percent, percent, item-rest correlation

TELLS_APART = N_("How well it tells those who know the rest of the test from the others: %(how)s.")
DISCRIMINATES = (  # from which item-rest correlation on
    (Decimal("0.4"), N_("very well")), (Decimal("0.2"), N_("well")), (TELLS_LITTLE, N_("a little")), (Decimal(-1), N_("hardly")),
)  # fmt: skip

KNOWN_BEFORE = N_(
    "Nearly everybody knows this before the training, so it cannot show what was learnt. Ask something harder."
)
UNLEARNT = N_(
    "More people went from right to wrong than from wrong to right. Look at the wording, and at what is said in the module."
)
NOT_CHOSEN = N_("Hardly anybody chooses %(letters)s. An answer that nobody believes only makes guessing easier.")
MISLEADS = N_(
    "Who knows the rest of the test does not know this more often than others. The wording may mislead, or the right answer is in dispute."
)


@dataclass(frozen=True)
class Share:
    """A share in words, and how long its bar is; `banded`: the bar is no exact figure."""

    words: str
    width: str
    banded: bool = False


@dataclass(frozen=True)
class Row:
    """One answer: its letter or number, its words, and how many chose it."""

    mark: str
    text: str
    right: bool
    before: Share | None
    after: Share


@dataclass(frozen=True)
class Shown:
    """One question. Of an evaluation there is no `before`, `better` and `worse`."""

    trainings: int
    people: int
    before: Share | None
    after: Share | None
    better: str
    worse: str
    rows: tuple[Row, ...]
    too_few: bool  # to spread the answers out
    discrimination: str
    advice: tuple[str, ...]
    demo: bool


@dataclass(frozen=True)
class Screen:
    """All questions of a survey; `one` is the one that was asked for."""

    title: str
    lines: tuple[tuple[str, str, Shown | None], ...]  # key, words, what is known
    one: Shown | None = None


def statistics_screen(survey: Mapping[str, Any], title: str, key: str = "") -> Screen:
    """What is known of the questions of the document `survey`; five statements at most."""
    known = statistics_of(survey)
    items = list(questions_of(survey))
    lines = tuple((item.key, localise(item.text), shown(item, known.get(item.key))) for item in items)
    return Screen(title_of(survey, title), lines, next((line for name, _text, line in lines if name == key), None))


def shown(item: Item, found: ItemStatistics | None) -> Shown | None:
    """What is known of one question; None when it is too little."""
    if found is None:
        return None
    change = found.change
    spread = [result for result in (found.before, found.after) if result is not None]
    rows = tuple(_rows(item, found)) if all(isinstance(result, Full | Banded) for result in spread) else ()
    return Shown(
        trainings=found.trainings,
        people=found.people,
        before=_share(change.before) if change else None,
        after=_share(change.after) if change else None,
        better=reads(change.better) if change else "",
        worse=reads(change.worse) if change else "",
        rows=rows,
        too_few=not rows,
        discrimination="" if found.discrimination is None else _discrimination(found.discrimination),
        advice=tuple(_advice(found, rows)),
        demo=found.demo,
    )


def _discrimination(value: Decimal) -> str:
    how = next(words for least, words in DISCRIMINATES if value >= least)
    return gettext(TELLS_APART, how=gettext(how))


def _rows(item: Item, found: ItemStatistics) -> Iterator[Row]:
    letters = LETTERS[current()]
    for place, category in enumerate(categories_of(item)):
        scale = item.type == "scale"
        mark = category if scale else letters[place] if item.options and place < len(letters) else ""
        words = in_words(item, int(category) if scale else category)
        yield Row(
            mark, words, category in item.right, _of(found.before, category), _of(found.after, category) or _share(None)
        )


def _of(result: Result | None, category: str) -> Share | None:
    return None if result is None else _share(share_of(result, category))


def _share(value: Decimal | Band | Suppressed | None) -> Share:
    if isinstance(value, Decimal):
        return Share(f"{show_number(float(value), 0)}%", f"{value:.1f}%")
    if isinstance(value, Band):
        return Share(reads(value), f"{value.high}%", banded=True)
    return Share(reads(share(value)), "0%", banded=True)


def _advice(found: ItemStatistics, rows: tuple[Row, ...]) -> Iterator[str]:
    change = found.change
    if change is None:
        return
    if change.before == Band(90, 100) or (isinstance(change.before, Decimal) and change.before >= EASY):
        yield gettext(KNOWN_BEFORE)
    if isinstance(change.worse, int) and isinstance(change.better, int) and change.worse > change.better:
        yield gettext(UNLEARNT)
    spread = [result for result in (found.before, found.after) if isinstance(result, Full)]
    if len(spread) == 2:
        keys = [one.key for one in spread[0].categories]
        least = [row.mark for row, key in zip(rows, keys, strict=True) if not row.right and _most(spread, key) < HARDLY]
        if least:
            yield gettext(NOT_CHOSEN, letters=", ".join(least))
    if found.discrimination is not None and found.discrimination < TELLS_LITTLE:
        yield gettext(MISLEADS)


def _most(spread: list[Full], key: str) -> Decimal:
    return max(one.percent for result in spread for one in result.categories if one.key == key)
