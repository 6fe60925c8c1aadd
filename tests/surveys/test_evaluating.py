"""The anonymous evaluation through its page."""

import logging
import re
from html import unescape
from itertools import pairwise

import pytest
import sqlalchemy as sa

from lms import clock
from lms.accounts.models import AuditEntry
from lms.extensions import db
from lms.surveys.actions.openings import close_survey
from lms.surveys.models import Ballot, Receipt, Remark
from tests.builders import a_course, a_participant, a_training, an_account, as_participant, sign_in
from tests.surveys.world import TWO_DAY, an_opening, the_survey

FELT = {"e1": "4", "e2": "yes", "e3": "Коначно разумем ко шта ради.", "e4": "yes"}


@pytest.fixture
def training(app):
    return a_training()


@pytest.fixture
def device(client, training):
    return as_participant(client, a_participant(training))


def address(training):
    return f"/t/{training.id}/surveys/evaluation/once"


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_before_opening_it_says_so(device, training):
    assert "Оцена још није отворена" in device.get(address(training)).text


def test_the_whole_form_is_on_one_page_in_groups(app, client):
    training = a_training(course_hash=a_course(TWO_DAY))
    an_opening(training, "evaluation", "")
    page = as_participant(client, a_participant(training)).get(address(training)).text
    for item in the_survey(training, "evaluation").items:
        assert f'name="{item.key}"' in page
        assert f'id="{item.key}-0"' in page
    assert "Питања од 1. до 5." in page
    assert "Својим речима" in page
    assert len(re.findall("<h2", page)) == 5


def test_nothing_of_it_is_kept_in_the_browser(device, training):
    an_opening(training, "evaluation", "")
    response = device.get(address(training))
    assert "answers.js" not in response.text
    assert "data-keep" not in response.text
    assert 'autocomplete="off"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_sending_gives_a_receipt(device, training):
    an_opening(training, "evaluation", "")
    response = device.post(address(training), data=FELT)
    assert response.status_code == 303
    page = device.get(response.location).text
    assert "Ваша оцена је стигла" in page
    assert "<form" not in page.split("<main")[1]
    assert db.session.scalar(sa.select(Ballot.answers)) == {"e1": 4, "e2": "yes"}
    remark = db.session.scalar(sa.select(Remark))
    assert (remark.item, remark.text, remark.may_quote) == ("e3", FELT["e3"], True)


@pytest.mark.parametrize("permission", ["no", ""])
def test_without_permission_nothing_may_be_quoted(device, training, permission):
    an_opening(training, "evaluation", "")
    device.post(address(training), data=FELT | {"e4": permission})
    assert not db.session.scalar(sa.select(Remark.may_quote))


def test_t33_back_and_again_is_the_same_receipt(device, training):
    an_opening(training, "evaluation", "")
    for felt in (FELT, FELT, {"e1": "1"}):
        assert device.post(address(training), data=felt).status_code == 303
    assert (count(Ballot), count(Receipt), count(Remark)) == (1, 1, 1)


def test_an_empty_form_may_be_sent(device, training):
    an_opening(training, "evaluation", "")
    assert device.post(address(training), data={}).status_code == 303
    assert db.session.scalar(sa.select(Ballot.answers)) == {}


def test_personal_data_is_said_and_everything_typed_comes_back(device, training):
    an_opening(training, "evaluation", "")
    typed = FELT | {"e3": "Зовите 064 123 4567 за детаље."}
    response = device.post(address(training), data=typed)
    assert response.status_code == 422
    page = unescape(response.text)
    assert "личи на податке о личности: 064 123 4567" in page
    assert "Зовите 064 123 4567 за детаље.</textarea>" in page
    assert re.search(r'name="e1" id="e1-3" value="4" checked', page)
    assert re.search(r'name="e2" id="e2-0" value="yes" checked', page)
    assert count(Ballot) == count(Receipt) == 0


def test_switching_the_language_keeps_what_was_typed(device, training):
    an_opening(training, "evaluation", "")
    response = device.post(address(training), data=FELT | {"_language": "en"})
    assert "Send the evaluation" in device.get(address(training)).text
    assert FELT["e3"] in response.text
    assert count(Ballot) == 0


def test_after_the_close_nothing_typed_is_lost(device, training):
    an_opening(training, "evaluation", "")
    close_survey(training, the_survey(training, "evaluation"), "")
    response = device.post(address(training), data=FELT)
    assert response.status_code == 409
    assert "није послата" in response.text
    assert FELT["e3"] in response.text
    assert count(Ballot) == 0
    assert "Оцена обуке је затворена" in device.get(address(training)).text


def test_after_the_close_htmx_gets_the_sentence_and_the_page_keeps_what_was_typed(device, training):
    an_opening(training, "evaluation", "")
    close_survey(training, the_survey(training, "evaluation"), "")
    response = device.post(address(training), data=FELT, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert "data-problem" in response.text


def test_who_sent_it_still_sees_the_receipt_after_the_close(device, training):
    an_opening(training, "evaluation", "")
    device.post(address(training), data=FELT)
    close_survey(training, the_survey(training, "evaluation"), "")
    assert "Ваша оцена је стигла" in device.get(address(training)).text
    assert device.post(address(training), data=FELT).status_code == 303


def test_it_takes_four_statements(device, training, statements):
    an_opening(training, "evaluation", "")
    device.get(address(training))
    with statements:
        device.get(address(training))
    assert statements.count == 2
    with statements:
        device.post(address(training), data=FELT)
    assert statements.count == 2 + 4


def test_a_test_cannot_be_sent_as_an_evaluation(device, training):
    an_opening(training)
    assert device.post(f"/t/{training.id}/surveys/knowledge/once", data={}).status_code == 404
    assert device.post(f"/t/{training.id}/surveys/knowledge/pre", data={}).status_code == 405


def test_t26_nothing_is_logged(device, training, caplog):
    an_opening(training, "evaluation", "")
    with caplog.at_level(logging.DEBUG):
        device.post(address(training), data=FELT)
    assert FELT["e3"] not in caplog.text
    assert count(AuditEntry) == 0


def test_t23_every_page_of_staff_is_the_same_before_and_after_one_more(app, training, device):
    """T23: diff all pages around one more submission."""
    trainer = an_account("trainer")
    from lms.trainings.models import TrainingStaff
    from tests.builders import save

    save(TrainingStaff(training_id=training.id, account_id=trainer.id, role="trainer"))
    staff = sign_in(app.test_client(), trainer)
    an_opening(training, "evaluation", "")
    people = [a_participant(training, f"Особа {n}") for n in range(12)]

    def pages() -> list[str]:
        paths = ("surveys", "surveys/remarks", "participants", "")
        texts = [staff.get(f"/trainings/{training.id}/{path}".rstrip("/")).text for path in paths]
        return [re.sub(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"', "", text) for text in texts]

    with clock.stopped_at(clock.now()):  # the overview says what time it is
        seen = [pages()]
        for person in people:
            as_participant(app.test_client(), person).post(address(training), data=FELT)
            seen.append(pages())
    changed = [number for number, (one, other) in enumerate(pairwise(seen), 1) if one != other]
    assert changed == [5, 10]
