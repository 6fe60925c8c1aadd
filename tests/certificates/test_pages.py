"""The trainer's pages and the holder's page, as browsers see them."""

import io
import zipfile
from datetime import timedelta

import pypdf
import pytest
import sqlalchemy as sa

from lms import clock
from lms.accounts.models import AuditEntry
from lms.certificates import documents, queries
from lms.certificates.actions import issue_all, revoke
from lms.extensions import db
from lms.trainings.actions.joining import change_details
from lms.trainings.models import Participant, TrainingStaff
from tests.builders import a_participant, a_training, an_account, as_participant, save, sign_in
from tests.certificates.world import a_certificate, hand_in, open_post_test, tamper, the_last_day, was_there


@pytest.fixture
def trainer(app):
    return an_account("trainer")


@pytest.fixture
def training(trainer):
    return the_last_day(trainer)


@pytest.fixture
def desk(client, trainer):
    """The trainer's browser."""
    return sign_in(client, trainer)


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


# ---- the trainer ----


def test_the_list_says_who_has_earned_one_and_why_others_have_not(desk, training):
    opening = open_post_test(training)
    hand_in(opening, was_there(training, 4, "Јелена Марковић"))
    was_there(training, 4, "Ана Анић")
    was_there(training, 2, "Марко Мало")
    text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
    for sentence in ("услови испуњени", "излазни тест није предат", "недовољно присуство", "2 од 4", "Издај 1 уверење"):
        assert sentence in text


def test_who_lacks_only_the_post_test_is_counted(desk, training):
    opening = open_post_test(training)
    for name in ("Ана Анић", "Вера Верић"):
        was_there(training, 4, name)
    was_there(training, 1, "Марко Мало")
    text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
    assert "2 особе испуњавају услов присуства, али још нису предале излазни тест." in text
    assert "Услове још нико није испунио" not in text
    hand_in(opening, was_there(training, 4, "Јелена Марковић"))
    issue_all(training)
    text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
    assert "Нико више не чека" not in text
    assert "2 особе испуњавају услов присуства" in text


def test_people_stand_by_the_alphabet_of_the_page(desk, training):
    names = ["Ана", "Željko", "Ивана", "Milena"]
    for name in reversed(names):
        was_there(training, 4, name)
    for language, expected in (("sr", names), ("sr_Latn", ["Ана", "Ивана", "Milena", "Željko"])):
        desk.set_cookie("language", language)
        text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
        assert sorted(names, key=lambda name: text.index(f">{name}<")) == expected


def test_one_press_issues_all_and_says_how_many(desk, training):
    was_there(training, 4)
    was_there(training, 3, "Ана Анић")
    answer = desk.post(f"/trainings/{training.id}/certificates/issue", follow_redirects=True)
    text = text_of(answer)
    assert "Издата су 2 уверења." in text
    assert "Издај" not in text.split("<main")[1].split("Преузимање")[0]
    assert text_of(desk.post(f"/trainings/{training.id}/certificates/issue", follow_redirects=True)).count(
        "badge-check"
    ) == text.count("badge-check")


def test_before_the_last_day_there_is_no_button(desk, trainer):
    training = the_last_day(trainer, ends_on=clock.today() + timedelta(days=1))
    was_there(training, 4)
    text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
    assert "Могу да се издају од последњег дана" in text
    assert "Издај 1" not in text
    assert desk.post(f"/trainings/{training.id}/certificates/issue").status_code == 409


@pytest.mark.parametrize("people", [0, 1, 3])
@pytest.mark.parametrize("issued", [False, True])
def test_there_is_at_most_one_filled_button(desk, training, people, issued):
    import re

    for number in range(people):
        was_there(training, 4, f"Особа {number}")
    if issued:
        issue_all(training)
    main = text_of(desk.get(f"/trainings/{training.id}/certificates")).split("<main")[1]
    filled = [cls for cls in re.findall(r'class="(btn[^"]*)"', main) if "btn--line" not in cls]
    assert len(filled) <= 1


def test_an_empty_list_says_so(desk, training):
    assert 'class="empty"' in text_of(desk.get(f"/trainings/{training.id}/certificates"))


def test_a_name_is_corrected_on_the_page(desk, training):
    certificate = a_certificate(training, "Јелена Марковиц")
    answer = desk.post(
        f"/trainings/{training.id}/certificates/{certificate.id}/correct", data={"name": "Јелена Марковић"}
    )
    assert answer.status_code == 303
    text = text_of(desk.get(answer.location))
    assert "Јелена Марковић" in text
    assert certificate.serial in text  # under other certificates of this person


