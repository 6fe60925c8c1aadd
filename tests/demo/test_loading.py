"""The demo: its figures are exact, it is never in the way of real data, and loading it twice changes nothing."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.accounts.models import Account
from lms.certificates.models import Certificate
from lms.content.queries import course_of
from lms.demo import queries
from lms.demo.actions import loading
from lms.errors import Refused
from lms.evaluation.models import Finding, PublishedFigure, Series
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.models import Answer, Ballot, Opening, Receipt, Remark, Response
from lms.surveys.rules import verdict
from lms.teams.actions import load_municipalities
from lms.teams.models import LocalTeam
from lms.trainings.models import Attendance, Participant, ProgrammeItem, Training, TrainingTeam
from tests.builders import a_training, save

NOON = datetime(2026, 11, 23, 12, 7, tzinfo=clock.BELGRADE)


@pytest.fixture
def demo(app: Flask) -> Flask:
    load_municipalities()
    with clock.stopped_at(NOON):
        assert loading.load()
    db.session.expire_all()
    return app


def past() -> sa.Select[Any]:
    return sa.select(Training.id).where(Training.demo, Training.state == "closed")


def people_of_the_series() -> list[Participant]:
    return list(db.session.scalars(sa.select(Participant).where(Participant.training_id.in_(past()))))


def rows_by_table() -> dict[str, int]:
    return {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def test_the_series_has_the_published_people(demo: Flask) -> None:
    people = people_of_the_series()
    assert len(people) == 72
    assert Counter(person.sex for person in people) == {"f": 43, "m": 29}
    assert Counter(person.sector for person in people) == {
        "social": 29, "police": 18, "redcross": 8, "ngo": 6, "health": 4, "city": 3, "prosecution": 2, "judiciary": 1,
        "education": 1,
    }  # fmt: skip
    assert len({person.municipality_code for person in people}) == 16
    assert len({person.folded for person in people}) == 72
    assert set(Counter(person.training_id for person in people).values()) == {24}


def test_the_evaluation_gives_the_published_shares_as_far_as_counts_can(demo: Flask) -> None:
    ballots = list(db.session.scalars(sa.select(Ballot.answers)))
    assert len(ballots) == 72
    counted = {item: Counter(ballot.get(item) for ballot in ballots) for item in ("e1", "e2", "e3", "e4")}
    assert (counted["e1"][4], counted["e2"][4], counted["e3"][5], counted["e4"]["yes"]) == (43, 51, 45, 71)
    assert all(None not in counter and counter.total() == 72 for counter in counted.values())
    published = dict(db.session.execute(sa.select(PublishedFigure.item, PublishedFigure.percent)).all())
    assert published == {"e1": 59.17, "e2": 70.83, "e3": 62.5, "e4": 98.61}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Receipt)) == 72


def test_one_remark_is_quoted_with_permission(demo: Flask) -> None:
    quoted = list(db.session.scalars(sa.select(Remark).where(Remark.quoted)))
    assert [(remark.text, remark.may_quote) for remark in quoted] == [
        ("Непроцењива вредност мултидисциплинарног сагледавања проблема.", True)
    ]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Remark)) >= 15


def test_conclusions_and_recommendations_are_those_of_the_source(demo: Flask) -> None:
    findings = list(db.session.scalars(sa.select(Finding).order_by(Finding.kind, Finding.position)))
    assert Counter(finding.kind for finding in findings) == {"conclusion": 2, "recommendation": 7}
    assert all(finding.state == "proposed" and finding.text_en and finding.series_id for finding in findings)
    assert [(finding.kind, finding.position) for finding in findings if finding.addressee] == [
        ("recommendation", 2), ("recommendation", 3),
    ]  # fmt: skip


def test_people_learn_in_every_module_and_a_few_unlearn(demo: Flask) -> None:
    training = db.session.scalars(sa.select(Training).where(Training.state == "closed").limit(1)).one()
    survey = course_of(training.course_hash).test
    assert survey
    rows = db.session.execute(
        sa.select(Response.pseudonym, Opening.moment, Answer.item, Answer.value)
        .join(Opening, Opening.id == Response.opening_id)
        .join(Answer, Answer.response_id == Response.id)
        .where(Opening.training_id.in_(past()))
    )
    right: dict[str, dict[tuple[bytes, str], bool]] = {"pre": {}, "post": {}}
    for name, moment, item, value in rows:
        right[moment][name, item] = verdict(survey.item(item), value) == "right"
    matched = right["pre"].keys() & right["post"].keys()
    assert len({name for name, _ in matched}) == 68
    for module in {item.module for item in survey.asked}:
        here = [key for key in matched if survey.item(key[1]).module == module]
        assert sum(right["post"][key] for key in here) > sum(right["pre"][key] for key in here)
    lost = sum(right["pre"][key] and not right["post"][key] for key in matched)
    assert 0 < lost < len(matched) * 0.06


def test_nobody_can_link_the_answers_of_2022_to_a_person(demo: Flask) -> None:
    assert not any(keys.alive(training_id) for training_id in db.session.scalars(past()))


def test_one_training_has_certificates_that_can_be_checked(demo: Flask) -> None:
    certificates = list(db.session.scalars(sa.select(Certificate)))
    assert len(certificates) == 21  # 24 people; two missed a half-day, one did not send the post-test
    assert {certificate.issued_at.year for certificate in certificates} == {2022}
    assert {certificate.show_name for certificate in certificates} == {True, False}
    page = demo.test_client().get(f"/c/{certificates[0].token}")
    assert page.status_code == 200


def test_the_training_of_today_is_in_its_pre_test(demo: Flask) -> None:
    training = queries.training_of_today()
    assert training
    assert training.starts_on == NOON.date()
    assert training.ends_on == NOON.date() + timedelta(days=1)
    people = list(db.session.scalars(sa.select(Participant).where(Participant.training_id == training.id)))
    assert (len(people), sum(person.joined_at is not None for person in people)) == (26, 20)
    sent = Counter(
        db.session.scalars(sa.select(Response.submitted).join(Opening).where(Opening.training_id == training.id))
    )
    assert sent == {True: 9, False: 7}
    marked = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Attendance)
        .join(Participant)
        .where(Participant.training_id == training.id)
    )
    assert marked == 18
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrainingTeam)) == 17
    test = db.session.scalars(
        sa.select(ProgrammeItem).where(ProgrammeItem.training_id == training.id, ProgrammeItem.moment == "pre")
    ).one()
    assert (test.starts.hour, test.starts.minute) == (12, 0)


def test_loading_twice_changes_nothing(demo: Flask) -> None:
    before = rows_by_table()
    with clock.stopped_at(NOON):
        assert not loading.load()
    assert rows_by_table() == before


def test_on_another_day_the_training_goes_on_today(demo: Flask) -> None:
    before = rows_by_table()
    with clock.stopped_at(NOON + timedelta(days=3)):
        assert not loading.load()
        training = queries.training_of_today()
        assert training
        assert training.starts_on == clock.today()
    assert rows_by_table() == before


def test_the_demo_refuses_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    with pytest.raises(Refused, match="production"):
        loading.load()


def test_the_demo_refuses_to_stand_beside_real_trainings(app: Flask) -> None:
    a_training()
    before = rows_by_table()
    with pytest.raises(Refused, match="real trainings"):
        loading.load()
    assert rows_by_table() == before


def test_clearing_leaves_a_real_training_with_its_team_and_trainer(demo: Flask) -> None:
    team = db.session.scalars(sa.select(LocalTeam).limit(1)).one()
    trainer = queries.staff()["trainer"]
    training = a_training(trainer=trainer)
    save(TrainingTeam(training_id=training.id, team_id=team.id))
    loading.clear()
    assert list(db.session.scalars(sa.select(Training.id))) == [training.id]
    assert list(db.session.scalars(sa.select(LocalTeam.id))) == [team.id]
    assert list(db.session.scalars(sa.select(Account.id))) == [trainer.id]


def test_clearing_leaves_nothing_of_the_demo_and_it_can_come_again(demo: Flask) -> None:
    loading.clear()
    for model in (Training, Participant, Response, Ballot, Series, Finding, LocalTeam, Account):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0, model
    db.session.expire_all()
    assert loading.load()
