"""Whether a question that was read fits into a survey, before it is compared with anything: its kind, its right answers, whose data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms import personal_data
from lms.authoring.exchange.reading import N_, Found, Item, is_latin, same_words, texts_of
from lms.content.checks.surveys import CHOICES, OF_TYPE

NOT_IN_TEST = N_(
    "A test asks only questions with answers to choose from, because others cannot be judged. Import this one into an evaluation or a follow-up."
)
NO_RIGHT = N_("No answer is marked as right. Mark it in the editor.")
RIGHT_OUTSIDE = N_("Only tests have right answers; here the mark was left out.")
BELONGS_ELSEWHERE = N_("This does not go with the way in which the question is answered and was left out: %(fields)s.")
PERSONAL = N_(
    "This looks like personal data: %(found)s. Leave out ID numbers, telephone numbers, e-mail addresses, licence plates, street addresses and"
    " profiles on social networks, then import again."
)
LATIN = N_(
    "The Serbian text is in the Latin script. It stays as it is and is marked: type it in Cyrillic, and Latin is made of it by itself."
)
UNKNOWN_MODULE = N_("The course has no module “%(key)s”. Choose one in the editor.")
UNKNOWN_SOURCES = N_("The course has no source %(keys)s. Add it to the sources, or choose another in the editor.")
NO_SUCH_SCALE = N_("The survey has no scale “%(key)s”. Write its five steps into the column for them.")
NO_SCALE = N_("It is not said on which scale the question is answered. Write the name of a scale or its five steps.")
SCALE_STAYS = N_(
    "The scale “%(key)s” has other steps in this survey; those stay. To use the steps of the file, give its scale another name."
)
TRUE = {"sr": "Тачно", "en": "True"}
FALSE = {"sr": "Нетачно", "en": "False"}


@dataclass(frozen=True)
class Surroundings:
    """What a question must fit: the survey, the modules and sources of the course, and the contacts that anybody may name."""

    survey: Mapping[str, Any]
    modules: Collection[str] = ()
    sources: Collection[str] = ()
    contacts: Collection[str] = ()

    @property
    def is_test(self) -> bool:
        """Whether the survey is a test."""
        return self.survey.get("kind") == "test"

    @property
    def scales(self) -> dict[str, Item]:
        """The scales of the survey by key, as far as they are written."""
        scales = self.survey.get("scales")
        return (
            {key: scale for key, scale in scales.items() if isinstance(scale, dict)} if isinstance(scales, dict) else {}
        )


def settle(found: Found, around: Surroundings) -> Item:
    """The question as it can stand in the survey; what is wrong with it is told in `found`."""
    item = dict(found.item)
    _answers(found, item, around.is_test)
    foreign = [
        name for name, kinds in OF_TYPE.items() if name in item and item.get("type") and item["type"] not in kinds
    ]
    if foreign:
        found.note(BELONGS_ELSEWHERE, fields=foreign)
    _privacy(found, around.contacts)
    if item.get("module") and item["module"] not in around.modules:
        found.note(UNKNOWN_MODULE, key=item["module"])
    if strange := [key for key in item.get("sources", ()) if key not in around.sources]:
        found.note(UNKNOWN_SOURCES, keys=", ".join(strange))
    return {name: value for name, value in item.items() if name not in foreign}


def _answers(found: Found, item: Item, is_test: bool) -> None:
    if item.get("type") == "true-false":
        right = item.pop("right")
        item["type"] = "single" if is_test else "yes-no"
        if is_test:
            item["options"] = [{"text": TRUE, "right": right}, {"text": FALSE, "right": not right}]
        else:
            found.note(RIGHT_OUTSIDE)
    options = item.get("options", [])
    if is_test and item.get("type") and item["type"] not in CHOICES:
        found.stop(NOT_IN_TEST)
    elif is_test and options and not any(option["right"] for option in options):
        found.note(NO_RIGHT)
    elif not is_test and any(option["right"] for option in options):
        item["options"] = [option | {"right": False} for option in options]
        found.note(RIGHT_OUTSIDE)


def _privacy(found: Found, contacts: Collection[str]) -> None:
    pieces = [
        words[one.start : one.end]
        for text in texts_of(found.item)
        for words in text.values()
        for one in personal_data.find(words, contacts)
    ]
    if pieces:
        found.stop(PERSONAL, found=", ".join(dict.fromkeys(pieces)))


def tell_of_latin(found: Found, item: Item) -> None:
    """Note that the question, as it would stand in the survey, has Serbian in the Latin script."""
    if any(is_latin(text.get("sr") or "") for text in texts_of(item)):
        found.note(LATIN)


@dataclass
class Scales:
    """The scales that a survey has, and those that a file brings."""

    known: dict[str, Item]
    new: dict[str, Item] = field(default_factory=dict)

    def settle(self, found: Found, item: Item) -> None:
        """Put the key of its scale into an item of type `scale`, and the scale itself among the new ones when it is one."""
        if item.get("type") == "scale":
            labels, away = item.pop("labels", None), item.pop("cannot_judge", None)
            if labels:
                self._with_labels(found, item, labels, away)
            elif item.get("scale") not in {**self.known, **self.new}:
                found.stop(NO_SUCH_SCALE if item.get("scale") else NO_SCALE, key=item.get("scale", ""))
        else:
            item.pop("labels", None)
            item.pop("cannot_judge", None)

    def _with_labels(self, found: Found, item: Item, labels: list[dict[str, str]], away: dict[str, str] | None) -> None:
        scales = {**self.known, **self.new}
        key = item.get("scale")
        if key in scales:
            if not _same_scale(scales[key], labels, away):
                found.note(SCALE_STAYS, key=key)
            return
        same = next((name for name, scale in scales.items() if _same_scale(scale, labels, away)), None)
        item["scale"] = key or same or self._fresh(scales)
        if item["scale"] not in scales:
            scale: Item = {"labels": [_in_both(label) for label in labels]}
            self.new[item["scale"]] = scale | ({"cannot_judge": _in_both(away)} if away else {})

    def _fresh(self, scales: Collection[str]) -> str:
        number = len(scales) + 1
        while f"scale-{number}" in scales:
            number += 1
        return f"scale-{number}"


def _in_both(text: dict[str, str]) -> dict[str, str]:
    return {code: text.get(code, "") for code in ("sr", "en")}


def _same_scale(scale: Item, labels: list[dict[str, str]], away: dict[str, str] | None) -> bool:
    stored = [label for label in scale.get("labels") or () if isinstance(label, dict)]
    last = scale.get("cannot_judge")
    pairs = [*zip(stored, labels, strict=False), *([(last, away)] if isinstance(last, dict) and away else [])]
    same = all(
        same_words(before.get(code) or "", words, code) for before, read in pairs for code, words in read.items()
    )
    return len(stored) == len(labels) and same
