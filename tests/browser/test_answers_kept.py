"""answers.js and the evaluation in Chromium on a phone: a lost network, a reload, two tabs, a lost receipt."""

import json
import secrets
import threading

import pytest
from werkzeug.serving import make_server

from lms import clock
from lms.accounts.sessions import digest
from lms.extensions import db
from lms.surveys.actions.openings import close_survey
from lms.surveys.models import Ballot
from lms.surveys.queries.answers import sheet
from lms.trainings.models import Device
from tests.builders import a_participant, a_training, save
from tests.surveys.world import an_opening, place, the_survey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NETWORK = ("Failed to load resource", "Failed to fetch")  # what the console says when the network is cut on purpose


@pytest.fixture
def site(app):
    """The address of the test application, served by threads while the test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def training(app):
    training = a_training()
    for survey, moment in (("knowledge", "pre"), ("evaluation", "")):
        an_opening(training, survey, moment)
    return training


@pytest.fixture
def person(training):
    return a_participant(training)


@pytest.fixture
def phone(chromium, site, person):
    """A phone's browser of the participant. Every message on its console is a failure, except the network's own."""
    token = secrets.token_urlsafe(32)
    save(Device(token_hash=digest(token), participant_id=person.id, added_at=clock.now()))
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=site, locale="sr-RS")
    context.add_cookies([{"name": "device", "value": token, "url": site}])
    context.said = []
    context.on("weberror", lambda error: context.said.append(str(error.error)))
    context.on("console", lambda message: _note(context, message))
    yield context
    context.close()
    assert context.said == []


def _note(context, message) -> None:
    if message.type in ("error", "warning") and not any(known in message.text for known in NETWORK):
        context.said.append(message.text)


def address(training, place_=1, survey="knowledge", moment="pre"):
    return f"/t/{training.id}/surveys/{survey}/{moment}/{place_}"


def choose(page, number=0):
    page.locator("fieldset:not([hidden]) .choice").nth(number).click()


def saved(page):
    return page.locator("#saved", has_text="Сачувано у")


def queue(page) -> dict:
    """What waits on the device."""
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('answers:'))")
    return {key: json.loads(value)["items"] for key, value in kept}


def stored(person) -> dict:
    db.session.rollback()
    return sheet(place(person)).values


def test_an_answer_is_saved_as_it_is_chosen_and_wiped_from_the_device(phone, training, person):
    page = phone.new_page()
    page.goto(address(training))
    assert page.locator("#saved").inner_text() == "Чува се аутоматски"
    choose(page)
    saved(page).wait_for()
    assert len(stored(person)) == 1
    assert queue(page) == {}
    page.reload()
    assert page.locator("fieldset:not([hidden]) input:checked").count() == 1


def test_pages_turn_without_asking_the_server_and_back_works(phone, training):
    page = phone.new_page()
    page.goto(address(training))
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/static/" not in request.url else None)
    page.get_by_role("button", name="Следеће питање").click()
    assert page.url.endswith("/2")
    assert page.locator("[data-number]").inner_text() == "2"
    assert "Питање 2 од 4" in page.title()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.go_back()
    assert page.url.endswith("/1")
    assert page.locator("[data-number]").inner_text() == "1"
    assert asked == []


def test_t34_answers_wait_for_the_network_and_go_by_themselves(phone, training, person):
    page = phone.new_page()
    page.goto(address(training))
    phone.set_offline(True)
    for _ in range(3):
        choose(page)
        page.get_by_role("button", name="Следеће питање").click()
    page.locator("#saved", has_text="3 одговора чекају мрежу").wait_for()
    assert page.locator("#connection").is_visible()
    assert "одговори ће се послати сами" in page.locator("#connection").inner_text()
    assert stored(person) == {}
    phone.set_offline(False)
    saved(page).wait_for(timeout=10000)
    assert len(stored(person)) == 3
    assert queue(page) == {}


def test_t32_a_killed_browser_loses_nothing(phone, training, person):
    page = phone.new_page()
    page.goto(address(training))
    phone.set_offline(True)
    choose(page)
    page.close()
    assert stored(person) == {}
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(address(training))
    saved(page).wait_for()
    assert len(stored(person)) == 1
    assert page.locator("fieldset:not([hidden]) input:checked").count() == 1


def test_a_lost_receipt_is_no_conflict(phone, training, person):
    """The server has stored the answer, but its reply never came; meanwhile the person has chosen something else."""
    page = phone.new_page()
    page.goto(address(training))
    lost = []

    def lose(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    page.route("**/answers", lose)
    choose(page, 0)
    page.wait_for_timeout(300)
    choose(page, 1)
    saved(page).wait_for(timeout=10000)
    assert page.locator("[data-version][data-token]").count() == 0
    chosen = page.locator("fieldset:not([hidden]) input:checked").first
    assert next(iter(stored(person).values())) in (chosen.get_attribute("value"), [chosen.get_attribute("value")])


def test_t31_two_tabs_choose_between_both_answers(phone, training, person):
    one, two = phone.new_page(), phone.new_page()
    for page in (one, two):
        page.goto(address(training))
    choose(two, 1)
    saved(two).wait_for()
    choose(one, 0)
    notice = one.locator(".notice", has_text="у другом прозору")
    notice.wait_for()
    assert one.locator("#saved").inner_text() == "Није сачувано"
    newest = stored(person)
    notice.get_by_text("У другом прозору:").click()
    notice.wait_for(state="detached")
    assert stored(person) == newest
    assert one.locator("fieldset:not([hidden]) .choice input").nth(1).is_checked()
    choose(one, 0)
    saved(one).wait_for()
    assert stored(person) != newest


def test_all_the_way_to_the_receipt(phone, training, person):
    page = phone.new_page()
    page.goto(address(training))
    for _ in range(3):
        choose(page)
        page.get_by_role("button", name="Следеће питање").click()
    choose(page)
    page.get_by_role("button", name="На крај").click()
    page.get_by_role("heading", name="Пре слања").wait_for()
    assert "На свако питање је одговорено." in page.inner_text("main")
    page.get_by_role("button", name="Пошаљи одговоре").click()
    page.get_by_role("heading", name="Ваши одговори су стигли").wait_for()
    page.go_back()
    page.wait_for_load_state()
    page.get_by_role("heading", name="Ваши одговори су стигли").wait_for()
    assert len(stored(person)) == 4


def test_the_end_waits_until_every_answer_is_sent(phone, training):
    page = phone.new_page()
    page.goto(address(training, 4))
    phone.set_offline(True)
    choose(page)
    page.get_by_role("button", name="На крај").click()
    page.get_by_text("Неки одговори су још само на овом уређају").first.wait_for()
    assert page.url.endswith("/4")
    phone.set_offline(False)
    saved(page).wait_for(timeout=10000)
    page.get_by_role("button", name="На крај").click()
    page.get_by_role("heading", name="Пре слања").wait_for()


def test_after_the_close_the_answer_is_given_back(phone, training):
    page = phone.new_page()
    page.goto(address(training))
    close_survey(training, the_survey(training), "pre")
    choose(page)
    page.get_by_text("Овај упитник није отворен").wait_for()
    page.get_by_text("Није сачувано:").wait_for()
    assert queue(page) == {}


def test_signing_out_and_two_days_wipe_the_device(phone, training):
    page = phone.new_page()
    page.goto(address(training))
    phone.set_offline(True)
    choose(page)
    assert len(queue(page)) == 1
    page.evaluate("""() => {
        const form = document.createElement('form'); form.dataset.forget = ''
        document.body.append(form); form.addEventListener('submit', event => event.preventDefault()); form.requestSubmit()
    }""")
    assert queue(page) == {}
    choose(page, 1)
    page.evaluate("""() => { for (const key of Object.keys(localStorage)) {
        const entry = JSON.parse(localStorage[key]); entry.made -= 48 * 3600e3 + 1; localStorage[key] = JSON.stringify(entry) } }""")
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(address(training))
    assert queue(page) == {}


def test_all_questions_on_one_page(phone, training, person):
    page = phone.new_page()
    page.goto(address(training) + "?all=1")
    for fieldset in page.locator("fieldset").all():
        fieldset.locator(".choice").first.click()
    saved(page).wait_for()
    page.get_by_role("button", name="Провери и пошаљи").click()
    page.get_by_role("heading", name="Пре слања").wait_for()
    assert len(stored(person)) == 4


def test_the_evaluation_is_sent_in_place_and_leaves_nothing_on_the_device(phone, training):
    page = phone.new_page()
    page.goto(address(training, survey="evaluation", moment="once").rsplit("/", 1)[0])
    page.locator("fieldset").first.locator(".choice").nth(3).click()
    page.locator("textarea").fill("Пишите на ana@example.org")
    page.get_by_role("button", name="Пошаљи оцену").click()
    page.get_by_role("alert").get_by_text("личи на податке о личности").wait_for()
    assert page.locator("textarea").input_value() == "Пишите на ana@example.org"
    assert page.locator("fieldset").first.locator("input").nth(3).is_checked()
    page.locator("textarea").fill("Све је било јасно.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("button", name="Пошаљи оцену").click()
    page.get_by_role("heading", name="Ваша оцена је стигла").wait_for()
    db.session.rollback()
    assert db.session.query(Ballot).count() == 1


def test_a_failed_sending_keeps_the_evaluation_on_the_page(phone, training):
    page = phone.new_page()
    page.goto(address(training, survey="evaluation", moment="once").rsplit("/", 1)[0])
    page.locator("textarea").fill("Све је било јасно.")
    phone.set_offline(True)
    page.get_by_role("button", name="Пошаљи оцену").click()
    page.get_by_text("Сервер није доступан").last.wait_for()
    assert page.locator("textarea").input_value() == "Све је било јасно."
    phone.set_offline(False)
    page.get_by_role("button", name="Пошаљи оцену").click()
    page.get_by_role("heading", name="Ваша оцена је стигла").wait_for()


def test_with_all_questions_on_one_page_an_answer_stays_where_it_was_tapped(phone, training):
    page = phone.new_page()
    page.goto(f"{address(training)}?all=1")
    questions = page.locator(".q__one")
    before = [questions.nth(number).locator(".choices").bounding_box() for number in range(3)]
    for number in range(3):
        questions.nth(number).locator(".choice").first.click()
        saved(page).wait_for()
    after = [questions.nth(number).locator(".choices").bounding_box() for number in range(3)]
    assert [(box["x"], box["width"]) for box in after] == [(box["x"], box["width"]) for box in before]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
