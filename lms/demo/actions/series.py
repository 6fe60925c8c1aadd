"""The published series of 2022: three closed trainings with people, attendance, tests, evaluations and findings."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.demo.actions.leftovers import remove_mark
from lms.demo.actions.people import new_token, participant, partners, programme
from lms.demo.actions.stage import Stage
from lms.demo.actions.tests_taken import Sheet, add_sheets
from lms.demo.documents import document
from lms.demo.rules import fill_in, take_test
from lms.evaluation.models import Finding, PublishedFigure, Selection, Series
from lms.surveys.actions import ballots
from lms.surveys.models import Opening, Receipt, Remark
from lms.surveys.rules import Spoken
from lms.trainings.actions.manage import new_half_day
from lms.trainings.models import Attendance, Participant, Training, TrainingStaff
from lms.trainings.rules import new_code


def add_series(stage: Stage) -> list[int]:
    """The series with all that belongs to it; the ids of its trainings."""
    rows = document("series-2022")
    session = stage.session
    trainings = [_training(stage, row) for row in rows["trainings"]]
    series = Series(trainings=trainings, published_at=_moment(date(2022, 7, 1), time(12, 0)), **_texts(rows))
    session.add(series)
    session.flush()
    published = rows["published"]
    session.add_all(
        PublishedFigure(series_id=series.id, item=item, percent=percent, source=published["source"])
        for item, percent in published["percent"].items()
    )
    session.add_all(_findings(series.id, rows["findings"]))
    ids = sorted(training.id for training in trainings)
    session.add(Selection(trainings=" ".join(map(str, ids))))
    return ids


def _findings(series_id: int, rows: list[dict[str, Any]]) -> list[Finding]:
    places: Counter[str] = Counter()
    findings = []
    for row in rows:
        places[row["kind"]] += 1
        finding = Finding(series_id=series_id, kind=row["kind"], position=places[row["kind"]])
        finding.text_sr, finding.text_en, finding.addressee = row["sr"], row["en"], row.get("addressee", "")
        findings.append(finding)
    return findings


def _texts(rows: dict[str, Any]) -> dict[str, str]:
    return {
        f"{part}_{language}": rows[part][language] for part in ("title", "intro", "credit") for language in rows[part]
    }


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.BELGRADE)


def _training(stage: Stage, row: dict[str, Any]) -> Training:
    session, course = stage.session, stage.course
    shared = document("series-2022")
    training = Training(
        course_hash=stage.version, title_sr=shared["training"]["title"]["sr"], title_en=shared["training"]["title"]["en"],
        municipality_code=row["place"], starts_on=row["starts_on"], ends_on=row["ends_on"], state="closed",
        join_token=new_token(), join_code=new_code(), teaching_hours=course.teaching_hours, demo=True,
        created_at=_moment(row["starts_on"] - timedelta(days=30), time(10, 0)),
        closed_at=_moment(row["ends_on"], time(17, 0)),
        programme=programme((entry, entry.starts) for entry in course.programme),
        partners=partners(shared["partners"]),
        half_days=[new_half_day(number) for number in range(1, 5)],
    )  # fmt: skip
    session.add(training)
    session.flush()
    remove_mark(training.id)
    session.add_all(
        TrainingStaff(training_id=training.id, account_id=stage.staff[role].id, role=role)
        for role in ("trainer", "reader")
    )
    people = _people(session, training, row)
    _attendance(session, training, people, row["missed"])
    _tests(stage, training, people, row)
    _evaluation(stage, training, people, row)
    return training


def _people(session: Session, training: Training, row: dict[str, Any]) -> list[Participant]:
    everybody = [
        group | {"name": name, "sex": sex}
        for group in row["people"]
        for sex, names in (("f", group.get("women", [])), ("m", group.get("men", [])))
        for name in names
    ]
    joined = _moment(training.starts_on, time(8, 25))
    people = [
        participant(number, person, training_id=training.id, joined_at=joined, show_on_certificate=number % 3 == 1)
        for number, person in enumerate(everybody, start=1)
    ]
    session.add_all(people)
    session.flush()
    return people


def _attendance(session: Session, training: Training, people: list[Participant], missed: dict[int, list[int]]) -> None:
    for half_day in training.half_days:
        day = training.starts_on + timedelta(days=half_day.day - 1)
        half_day.opens_at = _moment(day, time(8, 30) if half_day.number % 2 else time(13, 0))
        half_day.closes_at = half_day.opens_at + timedelta(hours=3)
    rows = [
        {"participant_id": person.id, "half_day_id": half_day.id, "how": "sheet"}
        for person in people
        for half_day in training.half_days
        if half_day.number not in missed.get(person.number, [])
    ]
    session.execute(sa.insert(Attendance), rows)


def _opening(session: Session, training: Training, survey: str, moment: str, opened: datetime) -> Opening:
    opening = Opening(
        training_id=training.id,
        survey=survey,
        moment=moment,
        opened_at=opened,
        closed_at=opened + timedelta(minutes=30),
    )
    session.add(opening)
    session.flush()
    return opening


def _tests(stage: Stage, training: Training, people: list[Participant], row: dict[str, Any]) -> None:
    session, survey = stage.session, stage.test
    before: list[Sheet] = []
    after: list[Sheet] = []
    for person in people:
        taken = take_test(survey, stage.chance)
        if person.number not in row["only_after"]:
            before.append((person.id, taken.before, True))
        if person.number not in row["only_before"]:
            after.append((person.id, taken.after, True))
    first, last = _moment(training.starts_on, time(8, 40)), _moment(training.ends_on, time(16, 5))
    add_sheets(session, _opening(session, training, survey.key, "pre", first), before)
    add_sheets(session, _opening(session, training, survey.key, "post", last), after)


def _evaluation(stage: Stage, training: Training, people: list[Participant], row: dict[str, Any]) -> None:
    session, survey = stage.session, stage.evaluation
    opening = _opening(session, training, survey.key, "", _moment(training.ends_on, time(16, 25)))
    spoken = [Spoken(said["item"], said["text"], said.get("may_quote", False)) for said in row["remarks"]]
    for number, answers in enumerate(fill_in(survey, row["evaluation"], len(people), stage.chance)):
        ballots.put_in(session, opening.id, answers, spoken if number == 0 else [])
    session.execute(sa.insert(Receipt), [{"participant_id": person.id, "opening_id": opening.id} for person in people])
    ballots.mix(session, opening.id)
    quoted = [said["text"] for said in row["remarks"] if said.get("quoted")]
    session.execute(sa.update(Remark).where(Remark.text.in_(quoted)).values(quoted=True))
