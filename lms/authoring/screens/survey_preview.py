"""A survey of a draft as trainees will see it on a phone, question by question, finished or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lms.authoring import documents
from lms.authoring.documents import Files
from lms.authoring.exchange.questions import questions_of, records
from lms.authoring.screens.exchange import SCRIPTS, title_of
from lms.content.course import Item, Option, Text
from lms.language import HTML_LANG, LOCALES, gettext, localise, speaking
from lms.surveys.screens.questions import Question, questions
from lms.ui import N_

NO_TEXT = N_("(no text yet)")


@dataclass(frozen=True)
class Entry:
    """A question in the list beside the phone."""

    key: str
    text: str
    here: bool


@dataclass(frozen=True)
class SurveyPreview:
    """One question on a phone, its neighbours, and what is not finished about it."""

    title: str
    name: str  # of the survey, in the language of the phone
    kind: str
    language: str
    languages: tuple[tuple[str, str], ...]
    question: Question
    place: int
    total: int
    asked: int  # so many of the items does a training use
    back: str
    onward: str
    entries: tuple[Entry, ...]
    undecided: bool
    untranslated: bool
    unwritten: bool

    @property
    def html_lang(self) -> str:
        """The language of the phone as HTML names it."""
        return HTML_LANG[self.language]


def survey_preview(files: Files, path: str, key: str, language: str) -> SurveyPreview | None:
    """The question called `key`, else the first; None when the survey has none."""
    survey = documents.look_up(files, path)
    items, rows = _all_items(files, survey)
    if not items:
        return None
    place = next((number for number, item in enumerate(items) if item.key == key), 0)
    item = items[place]
    draw = survey.get("draw")
    asked = draw if isinstance(draw, int) and survey.get("kind") == "test" else len(items)
    with speaking(language):
        question = replace(questions([written(item)], {})[0], place=place + 1)
        name = localise(survey["title"]) if isinstance(survey.get("title"), dict) else ""
        name = name or gettext(NO_TEXT)
    texts = [item.text, *(option.text for option in item.options), *(item.scale.labels if item.scale else ())]
    return SurveyPreview(
        title=title_of(survey, documents.key_of(path)), name=name, kind=str(survey.get("kind")), language=language,
        languages=tuple((code, gettext(SCRIPTS[code])) for code in LOCALES), question=question, place=place + 1,
        total=min(asked, len(items)) if place < asked else len(items), asked=asked,
        back=items[place - 1].key if place else "", onward=items[place + 1].key if place + 1 < len(items) else "",
        entries=tuple(Entry(one.key, localise(one.text) or gettext(NO_TEXT), one is item) for one in items),
        undecided=rows[place].get("type") != item.type,
        untranslated=language == "en" and any(text.get("sr") and not text.get("en") for text in texts),
        unwritten=any(not text.get("sr") for text in texts),
    )  # fmt: skip


def _all_items(files: Files, survey: Mapping[str, Any]) -> tuple[list[Item], list[dict[str, Any]]]:
    """The questions of a survey and, in a follow-up, those of the test that it asks again; with their records."""
    items, rows = list(questions_of(survey)), records(survey.get("items"))
    reuse = survey.get("reuse")
    if isinstance(reuse, dict):
        other = documents.look_up(files, f"surveys/{reuse.get('survey')}.yaml")
        there = {
            item.key: (item, row) for item, row in zip(questions_of(other), records(other.get("items")), strict=True)
        }
        again = [there[key] for key in map(str, reuse.get("items") or ()) if key in there]
        items += [item for item, _row in again]
        rows += [row for _item, row in again]
    return items, rows


def written(item: Item) -> Item:
    """`item` with words in the place of texts that nobody has written yet, in the language in force."""
    scale = item.scale and replace(item.scale, labels=tuple(map(_text, item.scale.labels)))
    options = tuple(Option(option.key, _text(option.text), option.right) for option in item.options)
    return replace(item, text=_text(item.text), options=options, scale=scale)


def _text(text: Text) -> Text:
    return text if any(text.values()) else dict.fromkeys(("sr", "en"), gettext(NO_TEXT))
