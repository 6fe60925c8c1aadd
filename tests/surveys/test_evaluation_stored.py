"""The anonymous evaluation in the database: once a person, nothing that leads back, nothing readable before the close."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.accounts.models import AuditEntry
from lms.errors import Refused
from lms.extensions import db
from lms.surveys import queries
from lms.surveys.actions import remarks as desk
from lms.surveys.actions.ballots import send
from lms.surveys.actions.openings import close_survey, open_survey
from lms.surveys.models import Ballot, Opening, Receipt, Remark
from lms.surveys.rules import Spoken
from tests.builders import a_participant, a_training
from tests.surveys.world import a_closed_evaluation, an_opening, the_survey

FEELING = {"e1": 4, "e2": 5, "e4": "yes"}


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_t21_the_tables_of_answers_hold_no_person_time_address_or_order(app):
    """T21: read the catalogue."""
    inspector = sa.inspect(db.engine)
    for table in ("ballots", "remarks"):
        columns = {column["name"] for column in inspector.get_columns(table)}
        assert columns <= {"key", "opening_id", "answers", "item", "text", "may_quote", "quoted", "redacted"}
        assert {key["referred_table"] for key in inspector.get_foreign_keys(table)} == {"openings"}
    assert {column["name"] for column in inspector.get_columns("receipts")} == {"participant_id", "opening_id"}
    for table in ("ballots", "remarks", "receipts"):
        with pytest.raises(sa.exc.DatabaseError):
            db.session.execute(sa.text(f"SELECT rowid FROM {table}"))
        db.session.rollback()


def test_t21_a_ballot_keeps_neither_free_text_nor_the_permission_to_quote(app):
    training = a_training()
    a_closed_evaluation(training, 5, texts=5)
    stored = json.dumps([dict(ballot.answers) for ballot in db.session.scalars(sa.select(Ballot))], ensure_ascii=False)
    assert "вежбе" not in stored
    assert "e3" not in stored


def a_close_with_twelve_sent():
    """All keys of ballots and remarks before and after the close."""
    training = a_training()
    an_opening(training, "evaluation", "")
    for number in range(12):
        send(training.id, "evaluation", a_participant(training).id, FEELING, [Spoken("add", f"текст {number}")])
    old = [*db.session.scalars(sa.select(Ballot.key)), *db.session.scalars(sa.select(Remark.key))]
    assert close_survey(training, the_survey(training, "evaluation"), "")
    new = [*db.session.scalars(sa.select(Ballot.key)), *db.session.scalars(sa.select(Remark.key))]
    assert len(new) == 24
    assert not set(old) & set(new)
    return old, new


@pytest.mark.sqlite("the file itself is read")
def test_t21_the_close_puts_every_row_in_anew_under_another_key_and_sweeps_the_old_ones_away(app):
    """T21: the old keys are found neither in the file nor in its log."""
    old, new = a_close_with_twelve_sent()
    path = Path(db.engine.url.database)
    left = path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()
    assert all(key in left for key in new)
    assert not any(key in left for key in old)


@pytest.mark.postgresql("system columns are read")
def test_t21_the_close_leaves_no_order_in_system_columns_and_no_dead_rows(app):
    """T21 on PostgreSQL: one transaction id for all, and rows one after the other without the gaps of those that were."""
    a_close_with_twelve_sent()
    for table in ("ballots", "remarks", "receipts"):
        rows = db.session.execute(sa.text(f"SELECT xmin::text, ctid::text FROM {table} ORDER BY {table}.ctid")).all()
        assert len({transaction for transaction, _place in rows}) == 1, table
        assert [place for _transaction, place in rows] == [f"(0,{number})" for number in range(1, 13)], table


def test_t21_the_only_audit_entries_are_opened_and_closed(app):
    training = a_training()
    evaluation = the_survey(training, "evaluation")
    open_survey(training, evaluation, "")
    for _ in range(6):
        send(training.id, "evaluation", a_participant(training).id, FEELING, [])
    close_survey(training, evaluation, "")
    assert list(db.session.scalars(sa.select(AuditEntry.action))) == ["survey.opened", "survey.closed"]


def test_t30_a_second_sending_is_the_same_receipt_and_no_second_ballot(app):
    training = a_training()
    an_opening(training, "evaluation", "")
    person = a_participant(training)
    assert send(training.id, "evaluation", person.id, FEELING, [Spoken("add", "текст")])
    assert not send(training.id, "evaluation", person.id, {"e1": 1}, [Spoken("add", "други")])
    assert (count(Ballot), count(Receipt), count(Remark)) == (1, 1, 1)


def test_t30_twenty_equal_sendings_at_once_make_one_ballot(app):
    training = a_training()
    an_opening(training, "evaluation", "")
    people = [a_participant(training).id for _ in range(8)]
    training_id = training.id

    def push(person: int) -> bool:
        with app.app_context():
            return send(training_id, "evaluation", person, FEELING, [])

    with ThreadPoolExecutor(20) as pool:
        for person in people:
            assert sum(pool.map(push, [person] * 20)) == 1
    assert count(Ballot) == count(Receipt) == 8


def test_sending_takes_three_statements(app, statements):
    training = a_training()
    an_opening(training, "evaluation", "")
    person = a_participant(training)
    with statements:
        send(training.id, "evaluation", person.id, FEELING, [Spoken("add", "а"), Spoken("quote", "б", True)])
    assert statements.count == 3


def test_a_late_evaluation_is_refused(app):
    training = a_training()
    a_closed_evaluation(training, 3)
    with pytest.raises(Refused, match="not open"):
        send(training.id, "evaluation", a_participant(training).id, FEELING, [])
    assert count(Ballot) == count(Receipt) == 3


def test_a_closed_evaluation_cannot_be_opened_again(app):
    training = a_training()
    a_closed_evaluation(training, 3)
    with pytest.raises(Refused, match="cannot be opened again"):
        open_survey(training, the_survey(training, "evaluation"), "")


def test_t23_nothing_can_be_read_before_the_close(app):
    training = a_training()
    an_opening(training, "evaluation", "")
    for _ in range(12):
        send(training.id, "evaluation", a_participant(training).id, FEELING, [Spoken("quote", "Добро", True)])
    assert queries.ballots([training.id]) == []
    assert queries.remarks([training.id]) == []


def test_t23_progress_of_an_open_evaluation_goes_in_steps_of_five(app):
    training = a_training()
    an_opening(training, "evaluation", "")
    shown = []
    for _ in range(11):
        send(training.id, "evaluation", a_participant(training).id, FEELING, [])
        progress = queries.progress(training.id)["evaluation", ""]
        shown.append((progress.started, progress.submitted))
    assert shown == [(0, 0)] * 4 + [(5, 5)] * 5 + [(10, 10)] * 2


@pytest.mark.parametrize(("number", "ballots", "texts"), [(4, 0, 0), (5, 5, 0), (9, 9, 0), (10, 10, 20)])
def test_t24_few_answers_are_not_shown(app, number, ballots, texts):
    training = a_training()
    a_closed_evaluation(training, number, texts=number)
    assert len(queries.ballots([training.id])) == ballots
    assert len(queries.remarks([training.id])) == texts
    assert queries.progress(training.id)["evaluation", ""].submitted == ballots


def test_free_texts_are_kept_apart_question_by_question(app):
    training = a_training()
    a_closed_evaluation(training, 10, texts=10)
    texts = queries.remarks([training.id])
    assert [remark.item for remark in texts] == ["add"] * 10 + ["e3"] * 10
    by_item = [[r.text.rsplit(" ", 1)[1] for r in texts if r.item == item] for item in ("add", "e3")]
    assert by_item[0] != by_item[1]  # a chance of 1 in 3.6 million to be equal


def test_a_quote_needs_its_authors_permission(app):
    training = a_training()
    a_closed_evaluation(training, 10, texts=10)
    allowed = db.session.scalar(sa.select(Remark).where(Remark.may_quote).limit(1))
    denied = db.session.scalar(sa.select(Remark).where(~Remark.may_quote).limit(1))
    desk.treat(training.id, allowed.key, "Добра обука.", quoted=True)
    with pytest.raises(Refused, match="did not allow"):
        desk.treat(training.id, denied.key, None, quoted=True)
    assert [remark.text for remark in queries.remarks([training.id]) if remark.quoted] == ["Добра обука."]


def test_a_remark_redacted_to_nothing_is_not_shown(app):
    training = a_training()
    a_closed_evaluation(training, 10, texts=10)
    remark = db.session.scalar(sa.select(Remark).limit(1))
    desk.treat(training.id, remark.key, "", quoted=False)
    assert len(queries.remarks([training.id])) == 19


def test_a_remark_of_another_training_cannot_be_touched(app):
    mine, theirs = a_training(), a_training()
    a_closed_evaluation(theirs, 10, texts=10)
    remark = db.session.scalar(sa.select(Remark).limit(1))
    with pytest.raises(Refused) as refused:
        desk.treat(mine.id, remark.key, "", quoted=False)
    assert refused.value.status == 404


def test_opening_twice_is_opening_once(app):
    training = a_training()
    for moment in ("pre", "pre"):
        open_survey(training, the_survey(training), moment)
    assert count(Opening) == count(AuditEntry) == 1


def test_a_closed_test_can_be_opened_again_for_latecomers(app):
    training = a_training()
    survey = the_survey(training)
    open_survey(training, survey, "pre")
    close_survey(training, survey, "pre")
    assert queries.progress(training.id)["knowledge", "pre"].state == "closed"
    open_survey(training, survey, "pre")
    assert queries.progress(training.id)["knowledge", "pre"].state == "open"


def test_a_draft_opens_no_survey(app):
    training = a_training(state="draft")
    with pytest.raises(Refused, match="draft"):
        open_survey(training, the_survey(training), "pre")
