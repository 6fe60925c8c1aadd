"""live.js and later.js in Chromium: what changes, what stays, and what happens when the network does not."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Serving, live_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NETWORK = ("Failed to load resource", "Failed to fetch", "net::ERR", "htmx:error", "AbortError")


@pytest.fixture
def open_page(chromium, tmp_path):
    """`open_page(most=…)`: the page in a browser of its own, the world behind it, and the server."""
    opened = []

    def build(**options):
        settings = {"TESTING": True, "DATA_DIR": tmp_path, "WTF_CSRF_ENABLED": False, "SECRET_KEY": "a secret for tests only, long enough to be taken", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'live.db'}"}  # fmt: skip
        app, world = live_app(settings, **options)
        serving = Serving(app)
        serving.start()
        context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=serving.url)
        said: list[str] = []
        context.on("weberror", lambda error: said.append(str(error.error)))
        context.on("console", lambda m: said.append(m.text) if m.type == "error" and not any(w in m.text for w in NETWORK) else None)  # fmt: skip
        page = context.new_page()
        page.goto("/page")
        page.wait_for_function("document.readyState === 'complete'")
        opened.append((context, serving, said))
        return page, world, serving

    yield build
    for context, serving, said in opened:
        context.close()
        serving.stop()
        assert said == []


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_change_appears_long_before_a_page_would_ask_and_leaves_everything_as_the_person_had_it(open_page) -> None:
    page, world, _ = open_page()
    page.get_by_text("My card").click()
    page.get_by_label("b", exact=True).check()
    page.locator("#steady").focus()
    for version in (2, 3, 4):
        world.change()
        expect(page.locator("#scene")).to_have_text(f"Scene {version}", timeout=3000)
    assert focused(page) == "steady"
    assert page.get_by_text("Hidden words").is_visible()
    assert page.get_by_label("b", exact=True).is_checked()


def test_a_page_is_sent_only_what_it_does_not_have(open_page) -> None:
    page, world, _ = open_page()
    page.get_by_text("My card").click()
    page.get_by_label("b", exact=True).check()
    world.change(question="second")
    expect(page.locator("legend")).to_have_text("Question second")
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 3")
    assert ["Hidden words" in one for one in world.sent] == [False, False]
    assert ["Question second" in one for one in world.sent] == [True, False]
    assert page.get_by_text("Hidden words").is_visible()
    assert page.locator("fieldset").count() == 1
    assert page.locator("[data-same]").count() == 0


def test_a_page_that_misses_a_piece_asks_for_the_whole_screen(open_page) -> None:
    page, world, _ = open_page()
    world.change(gap="nowhere")
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=3000)
    assert ["nowhere" in one for one in world.sent] == [True, False]
    assert page.locator("#card").count() == 1


def test_a_new_question_has_nothing_chosen(open_page) -> None:
    page, world, _ = open_page()
    page.get_by_label("a", exact=True).check()
    world.change(question="second")
    expect(page.locator("legend")).to_have_text("Question second")
    assert page.locator("input:checked").count() == 0


def test_when_the_pressed_thing_vanishes_the_focus_goes_to_the_heading_nearby(open_page) -> None:
    page, world, _ = open_page()
    page.locator("#steady").focus()
    world.change(without_button=True)
    expect(page.locator("#steady")).to_have_count(0)
    assert focused(page) == "scene"


def test_nothing_is_swapped_under_somebody_who_is_typing(open_page) -> None:
    page, world, _ = open_page()
    page.locator("#inside").press_sequentially("Half a sen")
    world.change()
    page.wait_for_timeout(600)
    assert page.locator("#inside").input_value() == "Half a sen"
    assert page.locator("#scene").inner_text() == "Scene 1"
    page.locator("#steady").focus()
    expect(page.locator("#scene")).to_have_text("Scene 2")


def test_words_are_said_once_and_not_on_top_of_each_other(open_page) -> None:
    page, world, _ = open_page()
    region = page.locator("#announcements")
    world.change(news="A nurse calls.")
    expect(region).to_have_text("A nurse calls.")
    world.change(news="The police calls.")
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 4")
    assert region.inner_text() == "A nurse calls."
    expect(region).to_have_text("The police calls.", timeout=6000)


def test_clocks_run_by_the_server_and_stand_when_the_server_says_so(open_page) -> None:
    page, world, _ = open_page()
    world.change(until=int(time.time() * 1000) + 75_500)
    expect(page.locator("#left")).to_have_text("01:14", timeout=4000)
    assert page.locator("#case").inner_text() == "13:17"
    world.change(until=0)
    expect(page.locator("#case")).to_have_text("05:00")


def test_a_refused_stream_is_replaced_by_asking_every_five_seconds(open_page) -> None:
    page, world, _ = open_page(most=0)
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=8000)
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 3", timeout=8000)


def test_an_open_page_says_every_fifteen_seconds_that_it_is_there(open_page) -> None:
    page, world, _ = open_page()
    page.wait_for_timeout(20_000)
    assert len(world.asked) == 1


def test_after_the_server_was_restarted_the_page_finds_its_way_back(open_page) -> None:
    page, world, serving = open_page()
    page.wait_for_timeout(300)
    serving.stop()
    expect(page.locator("#connection")).to_be_visible(timeout=20_000)
    world.change()
    serving.start()
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=8000)
    expect(page.locator("#connection")).to_be_hidden()
    page.wait_for_timeout(4000)
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 3", timeout=3000)


def test_a_phone_that_was_away_is_in_place_two_seconds_after_it_wakes(open_page) -> None:
    page, world, _ = open_page()
    page.context.set_offline(True)
    world.change()
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=2000)


def test_a_vote_without_network_waits_and_is_sent_once(open_page) -> None:
    page, world, _ = open_page()
    page.context.set_offline(True)
    page.get_by_label("a", exact=True).check()
    page.locator("#send").click()
    expect(page.get_by_text("Waits for the network")).to_be_visible()
    page.get_by_label("b", exact=True).check()
    page.locator("#send").click()
    page.wait_for_timeout(300)
    assert page.locator(".js-problem").count() == 0
    page.context.set_offline(False)
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=8000)
    expect(page.get_by_text("Waits for the network")).to_be_hidden()
    page.reload()
    page.wait_for_timeout(500)
    assert [choice for choice, _ in world.votes] == ["b"]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_vote_that_comes_too_late_is_told_and_forgotten(open_page) -> None:
    page, world, _ = open_page()
    page.context.set_offline(True)
    page.get_by_label("a", exact=True).check()
    page.locator("#send").click()
    world.change(closed=True)
    page.context.set_offline(False)
    expect(page.locator(".js-problem")).to_be_visible(timeout=8000)
    expect(page.locator("#scene")).to_have_text("Scene 2")
    page.wait_for_timeout(300)
    assert page.locator(".js-problem").is_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert world.votes == []


def test_a_server_that_cannot_write_just_now_is_asked_again(open_page) -> None:
    page, world, _ = open_page()
    page.route("**/vote", lambda route: route.fulfill(status=503, body=""))
    page.get_by_label("a", exact=True).check()
    page.locator("#send").click()
    expect(page.get_by_text("Waits for the network")).to_be_visible()
    page.unroute("**/vote")
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 3", timeout=3000)
    assert [choice for choice, _ in world.votes] == ["a"]


def test_signing_out_wipes_what_waits(open_page) -> None:
    page, _world, _ = open_page()
    page.evaluate("localStorage.setItem('move:1:2:vote', '{}')")
    with page.expect_navigation():
        page.evaluate("""setTimeout(() => {
            const form = document.createElement('form')
            form.dataset.forget = ''
            form.action = '/page'
            document.body.append(form)
            form.requestSubmit()
        })""")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_oldest_of_too_many_windows_asks_instead(open_page) -> None:
    page, world, _ = open_page(each=1)
    page.wait_for_timeout(300)
    page.context.new_page().goto("/page")
    page.wait_for_timeout(300)
    assert len(world.hub.waiting) == 1
    world.change()
    expect(page.locator("#scene")).to_have_text("Scene 2", timeout=8000)
    assert len(world.hub.waiting) == 1
