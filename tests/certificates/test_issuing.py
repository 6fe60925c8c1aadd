"""Certificates are issued once, corrected and revoked, and outlive those who hold them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms import clock
from lms.accounts.models import AuditEntry
from lms.certificates import queries
from lms.certificates.actions import correct_name, is_genuine, issue_all, issue_one, revoke
from lms.certificates.models import Certificate
from lms.certificates.rules import read
from lms.errors import NotAllowed, Refused
from lms.extensions import db
from lms.surveys import keys as survey_keys
from lms.trainings.actions.joining import change_details
from lms.trainings.models import Participant, Partner
from tests.builders import save
from tests.certificates.world import a_certificate, hand_in, open_post_test, tamper, the_last_day, was_there


def every_one() -> list[Certificate]:
    return list(db.session.scalars(sa.select(Certificate).order_by(Certificate.id)))


def test_one_press_issues_for_everybody_who_has_earned_one_and_nobody_else(app):
    training = the_last_day()
    earned = [was_there(training, 4, "Јелена Марковић"), was_there(training, 3, "Ана Анић")]
    was_there(training, 2, "Марко Мало")
    was_there(training, 0, "Иван Нигде")
    assert issue_all(training) == 2
    assert {certificate.participant_id for certificate in every_one()} == {person.id for person in earned}


def test_pressed_twice_nothing_is_doubled(app):
    training = the_last_day()
    was_there(training, 4)
    assert [issue_all(training), issue_all(training)] == [1, 0]
    assert len(every_one()) == 1


def test_two_presses_at_once_give_one_certificate_each(app):
    from concurrent.futures import ThreadPoolExecutor

    training = the_last_day()
    for number in range(8):
        was_there(training, 4, f"Особа {number}")
    identity = training.id

    def press(_number: int) -> int:
        with app.app_context():
            from lms.trainings.models import Training

            return issue_all(db.session.get_one(Training, identity))

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(press, range(6)))
    assert sum(made) == 8
    assert len({certificate.serial for certificate in every_one()}) == 8


def test_the_database_itself_refuses_a_second_valid_one(app):
    certificate = a_certificate()
    with pytest.raises(sa.exc.IntegrityError):
        save(
            Certificate(
                token="x", serial="LT-1", training_id=certificate.training_id, participant_id=certificate.participant_id,
                fields="{}", signature=b"", key_id="", state="valid", issued_at=clock.now(),
            )
        )  # fmt: skip
    db.session.rollback()


def test_none_before_the_last_day_and_none_of_a_draft(app):
    tomorrow = clock.today() + timedelta(days=1)
    for training in (the_last_day(ends_on=tomorrow), the_last_day(state="draft")):
        was_there(training, 4)
        with pytest.raises(Refused):
            issue_all(training)
    assert not every_one()


def test_numbers_count_on_over_trainings_and_begin_anew_each_year(app):
    year = clock.today().year
    first, second = a_certificate(), a_certificate(name="Ана Анић")
    assert [first.serial, second.serial] == [f"LT-{year}-000001", f"LT-{year}-000002"]
    with clock.stopped_at(clock.now() + timedelta(days=366)):
        assert a_certificate(name="Ива Ивић").serial == f"LT-{clock.today().year}-000001"


def test_a_post_test_that_was_opened_must_be_handed_in(app):
    training = the_last_day()
    opening = open_post_test(training)
    done, missing = was_there(training, 4, "Јелена Марковић"), was_there(training, 4, "Ана Анић")
    hand_in(opening, done)
    assert issue_all(training) == 1
    assert queries.own_certificate(missing.id) is None
    assert "излазни тест" in read(queries.own_certificate(done.id).fields).conditions["sr"]


def test_without_the_post_test_the_paper_does_not_speak_of_it(app):
    training = the_last_day()
    opening = open_post_test(training)
    person = was_there(training, 4)
    made = issue_one(training, person.id)
    conditions = read(made.fields).conditions
    assert "тест" not in conditions["sr"]
    assert "test" not in conditions["en"]
    assert "75" in conditions["sr"]
    assert opening.id


def test_a_test_that_was_never_opened_is_neither_asked_for_nor_printed(app):
    certificate = a_certificate()
    assert "тест" not in read(certificate.fields).conditions["sr"]


@pytest.mark.usefixtures("own_keys")
def test_when_nobody_can_tell_any_more_who_handed_it_in_attendance_counts(app):
    training = the_last_day()
    person = was_there(training, 4)
    hand_in(open_post_test(training), person)
    survey_keys.destroy(training.id)
    assert issue_all(training) == 1
    assert "тест" not in read(queries.own_certificate(person.id).fields).conditions["sr"]


def test_the_name_is_printed_as_its_holder_writes_it(app):
    for name in ("Dragana Đorđević", "Драгана Ђорђевић", "Иван Ёлкин", "王 Ли"):
        assert read(a_certificate(name=name).fields).name == name


def test_it_says_where_when_how_long_and_who(app):
    training = the_last_day()
    save(Partner(training_id=training.id, position=1, kind="donor", name_sr="Фондација", credit_sr="уз подршку"))
    printed = read(a_certificate(training).fields)
    assert "Крагујевац" in printed.statement["sr"]
    assert "Kragujevac" in printed.statement["en"]
    assert "17" in printed.statement["sr"]
    assert "{" not in printed.statement["sr"] + printed.conditions["sr"] + printed.statement["en"]
    assert printed.trainers == ("Милица Тренер",)
    assert printed.credits[0].name == {"sr": "Фондација", "en": "Fondacija"}


def test_a_corrected_name_gives_a_new_certificate_that_the_old_one_leads_to(app):
    old = a_certificate(name="Јелена Марковиц")
    new = correct_name(old.training_id, old.id, "Јелена Марковић")
    assert (old.state, old.superseded_by) == ("superseded", new.token)
    assert (new.state, read(new.fields).name) == ("valid", "Јелена Марковић")
    assert is_genuine(new)
    assert is_genuine(old)
    assert db.session.get_one(Participant, new.participant_id).name == "Јелена Марковић"
    assert new.serial != old.serial


def test_a_name_that_is_already_right_and_one_that_is_none_are_refused(app):
    certificate = a_certificate()
    for name in ("Јелена Марковић", "", "7"):
        with pytest.raises(Refused):
            correct_name(certificate.training_id, certificate.id, name)
    assert len(every_one()) == 1


def test_a_record_that_was_changed_is_not_signed_again_under_another_name(app):
    certificate = a_certificate()
    tamper(certificate, fields=certificate.fields.replace('"hours":17', '"hours":71'))
    with pytest.raises(Refused):
        correct_name(certificate.training_id, certificate.id, "Ана Анић")


def test_a_revoked_one_says_why_and_is_not_issued_again_by_the_big_button(app):
    certificate = a_certificate()
    training = db.session.get_one(Participant, certificate.participant_id).training
    revoke(training.id, certificate.id, "Издато грешком.")
    assert (certificate.state, certificate.reason) == ("revoked", "Издато грешком.")
    assert issue_all(training) == 0
    again = issue_one(training, certificate.participant_id)
    assert again.state == "valid"
    assert certificate.state == "revoked"


@pytest.mark.parametrize("reason", ["", "не", "x" * 301, "Телефон 064 123 4567", "пишите на ana@example.org"])
def test_a_public_reason_must_be_one_and_names_no_personal_data(app, reason):
    certificate = a_certificate()
    with pytest.raises(Refused):
        revoke(certificate.training_id, certificate.id, reason)
    assert certificate.state == "valid"


def test_nothing_is_done_to_one_that_is_no_longer_valid(app):
    certificate = a_certificate()
    revoke(certificate.training_id, certificate.id, "Издато грешком.")
    with pytest.raises(Refused):
        revoke(certificate.training_id, certificate.id, "Још једном.")
    with pytest.raises(Refused):
        correct_name(certificate.training_id, certificate.id, "Ана Анић")


def test_one_person_gets_one_only_when_they_were_there(app):
    training = the_last_day()
    absent, stranger = was_there(training, 1), was_there(the_last_day(), 4, "Ана Анић")
    with pytest.raises(Refused):
        issue_one(training, absent.id)
    with pytest.raises(NotAllowed):
        issue_one(training, stranger.id)
    certificate = a_certificate(training, "Ива Ивић")
    with pytest.raises(Refused):
        issue_one(training, certificate.participant_id)


def test_it_outlives_the_entry_on_the_list_with_the_last_wish_about_the_name(app):
    certificate = a_certificate(show_on_certificate=True)
    assert queries.by_token(certificate.token).show_name
    change_details(certificate.participant_id, "Јелена Марковић", "", show_on_certificate=False)
    assert not queries.by_token(certificate.token).show_name
    db.session.delete(db.session.get_one(Participant, certificate.participant_id))
    db.session.commit()
    db.session.expire_all()
    found = queries.by_token(certificate.token)
    assert found.certificate.participant_id is None
    assert not found.show_name
    assert is_genuine(found.certificate)
    assert read(found.certificate.fields).name == "Јелена Марковић"
    new = correct_name(certificate.training_id, certificate.id, "Јелена Марковић Илић")
    assert read(new.fields).name == "Јелена Марковић Илић"


def test_what_is_done_stands_in_the_audit_log_without_names(app):
    certificate = a_certificate()
    new = correct_name(certificate.training_id, certificate.id, "Јелена Илић")
    revoke(new.training_id, new.id, "Издато грешком.")
    entries = list(db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)))
    assert [entry.action for entry in entries] == [
        "certificates.issued",
        "certificate.corrected",
        "certificate.revoked",
    ]
    assert not any("Јелена" in entry.subject + entry.detail for entry in entries)


def test_the_number_of_statements_does_not_grow_with_people(app, statements):
    counts = []
    for people in (2, 30):
        training = the_last_day()
        open_post_test(training)
        for number in range(people):
            was_there(training, 4, f"Особа {number}")
        with statements:
            assert len(queries.people(training)) == people
        counts.append(statements.count)
        statements.sent.clear()
    assert counts[0] == counts[1] <= 6
