"""The public check: what the paper says, to whoever has the paper, and nothing to anybody else."""

import json
import os
import re
import secrets
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lms import clock
from lms.certificates import keys
from lms.certificates.actions import correct_name, revoke
from lms.certificates.rules import check_code, read
from lms.extensions import db
from lms.trainings.actions.joining import change_details
from lms.trainings.models import Participant
from tests.builders import a_participant, as_participant
from tests.certificates.world import a_certificate, tamper, the_last_day

GUESSES = int(os.environ.get("T20_GUESSES", "200"))


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def without_address(text: str) -> str:
    """The page without what the browser itself sent: the address in the links that switch language and theme."""
    return re.sub(r'next=[^"]*', "", re.sub(r'value="[\w.-]{60,}"|"X-CSRFToken": "[^"]*"', "", text))


def test_it_shows_everything_that_is_printed_when_the_holder_agrees(client, app):
    certificate = a_certificate(show_on_certificate=True)
    text = page(client, f"/c/{certificate.token}")
    printed = read(certificate.fields)
    for wanted in (
        printed.name,
        printed.serial,
        printed.course["sr"],
        "Крагујевац",
        "Милица Тренер",
        printed.conditions["sr"],
    ):
        assert wanted in text
    assert "Уверење је важеће" in text


def test_without_consent_the_name_is_nowhere_in_the_page(client, app):
    certificate = a_certificate(name="Јелена Марковић")
    text = page(client, f"/c/{certificate.token}")
    assert "Јелена" not in text
    assert "Марковић" not in text
    assert certificate.serial in text
    assert "Упореди име" in text


def test_a_hidden_name_is_no_reproach_to_its_holder(client, app):
    text = page(client, f"/c/{a_certificate().token}")
    assert "Име се овде приказује само ако то дозволи особа" in text


def test_the_wish_of_today_counts(client, app):
    certificate = a_certificate()
    change_details(certificate.participant_id, "Јелена Марковић", "", show_on_certificate=True)
    assert "Јелена Марковић" in page(client, f"/c/{certificate.token}")
    change_details(certificate.participant_id, "Јелена Марковић", "", show_on_certificate=False)
    assert "Јелена" not in page(client, f"/c/{certificate.token}")


@pytest.mark.parametrize(("typed", "sentence"), [("jelena markovic", "Име се слаже"), ("Ана Анић", "Име се не слаже")])
def test_a_typed_name_gives_match_or_no_match(client, app, typed, sentence):
    certificate = a_certificate()
    text = client.post(f"/c/{certificate.token}", data={"name": typed}).get_data(as_text=True)
    assert sentence in text
    assert "Јелена" not in text


def test_the_name_of_a_shown_one_is_not_compared_and_an_empty_one_is_asked_again(client, app):
    shown, hidden = a_certificate(show_on_certificate=True), a_certificate(name="Ана Анић")
    assert "слаже са уверењем" not in client.post(f"/c/{shown.token}", data={"name": "x"}).get_data(as_text=True)
    assert client.post(f"/c/{hidden.token}", data={"name": ""}).status_code == 422


def test_a_name_is_printed_in_no_other_script_than_its_holders(client, app):
    certificate = a_certificate(name="Ђорђе Љубојевић", show_on_certificate=True)
    client.set_cookie("language", "sr_Latn")
    text = page(client, f"/c/{certificate.token}")
    assert "Uverenje je važeće" in text
    assert "Ђорђе Љубојевић" in text


def test_a_replaced_one_leads_to_the_newer(client, app):
    old = a_certificate(show_on_certificate=True)
    new = correct_name(old.training_id, old.id, "Јелена Илић")
    text = page(client, f"/c/{old.token}")
    assert "замењено" in text
    assert f"/c/{new.token}" in text
    assert "Уверење је важеће" in page(client, f"/c/{new.token}")