def test_a_wrong_name_stays_in_the_form_with_its_error(desk, training):
    certificate = a_certificate(training)
    answer = desk.post(f"/trainings/{training.id}/certificates/{certificate.id}/correct", data={"name": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in text_of(answer)


def test_a_name_changed_by_the_holder_is_pointed_at(desk, training):
    certificate = a_certificate(training)
    change_details(certificate.participant_id, "Јелена Илић", "", False)
    assert "име је у међувремену промењено" in text_of(desk.get(f"/trainings/{training.id}/certificates"))
    assert 'value="Јелена Илић"' in text_of(desk.get(f"/trainings/{training.id}/certificates/{certificate.id}"))


def test_revoking_needs_a_reason(desk, training):
    certificate = a_certificate(training)
    address = f"/trainings/{training.id}/certificates/{certificate.id}/revoke"
    assert desk.post(address, data={"reason": ""}).status_code == 422
    assert desk.post(address, data={"reason": "Телефон 064 123 4567"}).status_code == 422
    assert desk.post(address, data={"reason": "Издато грешком."}).status_code == 303
    assert "Издато грешком." in text_of(desk.get(f"/trainings/{training.id}/certificates/{certificate.id}"))


def test_after_a_revocation_a_new_one_is_issued_by_name(desk, training):
    certificate = a_certificate(training)
    revoke(training.id, certificate.id, "Издато грешком.")
    answer = desk.post(f"/trainings/{training.id}/certificates/issue/{certificate.participant_id}")
    assert answer.status_code == 303
    assert queries.own_certificate(certificate.participant_id).state == "valid"


def test_of_those_no_longer_on_the_list_the_certificate_stays(desk, training):
    certificate = a_certificate(training)
    db.session.delete(db.session.get_one(Participant, certificate.participant_id))
    db.session.commit()
    db.session.expire_all()
    text = text_of(desk.get(f"/trainings/{training.id}/certificates"))
    assert "Јелена Марковић" in text
    assert "више није на списку" in text
    assert desk.get(f"/trainings/{training.id}/certificates/{certificate.id}").status_code == 200


def test_all_in_one_pdf_and_in_a_zip_with_an_audit_entry_each(desk, training):
    for name in ("Јелена Марковић", "Ана/Анић", "王 Ли"):
        was_there(training, 4, name)
    issue_all(training)
    pdf = desk.get(f"/trainings/{training.id}/certificates/all.pdf?language=sr_Latn")
    assert len(pypdf.PdfReader(io.BytesIO(pdf.data)).pages) == 3
    packed = zipfile.ZipFile(io.BytesIO(desk.get(f"/trainings/{training.id}/certificates/all.zip").data))
    assert packed.testzip() is None
    assert len(packed.namelist()) == 3
    assert not any("/" in name for name in packed.namelist())
    actions = list(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action == "certificates.exported")))
    assert len(actions) == 2


def test_more_than_fit_one_file_come_in_parts(desk, training, monkeypatch):
    monkeypatch.setattr(documents, "IN_ONE_FILE", 2)
    monkeypatch.setattr("lms.certificates.screens.IN_ONE_FILE", 2)
    for number in range(3):
        was_there(training, 4, f"Особа {number}")
    issue_all(training)
    assert "PDF, 2. део" in text_of(desk.get(f"/trainings/{training.id}/certificates"))
    sizes = [
        len(
            pypdf.PdfReader(
                io.BytesIO(desk.get(f"/trainings/{training.id}/certificates/all.pdf?part={part}").data)
            ).pages
        )
        for part in (1, 2)
    ]
    assert sizes == [2, 1]
    for part in (0, 3, -1):
        assert desk.get(f"/trainings/{training.id}/certificates/all.pdf?part={part}").status_code == 404


def test_with_none_there_is_nothing_to_download(desk, training):
    for kind in ("pdf", "zip"):
        assert desk.get(f"/trainings/{training.id}/certificates/all.{kind}").status_code == 404


def test_what_is_not_valid_or_was_changed_is_not_printed(desk, training):
    certificate = a_certificate(training)
    tamper(certificate, fields=certificate.fields.replace("17", "71", 1))
    address = f"/trainings/{training.id}/certificates/{certificate.id}"
    assert desk.get(f"{address}/sr.pdf").status_code == 409
    assert "не слажу са потписом" in text_of(desk.get(address))
    assert desk.post(f"{address}/revoke", data={"reason": "Подаци су мењани."}).status_code == 303
    assert desk.get(f"{address}/sr.pdf").status_code == 409


def addresses(training, certificate) -> list[tuple[str, str]]:
    base = f"/trainings/{training.id}/certificates"
    return [
        ("GET", base), ("POST", f"{base}/issue"), ("POST", f"{base}/issue/{certificate.participant_id}"),
        ("GET", f"{base}/{certificate.id}"), ("POST", f"{base}/{certificate.id}/correct"),
        ("POST", f"{base}/{certificate.id}/revoke"), ("GET", f"{base}/{certificate.id}/sr.pdf"),
        ("GET", f"{base}/all.pdf"), ("GET", f"{base}/all.zip"),
    ]  # fmt: skip


def test_only_trainers_of_this_training_come_near(app, training):
    certificate = a_certificate(training)
    observer = an_account("trainer")
    save(TrainingStaff(training_id=training.id, account_id=observer.id, role="observer"))
    strangers = [an_account("trainer"), an_account("administrator"), an_account("office"), observer]
    for stranger in strangers:
        browser = sign_in(app.test_client(), stranger)
        for method, address in addresses(training, certificate):
            assert browser.open(address, method=method).status_code == 404, (stranger.roles, address)
    for method, address in addresses(training, certificate):
        assert app.test_client().open(address, method=method).location.startswith("/sign-in")
    assert certificate.state == "valid"


