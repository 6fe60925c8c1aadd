"""A player's screen in a real browser: practice alone on a phone, from the list to the review; and without JavaScript."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server, Visitor, visitor
from tests.browser.test_trainee_day import come_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST_CALL = re.compile("^Почни.*Први позив$")


def begin(person: Visitor) -> Page:
    """From the home to the first screen of the short exercise."""
    page = person.page
    page.get_by_role("link", name="Вежбе", exact=True).click()
    person.check()
    page.get_by_role("button", name=FIRST_CALL).click()
    expect(page.get_by_text("Помињу се рад без плате")).to_be_visible()
    person.check()
    page.get_by_role("button", name="Улазим у вежбу").click()
    expect(page.get_by_text("Ово видите само ви").first).to_be_visible()
    return page


@contextmanager
def moved_on(page: Page) -> Iterator[None]:
    """Afterwards the screen is a later one."""
    screen = page.locator("[data-version]")
    version = screen.get_attribute("data-version") or ""
    yield
    expect(screen).not_to_have_attribute("data-version", version)


def play(person: Visitor) -> None:
    """Choose the second option of every decision and go on, to the end."""
    page = person.page
    for _ in range(20):
        if page.get_by_role("link", name="Отвори разбор").count():
            return
        with moved_on(page):
            if page.locator(".choice").count():
                page.locator(".choice").nth(1).click()
                page.get_by_role("button", name="Потврди избор").first.click()
            else:
                page.get_by_role("button", name="Настави").click()
        person.check()


def test_practice_alone_on_a_phone(phone: Visitor) -> None:
    come_in(phone, "Сања Вежбић", check=False)
    page = begin(phone)
    phone.check()
    page.get_by_text("Подели са осталима").first.click()
    page.get_by_role("button", name="Подели", exact=True).click()
    expect(page.get_by_text("Подељено са осталима")).to_be_visible()
    play(phone)
    page.get_by_role("link", name="Отвори разбор").click()
    expect(page.get_by_role("heading", name="Шта је одлучено, а шта је особа доживела")).to_be_visible()
    phone.check()


def test_practice_alone_without_javascript(chromium: Browser, server: Server) -> None:
    person = visitor(chromium, server.url, PHONE, java_script_enabled=False)
    come_in(person, "Мина Нескриптић", check=False)
    page = person.page
    page.get_by_role("link", name="Вежбе", exact=True).click()
    page.get_by_role("button", name=FIRST_CALL).click()
    page.get_by_role("button", name="Улазим у вежбу").click()
    for _ in range(20):
        page.wait_for_load_state()
        if page.get_by_role("link", name="Отвори разбор").count():
            break
        if page.locator(".choice").count():
            page.locator(".choice").nth(1).click()
            page.get_by_role("button", name="Потврди избор").first.click()
        else:
            page.get_by_role("button", name="Настави").click()
    page.get_by_role("link", name="Отвори разбор").click()
    expect(page.get_by_role("heading", name="Шта је одлучено, а шта је особа доживела")).to_be_visible()
    assert not person.wrong
    person.context.close()


def test_a_choice_made_without_a_network_waits_and_is_sent_once(phone: Visitor) -> None:
    come_in(phone, "Ненад Мрежић", check=False)
    page = begin(phone)
    while not page.locator(".choice").count():
        with moved_on(page):
            page.get_by_role("button", name="Настави").click()
    phone.context.set_offline(True)
    page.locator(".choice").nth(1).click()
    page.get_by_role("button", name="Потврди избор").click()
    expect(page.locator("form:has(.choice) [data-waiting]")).to_be_visible()
    phone.context.set_offline(False)
    own = page.locator("#decision-first-step")  # another service decides the one after it at once
    expect(own.get_by_text("у складу са процедуром")).to_be_visible(timeout=15_000)
    phone.wrong.clear()  # the requests that could not go out while there was no network
