"""Follow-ups by personal link: several sittings, paired with the tests, dead at the close."""

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from lms import clock
from lms.errors import Refused
from lms.extensions import db
from lms.surveys import slips
from lms.surveys.actions.follow_ups import make_links, note_sent
from lms.surveys.actions.openings import close_survey, extend_survey, open_survey
from lms.surveys.models import Answer, FollowUpLink, Opening
from lms.surveys.queries.answers import sheet
from tests.builders import a_participant, a_training, as_participant
from tests.surveys.test_answering import hidden, shown
from tests.surveys.world import place, the_survey

KEY = "follow-up-3"


@pytest.fixture
def training(app):
    return a_training()


@pytest.fixture
def survey(training):
    return the_survey(training, KEY)


@pytest.fixture
def person(training):
    return a_participant(training, email="jelena@example.org")


@pytest.fixture
def link(training, survey, person):
    open_survey(training, survey, "")
    return f"/f/{make_links(training, survey, by_mail=True)[0].token}"


def test_links_wait_for_the_opening(training, survey, person):
    with pytest.raises(Refused, match="Open the follow-up first"):
        make_links(training, survey, by_mail=True)


def test_a_link_needs_no_device_and_no_name(client, link):
    page = client.get(link).text
    assert "Јелена" not in page
    assert f'href="{link}/1"' in page
    assert "Рок:" in page


def test_only_the_hash_of_a_link_is_stored(link):
    token = link.removeprefix("/f/")
    assert len(token) == 43  # 256 bits
    stored = db.session.scalar(sa.select(FollowUpLink.token_hash))
    assert len(stored) == 32
    assert token.encode() not in stored


def test_a_guessed_link_is_not_there(client, link):
    assert client.get("/f/guess").status_code == 404
    assert client.get("/f/guess/1").status_code == 404
    assert client.post("/f/guess/answers").status_code == 404


def test_a_link_opens_its_follow_up_and_nothing_else(client, training, link):
    client.get(link)
    assert client.get(f"/t/{training.id}/surveys/{KEY}/once").status_code == 303  # join first
    assert client.get(f"{link}/result").status_code == 404


def test_answering_in_several_sittings_and_sending(client, app, link, person):
    page = client.get(f"{link}/1").text
    item = shown(page)
    response = client.post(f"{link}/answers", data=hidden(page, item) | {item: "yes"})
    assert response.location == f"{link}/2"
    later = app.test_client()
    assert f'href="{link}/2"' in later.get(link).text
    page = later.get(f"{link}/2").text
    item = shown(page)
    later.post(f"{link}/answers", data=hidden(page, item) | {item: "3"})
    assert sheet(place(person, KEY, "")).values == {"used": "yes", "meetings": 3}
    assert later.post(f"{link}/summary").location == link
    assert "Ваши одговори су стигли" in later.get(link).text


def test_the_device_of_the_training_reaches_the_same_answers(app, client, training, link, person):
    page = client.get(f"{link}/1").text
    client.post(f"{link}/answers", data=hidden(page, "used") | {"used": "no"})
    device = as_participant(app.test_client(), person)
    page = device.get(f"/t/{training.id}/surveys/{KEY}/once/1").text
    assert re.search(r'name="used" id="[^"]+" value="no" checked', page)


def test_personal_data_is_refused_and_the_text_kept(client, link):
    page = client.get(f"{link}/3").text
    data = hidden(page, "obstacle") | {"obstacle": "Пишите на ana@example.org"}
    response = client.post(f"{link}/answers", data=data)
    assert response.status_code == 422
    assert "ana@example.org." in response.text
    assert 'value="Пишите на ana@example.org"' in unescape(response.text)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 0


def test_a_wrong_number_is_said(client, link):
    page = client.get(f"{link}/2").text
    response = client.post(f"{link}/answers", data=hidden(page, "meetings") | {"meetings": "много"})
    assert response.status_code == 422
    assert "Упишите цео број" in response.text
    assert 'value="много"' in response.text


def test_the_link_dies_at_the_close(client, training, survey, link):
    page = client.get(f"{link}/1").text
    close_survey(training, survey, "")
    assert "Овај упитник је затворен" in client.get(link).text
    assert client.get(f"{link}/1").location == link
    response = client.post(f"{link}/answers", data=hidden(page, "used") | {"used": "yes"})
    assert response.status_code == 409
    assert "Да" in response.text


def test_a_follow_up_closes_by_itself_after_thirty_days_and_can_be_extended(client, training, survey, link):
    closes = db.session.scalar(sa.select(Opening.closed_at))
    assert closes - clock.now() > timedelta(days=29, hours=23)
    with clock.stopped_at(closes + timedelta(minutes=1)):
        assert "Овај упитник је затворен" in client.get(link).text
        with pytest.raises(Refused, match="Only an open"):
            extend_survey(training, survey)
    extend_survey(training, survey)
    with clock.stopped_at(closes + timedelta(days=13)):
        assert f'href="{link}/1"' in client.get(link).text


def test_new_links_make_the_old_ones_void_unless_a_mail_went_out(client, training, survey, link, person):
    again = make_links(training, survey, by_mail=False)
    assert len(again) == 1
    assert client.get(link).status_code == 404
    note_sent(training, survey, [person.id])
    assert make_links(training, survey, by_mail=False) == []
    assert client.get(f"/f/{again[0].token}").status_code == 200


def test_slips_go_to_those_who_were_there(training, survey, link):
    a_participant(training, "Био Је", joined_at=None)
    without_mail = a_participant(training, "Без Поште")
    assert {made.participant.id for made in make_links(training, survey, by_mail=False)} >= {without_mail.id}
    assert len(make_links(training, survey, by_mail=False)) == 2


def test_a_page_holds_eight_slips(training, survey):
    people = [(f"Особа {n}", f"https://example.org/f/{'x' * 42}{n % 10}") for n in range(9)]
    content = slips.sheet(training, survey, people)
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2
    assert slips.sheet(training, survey, []).startswith(b"%PDF")


def test_the_message_says_what_the_link_is_for(training, survey):
    subject, text = slips.mail_text(training, survey)
    assert subject == survey.title["sr"]
    assert "{link}" in text
    assert "Крагујевац" in text
    assert "не прослеђујете" in text
