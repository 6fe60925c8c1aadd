"""What is true of questions and answers, without web or database."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from lms import personal_data
from lms.content.course import Item, Option, Survey
from lms.errors import Refused

Value = str | int | list[str] | None  # None: no answer
State = Literal["not-open", "open", "closed"]
Verdict = Literal["right", "wrong", "not-yet", "no-answer"]

NOT_YET = "?"  # „Још не знам”; no option can have this key
CANNOT_JUDGE = "none"  # on a scale
YES, NO = "yes", "no"
LONGEST = {"short-text": 300, "long-text": 2000}  # characters
FEWEST_BALLOTS = 5  # with fewer, no figure of an evaluation is shown
FEWEST_FOR_REMARKS = 10  # with fewer, no free text of an evaluation is shown
STEP = 5  # progress of an open evaluation is told in steps
FOLLOW_UP_OPEN = timedelta(days=30)  # how long a follow-up stays open
EXTENSION = timedelta(days=14)
SOON = timedelta(minutes=15)  # before its time in the programme a survey is proposed
EVALUATION_KEPT = timedelta(days=365)  # how long an evaluation is kept after its close as it was sent
KEY_KEPT = timedelta(days=30)  # how long the pseudonym key outlives the last close


# ---- in which order a person is asked ----


def asked_in_order(survey: Survey, pseudonym: bytes, moment: str) -> tuple[Item, ...]:
    """The items that `survey` asks, shuffled for this person and moment: the same each time, the same set before and after.

    Options of single and multiple choices are shuffled too; scales never are. Surveys without `shuffle` keep their order.
    """
    if not survey.shuffle:
        return survey.asked
    seed = b"/".join((pseudonym, survey.key.encode(), moment.encode()))
    items = sorted(survey.asked, key=lambda item: _lot(seed, item.key))
    return tuple(replace(item, options=_shuffled(item, seed)) for item in items)


def _shuffled(item: Item, seed: bytes) -> tuple[Option, ...]:
    return tuple(sorted(item.options, key=lambda option: _lot(seed, f"{item.key}/{option.key}")))


def _lot(seed: bytes, key: str) -> bytes:
    return hashlib.sha256(seed + b"/" + key.encode()).digest()


# ---- what counts as an answer ----


def read_value(item: Item, sent: Sequence[str], public: Collection[str] = ()) -> Value:
    """The answer to `item` in what a form sent. Refused (422) when it cannot be one.

    `public` are published contacts, such as hotlines, that free text may hold.
    """
    texts = [text.strip() for text in sent if text.strip()]
    if not texts:
        return None
    if item.type == "multiple":
        return _several(item, texts)
    if item.type in LONGEST:
        return _text(item, "\n".join(texts).replace("\r\n", "\n"), public)
    if len(texts) > 1:
        raise Refused("Only one answer fits here.", status=422)
    return _number(item, texts[0]) if item.type == "number" else _choice(item, texts[0])


@dataclass(frozen=True)
class Change:
    """An answer as a page sends it: the version it was made from (0: none yet), and the token of this very sending."""

    item: str
    value: Value
    version: int = 0
    token: str = ""


@dataclass(frozen=True)
class Spoken:
    """One free-text answer of an evaluation; `may_quote` when its author allowed it to be printed."""

    item: str
    text: str
    may_quote: bool = False


def choices(item: Item) -> list[str | int]:
    """The values that a closed question accepts, in the order in which it offers them."""
    if item.type == "scale":
        judged: list[str | int] = [1, 2, 3, 4, 5]
        return [*judged, CANNOT_JUDGE] if item.scale and item.scale.cannot_judge else judged
    if item.type == "yes-no":
        return [YES, NO]
    return [*(option.key for option in item.options), *([NOT_YET] if item.right else [])]


def _choice(item: Item, text: str) -> Value:
    for value in choices(item):
        if text == str(value):
            return value
    raise Refused("This answer is not among those offered.", status=422)


def _several(item: Item, texts: Sequence[str]) -> Value:
    if not set(texts) <= {str(value) for value in choices(item)}:
        raise Refused("This answer is not among those offered.", status=422)
    chosen = [option.key for option in item.options if option.key in texts]
    return chosen or NOT_YET


def _number(item: Item, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise Refused("Type a whole number, in figures.", status=422)
    number = int(text)
    if item.min is not None and number < item.min:
        raise Refused("The number can be %(least)s or more.", status=422, least=item.min)
    if item.max is not None and number > item.max:
        raise Refused("The number can be %(most)s at most.", status=422, most=item.max)
    return number


def _text(item: Item, text: str, public: Collection[str]) -> str:
    most = LONGEST[item.type]
    if len(text) > most:
        raise Refused(
            "This text has %(length)s characters; it can have %(most)s at most.", 422, length=len(text), most=most
        )
    if found := personal_data.find(text, public):
        pieces = ", ".join(dict.fromkeys(text[finding.start : finding.end] for finding in found))
        raise Refused(
            "This looks like personal data: %(found)s. Leave out ID numbers, phone numbers, e-mail addresses, licence "
            "plates, street addresses and profiles on social networks. Your text is still here.",
            status=422,
            found=pieces,
        )
    return text


def unanswered(items: Iterable[Item], answers: Mapping[str, Value]) -> list[Item]:
    """The items without an answer. „Још не знам” is an answer."""
    return [item for item in items if answers.get(item.key) is None]


# ---- right or wrong ----


@dataclass(frozen=True)
class Score:
    """How many of the items with a right answer were answered rightly."""

    right: int
    asked: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None when nothing was asked."""
        return self.right / self.asked if self.asked else None