def test_a_certificate_of_another_training_is_not_here(desk, trainer, training):
    other = a_certificate(the_last_day())
    base = f"/trainings/{training.id}/certificates/{other.id}"
    for method, address in (
        ("GET", base),
        ("GET", f"{base}/sr.pdf"),
        ("POST", f"{base}/revoke"),
        ("POST", f"{base}/correct"),
    ):
        assert (
            desk.open(address, method=method, data={"reason": "Издато грешком.", "name": "Ана Анић"}).status_code == 404
        )
    stranger = was_there(the_last_day(), 4)
    assert desk.post(f"/trainings/{training.id}/certificates/issue/{stranger.id}").status_code == 404
    assert other.state == "valid"


def test_the_trainers_page_asks_the_database_as_often_for_many_as_for_few(desk, trainer, statements):
    counts = []
    for people in (2, 20):
        training = the_last_day(trainer)
        open_post_test(training)
        for number in range(people):
            was_there(training, 4, f"Особа {number}")
        issue_all(training)
        desk.get(f"/trainings/{training.id}/certificates")
        with statements:
            desk.get(f"/trainings/{training.id}/certificates")
        counts.append(statements.count)
        statements.sent.clear()
    assert counts[0] == counts[1] <= 11


# ---- the holder ----


def test_before_it_is_issued_the_page_says_what_is_missing(app):
    training = the_last_day()
    opening = open_post_test(training)
    person = was_there(training, 2)
    browser = as_participant(app.test_client(), person)
    text = text_of(browser.get(f"/t/{training.id}/certificate"))
    assert "забележено у 2 од 4 полудневна блока, потребно у 3" in text
    assert "Излазни тест још није предат" in text
    hand_in(opening, person)
    assert "Излазни тест је предат" in text_of(browser.get(f"/t/{training.id}/certificate"))


def test_when_only_the_trainers_press_is_missing_it_says_that(app):
    training = the_last_day()
    browser = as_participant(app.test_client(), was_there(training, 4))
    assert "Уверења још нису издата" in text_of(browser.get(f"/t/{training.id}/certificate"))


def test_a_training_without_half_days_says_so(app):
    training = a_training()
    training.half_days.clear()
    db.session.commit()
    browser = as_participant(app.test_client(), a_participant(training))
    assert "још нису одређени" in text_of(browser.get(f"/t/{training.id}/certificate"))


@pytest.mark.parametrize("language", ["sr", "sr_Latn", "en"])
def test_the_holder_takes_it_along_in_every_language(app, language):
    certificate = a_certificate()
    browser = as_participant(app.test_client(), db.session.get_one(Participant, certificate.participant_id))
    answer = browser.get(f"/t/{certificate.training_id}/certificate/{language}.pdf")
    assert answer.content_type == "application/pdf"
    assert certificate.serial in answer.headers["Content-Disposition"]
    assert "Јелена Марковић" in pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_the_holders_page_shows_a_picture_and_all_words(app):
    certificate = a_certificate()
    browser = as_participant(app.test_client(), db.session.get_one(Participant, certificate.participant_id))
    text = text_of(browser.get(f"/t/{certificate.training_id}/certificate"))
    assert certificate.serial in text
    assert "Нико: ко отвори адресу" in text
    picture = browser.get(f"/t/{certificate.training_id}/certificate.png")
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_of_a_revoked_one_there_is_the_reason_and_no_file(app):
    certificate = a_certificate()
    revoke(certificate.training_id, certificate.id, "Издато грешком.")
    browser = as_participant(app.test_client(), db.session.get_one(Participant, certificate.participant_id))
    text = text_of(browser.get(f"/t/{certificate.training_id}/certificate"))
    assert "Издато грешком." in text
    assert "Преузми PDF" not in text
    assert browser.get(f"/t/{certificate.training_id}/certificate/sr.pdf").status_code == 409


def test_without_a_device_or_with_a_strange_language_there_is_nothing(app):
    certificate = a_certificate()
    assert "/join" in app.test_client().get(f"/t/{certificate.training_id}/certificate").location
    assert "/join" in app.test_client().get(f"/t/{certificate.training_id}/certificate/sr.pdf").location
    browser = as_participant(app.test_client(), db.session.get_one(Participant, certificate.participant_id))
    assert browser.get(f"/t/{certificate.training_id}/certificate/de.pdf").status_code == 404


def test_the_holders_page_needs_few_statements(app, statements):
    certificate = a_certificate()
    training = db.session.get_one(Participant, certificate.participant_id).training
    waiting = as_participant(app.test_client(), was_there(training, 4, "Ана Анић"))
    holder = as_participant(app.test_client(), db.session.get_one(Participant, certificate.participant_id))
    for browser, budget in ((holder, 3), (waiting, 6)):
        browser.get(f"/t/{training.id}/certificate")
        with statements:
            browser.get(f"/t/{training.id}/certificate")
        assert statements.count <= budget
        statements.sent.clear()
