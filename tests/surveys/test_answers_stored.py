"""Pseudonymous answers in the database: once, in the newest version, only while the form is open."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from lms import clock
from lms.errors import Refused
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.actions.answers import erase, save, submit
from lms.surveys.models import Answer, Response
from lms.surveys.queries.answers import Kept, matched_pairs, response_values, sheet
from lms.surveys.rules import Change
from tests.builders import a_participant, a_training
from tests.surveys.world import HOUR, an_opening, place

ROUNDS = int(os.environ.get("T30_ROUNDS", "15"))


@pytest.fixture
def mine(app):
    training = a_training()
    an_opening(training)
    return place(a_participant(training))


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_an_answer_is_stored_with_version_one_and_found_again(mine):
    assert save(mine, [Change("q01", "b", 0, "t1")]).saved == {"q01": 1}
    kept = sheet(mine)
    assert kept.state == "open"
    assert kept.values == {"q01": "b"}


def test_a_change_made_from_the_stored_version_replaces_it(mine):
    save(mine, [Change("q01", "b", 0, "t1")])
    assert save(mine, [Change("q01", "c", 1, "t2")]).saved == {"q01": 2}
    assert sheet(mine).answers["q01"].value == "c"


def test_t30_the_same_sending_twice_is_stored_once(mine):
    for _ in range(3):
        assert save(mine, [Change("q01", "b", 0, "t1")]).saved == {"q01": 1}
    assert count(Answer) == count(Response) == 1


def test_t30_the_same_token_with_another_body_is_a_conflict_and_both_are_kept(mine):
    save(mine, [Change("q01", "b", 0, "t1")])
    outcome = save(mine, [Change("q01", "c", 0, "t1")])
    assert outcome.saved == {}
    assert outcome.conflicts == {"q01": Kept("b", 1, "t1")}
    assert sheet(mine).values == {"q01": "b"}


def test_t31_an_older_tab_cannot_overwrite_a_newer_one(mine):
    save(mine, [Change("q01", "b", 0, "tab-1")])
    save(mine, [Change("q01", "c", 1, "tab-2")])
    outcome = save(mine, [Change("q01", "d", 1, "tab-1-again")])
    assert outcome.conflicts["q01"].value == "c"
    assert outcome.conflicts["q01"].version == 2
    assert save(mine, [Change("q01", "d", 2, "chosen")]).saved == {"q01": 3}


def test_t31_two_tabs_that_agree_are_no_conflict(mine):
    save(mine, [Change("q01", "b", 0, "tab-1")])
    outcome = save(mine, [Change("q01", "b", 0, "tab-2")])
    assert outcome.saved == {"q01": 1}
    assert not outcome.conflicts


def test_t31_one_conflict_does_not_keep_the_other_answers_from_being_saved(mine):
    save(mine, [Change("q01", "b", 0, "tab-1")])
    outcome = save(mine, [Change("q01", "c", 0, "x"), Change("q02", "a", 0, "y")])
    assert outcome.saved == {"q02": 1}
    assert set(outcome.conflicts) == {"q01"}


@pytest.mark.parametrize("value", ["b", ["a", "c"], 4, "none", "?", "Више времена.", None])
def test_every_kind_of_value_comes_back_as_it_was(mine, value):
    save(mine, [Change("x", "first", 0, "t1")])
    save(mine, [Change("x", value, 1, "t2")])
    assert sheet(mine).values == {"x": value}


def test_an_empty_field_that_was_never_filled_is_not_stored(mine):
    assert save(mine, [Change("q01", None)]).saved == {}
    assert count(Answer) == 0


def test_a_save_of_one_or_twenty_answers_takes_two_statements(mine, statements):
    with statements:
        save(mine, [Change("q01", "b", 0, "t1")])
    assert statements.count == 2
    with statements:
        save(mine, [Change(f"q{n:02d}", "b", 0, "t2") for n in range(2, 21)])
    assert statements.count == 4


def test_nothing_is_stored_before_opening_or_after_closing(app):
    training = a_training()
    person = a_participant(training)
    an_opening(training, moment="post", closed=True)
    an_opening(training, "follow-up-3", "", closed_at=clock.now() + HOUR)
    for moment in ("pre", "post"):
        with pytest.raises(Refused) as refused:
            save(place(person, moment=moment), [Change("q01", "b")])
        assert refused.value.status == 409
    assert count(Response) == 0
    assert save(place(person, "follow-up-3", ""), [Change("applied", 4)]).saved  # its close lies ahead


def test_t33_sending_twice_changes_nothing_and_later_answers_are_refused(mine):
    save(mine, [Change("q01", "b", 0, "t1")])
    submit(mine)
    submit(mine)
    assert sheet(mine).submitted
    with pytest.raises(Refused, match="already sent"):
        save(mine, [Change("q01", "c", 1, "t2")])
    assert sheet(mine).values == {"q01": "b"}


def test_sending_without_an_answer_is_possible(mine):
    submit(mine)
    assert sheet(mine).submitted


def test_t30_twenty_equal_sendings_at_once_make_one_row(app, mine):
    app_object = app

    def send(token: str) -> dict[str, int]:
        with app_object.app_context():
            return save(mine, [Change("q01", "b", 0, token)]).saved

    with ThreadPoolExecutor(20) as pool:
        for number in range(ROUNDS):
            with db.engine.begin() as connection:
                connection.execute(sa.delete(Response))
            answers = list(pool.map(send, [f"token-{number}"] * 20))
            assert answers == [{"q01": 1}] * 20
            assert count(Answer) == count(Response) == 1
            db.session.rollback()


class TestPseudonyms:
    def test_a_person_has_one_pseudonym_in_a_training_and_another_in_the_next(self, app):
        first, again, elsewhere = keys.pseudonym(1, 7), keys.pseudonym(1, 7), keys.pseudonym(2, 7)
        assert first == again
        assert len(first) == 16
        assert first != elsewhere

    def test_keys_are_files_for_the_owner_only(self, app):
        keys.pseudonym(1, 7)
        path = app.config["KEYS_DIR"] / "survey-1.key"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o077 == 0
        assert len(path.read_bytes()) == 32

    def test_the_first_requests_of_several_processes_agree_on_one_key(self, app):
        def ask(_n):
            with app.app_context():
                keys._known.clear()
                return keys.pseudonym(3, 7)

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(ask, range(64)))) == 1

    def test_a_destroyed_key_is_never_made_anew(self, app):
        keys.pseudonym(9004, 7)
        assert keys.destroy(9004)
        assert not keys.destroy(9004)
        with pytest.raises(Refused, match="no longer be linked"):
            keys.pseudonym(9004, 7)


class TestPairs:
    def test_people_who_answered_before_and_after_are_matched_within_their_training(self, app):
        values = []
        for training in (a_training(), a_training()):
            for moment in ("pre", "post"):
                an_opening(training, moment=moment)
            both, only_before = a_participant(training), a_participant(training)
            save(place(both, moment="pre"), [Change("q01", "a"), Change("q02", "?")])
            save(place(both, moment="post"), [Change("q01", "b")])
            save(place(only_before, moment="pre"), [Change("q01", "c")])
            values.append(training.id)
        pairs = matched_pairs(values, "knowledge")
        assert [(pair.pre, pair.post) for pair in pairs] == [({"q01": "a", "q02": "?"}, {"q01": "b"})] * 2
        assert len(matched_pairs(values[:1], "knowledge")) == 1
        assert matched_pairs([], "knowledge") == []

    def test_an_answer_that_was_taken_back_is_no_answer(self, mine):
        save(mine, [Change("q01", "b", 0, "t1")])
        save(mine, [Change("q01", None, 1, "t2")])
        assert response_values([mine.training_id], "knowledge", "pre") == []

    def test_a_persons_answers_can_be_erased(self, mine):
        save(mine, [Change("q01", "b", 0, "t1")])
        assert erase(mine.training_id, mine.pseudonym) == 1
        assert count(Answer) == count(Response) == 0


def test_a_number_is_never_given_again_so_that_nobody_inherits_answers(app) -> None:
    training = a_training()
    first = a_participant(training)
    number = first.id
    db.session.delete(first)
    db.session.commit()
    assert a_participant(training).id > number