def test_a_revoked_one_says_why_and_when(client, app):
    certificate = a_certificate()
    revoke(certificate.training_id, certificate.id, "Присуство је уписано другој особи.")
    text = page(client, f"/c/{certificate.token}")
    assert "опозвано" in text
    assert "Присуство је уписано другој особи." in text
    assert str(clock.local(clock.now()).year) in text


@pytest.mark.parametrize(
    "values", [{"fields": "{}"}, {"signature": b"x" * 64}, {"key_id": "0" * 16}, {"serial": "LT-2026-999999"}]
)
def test_a_changed_row_does_not_match_its_signature_and_shows_nothing(client, app, values):
    certificate = a_certificate(show_on_certificate=True)
    tamper(certificate, **values)
    text = page(client, f"/c/{certificate.token}")
    assert "не слажу са потписом" in text
    assert "Јелена" not in text
    assert "Уверење је важеће" not in text


def test_one_changed_letter_in_the_database_is_seen(client, app):
    certificate = a_certificate(show_on_certificate=True)
    tamper(certificate, fields=certificate.fields.replace("Јелена", "Милена"))
    assert "Милена" not in page(client, f"/c/{certificate.token}")


def test_unknown_and_malformed_get_the_same_reply(client, app):
    a_certificate()
    addresses = [
        secrets.token_urlsafe(16),
        "x",
        "x" * 500,
        "%00",
        "a/b/c",
        "..%2f..",
        "ћирилица",
        "'; --",
        "LT-2026-000001",
    ]
    answers = {(without_address(page(client, f"/c/{address}", 404))) for address in addresses}
    assert len(answers) == 1
    assert "Таквог уверења нема" in answers.pop()


def test_the_number_alone_opens_nothing(client, app):
    certificate = a_certificate()
    assert client.get(f"/c/{certificate.serial}").status_code == 404
    assert client.post("/c", data={"serial": certificate.serial, "code": ""}).status_code == 422


@pytest.mark.parametrize(
    "change", [str, str.lower, lambda code: code.translate(str.maketrans("ADEFJKLMTU", "АДЕФЈКЛМТУ")), "-".join]
)
def test_number_and_code_are_found_from_any_keyboard(client, app, change):
    certificate = a_certificate()
    typed = {"serial": certificate.serial.lower().replace("lt", "лт"), "code": change(check_code(certificate.token))}
    answer = client.post("/c", data=typed)
    assert answer.status_code == 303
    assert answer.location == f"/c/{certificate.token}"


def test_a_wrong_code_an_unknown_number_and_nonsense_get_the_same_reply(client, app):
    certificate = a_certificate()
    replies = set()
    for serial, code in [
        (certificate.serial, "AAAAAAAA"),
        ("LT-2020-000009", check_code(certificate.token)),
        ("?", "?"),
    ]:
        answer = client.post("/c", data={"serial": serial, "code": code})
        assert answer.status_code == 422
        replies.add(re.sub(r'value="[^"]*"', "", without_address(answer.get_data(as_text=True))))
    assert len(replies) == 1


def test_the_code_of_one_certificate_does_not_open_another(client, app):
    first, second = a_certificate(), a_certificate(name="Ана Анић")
    assert client.post("/c", data={"serial": first.serial, "code": check_code(second.token)}).status_code == 422


def test_guessing_addresses_is_throttled_and_then_hits_are_refused_too(client, app):
    certificate = a_certificate()
    with clock.stopped_at(clock.now()):
        statuses = [client.get(f"/c/{secrets.token_urlsafe(16)}").status_code for _ in range(GUESSES)]
        assert statuses[:60] == [404] * 60
        assert set(statuses[61:]) == {429}
        assert client.get(f"/c/{certificate.token}").status_code == 429
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        assert client.get(f"/c/{certificate.token}").status_code == 200


