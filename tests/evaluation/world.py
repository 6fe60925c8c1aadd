"""The series of 2022 as its infographic tells it, and smaller worlds, with plain functions."""

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lms import clock
from lms.database import writing
from lms.evaluation.models import Finding, PublishedFigure, Selection, Series
from lms.surveys.models import Answer, Ballot, Opening, Remark, Response
from lms.trainings.models import Attendance, Participant, Partner, Training
from tests.builders import a_course, a_municipality, a_training, save

COURSE = Path(__file__).parents[2] / "courses" / "sop-two-day"
SOURCE = "Инфографик о три тренинга, 2022."
PLACES = (
    ("nis", "Ниш", date(2022, 5, 17)),
    ("novi-sad", "Нови Сад", date(2022, 5, 31)),
    ("subotica", "Суботица", date(2022, 6, 14)),
)
SECTORS = {
    "social": 29,
    "police": 18,
    "redcross": 8,
    "ngo": 6,
    "health": 4,
    "city": 3,
    "prosecution": 2,
    "judiciary": 1,
    "education": 1,
}
WOMEN, MEN = 43, 29
E1 = [4] * 43 + [5] * 18 + [3] * 8 + [2] * 2 + [1]
E2 = [4] * 51 + [5] * 13 + [3] * 7 + [2]
E3 = [5] * 45 + [4] * 19 + [3] * 6 + [2] * 2
E4 = ["yes"] * 71 + ["no"]
PUBLISHED = {"e1": 59.17, "e2": 70.83, "e3": 62.5, "e4": 98.61}
QUOTE = "Непроцењива вредност мултидисциплинарног сагледавања проблема."
CONCLUSIONS = (
    "У будућем периоду од кључног значаја биће улагање у специјализоване обуке за тужиоце, судије, али и образовни и здравствени сектор.",
    "Идентификована је потреба за додатним мултисекторским тренинзима који укључују симулацију случајева трговине људима и изискују сарадњу и умрежавање.",
)
RECOMMENDATIONS = (
    "Даље јачати све функције локалних тимова и неговати координисан и сараднички приступ који је усмерен на жртву.",
    "Локални тимови сами препознају потребе своје заједнице и начине врбовања и експлоатације који су типични за њихову територију.",
    "Локални тимови сами осмишљавају будуће пројекте и прикупљају средства и изван буџета града.",
    "Проширити могућности за умрежавање и практичну сарадњу између више локалних тимова, јер многи случајеви обухватају више места.",
    "Јачати вештине комуникације са особама које су преживеле трговину људима, кроз континуиране обуке.",
    "Одржати обуке за начелнике и руководиоце различитих сектора, како би се повећало разумевање унутар исте професионалне заједнице.",
    "Укључивати младе у што већој мери у обуке ове врсте.",
)  # fmt: skip


def a_series_of_2022() -> Series:
    """Three trainings with 72 people in all, their evaluations and tests closed, the published figures beside them."""
    course = a_course(COURSE)
    people = list(zip(["f", "m"] * MEN + ["f"] * (WOMEN - MEN), _spread(SECTORS), strict=True))
    values = [
        dict(zip(("e1", "e2", "e3", "e4"), row, strict=True)) for row in zip(E1, E2[::-1], E3, E4[::-1], strict=True)
    ]
    trainings = []
    for number, (code, name, day) in enumerate(PLACES):
        training = a_closed_training(code, name, day, course)
        people_of(training, people[number::3])
        evaluation(training, values[number::3])
        trainings.append(training)
    for training in trainings:
        both_tests(training, 22, 2)
    save(
        Remark(
            key=secrets.token_bytes(16),
            opening_id=opening_of(trainings[0]).id,
            item="quote",
            text=QUOTE,
            may_quote=True,
            quoted=True,
        )
    )
    save(Partner(training_id=trainings[0].id, position=1, kind="organiser", name_sr="Међународна организација за миграције (IOM)"),
         Partner(training_id=trainings[0].id, position=2, kind="donor", name_sr="Швајцарска Конфедерација", credit_sr="Подршка пројекту"))  # fmt: skip
    series = a_series(trainings, "Тренинзи у области борбе против трговине људима")
    save(
        *(
            PublishedFigure(series_id=series.id, item=item, percent=value, source=SOURCE)
            for item, value in PUBLISHED.items()
        )
    )
    save(*findings(series, "conclusion", CONCLUSIONS), *findings(series, "recommendation", RECOMMENDATIONS))
    return series


