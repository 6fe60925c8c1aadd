"""Tests and follow-ups through the real pages, as plain forms: without JavaScript everything works."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from lms.extensions import db
from lms.surveys.actions.answers import save, submit
from lms.surveys.actions.openings import close_survey
from lms.surveys.models import Answer, Opening, Response
from lms.surveys.queries.answers import sheet
from lms.surveys.rules import NOT_YET, Change
from tests.builders import a_course, a_participant, a_training, as_participant
from tests.surveys.world import TWO_DAY, an_opening, place, the_survey


@pytest.fixture
def training(app):
    return a_training()


@pytest.fixture
def person(training):
    return a_participant(training)


@pytest.fixture
def device(client, person):
    return as_participant(client, person)


def base(training, survey="knowledge", moment="pre"):
    return f"/t/{training.id}/surveys/{survey}/{moment}"


def shown(page: str) -> str:
    """The key of the question on a page of one question."""
    return re.search(r'data-item="([\w-]+)" data-address="[^"]+">', page)[1]


def hidden(page: str, item: str = "") -> dict[str, str]:
    """What a form carries unseen for one item."""
    names = ["mark", "place", *([f"version.{item}", f"token.{item}"] if item else [])]
    found = {name: re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page) for name in names}
    return {name: match[1] for name, match in found.items() if match}


def answer(device, training, number, value, go="next", moment="pre"):
    """Open a question, choose, press the button."""
    page = device.get(f"{base(training, moment=moment)}/{number}").text
    item = shown(page)
    fields = hidden(page, item) | {"go": go}
    return item, device.post(f"{base(training, moment=moment)}/answers", data=fields | {item: value})


class TestFrontPage:
    def test_before_opening_it_says_so(self, device, training):
        assert "још није отворен" in device.get(base(training)).text

    def test_an_open_survey_says_how_long_it_takes_and_lets_in(self, device, training):
        an_opening(training)
        page = device.get(base(training)).text
        assert f'href="{base(training)}/1"' in page
        assert f'href="{base(training)}/1?all=1"' in page

    def test_it_continues_at_the_first_question_without_an_answer(self, device, training):
        an_opening(training)
        answer(device, training, 1, "?")
        assert f'href="{base(training)}/2"' in device.get(base(training)).text

    def test_after_the_close_it_says_that_what_was_saved_counts(self, device, training):
        an_opening(training)
        answer(device, training, 1, "?")
        close_survey(training, the_survey(training), "pre")
        page = device.get(base(training)).text
        assert "затворен" in page
        assert "остаје и рачуна се" in page

    def test_a_stranger_is_asked_to_join(self, client, training):
        an_opening(training)
        assert client.get(base(training)).location == "/join?again=1"

    @pytest.mark.parametrize("address", ["/nothing/pre", "/knowledge/once", "/evaluation/pre", "/knowledge/later"])
    def test_what_the_course_does_not_ask_is_not_there(self, device, training, address):
        assert device.get(f"/t/{training.id}/surveys{address}").status_code == 404

    def test_the_evaluation_has_no_pages_of_questions(self, device, training):
        an_opening(training, "evaluation", "")
        assert device.get(base(training, "evaluation", "once") + "/1").status_code == 404


class TestOneQuestionAScreen:
    def test_each_page_shows_one_question_and_says_which(self, device, training):
        opening = an_opening(training)
        count = len(the_survey(training).asked)
        keys = []
        for number in range(1, count + 1):
            page = device.get(f"{base(training)}/{number}").text
            assert f"Питање {number} од {count}" in page
            keys.append(shown(page))
        assert sorted(keys) == sorted(item.key for item in the_survey(training).asked)
        assert opening

    def test_a_place_that_is_not_there_is_not_found(self, device, training):
        an_opening(training)
        assert device.get(f"{base(training)}/0").status_code == 404
        assert device.get(f"{base(training)}/999").status_code == 404

    def test_choosing_and_going_on_saves(self, device, training, person):
        an_opening(training)
        item, response = answer(device, training, 1, NOT_YET)
        assert response.status_code == 303
        assert response.location == f"{base(training)}/2"
        assert sheet(place(person)).values == {item: NOT_YET}
        page = device.get(f"{base(training)}/1").text
        assert "Сачувано у" in page
        assert re.search(rf'name="{item}" id="[^"]+" value="\?" checked', page)

    def test_going_back_saves_too(self, device, training, person):
        an_opening(training)
        item, response = answer(device, training, 2, NOT_YET, go="back")
        assert response.location == f"{base(training)}/1"
        assert sheet(place(person)).values == {item: NOT_YET}
        assert answer(device, training, 1, NOT_YET, go="back")[1].location == base(training)

    def test_after_the_last_question_comes_the_summary(self, device, training):
        an_opening(training)
        last = len(the_survey(training).asked)
        assert answer(device, training, last, NOT_YET)[1].location == f"{base(training)}/summary"

    def test_switching_the_language_keeps_what_was_chosen(self, device, training, person):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        fields = hidden(page, item) | {item: NOT_YET, "_language": "en"}
        response = device.post(f"{base(training)}/answers", data=fields)
        assert response.location == f"{base(training)}/1"
        assert sheet(place(person)).values == {item: NOT_YET}
        assert "Question 1 of" in device.get(response.location).text

    def test_a_value_that_was_not_offered_is_refused_with_a_sentence(self, device, training, person):
        an_opening(training)
        item, response = answer(device, training, 1, "zzz")
        assert response.status_code == 422
        assert "није међу понуђенима" in response.text
        assert sheet(place(person)).values == {}
        assert shown(response.text) == item

    def test_the_pages_take_few_statements(self, device, training, statements):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        with statements:
            device.get(f"{base(training)}/1")
        assert statements.count == 2
        item = shown(page)
        with statements:
            device.post(f"{base(training)}/answers", data=hidden(page, item) | {item: NOT_YET})
        assert statements.count == 2 + 3

    def test_answers_of_another_person_of_the_same_device_are_refused(self, app, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        other = as_participant(app.test_client(), a_participant(training, "Друга Особа"))
        response = other.post(f"{base(training)}/answers", data=hidden(page, item) | {item: NOT_YET})
        assert response.status_code == 409
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 0


class TestOnePage:
    def test_all_questions_are_answered_at_once(self, device, training, person):
        an_opening(training)
        page = device.get(f"{base(training)}/1?all=1").text
        fields = hidden(page) | {"go": "next"}
        for item in the_survey(training).asked:
            fields |= hidden(page, item.key) | {item.key: NOT_YET}
        response = device.post(f"{base(training)}/answers", data=fields)
        assert response.location == f"{base(training)}/summary"
        assert set(sheet(place(person)).values.values()) == {NOT_YET}

    def test_what_was_left_out_is_not_stored(self, device, training, person):
        an_opening(training)
        page = device.get(f"{base(training)}/1?all=1").text
        fields = hidden(page) | {"go": "stay"}
        for item in the_survey(training).asked:
            fields |= hidden(page, item.key)
        response = device.post(f"{base(training)}/answers", data=fields)
        assert response.location == f"{base(training)}/1?all=1"
        assert sheet(place(person)).values == {}


class TestConflicts:
    def two_tabs(self, device, training):
        first = device.get(f"{base(training)}/1").text
        item = shown(first)
        options = [option.key for option in the_survey(training).item(item).options]
        second = hidden(first, item) | {f"token.{item}": "another", item: options[1]}
        assert device.post(f"{base(training)}/answers", data=second).status_code == 303
        late = device.post(f"{base(training)}/answers", data=hidden(first, item) | {item: options[0]})
        return item, options, late

    def test_t31_the_older_tab_is_shown_both_answers(self, device, training, person):
        an_opening(training)
        item, options, late = self.two_tabs(device, training)
        assert late.status_code == 409
        assert "у другом прозору" in late.text
        texts = {o.key: o.text["sr"] for o in the_survey(training).item(item).options}
        assert f"<b>{texts[options[1]]}</b>" in unescape(late.text)
        assert f"<b>{texts[options[0]]}</b>" in unescape(late.text)
        assert sheet(place(person)).values == {item: options[1]}

    @pytest.mark.parametrize(("choice", "kept"), [("mine", 0), ("stored", 1)])
    def test_t31_the_chosen_one_stays(self, device, training, person, choice, kept):
        an_opening(training)
        item, options, late = self.two_tabs(device, training)
        fields = hidden(late.text, item) | {item: options[0], f"choice.{item}": choice}
        assert device.post(f"{base(training)}/answers", data=fields).status_code == 303
        assert sheet(place(person)).values == {item: options[kept]}

    def test_t30_a_double_press_is_one_answer(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        fields = hidden(page, item) | {item: NOT_YET}
        for _ in range(3):
            assert device.post(f"{base(training)}/answers", data=fields).status_code == 303
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 1


class TestScript:
    """What answers.js is told."""

    PART = {"HX-Request": "true"}

    def test_a_saved_answer_gives_the_mark_and_the_version(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        fields = hidden(page, item) | {item: NOT_YET}
        response = device.post(f"{base(training)}/answers", data=fields, headers=self.PART)
        assert response.status_code == 200
        assert "Сачувано у" in response.text
        assert f'data-versions="{{&#34;{item}&#34;: 1}}"' in response.text

    def test_a_conflict_gives_the_other_answer_with_its_token(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        fields = hidden(page, item)
        first, second = (option.key for option in the_survey(training).item(item).options[:2])
        device.post(f"{base(training)}/answers", data=fields | {item: first, f"token.{item}": "one"}, headers=self.PART)
        data = fields | {item: second, f"token.{item}": "two"}
        late = device.post(f"{base(training)}/answers", data=data, headers=self.PART)
        assert late.status_code == 409
        assert 'data-version="1" data-token="one"' in late.text
        assert "data-final" not in late.text

    def test_a_refused_value_is_final(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        response = device.post(f"{base(training)}/answers", data=hidden(page, item) | {item: "zz"}, headers=self.PART)
        assert response.status_code == 422
        assert "data-final" in response.text

    def test_after_the_close_the_answer_is_given_back(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        option = the_survey(training).item(item).options[0]
        close_survey(training, the_survey(training), "pre")
        data = hidden(page, item) | {item: option.key}
        response = device.post(f"{base(training)}/answers", data=data, headers=self.PART)
        assert response.status_code == 409
        assert "data-final" in response.text
        assert option.text["sr"] in unescape(response.text)


class TestTooLate:
    def test_after_the_close_nothing_typed_is_lost(self, device, training):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        item = shown(page)
        option = the_survey(training).item(item).options[0]
        close_survey(training, the_survey(training), "pre")
        response = device.post(f"{base(training)}/answers", data=hidden(page, item) | {item: option.key})
        assert response.status_code == 409
        assert "није отворен" in response.text
        assert option.text["sr"] in unescape(response.text)
        assert "<h1" in response.text

    def test_sending_after_the_close_says_so(self, device, training):
        an_opening(training)
        close_survey(training, the_survey(training), "pre")
        assert device.post(f"{base(training)}/summary").status_code == 409


class TestSending:
    def test_the_summary_lists_what_has_no_answer(self, device, training):
        an_opening(training)
        count = len(the_survey(training).asked)
        answer(device, training, 2, NOT_YET)
        page = device.get(f"{base(training)}/summary").text
        assert len(re.findall(r'class="todo__l"', page)) == count - 1
        assert f'href="{base(training)}/2"' not in page

    def test_t33_sending_gives_a_receipt_and_going_back_never_sends_again(self, device, training, person):
        an_opening(training)
        answer(device, training, 1, NOT_YET)
        for _ in range(2):
            response = device.post(f"{base(training)}/summary")
            assert response.status_code == 303
            assert "Ваши одговори су стигли" in device.get(response.location).text
        for old in ("/1", "/1?all=1", "/summary"):
            assert device.get(base(training) + old).location == base(training)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1

    def test_an_answer_after_sending_is_refused_and_given_back(self, device, training, person):
        an_opening(training)
        page = device.get(f"{base(training)}/1").text
        submit(place(person))
        item = shown(page)
        response = device.post(f"{base(training)}/answers", data=hidden(page, item) | {item: NOT_YET})
        assert response.status_code == 409
        assert "већ послат" in response.text


class TestOwnResult:
    def answered(self, training, person, right_before, right_after):
        survey = the_survey(training)
        for moment, right in (("pre", right_before), ("post", right_after)):
            an_opening(training, moment=moment)
            tested = [item for item in survey.asked if item.right]
            changes = []
            for number, item in enumerate(tested):
                good = sorted(item.right) if item.type == "multiple" else next(iter(item.right))
                changes.append(Change(item.key, good if number < right else NOT_YET))
            save(place(person, moment=moment), changes)
        return survey

    def test_it_comes_after_the_post_test_was_sent(self, device, training, person):
        survey = self.answered(training, person, 1, 2)
        address = base(training, moment="post")
        assert device.get(f"{address}/result").status_code == 409
        submit(place(person, moment="post"))
        assert f'href="{address}/result"' in device.get(address).text
        page = unescape(device.get(f"{address}/result").text)
        count = len([item for item in survey.asked if item.right])
        assert f"1 од {count}" in page
        assert f"2 од {count}" in page
        for item in survey.asked:
            if item.explanation:
                assert item.explanation["sr"] in page

    def test_after_the_close_it_is_shown_without_sending(self, device, training, person):
        survey = self.answered(training, person, 1, 2)
        close_survey(training, survey, "post")
        assert device.get(base(training, moment="post") + "/result").status_code == 200

    def test_the_pre_test_alone_gives_no_result(self, device, training, person):
        self.answered(training, person, 1, 2)
        submit(place(person, moment="pre"))
        assert device.get(base(training) + "/result").status_code == 409

    def test_another_device_sees_nothing_of_it(self, app, device, training, person):
        self.answered(training, person, 1, 2)
        submit(place(person, moment="post"))
        other = as_participant(app.test_client(), a_participant(training, "Друга Особа"))
        assert other.get(base(training, moment="post") + "/result").status_code == 409

    def test_it_takes_few_statements(self, device, training, person, statements):
        self.answered(training, person, 1, 2)
        submit(place(person, moment="post"))
        device.get(base(training, moment="post") + "/result")
        with statements:
            device.get(base(training, moment="post") + "/result")
        assert statements.count == 3


def test_the_order_on_the_pages_is_the_persons_own(app):
    training = a_training(course_hash=a_course(TWO_DAY))
    an_opening(training)
    orders = set()
    for number in range(6):
        person = a_participant(training, f"Особа {number}")
        page = as_participant(app.test_client(), person).get(f"{base(training)}/1?all=1").text
        orders.add(tuple(re.findall(r'data-item="([\w-]+)"', page)))
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_a_destroyed_key_closes_the_pages_with_a_sentence(app, training, person, device):
    from lms.surveys import keys

    opening = an_opening(training)
    keys.pseudonym(training.id, person.id)
    keys.destroy(training.id)
    try:
        response = device.get(base(training))
        assert response.status_code == 409
        assert "више не могу ни са ким да се повежу" in response.text
        assert isinstance(opening, Opening)
    finally:
        (app.config["KEYS_DIR"] / f"survey-{training.id}.destroyed").unlink()