def test_guessing_codes_is_throttled_for_each_number_without_cookies(app):
    certificate = a_certificate()
    with clock.stopped_at(clock.now()):
        tries = [
            app.test_client(use_cookies=False)
            .post("/c", data={"serial": certificate.serial, "code": "AAAAAAAA"})
            .status_code
            for _ in range(30)
        ]
        right = {"serial": certificate.serial, "code": check_code(certificate.token)}
        assert tries == [422] * 20 + [429] * 10
        assert app.test_client().post("/c", data=right).status_code == 429


def test_guessing_names_is_throttled_for_each_certificate(app):
    certificate = a_certificate()
    with clock.stopped_at(clock.now()):
        tries = [
            app.test_client(use_cookies=False).post(f"/c/{certificate.token}", data={"name": "Ана"}).status_code
            for _ in range(25)
        ]
    assert tries == [200] * 20 + [429] * 5


def test_a_whole_hall_behind_one_address_checks_at_once(app):
    certificate = a_certificate()
    with clock.stopped_at(clock.now()):
        assert {app.test_client().get(f"/c/{certificate.token}").status_code for _ in range(100)} == {200}


def test_it_works_without_cookies_and_keeps_nothing(app):
    certificate = a_certificate()
    browser = app.test_client(use_cookies=False)
    answer = browser.get(f"/c/{certificate.token}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in answer.get_data(as_text=True)
    english = browser.post(f"/c/{certificate.token}", data={"_language": "en", "name": "x"}).get_data(as_text=True)
    assert "The certificate is valid" in english
    assert "does not match" not in english


def test_the_check_needs_no_token_of_a_session(app):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        certificate = a_certificate()
        browser = app.test_client(use_cookies=False)
        right = {"serial": certificate.serial, "code": check_code(certificate.token)}
        assert browser.post("/c", data=right).status_code == 303
        assert browser.post(f"/c/{certificate.token}", data={"name": "Јелена Марковић"}).status_code == 200
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_public_keys_are_public_and_private_ones_are_not(client, app):
    a_certificate()
    answer = client.get("/c/keys")
    known = json.loads(answer.data)["keys"]
    assert [keys.key_id(key) for key in keys.public_keys()] == [key["kid"] for key in known]
    assert all(set(key) == {"kty", "crv", "kid", "x", "use", "alg"} for key in known)


def test_whoever_has_the_public_key_can_check_without_us(client, app):
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    certificate = a_certificate()
    known = {key["kid"]: key["x"] for key in client.get("/c/keys").json["keys"]}
    public = base64.urlsafe_b64decode(known[certificate.key_id] + "=")
    Ed25519PublicKey.from_public_bytes(public).verify(certificate.signature, certificate.fields.encode())


def test_the_token_of_a_certificate_opens_nothing_else_and_no_other_token_opens_one(client, app):
    certificate = a_certificate()
    token, training = certificate.token, db.session.get_one(Participant, certificate.participant_id).training
    for address in (f"/join/{token}", f"/invitation/{token}", f"/f/{token}", f"/t/{training.id}/here/{token}"):
        assert client.get(address).status_code in (303, 404), address
    client.set_cookie("device", token)
    assert client.get(f"/t/{training.id}").status_code == 303
    assert client.post("/resume", data={"code": token}).status_code == 422
    browser = app.test_client()
    for other in (training.join_token, training.join_code, training.half_days[0].token):
        assert browser.get(f"/c/{other}").status_code == 404


def test_an_example_says_that_it_is_one(client, app):
    training = the_last_day(demo=True)
    assert "огледни примерак" in page(client, f"/c/{a_certificate(training).token}")


def test_somebody_in_the_training_is_no_way_to_a_certificate(app):
    certificate = a_certificate()
    training = db.session.get_one(Participant, certificate.participant_id).training
    other = as_participant(app.test_client(), a_participant(training, "Ана Анић"))
    text = other.get(f"/t/{training.id}/certificate").get_data(as_text=True)
    assert certificate.serial not in text
    assert other.get(f"/t/{training.id}/certificate/sr.pdf").status_code == 404