def _spread(counts: Mapping[str, int]) -> list[str]:
    """Sectors dealt out so that each training gets some of each."""
    people = [sector for sector, count in counts.items() for _ in range(count)]
    return [people[(index * 5) % len(people)] for index in range(len(people))]


def findings(series: Series, kind: str, texts: Sequence[str]) -> Iterable[Finding]:
    for place, text in enumerate(texts, start=1):
        yield Finding(series_id=series.id, kind=kind, position=place, text_sr=text)


def a_series(trainings: Sequence[Training], title: str = "Серија") -> Series:
    """A series, remembered as a selection as the form would."""
    series = save(Series(title_sr=title, trainings=list(trainings)))
    key = " ".join(map(str, sorted(training.id for training in trainings)))
    save(Selection(trainings=key))
    return series


def a_closed_training(code: str, name: str, day: date, course: str | None = None, **more: Any) -> Training:
    """A training of the past."""
    a_municipality(code, name)
    training = a_training(
        "closed", course_hash=course or the_course(), starts_on=day, ends_on=day + timedelta(days=1), **more
    )
    with writing():
        training.municipality_code = code
    return training


def the_course() -> str:
    """The shipped course, stored."""
    return a_course(COURSE)


def people_of(training: Training, people: Sequence[tuple[str | None, str]]) -> None:
    """Participants (sex, sector) who were there, nine tenths of them in every half-day."""
    rows = [
        Participant(training_id=training.id, number=number, name=f"Особа {number}", folded=f"osoba {number}", sort_key=f"{number:04d}",
                    sex=sex, sector=sector, source="self", joined_at=clock.now())
        for number, (sex, sector) in enumerate(people, start=1)
    ]  # fmt: skip
    save(*rows)
    save(*(
        Attendance(participant_id=row.id, half_day_id=half.id, how="code")
        for half in training.half_days for place, row in enumerate(rows) if (place + half.number) % 10
    ))  # fmt: skip


def evaluation(training: Training, ballots: Sequence[Mapping[str, Any]], closed: bool = True) -> Opening:
    """An evaluation with these ballots."""
    now = clock.now()
    opening = save(Opening(training_id=training.id, survey="evaluation", moment="", opened_at=now - timedelta(hours=2),
                           closed_at=now - timedelta(hours=1) if closed else None))  # fmt: skip
    if ballots:
        save(
            *(Ballot(key=secrets.token_bytes(16), opening_id=opening.id, answers=dict(answers)) for answers in ballots)
        )
    return opening


def opening_of(training: Training) -> Opening:
    from lms.extensions import db

    return db.session.query(Opening).filter_by(training_id=training.id, survey="evaluation").one()


def both_tests(training: Training, pairs: int, single: int = 0) -> None:
    """Knowledge tests before and after: `pairs` took both, `single` only the first. People get better, a few items worse."""
    from lms.content.queries import course_of

    test = course_of(training.course_hash).test
    assert test is not None
    hour = timedelta(hours=1)
    openings = {moment: save(Opening(training_id=training.id, survey=test.key, moment=moment, opened_at=clock.now() - 3 * hour,
                                     closed_at=clock.now() - hour)) for moment in ("pre", "post")}  # fmt: skip
    for person in range(pairs + single):
        for place, (moment, opening) in enumerate(openings.items()):
            if moment == "post" and person >= pairs:
                continue
            response = save(Response(opening_id=opening.id, pseudonym=person.to_bytes(16, "big"), submitted=True))
            save(*(
                Answer(response_id=response.id, item=item.key, value=_value(item, knows(person, number, place)))
                for number, item in enumerate(test.asked)
            ))  # fmt: skip


def knows(person: int, item: int, place: int) -> bool:
    """Who knows what: by item from two fifths to four fifths before, and more after. Always the same."""
    chance = random.Random(1000 * person + 10 * item + place).random()
    return chance < 0.4 + (item % 5) / 10 + place * (0.1 + (item % 3) / 10)


def _value(item: Any, right: bool) -> Any:
    keys = (
        sorted(item.right) if right else [next(option.key for option in item.options if option.key not in item.right)]
    )
    return keys if item.type == "multiple" else keys[0]
