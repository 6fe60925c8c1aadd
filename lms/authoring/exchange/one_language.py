"""A survey as a format with one language can hold it: what it can ask in that language, and what it cannot, with the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.authoring.exchange.reading import N_, tidy
from lms.serbian import to_latin

LANGUAGES = ("sr", "sr_Latn", "en")  # those that can be exported; Serbian Latin is derived

NO_SCALES = N_("This format knows no scales.")
NO_YES_NO = N_("This format knows yes and no only with a right answer.")
NOT_IN_LANGUAGE = N_("The question is not finished in this language.")
NO_LIMITS = N_("The smallest and the largest number are missing.")
NO_TYPE = N_("How it is answered is not decided yet.")
_CANNOT = {"scale": NO_SCALES, "yes-no": NO_YES_NO}


@dataclass(frozen=True)
class Asked:
    """A question in one language. `options` are (words, right)."""

    key: str
    type: str
    text: str
    options: tuple[tuple[str, bool], ...] = ()
    explanation: str = ""
    min: int = 0
    max: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A question that is not in the file: its key, its words, and why (an English sentence)."""

    key: str
    text: str
    reason: str


def asked_in(survey: Mapping[str, Any], language: str) -> Iterator[Asked | LeftOut]:
    """The questions of the document `survey` in their order; it may be unfinished."""
    for item in survey.get("items") or ():
        if isinstance(item, dict):
            yield _asked(item, language)


def words_in(text: object, language: str) -> str:
    """A text of the document in one language; empty when it is not written in it."""
    if not isinstance(text, dict):
        return ""
    words = text.get("sr" if language == "sr_Latn" else language)
    plain = tidy(words) if isinstance(words, str) else ""
    return to_latin(plain) if language == "sr_Latn" else plain


def _asked(item: Mapping[str, Any], language: str) -> Asked | LeftOut:
    key, kind, text = str(item.get("key") or ""), item.get("type"), words_in(item.get("text"), language)
    options = tuple(
        (words_in(option.get("text"), language), option.get("right") is True)
        for option in item.get("options") or ()
        if isinstance(option, dict)
    )
    if reason := _reason(item, kind, text, options):
        other = text or next((words for code in LANGUAGES if (words := words_in(item.get("text"), code))), "")
        return LeftOut(key, other, reason)
    limits = {name: item[name] for name in ("min", "max")} if kind == "number" else {}
    kept = options if kind in ("single", "multiple") else ()
    return Asked(key, str(kind), text, kept, words_in(item.get("explanation"), language), **limits)


def _reason(item: Mapping[str, Any], kind: object, text: str, options: tuple[tuple[str, bool], ...]) -> str:
    if kind in _CANNOT:
        return _CANNOT[str(kind)]
    if kind not in ("single", "multiple", "number", "short-text", "long-text"):
        return NO_TYPE
    if not text or (
        kind in ("single", "multiple") and (len(options) < 2 or not all(words for words, _right in options))
    ):
        return NOT_IN_LANGUAGE
    if kind == "number" and not all(isinstance(item.get(name), int) for name in ("min", "max")):
        return NO_LIMITS
    return ""
