"""How answers and hours are invented, without web or database. The same seed gives the same people the same answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from random import Random

from lms.content.course import Item, ProgrammeEntry, Survey
from lms.surveys.rules import NO, NOT_YET, YES, Value
from lms.trainings.timetable import MIDNIGHT, minutes_of, time_of

Answers = dict[str, Value]
EARLIER = 5  # minutes since the pre-test began
USUAL = {5: 40, 4: 42, 3: 12, 2: 4, 1: 1, None: 1}  # how people judge what is not given


# ---- tests: many learn, a few unlearn ----


@dataclass(frozen=True)
class TestTaken:
    """What one person answered before and after."""

    before: Answers
    after: Answers


def take_test(survey: Survey, chance: Random) -> TestTaken:
    """One person takes the test twice: about half right at first, about four fifths in the end; a few right ones get lost."""
    skill = chance.uniform(-0.15, 0.15)
    before: Answers = {}
    after: Answers = {}
    for item in survey.asked:
        ease = Random(item.key).uniform(0.38, 0.66)  # noqa: S311 - as hard for everybody
        knew = chance.random() < ease + skill
        knows = chance.random() < (0.94 if knew else 0.66 + skill / 2)
        before[item.key] = _right(item) if knew else _wrong(item, chance, unsure=0.35)
        after[item.key] = _right(item) if knows else _wrong(item, chance, unsure=0.08)
    return TestTaken(before, after)


def _right(item: Item) -> Value:
    keys = [option.key for option in item.options if option.right]
    return keys if item.type == "multiple" else keys[0]


def _wrong(item: Item, chance: Random, unsure: float) -> Value:
    if chance.random() < unsure:
        return NOT_YET
    wrong = chance.choice([option.key for option in item.options if not option.right])
    return [wrong] if item.type == "multiple" else wrong


# ---- evaluations: given answers exactly, the others as people usually judge ----


def fill_in(survey: Survey, given: Mapping[str, Mapping[Value, int]], number: int, chance: Random) -> list[Answers]:
    """`number` evaluations. An item in `given` gets exactly those answers, in any order; other closed items usual ones."""
    ballots: list[Answers] = [{} for _ in range(number)]
    for item in survey.asked:
        if item.type not in ("scale", "yes-no") or item.quote_permission:
            continue
        answers = _exactly(given[item.key]) if item.key in given else _usual(item, number, chance)
        chance.shuffle(answers)
        for ballot, answer in zip(ballots, answers, strict=True):
            if answer is not None:
                ballot[item.key] = answer
    return ballots


def _exactly(counts: Mapping[Value, int]) -> list[Value]:
    return [answer for answer, count in counts.items() for _ in range(count)]


def _usual(item: Item, number: int, chance: Random) -> list[Value]:
    if item.type == "yes-no":
        return [*chance.choices([YES, NO, None], weights=[90, 7, 3], k=number)]
    return [*chance.choices(list(USUAL), weights=list(USUAL.values()), k=number)]


# ---- hours: the pre-test is on now ----


def begin_of_pre_test(minutes: int, now: time) -> int:
    """When a pre-test of `minutes` began that is on `now`, in minutes from midnight; it ends before midnight."""
    begin = minutes_of(now) - EARLIER
    return max(0, min(begin - begin % 5, MIDNIGHT - 1 - minutes))


def fitted(programme: Sequence[ProgrammeEntry], now: time) -> list[tuple[ProgrammeEntry, time]]:
    """The programme with its first day moved so that the pre-test is on `now`; what leaves that day is left out."""
    test = next(entry for entry in programme if entry.moment == "pre")
    moved = begin_of_pre_test(test.minutes, now) - minutes_of(test.starts)
    lines = []
    for entry in programme:
        starts = minutes_of(entry.starts) + (moved if entry.day == 1 else 0)
        if starts >= 0 and starts + entry.minutes < MIDNIGHT:
            lines.append((entry, time_of(starts)))
    return lines