def verdict(item: Item, value: Value) -> Verdict:
    """Whether `value` is the right answer: exactly the right options, no more and no less."""
    if value is None:
        return "no-answer"
    if value == NOT_YET:
        return "not-yet"
    chosen = frozenset(value) if isinstance(value, list) else frozenset([str(value)])
    return "right" if chosen == item.right else "wrong"


def score(survey: Survey, answers: Mapping[str, Value]) -> Score:
    """The score of one person's `answers`; items without a right answer do not count."""
    tested = [item for item in survey.asked if item.right]
    return Score(sum(verdict(item, answers.get(item.key)) == "right" for item in tested), len(tested))


# ---- openings ----


def state_of(opened_at: datetime | None, closed_at: datetime | None, now: datetime) -> State:
    """Where an opening stands at `now`; a close that lies ahead is a planned one."""
    if opened_at is None or opened_at > now:
        return "not-open"
    return "closed" if closed_at is not None and closed_at <= now else "open"


def in_steps(count: int) -> int:
    """`count` rounded down to a step, so that one more submission cannot be seen."""
    return count - count % STEP


def moments(survey: Survey) -> tuple[str, ...]:
    """When a survey is asked: a test before and after, everything else once."""
    return ("pre", "post") if survey.kind == "test" else ("",)


def months_after(survey: Survey) -> int:
    """How many months after the training a follow-up is meant: the number at the end of its key (`follow-up-3`)."""
    found = re.search(r"\d+$", survey.key)
    return int(found[0]) if survey.kind == "follow-up" and found else 0


def planned_day(survey: Survey, ends_on: date) -> date:
    """The day on which a follow-up should be opened: its months after the training's last day."""
    years, month = divmod(ends_on.month - 1 + months_after(survey), 12)
    first = date(ends_on.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(ends_on.day, last.day))


def key_due(training_closed_on: date, follow_ups: Mapping[date, date | None]) -> date:
    """The day on which the pseudonym key is to be destroyed: 30 days after the training and its last follow-up.

    `follow_ups` maps the planned day of each to the day it closed or closes; None when it was never opened – it then
    counts as open for 30 days from its planned day, so that a forgotten follow-up cannot keep the key for ever.
    """
    ends = [closes or planned + FOLLOW_UP_OPEN for planned, closes in follow_ups.items()]
    return max([training_closed_on, *ends]) + KEY_KEPT


def proposed(
    planned: Mapping[tuple[str, str], datetime], open_now: Collection[tuple[str, str]], now: datetime
) -> tuple[str, str] | None:
    """The survey whose time has come, or comes within a quarter of an hour: the latest planned of those not yet opened.

    `planned` holds the surveys that were never opened. None while another one is open: first things first.
    """
    due = [key for key, moment in planned.items() if moment <= now + SOON]
    return max(due, key=lambda key: planned[key]) if due and not open_now else None
